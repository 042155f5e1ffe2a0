package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// rates is a token bucket per caller. It holds two generations of at most maxCallers each, so that a flood of made-up
// callers costs bounded memory and only makes buckets forget early.
type rates struct {
	mu       sync.Mutex
	limit    rate.Limit
	burst    int
	now      func() time.Time
	new, old map[string]*rate.Limiter
}

const maxCallers = 10_000

func newRates(l Limits, now func() time.Time) *rates {
	return &rates{limit: rate.Limit(l.Rate), burst: l.Burst, now: now, new: map[string]*rate.Limiter{}}
}

func (r *rates) of(caller string) *rate.Limiter {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, ok := r.new[caller]
	if ok {
		return l
	}
	if l, ok = r.old[caller]; !ok {
		l = rate.NewLimiter(r.limit, r.burst)
	}
	if len(r.new) >= maxCallers {
		r.old, r.new = r.new, map[string]*rate.Limiter{}
	}
	r.new[caller] = l
	return l
}

// take is nil when the caller may go on.
func (r *rates) take(caller string) error {
	if r.of(caller).AllowN(r.now(), 1) {
		return nil
	}
	e := errs.New(errs.RateLimited, "too_many_requests", "Too many requests; slow down.")
	e.RetryAfter = time.Second
	return e
}

// counter counts what a member has open.
type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func newCounter() *counter { return &counter{n: map[string]int{}} }

// enter takes a place unless limit are taken; leave gives it back.
func (c *counter) enter(who string, limit int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n[who] >= limit {
		return false
	}
	c.n[who]++
	return true
}

func (c *counter) leave(who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n[who]--; c.n[who] <= 0 {
		delete(c.n, who)
	}
}
