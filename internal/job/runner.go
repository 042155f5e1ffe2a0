package job

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
)

// Config sets a Runner. Zero values mean the defaults in parentheses.
type Config struct {
	Owner   string        // who this node is; unique per node, the same after a restart where possible
	Workers int           // handlers at a time (16)
	Poll    time.Duration // how often to look when nobody wakes us (250 ms)
	Lease   time.Duration // how long a job is ours without renewal (10 s)
	Clock   clock.Clock
	Rand    func() float64 // for jitter, 0..1
	Log     *slog.Logger
}

// Runner takes due jobs and runs their handlers.
type Runner struct {
	cfg      Config
	store    Store
	handlers map[string]Handler
	kinds    []string
	wake     chan struct{}
	slots    chan struct{}
	running  sync.WaitGroup
	busy     atomic.Int64
	stop     context.CancelFunc
	stopped  chan struct{}
}

// NewRunner makes a Runner; register handlers before Start.
func NewRunner(s Store, c Config) *Runner {
	if c.Workers == 0 {
		c.Workers = 16
	}
	if c.Poll == 0 {
		c.Poll = 250 * time.Millisecond
	}
	if c.Lease == 0 {
		c.Lease = 10 * time.Second
	}
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Rand == nil {
		c.Rand = rand.Float64
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Runner{cfg: c, store: s, handlers: map[string]Handler{}, wake: make(chan struct{}, 1), slots: make(chan struct{}, c.Workers), stopped: make(chan struct{})}
}

// Handle registers the handler of a kind.
func (r *Runner) Handle(kind string, h Handler) {
	r.handlers[kind] = h
	r.kinds = append(r.kinds, kind)
}

// Wake makes the runner look now; call it after a commit that enqueued something.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Busy is the number of handlers running now.
func (r *Runner) Busy() int { return int(r.busy.Load()) }

// Start takes back what a former life of this owner left, and begins to work until Stop.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.store.Release(ctx, r.cfg.Owner); err != nil {
		return err
	}
	loop, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r.stop = cancel
	go r.loop(loop)
	return nil
}

// Stop takes no more jobs and waits for the running ones until ctx ends.
func (r *Runner) Stop(ctx context.Context) error {
	r.stop()
	<-r.stopped
	idle := make(chan struct{})
	go func() { r.running.Wait(); close(idle) }()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("job: %d handlers still run: %w", r.Busy(), ctx.Err())
	}
}

func (r *Runner) loop(ctx context.Context) {
	defer close(r.stopped)
	renewed := r.cfg.Clock.Now()
	for ctx.Err() == nil {
		if now := r.cfg.Clock.Now(); now.Sub(renewed) >= r.cfg.Lease/3 {
			renewed = now
			r.renew(ctx)
		}
		if r.take(ctx) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-r.cfg.Clock.After(r.pause(ctx)):
		}
	}
}

// pause is until the next job known to be due, at most the poll interval (others may enqueue without waking us).
func (r *Runner) pause(ctx context.Context) time.Duration {
	due, err := r.store.NextDue(ctx)
	if err != nil || due.IsZero() {
		return r.cfg.Poll
	}
	return min(r.cfg.Poll, max(due.Sub(r.cfg.Clock.Now()), time.Millisecond))
}

func (r *Runner) renew(ctx context.Context) {
	if r.Busy() == 0 {
		return
	}
	if err := r.store.Renew(ctx, r.cfg.Owner, r.cfg.Lease); err != nil && ctx.Err() == nil {
		r.cfg.Log.Warn("job leases not renewed", "err", err)
	}
}

// take claims as many jobs as there are free slots; true when it got some.
func (r *Runner) take(ctx context.Context) bool {
	free := cap(r.slots) - len(r.slots)
	if free == 0 {
		select { // wait for a slot, renewing in between
		case r.slots <- struct{}{}:
			<-r.slots
		case <-r.cfg.Clock.After(r.cfg.Lease / 3):
		case <-ctx.Done():
		}
		return true
	}
	jobs, err := r.store.Claim(ctx, r.cfg.Owner, r.kinds, free, r.cfg.Lease)
	if err != nil {
		if ctx.Err() == nil {
			r.cfg.Log.Warn("jobs not claimed", "err", err)
		}
		return false
	}
	for _, j := range jobs {
		r.slots <- struct{}{}
		r.running.Add(1)
		r.busy.Add(1)
		go r.run(context.WithoutCancel(ctx), j)
	}
	return len(jobs) > 0
}

func (r *Runner) run(ctx context.Context, j Job) {
	defer func() {
		r.busy.Add(-1)
		r.running.Done()
		<-r.slots
		r.Wake() // a job of the same lane may wait behind this one
	}()
	finished := false
	done := func(ctx context.Context) error {
		if err := r.store.Finish(ctx, j); err != nil {
			return err
		}
		finished = true
		return nil
	}
	err := r.call(ctx, j, done)
	if err == nil && !finished {
		err = r.store.Finish(ctx, j)
	}
	if err != nil {
		r.failed(ctx, j, err)
	}
}

func (r *Runner) call(ctx context.Context, j Job, done Done) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the handler of %s panicked: %v", j.Kind, p)
		}
	}()
	return r.handlers[j.Kind](ctx, j, done)
}

func (r *Runner) failed(ctx context.Context, j Job, cause error) {
	at := r.cfg.Clock.Now().Add(Backoff(j.Attempt, r.cfg.Rand()))
	r.cfg.Log.Warn("job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "err", cause)
	if err := r.store.Retry(ctx, j, cause.Error(), at); err != nil {
		r.cfg.Log.Warn("failed job not given back; its lease will end", "job", j.ID, "err", err)
	}
}

// Backoff is the pause after the given attempt: 200 ms doubled each time up to 10 minutes, the upper half of it random
// ("equal jitter"), so that many failures do not come back at once. rnd is in 0..1.
func Backoff(attempt int, rnd float64) time.Duration {
	d := 200 * time.Millisecond << min(max(attempt-1, 0), 12)
	d = min(d, 10*time.Minute)
	return d/2 + time.Duration(rnd*float64(d/2))
}
