package realtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/event"
)

// Source is the stored sequence of events.
type Source interface {
	EventsAfter(ctx context.Context, seq int64, limit int) ([]event.Event, error)
	LastEvent(ctx context.Context) (int64, error)
}

// Broker links the hubs of several nodes. Send must not block for long; errors are its own affair.
type Broker interface {
	Send(ctx context.Context, h Hint)
	Receive(ctx context.Context, fn func(Hint))
}

// Hint is what a listener gets: a stored event (Seq > 0) or something passing (Seq == 0).
type Hint struct {
	Seq       int64           `json:"seq,omitempty"`
	Type      string          `json:"type"`
	Subject   string          `json:"subject"`
	SubjectID string          `json:"id"`
	Data      json.RawMessage `json:"data,omitempty"`
	From      string          `json:"from,omitempty"` // node, so that a broker's echo is known
}

const (
	buffer = 64                     // hints a listener may lag behind
	page   = 500                    // events read at a time
	retry  = 500 * time.Millisecond // pause after a failing read
)

// Config sets a Hub.
type Config struct {
	Node string
	Poll time.Duration // how often to look when no commit of ours and no broker wakes us (500 ms)
	// LookBack is how far numbers may become visible out of order: 0 where one writer gives them (SQLite).
	LookBack int64
	Clock    clock.Clock
	Broker   Broker // may be nil
	Log      *slog.Logger
}

// Hub hands hints to listeners.
type Hub struct {
	cfg    Config
	source Source
	wake   chan struct{}
	mu     sync.Mutex
	subs   map[*Subscription]struct{}
	seen   map[int64]struct{}
	high   int64
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// NewHub makes a Hub.
func NewHub(s Source, c Config) *Hub {
	if c.Poll == 0 {
		c.Poll = 500 * time.Millisecond
	}
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Hub{cfg: c, source: s, wake: make(chan struct{}, 1), subs: map[*Subscription]struct{}{}, seen: map[int64]struct{}{}}
}

// Start begins to follow from the newest event on.
func (h *Hub) Start(ctx context.Context) error {
	last, err := h.source.LastEvent(ctx)
	if err != nil {
		return err
	}
	h.high = last
	for seq := max(0, last-h.cfg.LookBack) + 1; seq <= last; seq++ {
		h.seen[seq] = struct{}{}
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h.cancel = cancel
	h.done.Go(func() { h.follow(run) })
	if h.cfg.Broker != nil {
		h.done.Go(func() { h.cfg.Broker.Receive(run, h.received) })
	}
	return nil
}

// Stop ends following and closes every listener.
func (h *Hub) Stop() {
	h.cancel()
	h.done.Wait()
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs {
		h.drop(s)
	}
}

// Wake makes the hub look now.
func (h *Hub) Wake() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *Hub) follow(ctx context.Context) {
	for ctx.Err() == nil {
		pause := h.cfg.Poll
		if err := h.read(ctx); err != nil && ctx.Err() == nil {
			h.cfg.Log.Warn("events not read", "err", err)
			pause = retry
		}
		select {
		case <-ctx.Done():
		case <-h.wake:
		case <-h.cfg.Clock.After(pause):
		}
	}
}

// read hands over everything new, looking back a little because numbers may commit out of order.
func (h *Hub) read(ctx context.Context) error {
	for {
		h.mu.Lock()
		from := max(0, h.high-h.cfg.LookBack)
		h.mu.Unlock()
		events, err := h.source.EventsAfter(ctx, from, page)
		if err != nil {
			return err
		}
		fresh := h.fresh(events)
		for _, e := range fresh {
			h.deliver(Hint{Seq: e.Seq, Type: e.Type, Subject: e.Subject, SubjectID: e.SubjectID, Data: e.Data})
		}
		if len(fresh) > 0 && h.cfg.Broker != nil {
			h.cfg.Broker.Send(ctx, Hint{Type: "wake", From: h.cfg.Node})
		}
		if len(events) < page {
			return nil
		}
	}
}

func (h *Hub) fresh(events []event.Event) (out []event.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range events {
		if _, ok := h.seen[e.Seq]; !ok {
			h.seen[e.Seq] = struct{}{}
			out = append(out, e)
		}
		h.high = max(h.high, e.Seq)
	}
	for seq := range h.seen {
		if seq <= h.high-2*h.cfg.LookBack {
			delete(h.seen, seq)
		}
	}
	return out
}

// Pass hands over something that is not stored, to this node's listeners and through the broker to the others.
func (h *Hub) Pass(ctx context.Context, hint Hint) {
	hint.Seq, hint.From = 0, h.cfg.Node
	h.deliver(hint)
	if h.cfg.Broker != nil {
		h.cfg.Broker.Send(ctx, hint)
	}
}

func (h *Hub) received(hint Hint) {
	switch {
	case hint.From == h.cfg.Node:
	case hint.Type == "wake":
		h.Wake()
	default:
		h.deliver(hint)
	}
}
