package app

import (
	"context"
	"net/http"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/insight"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// wireStaffAPI puts the staff API and its documents under /api/v1.
func (a *App) wireStaffAPI(_ context.Context, mux *http.ServeMux) error {
	now := a.opt.Clock.Now
	know := a.services.knowledge
	mux.Handle(api.Base+"/", api.New(api.Deps{
		Staff: a.services.staff, Tickets: a.services.tickets, Insight: insight.New(a.db, a.zone), Journey: journey.New(a.db, a.db, a.db, now),
		Inbox: a.db, Messages: a.db, Desk: a.kernel.desk, Replies: a.kernel.desk, Marks: marks{a.db, now}, Typing: listener{a.kernel.hub}, People: a.db, Files: files{a.db},
		Commerce: a.db, Articles: know, Editor: know, Learning: a.services.learning,
		Finders:   []api.Finder{api.TextFinder{Index: a.db, Inbox: a.db}, api.OrderFinder{Book: a.db}, api.ArticleFinder{Articles: know}, api.ProductFinder{Shelf: a.services.commerce}},
		Approvals: a.brain.gate, Approver: a.brain.gate, Flows: flows{a.brain.book, a.db},
		Hints: feed{a.kernel.hub, a.db}, Pusher: pusher{a.kernel.hub}, Quick: quickReplies,
		Meta: a.meta(), Proxies: a.cfg.HTTP.Prefixes(), Secure: a.cfg.HTTP.SecureCookies, Zone: a.zone, Metrics: a.front.registry, Log: a.log, Now: now, NewID: a.ids.New,
	}))
	return nil
}

func (a *App) meta() api.Meta {
	m := api.Meta{Name: a.cfg.Shop.Name, Version: a.opt.Version, Demo: a.cfg.Shop.Demo}
	for _, l := range a.services.logins {
		m.DemoLogins = append(m.DemoLogins, api.DemoLogin{Login: l.Login, Password: l.Password, Name: l.Name, Role: l.Role})
	}
	return m
}

// feed gives the staff API the hub's hints and the stored events behind them.
type feed struct {
	hub *realtime.Hub
	*store.DB
}

// Listen implements api.Hints.
func (f feed) Listen() (<-chan api.Hint, func()) {
	sub := f.hub.Subscribe("", "")
	out, done := make(chan api.Hint), make(chan struct{})
	go func() {
		defer close(out)
		for h := range sub.C {
			select {
			case out <- api.Hint{Seq: h.Seq, Type: h.Type, Subject: h.Subject, ID: h.SubjectID, Data: h.Data}:
			case <-done:
				return
			}
		}
	}()
	return out, func() { close(done); sub.Close() }
}

// pusher sends passing hints of the staff API to all streams.
type pusher struct{ hub *realtime.Hub }

// Push implements api.Pusher.
func (p pusher) Push(ctx context.Context, h api.Hint) {
	p.hub.Pass(ctx, realtime.Hint{Type: h.Type, Subject: h.Subject, SubjectID: h.ID, Data: h.Data})
}

// flows gives the staff API the flows in force and how they went.
type flows struct {
	book *flow.Book
	*store.DB
}

// Book implements api.Flows.
func (f flows) Book() *flow.Book { return f.book }
