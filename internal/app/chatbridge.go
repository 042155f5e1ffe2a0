package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// listener gives a channel the hints of one conversation.
type listener struct{ hub *realtime.Hub }

// Listen implements webchat.Listener.
func (l listener) Listen(cid id.Conversation) (<-chan webchat.Hint, func()) {
	sub := l.hub.Subscribe("conversation", string(cid))
	out := make(chan webchat.Hint)
	done := make(chan struct{})
	go func() {
		defer close(out)
		for h := range sub.C {
			select {
			case out <- webchat.Hint{Type: h.Type, Data: h.Data, Stored: h.Seq > 0}:
			case <-done:
				return
			}
		}
	}()
	return out, func() { close(done); sub.Close() }
}

// Pass implements webchat.Listener.
func (l listener) Pass(ctx context.Context, cid id.Conversation, typ string, data any) {
	b, err := json.Marshal(data)
	if err != nil {
		return
	}
	l.hub.Pass(ctx, realtime.Hint{Type: typ, Subject: "conversation", SubjectID: string(cid), Data: b})
}

// StaffTyping implements api.Typist.
func (l listener) StaffTyping(ctx context.Context, cid id.Conversation, name string, on bool) {
	l.Pass(ctx, cid, "typing", map[string]any{"author": "staff", "name": name, "on": on})
}

// marks moves reading marks and tells about it.
type marks struct {
	db  *store.DB
	now func() time.Time
}

// MarkRead implements webchat.Marks and api.Marks.
func (m marks) MarkRead(ctx context.Context, cid id.Conversation, byStaff bool, seq int64) error {
	return m.db.InTx(ctx, func(ctx context.Context) error {
		if err := m.db.MarkRead(ctx, cid, byStaff, seq); err != nil {
			return err
		}
		return m.db.AppendEvents(ctx, event.Of(routing.Marked, "conversation", string(cid), m.now(), nil))
	})
}

// files keeps uploads in the database.
type files struct{ db *store.DB }

// PutFile implements webchat.Files.
func (f files) PutFile(ctx context.Context, cid id.Conversation, aid id.Attachment, name, mime string, data []byte) error {
	return f.db.PutFile(ctx, store.File{ID: aid, ConversationID: cid, Name: name, MIME: mime, Data: data})
}

// FileOf implements webchat.Files.
func (f files) FileOf(ctx context.Context, cid id.Conversation, aid id.Attachment) (string, string, []byte, error) {
	x, err := f.db.FileOf(ctx, cid, aid)
	return x.Name, x.MIME, x.Data, err
}

// shopperTickets shows a shopper's own tickets.
type shopperTickets struct{ tickets *ticket.Service }

// TicketsOf implements webchat.Tickets.
func (s shopperTickets) TicketsOf(ctx context.Context, c id.Customer, l id.Lang) (out []json.RawMessage, err error) {
	views, err := s.tickets.Mine(ctx, c, l)
	for _, v := range views {
		b, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, err
}

// TicketOf implements webchat.Tickets.
func (s shopperTickets) TicketOf(ctx context.Context, c id.Customer, t id.Ticket, l id.Lang) (json.RawMessage, error) {
	v, err := s.tickets.MyTicket(ctx, c, t, l)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// WriteTo implements webchat.Tickets.
func (s shopperTickets) WriteTo(ctx context.Context, c id.Customer, t id.Ticket, key, text string) error {
	_, err := s.tickets.CustomerWrote(ctx, ticket.Scope{Customer: c}, ticket.Actor{Kind: ticket.ByCustomer, ID: string(c)}, t, key, text)
	return err
}

// passages opens citations.
type passages struct {
	knowledge *knowledge.Service
	now       func() time.Time
}

// Passage implements webchat.Passages.
func (p passages) Passage(_ context.Context, pid string) (title, text, url string, updated time.Time, err error) {
	c, err := p.knowledge.Passage(id.Passage(pid), knowledge.Scope{Now: p.now()})
	return c.Title, c.Text, c.URL, time.Time{}, err
}

// line tells waiting customers who answers and where they stand.
type line struct{ db *store.DB }

// StaffName implements webchat.Desk.
func (l line) StaffName(ctx context.Context, sid id.Staff) string {
	if sid == "" {
		return ""
	}
	m, err := l.db.StaffByID(ctx, sid)
	if err != nil {
		return "" // a nicety
	}
	return m.Name
}

// Place implements webchat.Desk.
func (l line) Place(ctx context.Context, c conversation.Conversation) (int, error) {
	return l.db.PlaceInLine(ctx, c)
}
