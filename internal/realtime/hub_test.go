package realtime_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// table is a Source in memory; numbers become visible when a test says so.
type table struct {
	mu     sync.Mutex
	events []event.Event
	broken error
	asked  int
}

func (s *table) show(seq int64, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := 0
	for at < len(s.events) && s.events[at].Seq < seq {
		at++
	}
	s.events = append(s.events[:at], append([]event.Event{{Seq: seq, Type: "t", Subject: "conversation", SubjectID: id}}, s.events[at:]...)...)
}

func (s *table) EventsAfter(_ context.Context, seq int64, limit int) (out []event.Event, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.broken != nil {
		return nil, s.broken
	}
	for _, e := range s.events {
		if e.Seq > seq && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, nil
}

func (s *table) LastEvent(context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.events) == 0 {
		return 0, nil
	}
	return s.events[len(s.events)-1].Seq, nil
}

// air is a broker that hands everything to everybody, the sender too.
type air struct {
	mu   sync.Mutex
	fns  []func(realtime.Hint)
	sent []realtime.Hint
}

func (a *air) Send(_ context.Context, h realtime.Hint) {
	a.mu.Lock()
	fns := a.fns
	a.sent = append(a.sent, h)
	a.mu.Unlock()
	for _, fn := range fns {
		fn(h)
	}
}

func (a *air) Receive(ctx context.Context, fn func(realtime.Hint)) {
	a.mu.Lock()
	a.fns = append(a.fns, fn)
	a.mu.Unlock()
	<-ctx.Done()
}

func hub(t *testing.T, s realtime.Source, c realtime.Config) *realtime.Hub {
	t.Helper()
	c.Log = slog.New(slog.DiscardHandler)
	if c.Node == "" {
		c.Node = "a"
	}
	h := realtime.NewHub(s, c)
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// drain is what a listener has by now.
func drain(s *realtime.Subscription) (out []int64, open bool) {
	for {
		select {
		case h, ok := <-s.C:
			if !ok {
				return out, false
			}
			out = append(out, h.Seq)
		default:
			return out, true
		}
	}
}

func same(t *testing.T, what string, got []int64, want ...int64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
		return
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
}

func TestHintsGoToThoseWhoListen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &table{}
		s.show(1, "old")
		h := hub(t, s, realtime.Config{})
		synctest.Wait()
		one, all, other := h.Subscribe("conversation", "c1"), h.Subscribe("", ""), h.Subscribe("ticket", "")
		s.show(2, "c1")
		s.show(3, "c2")
		h.Wake()
		h.Wake()
		synctest.Wait()
		for _, x := range []struct {
			what string
			s    *realtime.Subscription
			want []int64
		}{{"one", one, []int64{2}}, {"all", all, []int64{2, 3}}, {"other", other, nil}} {
			got, open := drain(x.s)
			same(t, x.what, got, x.want...)
			if !open {
				t.Errorf("%s was closed", x.what)
			}
		}
		one.Close()
		one.Close()
		s.show(4, "c1")
		time.Sleep(600 * time.Millisecond) // nobody wakes: the poll finds it
		synctest.Wait()
		got, _ := drain(all)
		same(t, "by poll", got, 4)
		if h.Listeners() != 2 {
			t.Errorf("%d listeners", h.Listeners())
		}
		h.Stop()
		if _, open := drain(all); open || h.Listeners() != 0 {
			t.Error("a listener outlived the hub")
		}
	})
}

func TestWhoReadsTooSlowlyIsClosedAndTheOthersGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &table{}
		h := hub(t, s, realtime.Config{})
		slow, quick := h.Subscribe("", ""), h.Subscribe("", "")
		var heard []int64
		for seq := int64(1); seq <= 100; seq++ {
			s.show(seq, "c")
			h.Wake()
			synctest.Wait()
			got, _ := drain(quick)
			heard = append(heard, got...)
		}
		if len(heard) != 100 {
			t.Errorf("the quick one heard %d of 100", len(heard))
		}
		got, open := drain(slow)
		if open || len(got) != 64 {
			t.Errorf("the slow one is open: %v, with %d hints", open, len(got))
		}
		h.Stop()
	})
}

func TestNumbersThatAppearLateAreDeliveredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &table{}
		s.show(10, "before")
		h := hub(t, s, realtime.Config{LookBack: 20})
		all := h.Subscribe("", "")
		for _, seq := range []int64{13, 12, 15, 11, 14, 40, 29} {
			s.show(seq, "c")
			h.Wake()
			synctest.Wait()
		}
		got, _ := drain(all)
		same(t, "late numbers", got, 13, 12, 15, 11, 14, 40, 29)
		time.Sleep(3 * time.Second)
		got, _ = drain(all)
		same(t, "again", got)
		h.Stop()
	})
}

func TestAFailingSourceIsOnlyADelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &table{broken: errors.New("down")}
		h := hub(t, s, realtime.Config{})
		all := h.Subscribe("", "")
		s.show(1, "c")
		time.Sleep(10 * time.Second)
		if got, open := drain(all); len(got) != 0 || !open {
			t.Errorf("%v %v", got, open)
		}
		s.mu.Lock()
		if s.asked > 30 {
			t.Errorf("asked %d times in 10 s", s.asked)
		}
		s.broken = nil
		s.mu.Unlock()
		time.Sleep(time.Second)
		got, _ := drain(all)
		same(t, "after", got, 1)
		h.Stop()
	})
}

func TestBroker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, b := &table{}, &air{}
		one, two := hub(t, s, realtime.Config{Node: "one", Broker: b, Poll: time.Hour}), hub(t, s, realtime.Config{Node: "two", Broker: b, Poll: time.Hour})
		synctest.Wait()
		here, there := one.Subscribe("", ""), two.Subscribe("", "")
		one.Pass(t.Context(), realtime.Hint{Seq: 99, Type: "typing", Subject: "conversation", SubjectID: "c", Data: json.RawMessage(`{"on":true}`)})
		synctest.Wait()
		for name, sub := range map[string]*realtime.Subscription{"here": here, "there": there} {
			got, _ := drain(sub)
			same(t, name, got, 0) // once each, without a number: it is not stored
		}
		s.show(1, "c")
		one.Wake() // the other looks because the broker says so, not at its hourly poll
		synctest.Wait()
		got, _ := drain(there)
		same(t, "woken through the broker", got, 1)
		if len(b.sent) > 4 {
			t.Errorf("the echo goes round: %d messages", len(b.sent))
		}
		one.Stop()
		two.Stop()
	})
}

func TestABrokerThatIsGoneCostsOnlyHaste(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	b, err := realtime.NewRedis("redis://127.0.0.1:1", "x", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s := &table{}
	h := hub(t, s, realtime.Config{Broker: b, Poll: time.Millisecond})
	all := h.Subscribe("", "")
	for range 1000 { // far more than the queue holds; nothing blocks
		h.Pass(t.Context(), realtime.Hint{Type: "typing", Subject: "none"})
		<-all.C
	}
	s.show(1, "c")
	if got := <-all.C; got.Seq != 1 {
		t.Errorf("%+v", got)
	}
	h.Stop()
	if _, err := realtime.NewRedis("nonsense", "x", nil); err == nil {
		t.Error("a wrong URL was taken")
	}
}

// On PostgreSQL numbers are given before the commit: two transactions that commit in reverse order must both be heard.
func TestReverseCommitsOnPostgres(t *testing.T) {
	url := pgtest.URL(t)
	db, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	raw, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	h := hub(t, db, realtime.Config{LookBack: 200, Poll: 5 * time.Millisecond})
	defer h.Stop()
	sub := h.Subscribe("conversation", "")
	begin := func(id string) *sql.Tx {
		tx, err := raw.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`INSERT INTO events (type, subject, subject_id, at, data) VALUES ('t', 'conversation', $1, 1, '')`, id); err != nil {
			t.Fatal(err)
		}
		return tx
	}
	next := func() string {
		select {
		case got := <-sub.C:
			return got.SubjectID
		case <-time.After(10 * time.Second):
			t.Fatal("an event was never heard")
			return ""
		}
	}
	for range 5 {
		early, late := begin("early"), begin("late")
		if err := late.Commit(); err != nil {
			t.Fatal(err)
		}
		if got := next(); got != "late" {
			t.Fatal(got)
		}
		if err := early.Commit(); err != nil {
			t.Fatal(err)
		}
		if got := next(); got != "early" {
			t.Fatal(got)
		}
	}
	if got, _ := drain(sub); len(got) != 0 {
		t.Errorf("heard again: %v", got)
	}
}
