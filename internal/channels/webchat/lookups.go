package webchat

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
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
