package webchat

import (
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

const maxBuckets = 20000 // memory bound; when full, idle buckets go first

// limiter bounds requests per conversation and per address.
type limiter struct {
	mu      sync.Mutex
	now     func() time.Time
	limits  Limits
	buckets map[string]*bucket
	streams int
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

func newLimiter(l Limits, now func() time.Time) *limiter {
	if l.MessagesPerSecond == 0 {
		l.MessagesPerSecond = 3
	}
	if l.SessionsPerSecond == 0 {
		l.SessionsPerSecond = 2
	}
	if l.Streams == 0 {
		l.Streams = 10000
	}
	return &limiter{now: now, limits: l, buckets: map[string]*bucket{}}
}

func (l *limiter) message(cid string) error {
	return l.take("m:"+cid, l.limits.MessagesPerSecond, 10, "You are writing very fast; wait a moment and send again.")
}

func (l *limiter) session(address string) error {
	return l.take("s:"+address, l.limits.SessionsPerSecond, 30, "Too many new sessions from this address; wait a moment.")
}

func (l *limiter) take(key string, perSecond, burst float64, message string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.buckets[key]
	if b == nil {
		l.makeRoom(now)
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(perSecond), int(perSecond*burst)+1)}
		l.buckets[key] = b
	}
	b.used = now
	if b.AllowN(now, 1) {
		return nil
	}
	e := errs.New(errs.RateLimited, "too_many_requests", "%s", message)
	e.RetryAfter = time.Duration(float64(time.Second) / perSecond)
	return e
}

// makeRoom drops buckets unused for a minute, and any one when that is not enough.
func (l *limiter) makeRoom(now time.Time) {
	if len(l.buckets) < maxBuckets {
		return
	}
	for k, b := range l.buckets {
		if now.Sub(b.used) > time.Minute {
			delete(l.buckets, k)
		}
	}
	for k := range l.buckets {
		if len(l.buckets) < maxBuckets {
			break
		}
		delete(l.buckets, k)
	}
}

func (l *limiter) openStream() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.streams >= l.limits.Streams {
		e := errs.New(errs.RateLimited, "too_many_streams", "Too many open streams; poll GET /messages instead.")
		e.RetryAfter = 5 * time.Second
		return e
	}
	l.streams++
	return nil
}

func (l *limiter) closeStream() {
	l.mu.Lock()
	l.streams--
	l.mu.Unlock()
}

func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
