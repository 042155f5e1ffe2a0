package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
)

// front is everything that faces HTTP.
type front struct {
	chat     *webchat.Server
	secret   string // of the web channel
	handler  http.Handler
	metrics  http.Handler
	registry *prometheus.Registry
}

const webAccount = "web"

func (a *App) wireFront(ctx context.Context) error {
	a.front.registry = prometheus.NewRegistry()
	a.front.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := a.wireChat(ctx); err != nil {
		return err
	}
	mux := http.NewServeMux()
	for pattern, h := range a.front.chat.Routes() {
		mux.HandleFunc(pattern, h)
	}
	mux.HandleFunc("/widget/v1/", a.front.chat.Unknown())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", a.ready)
	a.pages(mux)
	if err := a.wireStaffAPI(ctx, mux); err != nil {
		return err
	}
	a.front.handler = a.traced(a.observed(a.caught(mux)))
	m := http.NewServeMux()
	m.Handle("GET /metrics", promhttp.HandlerFor(a.front.registry, promhttp.HandlerOpts{}))
	a.front.metrics = m
	return nil
}

func (a *App) wireChat(ctx context.Context) error {
	key, err := a.secret(ctx, "webchat.token")
	if err != nil {
		return err
	}
	raw, err := hex.DecodeString(key)
	if err != nil {
		return err
	}
	if a.front.secret = a.cfg.Webchat.Secret; a.front.secret == "" {
		if a.front.secret, err = a.secret(ctx, "webchat.identity"); err != nil {
			return err
		}
	}
	a.front.chat = webchat.New(webchat.Config{Account: webAccount, Secret: a.front.secret, TokenKey: raw, RequireIdentity: a.cfg.Webchat.RequireIdentity,
		Settings: a.chatSettings, AllowedOrigins: a.cfg.Webchat.AllowedOrigins, Limits: a.opt.ChatLimits, Address: api.Address(a.cfg.HTTP.Prefixes())}, webchat.Deps{
		Intake: a.kernel.intake, Threads: a.db, Messages: a.db, Cards: a.db, Marks: marks{a.db, a.opt.Clock.Now}, Behaviours: a.db, Files: files{a.db},
		Tickets: shopperTickets{a.services.tickets}, Desk: line{a.db}, Passages: passages{a.services.knowledge, a.opt.Clock.Now}, Listener: listener{a.kernel.hub}, IDs: a.ids, Clock: a.opt.Clock, Log: a.log})
	return nil
}

// stopStreams ends long answers, so that the server can shut down.
func (f front) stopStreams() {
	if f.chat != nil {
		f.chat.Stop()
	}
}

// ready answers 200 only when the database does.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.db.Ping(ctx); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ready": true, "jobs_running": a.kernel.runner.Busy(), "listeners": a.kernel.hub.Listeners()})
}

// pages serves the built front ends.
func (a *App) pages(mux *http.ServeMux) {
	ancestors := "*"
	if len(a.cfg.Webchat.AllowedOrigins) > 0 {
		ancestors = "'self' " + strings.Join(a.cfg.Webchat.AllowedOrigins, " ")
	}
	widget := newStatic("widget", "/widget/", "frame.html", policy(ancestors))
	a.helpPages(mux)
	mux.Handle("GET /widget/frame", widget)
	mux.Handle("/widget/", widget)
	mux.Handle("GET /console/", newStatic("console", "/console/", "index.html", policy("'none'")))
	home := "/console/"
	if a.cfg.Shop.Demo {
		a.demoShop(mux)
		home = "/shop/"
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, home, http.StatusFound) })
}
