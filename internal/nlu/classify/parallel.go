package classify

import (
	"context"
	"sync"
	"sync/atomic"
)

// parallel runs do(0..n-1) on so many goroutines and gives the error of the lowest number that failed. It stops handing out
// work when ctx ends.
func parallel(ctx context.Context, cores, n int, do func(i int) error) error {
	errors := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(cores, n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if errors[i] = ctx.Err(); errors[i] == nil {
					errors[i] = do(i)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}
