package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// Options are what the surroundings hand in; zero fields mean the real thing.
type Options struct {
	Log        *slog.Logger
	Version    string                       // of the binary, for the API
	FirstAdmin func(login, password string) // told the first administrator\'s password, once
	Clock      clock.Clock
	Answer     routing.Answerer                          // tests put a scripted agent here
	Fault      func(point string) error                  // kill tests stop the effect gate here
	Environ    []string                                  // where keys of models may be found; nil: nowhere, and no Ollama is looked for
	ChatLimits webchat.Limits                            // zero means the defaults; load tests raise them
	Seed       bool                                      // fill an empty database with the demo shop
	Ready      func(at net.Addr, demo []staff.DemoLogin) // called once the server listens
}

// App is the wired product.
type App struct {
	cfg  config.Config
	opt  Options
	log  *slog.Logger
	db   *store.DB
	ids  *id.Maker
	zone *time.Location

	services services
	kernel   kernel
	brain    brain
	models   models
	front    front

	tracer   trace.Tracer
	server   *http.Server
	metrics  *http.Server
	listener net.Listener
	stops    []func(context.Context) error // in the order to run them
}

// New opens the database and wires everything.
func New(ctx context.Context, cfg config.Config, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	zone, err := time.LoadLocation(cfg.Shop.Timezone)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "timezone", "The time zone %q is unknown.", cfg.Shop.Timezone)
	}
	a := &App{cfg: cfg, opt: o, log: o.Log, zone: zone, ids: id.NewMaker(o.Clock.Now, nil)}
	a.db, err = store.Open(ctx, store.Options{URL: cfg.Database.URL, Path: filepath.Join(cfg.Data, "xiaoer.db"), MaxConn: cfg.Database.Connections, Now: o.Clock.Now})
	if err != nil {
		return nil, err
	}
	if err := a.wire(ctx); err != nil {
		_ = a.db.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) wire(ctx context.Context) error {
	for _, step := range []func(context.Context) error{a.wireTracing, a.wireServices, a.wireLearning, a.seed, a.firstStaff, a.wireBrain, a.wireModels, a.wireKernel, a.wireFront} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// DB is the database, for commands that work on it directly.
func (a *App) DB() *store.DB { return a.db }

// Handler is everything the server serves, for tests that need no socket.
func (a *App) Handler() http.Handler { return a.front.handler }

// Start begins to work and to listen.
func (a *App) Start(ctx context.Context) error {
	if err := a.startKernel(ctx); err != nil {
		return errors.Join(err, a.Stop(ctx))
	}
	a.followKnowledge()
	a.followModels()
	if err := a.listen(); err != nil {
		return errors.Join(err, a.Stop(ctx))
	}
	debug.FreeOSMemory() // reading models and the shop takes far more than keeping them; it listens already
	return nil
}

func (a *App) listen() error {
	l, err := net.Listen("tcp", a.cfg.Listen)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "listen", "The address %s cannot be listened on; is another server running there?", a.cfg.Listen)
	}
	a.listener = l
	a.server = newServer(a.front.handler, a.log)
	go a.serve(a.server, l)
	if a.cfg.Metrics.Listen != "" {
		m, err := net.Listen("tcp", a.cfg.Metrics.Listen)
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "metrics_listen", "The metrics address %s cannot be listened on.", a.cfg.Metrics.Listen)
		}
		a.metrics = newServer(a.front.metrics, a.log)
		go a.serve(a.metrics, m)
	}
	if a.opt.Ready != nil {
		a.opt.Ready(l.Addr(), a.services.logins)
	}
	return nil
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
}

func (a *App) serve(s *http.Server, l net.Listener) {
	if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		a.log.Error("server ended", "err", err)
	}
}

// Addr is where the server listens once started.
func (a *App) Addr() string { return a.listener.Addr().String() }

// Stop ends everything in order, within ctx.
func (a *App) Stop(ctx context.Context) error {
	var all []error
	a.front.stopStreams()
	for _, s := range []*http.Server{a.server, a.metrics} {
		if s != nil {
			all = append(all, s.Shutdown(ctx))
		}
	}
	all = append(all, a.stopKernel(ctx))
	for _, stop := range a.stops {
		all = append(all, stop(ctx))
	}
	all = append(all, a.db.Close())
	return errors.Join(all...)
}

// Run starts, waits for ctx to end, and stops within the configured time.
func (a *App) Run(ctx context.Context) error {
	if err := a.Start(ctx); err != nil {
		return err
	}
	<-ctx.Done()
	a.log.Info("stopping; waiting for work in hand", "at_most", a.cfg.Shutdown)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.Shutdown.Std())
	defer cancel()
	return a.Stop(end)
}

// Intake is the way in for messages, for benchmarks and for channels in tests.
func (a *App) Intake() routing.Intake { return a.kernel.intake }

// Hub is where changes are heard of.
func (a *App) Hub() *realtime.Hub { return a.kernel.hub }

// Desk is what members of staff do in conversations.
func (a *App) Desk() routing.Desk { return a.kernel.desk }
