package webchat

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// Channel is this adapter's name on conversations and identities.
const Channel = "webchat"

// Intake opens conversations and takes messages.
type Intake interface {
	Open(ctx context.Context, h routing.Hello) (conversation.Conversation, error)
	Accept(ctx context.Context, m routing.Inbound) (conversation.Message, error)
}

// Marks moves the customer's reading mark and tells about it.
type Marks interface {
	MarkRead(ctx context.Context, cid id.Conversation, byStaff bool, seq int64) error
}

// Behaviours records what customers do on pages.
type Behaviours interface {
	AddBehaviour(ctx context.Context, cid id.Customer, events []customer.Behaviour) (int, error)
}

// Files keeps what shoppers upload.
type Files interface {
	PutFile(ctx context.Context, cid id.Conversation, aid id.Attachment, name, mime string, data []byte) error
	FileOf(ctx context.Context, cid id.Conversation, aid id.Attachment) (name, mime string, data []byte, err error)
}

// Tickets shows shoppers their own tickets, as bodies of ticket cards.
type Tickets interface {
	TicketsOf(ctx context.Context, c id.Customer, l id.Lang) ([]json.RawMessage, error)
	TicketOf(ctx context.Context, c id.Customer, t id.Ticket, l id.Lang) (json.RawMessage, error)
	// WriteTo adds the customer's words to a ticket; the same key again adds nothing.
	WriteTo(ctx context.Context, c id.Customer, t id.Ticket, key, text string) error
}

// Desk tells a waiting customer who answers and how far the line has come.
type Desk interface {
	StaffName(ctx context.Context, sid id.Staff) string                  // empty when unknown
	Place(ctx context.Context, c conversation.Conversation) (int, error) // 1 is next
}

// Passages opens citations.
type Passages interface {
	Passage(ctx context.Context, pid string) (title, text, url string, updated time.Time, err error)
}

// Listener hears of changes of one conversation; a closed channel means "read again from your last number".
type Listener interface {
	Listen(cid id.Conversation) (hints <-chan Hint, stop func())
	Pass(ctx context.Context, cid id.Conversation, typ string, data any)
}

// Hint is a change of a conversation; Stored tells whether the database holds it.
type Hint struct {
	Type   string
	Data   json.RawMessage
	Stored bool
}

// Config sets the channel.
type Config struct {
	Account         string
	Secret          string // signs customer identities; shared with the shop's server
	TokenKey        []byte // signs tokens; ours alone
	RequireIdentity bool   // refuse visitors
	TokenLife       time.Duration
	Settings        func(page string, l id.Lang) Settings
	AllowedOrigins  []string // pages that may embed the frame; empty means any
	Limits          Limits
	Address         func(*http.Request) string // whom a request comes from; nil means the other end of the connection
}

// Limits bound what one client may do.
type Limits struct {
	MessagesPerSecond float64 // per conversation, with a burst of ten times that
	SessionsPerSecond float64 // per address, with a burst of thirty times that
	Streams           int     // open streams in all
}

// Settings is the answer of GET /config.
type Settings struct {
	Title          string            `json:"title"`
	Greeting       string            `json:"greeting"`
	Suggestions    []string          `json:"suggestions"`
	Colours        map[string]string `json:"colours,omitempty"`
	Texts          map[string]string `json:"texts,omitempty"`
	LinkOrigins    []string          `json:"link_origins"`
	AllowedOrigins []string          `json:"allowed_origins"`
}

// Deps is what the channel works with.
type Deps struct {
	Intake     Intake
	Threads    conversation.Threads
	Messages   conversation.Messages
	Cards      conversation.Cards
	Marks      Marks
	Behaviours Behaviours
	Files      Files
	Tickets    Tickets
	Passages   Passages
	Desk       Desk // may be nil: neither is told
	Listener   Listener
	IDs        *id.Maker
	Clock      clock.Clock
	Log        *slog.Logger
}

// Server answers the shopper API.
type Server struct {
	Deps
	cfg   Config
	sign  signer
	limit *limiter
	stop  chan struct{}
}

// New makes a Server.
func New(c Config, d Deps) *Server {
	if c.TokenLife == 0 {
		c.TokenLife = 30 * 24 * time.Hour
	}
	if c.Address == nil {
		c.Address = addressOf
	}
	return &Server{Deps: d, cfg: c, sign: signer{c.TokenKey}, limit: newLimiter(c.Limits, d.Clock.Now), stop: make(chan struct{})}
}

// Stop ends open streams and waits of long polls, so that a server can shut down.
func (s *Server) Stop() { close(s.stop) }

// Routes is every route of the channel; a scan of the running product compares itself with it.
func (s *Server) Routes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"POST /widget/v1/sessions":              s.handle(s.sessions),
		"POST /widget/v1/messages":              s.session(s.postMessage),
		"GET /widget/v1/messages":               s.session(s.getMessages),
		"POST /widget/v1/actions":               s.session(s.postAction),
		"POST /widget/v1/events":                s.session(s.postEvents),
		"POST /widget/v1/typing":                s.session(s.postTyping),
		"POST /widget/v1/read":                  s.session(s.postRead),
		"POST /widget/v1/attachments":           s.session(s.postAttachment),
		"GET /widget/v1/attachments/{id}":       s.session(s.getAttachment),
		"GET /widget/v1/stream":                 s.session(s.stream),
		"GET /widget/v1/citations/{id...}":      s.session(s.getCitation),
		"GET /widget/v1/tickets":                s.session(s.getTickets),
		"GET /widget/v1/tickets/{id}":           s.session(s.getTicket),
		"POST /widget/v1/tickets/{id}/comments": s.session(s.postComment),
		"GET /widget/v1/config":                 s.handle(s.getConfig),
	}
}

type handler func(w http.ResponseWriter, r *http.Request) error

type sessionHandler func(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error

func (s *Server) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if err := h(w, r); err != nil {
			problem.Write(w, r, s.Log, err)
		}
	}
}

// session checks the token and that its conversation is still that customer's.
func (s *Server) session(h sessionHandler) http.HandlerFunc {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if !utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0) {
			return errAddress // no id of ours, and databases choke on it
		}
		cl, err := s.sign.claims(bearer(r), s.Clock.Now())
		if err != nil {
			return err
		}
		c, err := s.Threads.Conversation(r.Context(), cl.Conversation)
		if errs.Is(err, errs.NotFound) || (err == nil && (c.CustomerID != cl.Customer || c.Channel != Channel)) {
			return errToken
		}
		if err != nil {
			return err
		}
		return h(w, r, c)
	})
}

var errAddress = errs.New(errs.NotFound, "not_found", "There is nothing at this address.")

// bearer reads the token; only streams and pictures may carry it in the address, because browsers cannot do otherwise there.
func bearer(r *http.Request) string {
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return t
	}
	if strings.HasSuffix(r.URL.Path, "/stream") || strings.Contains(r.URL.Path, "/attachments/") {
		return r.URL.Query().Get("token")
	}
	return ""
}

func answer(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client has gone when this fails
	return nil
}
