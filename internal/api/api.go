package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/insight"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// Base is where the API lives.
const Base = "/api/v1"

// Deps is what the API stands on. A part that is nil answers 503 where it is asked for.
type Deps struct {
	Staff     *staff.Service
	Tickets   *ticket.Service
	Insight   *insight.Service
	Journey   *journey.Service
	Inbox     conversation.Inbox
	Messages  MessageReader
	Desk      Desk
	Replies   Replies
	Marks     Marks
	Typing    Typist // may be nil: nobody is told
	Files     Files  // may be nil
	People    People
	Commerce  Commerce // may be nil: no orders, no tiers
	Articles  Articles
	Editor    ArticleEditor
	Learning  *learning.Service // may be nil: 503
	Finders   []Finder
	Approvals Approvals // may be nil
	Approver  Approver
	Flows     Flows // may be nil
	Hints     Hints
	Pusher    Pusher // may be nil
	Quick     QuickReplies

	Meta    Meta
	Limits  Limits
	Origins []string       // further origins whose pages may write, "https://host[:port]"
	Proxies []netip.Prefix // whose X-Forwarded-For is believed
	Secure  bool           // cookies over https only
	Zone    *time.Location // the shop's, for days
	Metrics prometheus.Registerer
	Log     *slog.Logger
	Now     func() time.Time
	NewID   func(prefix string) string
}

// Limits bound requests; zero fields get the default.
type Limits struct {
	Body    int64         // bytes
	Time    time.Duration // for everything but the stream
	Rate    float64       // requests a second and member
	Burst   int
	Streams int           // open streams a member
	Recheck time.Duration // how often an open stream asks again whether its session holds
}

func (l Limits) orDefault() Limits {
	d := Limits{Body: 1 << 20, Time: 30 * time.Second, Rate: 30, Burst: 120, Streams: 8, Recheck: 20 * time.Second}
	put(&d.Body, l.Body)
	put(&d.Time, l.Time)
	put(&d.Rate, l.Rate)
	put(&d.Burst, l.Burst)
	put(&d.Streams, l.Streams)
	put(&d.Recheck, l.Recheck)
	return d
}

func put[T comparable](to *T, v T) {
	var zero T
	if v != zero {
		*to = v
	}
}

// server is the API at work.
type server struct {
	Deps
	huma    huma.API
	mux     *http.ServeMux
	rates   *rates
	present *presence
	streams *counter
}

// framework settings are package variables of the framework; they are set once, before the first API.
var configure = sync.OnceFunc(func() {
	huma.NewError = fromHuma
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
})

// New makes the handler for everything under Base.
func New(d Deps) http.Handler { return newServer(d).edge() }

func newServer(d Deps) *server {
	configure()
	d.Limits = d.Limits.orDefault()
	fill(&d)
	s := &server{Deps: d, mux: http.NewServeMux(), rates: newRates(d.Limits, d.Now), present: newPresence(d.Now), streams: newCounter()}
	s.huma = humago.New(s.mux, s.config())
	s.routes()
	return s
}

func fill(d *Deps) {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.NewID == nil {
		d.NewID = randomID
	}
}

// config describes the API; the framework's own pages are off, because they load scripts from foreign hosts.
func (s *server) config() huma.Config {
	c := huma.DefaultConfig("Xiaoer staff API", s.Meta.Version)
	if c.Info.Version == "" {
		c.Info.Version = "dev"
	}
	c.Info.Description = "What the staff console uses, for integrators too. Sign in with POST /auth/login; send the header X-CSRF: 1 with every write. Lists page by limit and cursor. Errors are problem documents (RFC 9457)."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil // no $schema links
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName, Description: "Set by POST /auth/login"},
	}
	return c
}

func (s *server) routes() {
	s.metaRoutes()
	s.authRoutes()
	s.conversationRoutes()
	s.customerRoutes()
	s.ticketRoutes()
	s.approvalRoutes()
	s.articleRoutes()
	s.learningRoutes()
	s.searchRoutes()
	s.insightRoutes()
	s.journeyRoutes()
	s.flowRoutes()
	s.staffRoutes()
	s.streamRoutes()
}

// route registers an operation under its rule. The handler's errors become problem documents.
func route[I, O any](s *server, op huma.Operation, fn func(context.Context, *I) (*O, error)) {
	r, ok := rules[op.OperationID]
	if !ok {
		panic("api: the operation " + op.OperationID + " has no rule; add one to rules.go")
	}
	op.Path = Base + op.Path
	op.Middlewares = append(op.Middlewares, s.guard(r))
	op.Errors = append(op.Errors, errorsOf(op, r)...)
	op.MaxBodyBytes = s.Limits.Body
	if !r.open {
		op.Security = []map[string][]string{{"session": {}}}
	}
	if r.need != "" {
		op.Description = joinText(op.Description, "Needs the permission `"+string(r.need)+"`.")
	}
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := fn(ctx, in)
		if err != nil {
			p := problemOf(ctx, s.Log, err)
			return nil, huma.ErrorWithHeaders(p, p.GetHeaders())
		}
		return out, nil
	})
}

func errorsOf(op huma.Operation, r rule) []int {
	out := []int{400, 422, 429, 503}
	if !r.open {
		out = append(out, 401, 403)
	}
	if op.Method != http.MethodGet {
		out = append(out, 409, 413, 415)
	}
	return append(out, 404)
}

func joinText(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// Document is the OpenAPI description, as JSON.
func Document(version string) ([]byte, error) {
	s := newServer(Deps{Meta: Meta{Version: version}})
	return s.huma.OpenAPI().MarshalJSON()
}
