package app

import (
	"context"
	"net/http"

	"github.com/xiaoer-cs/xiaoer/internal/helpcentre"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// helpPages serves the public help centre.
func (a *App) helpPages(mux *http.ServeMux) {
	now := a.opt.Clock.Now
	h := helpcentre.New(a.services.knowledge, helpcentre.Options{Shop: id.Text{ZH: a.cfg.Shop.Name, EN: a.cfg.Shop.Name}, Public: a.cfg.Public, Chat: "/widget/loader.js", Now: now})
	mux.Handle("/help", h)
	mux.Handle("/help/", h)
}

// followKnowledge keeps this node's index in step with what any node publishes or withdraws, until the app stops.
func (a *App) followKnowledge() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.services.knowledge.Run(ctx, func(err error) { a.log.Warn("knowledge feed", "err", err) })
	}()
	a.stops = append(a.stops, func(context.Context) error {
		cancel()
		<-done
		return nil
	})
}
