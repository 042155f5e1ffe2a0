package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// replayed is how many missed events a stream sends again; beyond that it says "reset" and the page reloads.
const replayed = 500

// beat keeps proxies from closing a silent stream.
const beat = 15 * time.Second

type streamInput struct {
	LastEventID string `header:"Last-Event-ID" maxLength:"20"`
	After       int64  `query:"after" minimum:"0" doc:"Like Last-Event-ID, for the first connection"`
}

// change is the data of a stream event.
type change struct {
	Type    string `json:"type"`
	Subject string `json:"subject"`
	ID      string `json:"id"`
	Seq     int64  `json:"seq"`
}

func (s *server) streamRoutes() {
	route(s, huma.Operation{OperationID: "stream", Method: http.MethodGet, Path: "/stream", Tags: []string{"Stream"},
		Summary:     "Server-sent hints that something changed; read the truth with the other routes",
		Description: "Events: `change` with {type, subject, id, seq}; `reset` when too much was missed: reload; `bye` when the session has ended. The event id is the number to resume from.",
		Responses:   map[string]*huma.Response{"200": {Description: "A stream of hints", Content: map[string]*huma.MediaType{"text/event-stream": {}}}},
	}, s.stream)
}

func (s *server) stream(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
	if s.Hints == nil {
		return nil, errPart("live updates")
	}
	p := principal(ctx)
	after := in.After
	if in.LastEventID != "" {
		n, err := strconv.ParseInt(in.LastEventID, 10, 64)
		if err != nil || n < 0 {
			return nil, invalid("last_event_id_invalid", "header.Last-Event-ID", "It must be the number of an event of this stream.")
		}
		after = n
	}
	if !s.streams.enter(string(p.ID), s.Limits.Streams) {
		return nil, errs.New(errs.RateLimited, "too_many_streams", "You have %d streams open; close one.", s.Limits.Streams)
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer s.streams.leave(string(p.ID))
		_, w := humago.Unwrap(hc)
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no")
		w.WriteHeader(http.StatusOK)
		(&streaming{s: s, w: w, out: http.NewResponseController(w), p: p, secret: secretOf(hc.Context()), sent: after}).run(hc.Context())
	}}, nil
}

// streaming is one open stream.
type streaming struct {
	s      *server
	w      io.Writer
	out    *http.ResponseController
	p      staff.Principal
	secret string
	sent   int64
}

// run listens first and replays then, so that nothing falls between; what comes twice is a hint twice.
func (st *streaming) run(ctx context.Context) {
	hints, stop := st.s.Hints.Listen()
	defer stop()
	if st.write("ready", 0, struct{}{}) != nil || st.replay(ctx) != nil {
		return
	}
	recheck, pulse := time.NewTicker(st.s.Limits.Recheck), time.NewTicker(beat)
	defer recheck.Stop()
	defer pulse.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case h, ok := <-hints:
			if !ok || st.tell(ctx, h) != nil {
				return // the page connects again and resumes by number
			}
		case <-recheck.C:
			if st.recheck(ctx) != nil {
				_ = st.write("bye", 0, struct{}{})
				return
			}
		case <-pulse.C:
			if st.raw(": beat\n\n") != nil {
				return
			}
		}
	}
}

// recheck asks again who this is: a session that ended, or a role that changed, ends or narrows the stream.
func (st *streaming) recheck(ctx context.Context) error {
	p, err := st.s.Staff.Who(ctx, st.secret)
	if err == nil {
		err = p.Require(staff.StreamRead)
	}
	if err == nil {
		st.p = p
	}
	return err
}

func (st *streaming) replay(ctx context.Context) error {
	if st.sent == 0 {
		return nil
	}
	events, err := st.s.Hints.EventsAfter(ctx, st.sent, replayed+1)
	if err != nil {
		return err
	}
	if len(events) > replayed {
		return st.write("reset", events[len(events)-1].Seq, struct{}{})
	}
	for _, e := range events {
		if err := st.tell(ctx, Hint{Seq: e.Seq, Type: e.Type, Subject: e.Subject, ID: e.SubjectID}); err != nil {
			return err
		}
	}
	return nil
}

// tell sends a hint the member may know of.
func (st *streaming) tell(ctx context.Context, h Hint) error {
	if h.Type == "delta" || !st.may(ctx, h) { // words on their way are for the shopper; staff reads the message
		return nil
	}
	return st.write("change", h.Seq, change{h.Type, h.Subject, h.ID, h.Seq})
}

// may asks for the permission of the subject and, where rows have owners, whether this row is in the member's scope.
func (st *streaming) may(ctx context.Context, h Hint) bool {
	switch h.Subject {
	case "conversation", "presence":
		return st.p.Role.May(staff.ConversationRead) && (st.p.Role.May(staff.ConversationAll) || st.seesConversation(ctx, h.ID))
	case "ticket":
		return st.p.Role.May(staff.TicketRead) && (st.p.Role.May(staff.TicketAll) || st.seesTicket(ctx, h.ID))
	case "approval":
		return st.p.Role.May(staff.ApprovalRead) && (st.p.Role.May(staff.ConversationAll) || st.seesApproval(ctx, h.ID))
	case "article":
		return st.p.Role.May(staff.KnowledgeRead)
	case "journey":
		return st.p.Role.May(staff.JourneyRead)
	case "staff":
		return st.p.Role.May(staff.StaffRead)
	}
	return false // what is not listed is nobody's business
}

func (st *streaming) seesConversation(ctx context.Context, cid string) bool {
	if st.s.Inbox == nil {
		return false
	}
	_, err := st.s.Inbox.InboxRow(ctx, inboxScope(st.p), id.Conversation(cid))
	return err == nil
}

func (st *streaming) seesApproval(ctx context.Context, eid string) bool {
	if st.s.Approvals == nil {
		return false
	}
	e, err := st.s.Approvals.Waiting(ctx, id.Effect(eid))
	return err == nil && st.seesConversation(ctx, string(e.Conversation))
}

func (st *streaming) seesTicket(ctx context.Context, tid string) bool {
	if st.s.Tickets == nil {
		return false
	}
	return st.s.Tickets.Visible(ctx, ticketScope(st.p), id.Ticket(tid))
}

func (st *streaming) write(name string, seq int64, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	head := ""
	if seq > 0 {
		head = "id: " + strconv.FormatInt(seq, 10) + "\n"
	}
	return st.raw(fmt.Sprintf("%sevent: %s\ndata: %s\n\n", head, name, b))
}

// raw writes within a deadline: who does not read is let go, and resumes by number.
func (st *streaming) raw(text string) error {
	_ = st.out.SetWriteDeadline(time.Now().Add(beat)) // not every writer has deadlines
	if _, err := io.WriteString(st.w, text); err != nil {
		return err
	}
	return st.out.Flush()
}
