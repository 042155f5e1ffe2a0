package webchat

import (
	"net/http"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

const maxBody = 64 << 10

type identity struct {
	CustomerID id.Customer `json:"customer_id"`
	Signature  string      `json:"signature"`
}

type sessionRequest struct {
	VisitorID string    `json:"visitor_id"`
	Identity  *identity `json:"identity"`
	Locale    string    `json:"locale"`
	Page      string    `json:"page"`
}

type sessionAnswer struct {
	Token          string               `json:"token"`
	ConversationID id.Conversation      `json:"conversation_id"`
	VisitorID      string               `json:"visitor_id"`
	Seq            int64                `json:"seq"`
	Handler        conversation.Handler `json:"handler"`
	Closed         bool                 `json:"closed"`
	ExpiresAt      time.Time            `json:"expires_at"`
}

func (s *Server) sessions(w http.ResponseWriter, r *http.Request) error {
	if err := s.limit.session(s.cfg.Address(r)); err != nil {
		return err
	}
	var req sessionRequest
	if err := problem.ReadJSON(w, r, maxBody, &req); err != nil {
		return err
	}
	hello, visitorID, err := s.hello(req)
	if err != nil {
		return err
	}
	c, err := s.Intake.Open(r.Context(), hello)
	if errs.Is(err, errs.NotFound) {
		return errIdentity // a signed customer we do not know looks like a wrong signature
	}
	if err != nil {
		return err
	}
	expires := s.Clock.Now().Add(s.cfg.TokenLife)
	token := s.sign.token(claims{c.ID, c.CustomerID, hello.Assurance, expires.Unix()})
	return answer(w, http.StatusOK, sessionAnswer{token, c.ID, visitorID, c.LastSeq, c.Handler, c.Status == conversation.Closed, expires.UTC().Truncate(time.Second)})
}

var errIdentity = errs.New(errs.Unauthenticated, "identity_invalid", "The signature does not fit the customer; ask the shop's server for a new one.")

// hello says who asks. A visitor id we did not make is replaced by a new one, so that a stranger's never opens anything.
func (s *Server) hello(req sessionRequest) (h routing.Hello, visitorID string, err error) {
	if len(req.Page) > 500 {
		req.Page = strings.ToValidUTF8(req.Page[:500], "") // the cut may fall inside a character
	}
	h = routing.Hello{Channel: Channel, Account: s.cfg.Account, Assurance: conversation.Anonymous, Language: id.ParseLang(req.Locale), Page: req.Page, Fresh: true}
	handle, ok := s.sign.handle(req.VisitorID)
	if !ok {
		handle = s.IDs.New("vis")
	}
	h.Handle = handle
	switch {
	case req.Identity != nil && !identityValid(s.cfg.Secret, req.Identity.CustomerID, req.Identity.Signature):
		return h, "", errIdentity
	case req.Identity != nil:
		h.Customer, h.Assurance = req.Identity.CustomerID, conversation.Verified
	case s.cfg.RequireIdentity:
		return h, "", errs.New(errs.Unauthenticated, "identity_required", "This shop serves signed-in customers only; sign in first.")
	}
	return h, s.sign.visitorID(handle), nil
}

func (s *Server) getConfig(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	set := s.cfg.Settings(q.Get("page"), id.ParseLang(q.Get("locale")))
	set.AllowedOrigins = append([]string{}, s.cfg.AllowedOrigins...)
	if set.LinkOrigins == nil {
		set.LinkOrigins = []string{}
	}
	return answer(w, http.StatusOK, set)
}
