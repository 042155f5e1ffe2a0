package webchat

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

type citationAnswer struct {
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	URL       string    `json:"url,omitempty"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

func (s *Server) getCitation(w http.ResponseWriter, r *http.Request, _ conversation.Conversation) error {
	title, text, url, updated, err := s.Passages.Passage(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, citationAnswer{title, text, url, updated})
}

func (s *Server) getTickets(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	list, err := s.Tickets.TicketsOf(r.Context(), c.CustomerID, c.Language)
	if err != nil {
		return err
	}
	if list == nil {
		list = []json.RawMessage{}
	}
	return answer(w, http.StatusOK, map[string]any{"tickets": list})
}

func (s *Server) getTicket(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	t, err := s.Tickets.TicketOf(r.Context(), c.CustomerID, id.Ticket(r.PathValue("id")), c.Language)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, t)
}

// postComment adds the customer's words to a ticket of theirs and answers the ticket as it is then.
func (s *Server) postComment(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	if err := s.limit.message(string(c.ID)); err != nil {
		return err
	}
	var req struct {
		ClientID string `json:"client_id"`
		Text     string `json:"text"`
	}
	if err := problem.ReadJSON(w, r, maxBody, &req); err != nil {
		return err
	}
	if err := s.Tickets.WriteTo(r.Context(), c.CustomerID, id.Ticket(r.PathValue("id")), req.ClientID, req.Text); err != nil {
		return err
	}
	return s.getTicket(w, r, c)
}
