package job_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

// shelf is a job.Store in memory that keeps the rules of the real one, and notes what it was asked.
type shelf struct {
	mu       sync.Mutex
	now      func() time.Time
	ready    []job.Job
	running  map[string]job.Job
	leases   map[string]time.Time
	dead     []job.Job
	pauses   []time.Duration
	renewed  int
	released int
	broken   error
}

func newShelf(now func() time.Time) *shelf {
	return &shelf{now: now, running: map[string]job.Job{}, leases: map[string]time.Time{}}
}

func (s *shelf) add(jobs ...job.Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = append(s.ready, jobs...)
}

func (s *shelf) Claim(_ context.Context, owner string, kinds []string, n int, lease time.Duration) (out []job.Job, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return nil, s.broken
	}
	for id, until := range s.leases { // what nobody renewed is taken over
		if !s.now().Before(until) {
			s.ready = append(s.ready, s.running[id])
			delete(s.running, id)
			delete(s.leases, id)
		}
	}
	for i := 0; i < len(s.ready) && len(out) < n; {
		j := s.ready[i]
		if j.RunAt.After(s.now()) || !slices.Contains(kinds, j.Kind) || s.laneBusy(j.Lane) {
			i++
			continue
		}
		j.Attempt, j.Owner = j.Attempt+1, owner
		s.ready = slices.Delete(s.ready, i, i+1)
		s.running[j.ID], s.leases[j.ID] = j, s.now().Add(lease)
		out = append(out, j)
	}
	return out, nil
}

func (s *shelf) laneBusy(lane string) bool {
	for _, j := range s.running {
		if lane != "" && j.Lane == lane {
			return true
		}
	}
	return false
}

func (s *shelf) holds(j job.Job) error {
	if got, ok := s.running[j.ID]; !ok || got.Owner != j.Owner || got.Attempt != j.Attempt {
		return errs.New(errs.Conflict, "lease_lost", "Another node has this job.")
	}
	delete(s.running, j.ID)
	delete(s.leases, j.ID)
	return nil
}

func (s *shelf) Finish(_ context.Context, j job.Job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.holds(j)
}

func (s *shelf) Retry(_ context.Context, j job.Job, cause string, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.holds(j); err != nil {
		return err
	}
	s.pauses = append(s.pauses, at.Sub(s.now()))
	j.LastError, j.RunAt = cause, at
	if j.Attempt >= max(j.MaxAttempts, 1) {
		s.dead = append(s.dead, j)
	} else {
		s.ready = append(s.ready, j)
	}
	return nil
}

func (s *shelf) Renew(_ context.Context, owner string, lease time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewed++
	for id, j := range s.running {
		if j.Owner == owner {
			s.leases[id] = s.now().Add(lease)
		}
	}
	return nil
}

func (s *shelf) Release(context.Context, string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.released++
	return nil
}

func (s *shelf) NextDue(context.Context) (next time.Time, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range s.ready {
		if next.IsZero() || j.RunAt.Before(next) {
			next = j.RunAt
		}
	}
	return next, nil
}

func (s *shelf) left() (ready, running, dead int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ready), len(s.running), len(s.dead)
}

// bubble runs a test in a bubble whose time passes only when everybody waits, so nothing here depends on the machine.
func bubble(t *testing.T, fn func(t *testing.T, s *shelf, r *job.Runner)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(time.Now)
		r := job.NewRunner(s, job.Config{Owner: "node", Workers: 4, Lease: 9 * time.Second, Rand: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler)})
		fn(t, s, r)
	})
}

func start(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func stop(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAJobRunsAndIsGone(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		var ran atomic.Int64
		r.Handle("k", func(ctx context.Context, _ job.Job, done job.Done) error { ran.Add(1); return done(ctx) })
		r.Handle("lazy", func(context.Context, job.Job, job.Done) error { ran.Add(1); return nil })
		s.add(job.Job{ID: "1", Kind: "k"}, job.Job{ID: "2", Kind: "lazy"}, job.Job{ID: "3", Kind: "nobody's"})
		start(t, r)
		synctest.Wait()
		stop(t, r)
		if ready, running, _ := s.left(); ran.Load() != 2 || ready != 1 || running != 0 || s.released != 1 {
			t.Errorf("ran %d, ready %d, running %d, released %d", ran.Load(), ready, running, s.released)
		}
	})
}

func TestFailuresComeBackLaterAndEndDead(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		var at []time.Duration
		begin := time.Now()
		r.Handle("k", func(_ context.Context, j job.Job, _ job.Done) error {
			at = append(at, time.Since(begin))
			if j.Attempt == 2 {
				panic("boom")
			}
			return errors.New("no")
		})
		s.add(job.Job{ID: "1", Kind: "k", MaxAttempts: 4})
		start(t, r)
		time.Sleep(time.Minute)
		stop(t, r)
		if _, _, dead := s.left(); dead != 1 || len(at) != 4 {
			t.Fatalf("dead %d, tries at %v", dead, at)
		}
		for i, p := range s.pauses[:3] {
			if p != job.Backoff(i+1, 0.5) || at[i+1]-at[i] < p {
				t.Errorf("try %d: paused %s, began again after %s", i+1, p, at[i+1]-at[i])
			}
		}
		if s.dead[0].LastError != "no" || r.Busy() != 0 {
			t.Errorf("%+v", s.dead[0])
		}
	})
}

func TestOneOfALaneAtATimeAndNoMoreThanWorkers(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		var mu sync.Mutex
		busy, most := map[string]int{}, 0
		var order []string
		r.Handle("k", func(_ context.Context, j job.Job, _ job.Done) error {
			mu.Lock()
			busy[j.Lane]++
			if busy[j.Lane] > 1 {
				t.Error("two of one lane at a time")
			}
			order = append(order, j.ID)
			sum := 0
			for _, n := range busy {
				sum += n
			}
			most = max(most, sum)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			busy[j.Lane]--
			mu.Unlock()
			return nil
		})
		for i := range 20 {
			s.add(job.Job{ID: string(rune('a' + i)), Kind: "k", Lane: string(rune('A' + i%10))})
		}
		start(t, r)
		time.Sleep(time.Minute)
		stop(t, r)
		if len(order) != 20 || most != 4 {
			t.Errorf("%d ran, at most %d at a time", len(order), most)
		}
	})
}

func TestLeasesAreRenewedWhileHandlersWork(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		var ran atomic.Int64
		r.Handle("k", func(context.Context, job.Job, job.Done) error { ran.Add(1); time.Sleep(time.Minute); return nil })
		s.add(job.Job{ID: "1", Kind: "k"}, job.Job{ID: "2", Kind: "k"}, job.Job{ID: "3", Kind: "k"}, job.Job{ID: "4", Kind: "k"}) // all workers busy
		start(t, r)
		time.Sleep(2 * time.Minute)
		stop(t, r)
		if ran.Load() != 4 || s.renewed < 15 {
			t.Errorf("4 jobs of a minute ran %d times, renewed %d times", ran.Load(), s.renewed)
		}
	})
}

func TestALostLeaseStoresNothing(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		stored := 0
		r.Handle("k", func(ctx context.Context, j job.Job, done job.Done) error {
			if j.Attempt == 1 { // another node took it over in the middle
				s.mu.Lock()
				j.Attempt = 2
				s.running[j.ID] = j
				s.mu.Unlock()
			}
			if err := done(ctx); err != nil {
				return err
			}
			stored++
			return nil
		})
		s.add(job.Job{ID: "1", Kind: "k", MaxAttempts: 9})
		start(t, r)
		synctest.Wait()
		stop(t, r)
		if ready, running, _ := s.left(); stored != 0 || ready != 0 || running != 1 {
			t.Errorf("stored %d, ready %d, running %d", stored, ready, running)
		}
	})
}

func TestStopWaitsForHandlersAndTakesNoMore(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		done := 0
		r.Handle("k", func(ctx context.Context, j job.Job, _ job.Done) error {
			time.Sleep(3 * time.Second)
			if ctx.Err() != nil {
				t.Error("the handler's context ended with the runner")
			}
			done++
			return nil
		})
		s.add(job.Job{ID: "1", Kind: "k", Lane: "l"}, job.Job{ID: "2", Kind: "k", Lane: "l"})
		start(t, r)
		time.Sleep(time.Second)
		stop(t, r)
		if ready, _, _ := s.left(); done != 1 || ready != 1 {
			t.Errorf("done %d, ready %d", done, ready)
		}
	})
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		r.Handle("k", func(context.Context, job.Job, job.Done) error { time.Sleep(time.Hour); return nil })
		s.add(job.Job{ID: "1", Kind: "k"})
		start(t, r)
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := r.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		time.Sleep(2 * time.Hour)
	})
}

func TestWakeIsHeardAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		var at time.Time
		r.Handle("k", func(context.Context, job.Job, job.Done) error { at = time.Now(); return nil })
		start(t, r)
		synctest.Wait()
		begin := time.Now()
		s.add(job.Job{ID: "1", Kind: "k"})
		for range 5 {
			r.Wake()
		}
		synctest.Wait()
		if !at.Equal(begin) {
			t.Errorf("began after %s", at.Sub(begin))
		}
		s.add(job.Job{ID: "2", Kind: "k"}) // nobody wakes: found at the next look
		time.Sleep(time.Second)
		synctest.Wait()
		if d := at.Sub(begin); d <= 0 || d > 250*time.Millisecond {
			t.Errorf("found after %s", d)
		}
		stop(t, r)
	})
}

func TestAnUnreachableStoreIsAskedAgain(t *testing.T) {
	bubble(t, func(t *testing.T, s *shelf, r *job.Runner) {
		ran := 0
		r.Handle("k", func(context.Context, job.Job, job.Done) error { ran++; return nil })
		s.broken = errors.New("down")
		s.add(job.Job{ID: "1", Kind: "k"})
		start(t, r)
		time.Sleep(10 * time.Second)
		s.mu.Lock()
		s.broken = nil
		s.mu.Unlock()
		time.Sleep(time.Second)
		stop(t, r)
		if ran != 1 {
			t.Errorf("ran %d times", ran)
		}
	})
}

// F24: the clock steps forwards, backwards and by a day while timers wait; each fires once, and not before its time.
func TestTimersThroughClockSteps(t *testing.T) {
	begin := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	c := clock.NewFake(begin)
	s := newShelf(c.Now)
	r := job.NewRunner(s, job.Config{Owner: "node", Clock: c, Log: slog.New(slog.DiscardHandler)})
	var mu sync.Mutex
	fired := map[string][]time.Time{}
	heard := make(chan string, 100)
	r.Handle("timer", func(_ context.Context, j job.Job, _ job.Done) error {
		mu.Lock()
		fired[j.ID] = append(fired[j.ID], c.Now())
		mu.Unlock()
		heard <- j.ID
		return nil
	})
	due := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour, "past": -time.Hour}
	for name, d := range due {
		s.add(job.Job{ID: name, Kind: "timer", RunAt: begin.Add(d)})
	}
	start(t, r)
	step := func(to time.Duration, expect ...string) {
		t.Helper()
		c.Set(begin.Add(to))
		r.Wake() // a step back leaves the sleeper asleep: somebody's commit wakes it
		for range expect {
			if got := <-heard; !slices.Contains(expect, got) {
				t.Errorf("at %s fired %q", to, got)
			}
		}
	}
	step(0, "past")
	step(-time.Hour)
	step(30*time.Second, []string{}...)
	step(time.Hour+time.Minute, "minute", "hour") // a step over both
	step(-time.Hour)
	step(2*time.Hour, []string{}...)
	step(25*time.Hour, "day")
	step(26*time.Hour, []string{}...)
	stop(t, r)
	for name, times := range fired {
		if len(times) != 1 || times[0].Before(begin.Add(due[name])) {
			t.Errorf("%s (due %s) fired at %v", name, due[name], times)
		}
	}
	if len(fired) != len(due) {
		t.Errorf("fired %v", fired)
	}
}

func TestBackoffProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-5, 1000).Draw(t, "attempt")
		rnd := rapid.Float64Range(0, 1).Draw(t, "rnd")
		d := job.Backoff(n, rnd)
		if d < 100*time.Millisecond || d > 10*time.Minute {
			t.Fatalf("%s is outside 100 ms .. 10 min", d)
		}
		if lo, hi := job.Backoff(n, 0), job.Backoff(n, 1); d < lo || d > hi || hi > 2*lo+1 {
			t.Fatalf("%s is not in the upper half %s..%s", d, lo, hi)
		}
		if next := job.Backoff(n+1, rnd); next < d {
			t.Fatalf("the pause shrinks from %s to %s", d, next)
		}
	})
}

func TestOf(t *testing.T) {
	j := job.Of("k", "l", "key", map[string]int{"a": 1})
	if j.Kind != "k" || j.Lane != "l" || j.Key != "key" || string(j.Payload) != `{"a":1}` || !j.RunAt.IsZero() {
		t.Errorf("%+v", j)
	}
}
