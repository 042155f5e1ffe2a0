package llm

import (
	"sync"
	"time"
)

// A breaker opens after inRow failures in a row, or when at least half of the last window tries failed.
const (
	inRow    = 5
	window   = 20
	restMin  = 5 * time.Second
	restMost = 20 * time.Second // so that it is closed within a minute after the model is well again
)

// breaker keeps callers away from a model that fails. While it is open, one probe at a time may go through, after a rest that
// doubles with each failed probe.
type breaker struct {
	mu      sync.Mutex
	now     func() time.Time
	last    [window]bool // failed?
	n, next int
	row     int
	open    bool
	probing bool
	rest    time.Duration
	until   time.Time // no try before: the rest of an open breaker
	after   time.Time // no try before: the model's own Retry-After
}

// state of a breaker.
type state string

const (
	closed  state = "closed"
	opened  state = "open"
	resting state = "resting" // well, but asked us to wait
	due     state = "due"     // open, and a probe may go now
)

// look tells the state; a caller who gets due must probe and report.
func (b *breaker) look() state {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	switch {
	case b.open && !b.probing && !now.Before(b.until) && !now.Before(b.after):
		b.probing = true
		return due
	case b.open:
		return opened
	case now.Before(b.after):
		return resting
	}
	return closed
}

// report notes how a try ended; wait is the Retry-After that came with a failure.
func (b *breaker) report(failed bool, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if failed && wait > 0 {
		b.after = now.Add(wait)
	}
	switch {
	case b.probing && failed:
		b.probing, b.rest = false, min(2*b.rest, restMost)
		b.until = now.Add(b.rest)
	case b.probing:
		b.reset()
	case !b.open:
		b.count(failed)
		if b.row >= inRow || b.n == window && 2*b.failures() >= window {
			b.open, b.rest = true, restMin
			b.until = now.Add(b.rest)
		}
	}
}

func (b *breaker) count(failed bool) {
	b.last[b.next] = failed
	b.next, b.n = (b.next+1)%window, min(b.n+1, window)
	b.row++
	if !failed {
		b.row = 0
	}
}

func (b *breaker) failures() (n int) {
	for _, f := range b.last[:b.n] {
		if f {
			n++
		}
	}
	return n
}

func (b *breaker) reset() {
	b.open, b.probing, b.row, b.n, b.next, b.after = false, false, 0, 0, 0, time.Time{}
}

func (b *breaker) isOpen() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open
}
