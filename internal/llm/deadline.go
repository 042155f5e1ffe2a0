package llm

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
)

// within is a context that ends after d on the injected clock.
func within(ctx context.Context, c clock.Clock, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	after := c.After(d)
	go func() {
		select {
		case <-after:
			cancel(context.DeadlineExceeded)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(context.Canceled) }
}
