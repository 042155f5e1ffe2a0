package webchat

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

const (
	pageSize = 200
	maxWait  = 25 * time.Second
)

type messageRequest struct {
	ClientID      string          `json:"client_id"`
	Text          string          `json:"text"`
	AttachmentIDs []id.Attachment `json:"attachment_ids"`
}

type acceptedAnswer struct {
	ID  id.Message `json:"id"`
	Seq int64      `json:"seq"`
}

func (s *Server) postMessage(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	if err := s.limit.message(string(c.ID)); err != nil {
		return err
	}
	var req messageRequest
	if err := problem.ReadJSON(w, r, maxBody, &req); err != nil {
		return err
	}
	files, err := s.attached(r.Context(), c.ID, req.AttachmentIDs)
	if err != nil {
		return err
	}
	m, err := s.Intake.Accept(r.Context(), routing.Inbound{ConversationID: c.ID, OutsideID: req.ClientID, Text: req.Text, Attachments: files})
	if err != nil {
		return err
	}
	return answer(w, http.StatusAccepted, acceptedAnswer{m.ID, m.Seq})
}

type actionRequest struct {
	CardID   id.Card           `json:"card_id"`
	Action   string            `json:"action"`
	ClientID string            `json:"client_id"`
	Values   map[string]string `json:"values"`
}

func (s *Server) postAction(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	if err := s.limit.message(string(c.ID)); err != nil {
		return err
	}
	var req actionRequest
	if err := problem.ReadJSON(w, r, maxBody, &req); err != nil {
		return err
	}
	if req.Action == "" || len(req.Action) > 500 || len(req.Values) > 40 {
		return errs.New(errs.Invalid, "action_invalid", "action must have 1 to 500 characters and values at most 40 fields.").With("body.action", "1 to 500 characters")
	}
	m, err := s.Intake.Accept(r.Context(), routing.Inbound{ConversationID: c.ID, OutsideID: req.ClientID, Press: &conversation.Press{CardID: req.CardID, Action: req.Action, Values: req.Values}})
	if err != nil {
		return err
	}
	return answer(w, http.StatusAccepted, acceptedAnswer{m.ID, m.Seq})
}

// shown is a message as shoppers see it; TurnID lets the widget replace the words it has shown live.
type shown struct {
	conversation.Message
	AuthorID *string `json:"author_id,omitempty"` // never shown: nil hides the embedded field
}

func visible(m conversation.Message) bool {
	return m.Kind != conversation.Note && m.Kind != conversation.Action
}

type messagesAnswer struct {
	Messages []shown              `json:"messages"`
	Seq      int64                `json:"seq"`
	Handler  conversation.Handler `json:"handler"`
	Closed   bool                 `json:"closed"`
}

func (s *Server) getMessages(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	after, err := number(r, "after")
	if err != nil {
		return err
	}
	wait, err := number(r, "wait")
	if err != nil {
		return err
	}
	msgs, err := s.awaitMessages(r.Context(), c.ID, after, min(time.Duration(wait)*time.Second, maxWait))
	if err != nil {
		return err
	}
	if c, err = s.Threads.Conversation(r.Context(), c.ID); err != nil {
		return err
	}
	out := messagesAnswer{Messages: []shown{}, Seq: after, Handler: c.Handler, Closed: c.Status == conversation.Closed}
	for _, m := range msgs {
		out.Seq = m.Seq
		if visible(m) {
			out.Messages = append(out.Messages, shown{Message: m})
		}
	}
	return answer(w, http.StatusOK, out)
}

// awaitMessages reads what is new, and when that is nothing a shopper sees, waits for it.
func (s *Server) awaitMessages(ctx context.Context, cid id.Conversation, after int64, wait time.Duration) ([]conversation.Message, error) {
	hints, stop := s.Listener.Listen(cid)
	defer func() { stop() }()
	end := s.Clock.After(wait)
	for {
		msgs, err := s.Messages.After(ctx, cid, after, pageSize)
		if err != nil || anyVisible(msgs) || wait <= 0 {
			return msgs, err
		}
		select {
		case _, ok := <-hints:
			if !ok { // too slow, or the hub ends: listen anew, then look again
				stop()
				hints, stop = s.Listener.Listen(cid)
			}
		case <-end:
			return msgs, nil
		case <-s.stop:
			return msgs, nil
		case <-ctx.Done():
			return msgs, nil
		}
	}
}

func anyVisible(msgs []conversation.Message) bool {
	for _, m := range msgs {
		if visible(m) {
			return true
		}
	}
	return false
}

func number(r *http.Request, name string) (int64, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 {
		return 0, errs.New(errs.Invalid, "query_invalid", "%s must be a whole number from 0.", name).With("query."+name, "a whole number from 0")
	}
	return n, nil
}

func (s *Server) postRead(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	var req struct {
		Seq int64 `json:"seq"`
	}
	if err := problem.ReadJSON(w, r, maxBody, &req); err != nil {
		return err
	}
	if req.Seq < 0 || req.Seq > c.LastSeq {
		return errs.New(errs.Invalid, "seq_unknown", "There is no message %d in this conversation.", req.Seq)
	}
	if req.Seq > c.ReadSeq {
		if err := s.Marks.MarkRead(r.Context(), c.ID, false, req.Seq); err != nil {
			return err
		}
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) postTyping(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	s.Listener.Pass(r.Context(), c.ID, "typing", map[string]any{"author": "customer", "on": true})
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) postEvents(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	if err := s.limit.message("e" + string(c.ID)); err != nil {
		return err
	}
	var req struct {
		Events []customer.Behaviour `json:"events"`
	}
	if err := problem.ReadJSON(w, r, 8*maxBody, &req); err != nil {
		return err
	}
	if err := customer.CheckBehaviours(req.Events, s.Clock.Now()); err != nil {
		return err
	}
	n, err := s.Behaviours.AddBehaviour(r.Context(), c.CustomerID, req.Events)
	if err != nil {
		return err
	}
	return answer(w, http.StatusAccepted, map[string]int{"recorded": n})
}
