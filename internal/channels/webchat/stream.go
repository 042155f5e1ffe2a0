package webchat

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

const (
	beat       = 15 * time.Second // keeps proxies from closing an idle stream
	writeLimit = 10 * time.Second // a reader slower than that is cut and resumes
)

// sse is one open stream.
type sse struct {
	s     *Server
	w     http.ResponseWriter
	rc    *http.ResponseController
	cid   id.Conversation
	after int64
	told  string // the last status sent
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	after, err := number(r, "after")
	if err != nil {
		return err
	}
	if last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		after = max(after, last)
	}
	if err := s.limit.openStream(); err != nil {
		return err
	}
	defer s.limit.closeStream()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	st := &sse{s: s, w: w, rc: http.NewResponseController(w), cid: c.ID, after: after}
	st.run(r.Context())
	return nil
}

// run sends until the client goes, the server stops or the listener was too slow; the client resumes by number.
func (st *sse) run(ctx context.Context) {
	hints, stop := st.s.Listener.Listen(st.cid)
	defer stop()
	if st.status(ctx) != nil || st.marks(ctx) != nil || st.messages(ctx) != nil {
		return
	}
	for {
		var err error
		select {
		case h, ok := <-hints:
			if !ok {
				return
			}
			err = st.hint(ctx, h)
		case <-st.s.Clock.After(beat):
			err = st.beat(ctx)
		case <-st.s.stop:
			return
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

func (st *sse) hint(ctx context.Context, h Hint) error {
	switch h.Type {
	case "message.added":
		return st.messages(ctx)
	case "card.changed":
		return st.card(ctx, h.Data)
	case "conversation.moved":
		return st.status(ctx)
	case "conversation.marked":
		return st.marks(ctx)
	case "typing":
		return st.typing(h.Data)
	case "delta":
		return st.raw("delta", 0, h.Data)
	}
	return nil
}

func (st *sse) messages(ctx context.Context) error {
	for {
		msgs, err := st.s.Messages.After(ctx, st.cid, st.after, pageSize)
		if err != nil || len(msgs) == 0 {
			return err
		}
		for _, m := range msgs {
			if visible(m) {
				if err := st.send("message", m.Seq, shown{Message: m}); err != nil {
					return err
				}
			}
			st.after = m.Seq
		}
	}
}

// card sends a changed card again under its old number, without an event id, so that resuming does not step back.
func (st *sse) card(ctx context.Context, data json.RawMessage) error {
	var d struct {
		CardID id.Card `json:"card_id"`
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return nil // not a hint of ours; the next reading shows the truth anyway
	}
	m, err := st.s.Cards.CardMessage(ctx, st.cid, d.CardID)
	if err != nil || m.Seq > st.after {
		return nil // not sent yet: it goes out with its new status
	}
	return st.send("message", 0, shown{Message: m})
}

func (st *sse) status(ctx context.Context) error {
	c, err := st.s.Threads.Conversation(ctx, st.cid)
	if err != nil {
		return err
	}
	b, err := json.Marshal(st.s.statusOf(ctx, c))
	if err != nil {
		return err
	}
	st.told = string(b)
	return st.raw("status", 0, b)
}

// statusEvent is the body of a status event.
type statusEvent struct {
	Handler       conversation.Handler `json:"handler"`
	Closed        bool                 `json:"closed"`
	StaffName     string               `json:"staff_name,omitempty"`
	QueuePosition int                  `json:"queue_position,omitempty"`
}

func (s *Server) statusOf(ctx context.Context, c conversation.Conversation) statusEvent {
	e := statusEvent{Handler: c.Handler, Closed: c.Status == conversation.Closed}
	if s.Desk == nil || e.Closed {
		return e
	}
	switch c.Handler {
	case conversation.ByStaff:
		e.StaffName = s.Desk.StaffName(ctx, c.AssigneeID)
	case conversation.Waiting:
		e.QueuePosition, _ = s.Desk.Place(ctx, c) // a nicety: without it the customer still knows that somebody was called
	}
	return e
}

// beat keeps the stream open, and tells a waiting customer when the line has moved: others' conversations send no hint here.
func (st *sse) beat(ctx context.Context) error {
	c, err := st.s.Threads.Conversation(ctx, st.cid)
	if err != nil {
		return err
	}
	if c.Handler == conversation.Waiting {
		if b, err := json.Marshal(st.s.statusOf(ctx, c)); err == nil && string(b) != st.told {
			st.told = string(b)
			return st.raw("status", 0, b)
		}
	}
	return st.write(": beat\n\n")
}

// marks: a customer's message is delivered when it is stored, and read when staff or the agent has read it.
func (st *sse) marks(ctx context.Context) error {
	c, err := st.s.Threads.Conversation(ctx, st.cid)
	if err != nil {
		return err
	}
	return st.send("marks", 0, map[string]int64{"delivered": c.LastSeq, "read": max(c.AnsweredSeq, c.StaffReadSeq)})
}

// typing passes on what the shop's side does, not the customer's own.
func (st *sse) typing(data json.RawMessage) error {
	var d struct {
		Author string `json:"author"`
	}
	if json.Unmarshal(data, &d) != nil || d.Author == "customer" {
		return nil
	}
	return st.raw("typing", 0, data)
}

func (st *sse) send(event string, seq int64, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return st.raw(event, seq, b)
}

func (st *sse) raw(event string, seq int64, data []byte) error {
	idLine := ""
	if seq > 0 {
		idLine = fmt.Sprintf("id: %d\n", seq)
	}
	return st.write(fmt.Sprintf("event: %s\n%sdata: %s\n\n", event, idLine, data))
}

func (st *sse) write(text string) error {
	_ = st.rc.SetWriteDeadline(time.Now().Add(writeLimit)) // the socket's own clock; not supported in tests
	if _, err := st.w.Write([]byte(text)); err != nil {
		return err
	}
	return st.rc.Flush()
}
