package app

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tools"
)

func (a *App) nluParts() nlu.Parts { return nlu.Shipped() }

func (a *App) tools() []tool.Tool {
	return tools.All(tools.Deps{Shop: a.services.commerce, Tickets: a.services.tickets, Events: a.db, Now: a.opt.Clock.Now})
}

// deskHours tells when people are at the desk.
type deskHours struct{ hours ticket.Hours }

// PeopleAt implements routing.Hours.
func (d deskHours) PeopleAt(_ context.Context, now time.Time) (bool, time.Time) {
	if d.hours.Open(now) {
		return true, now
	}
	return false, d.hours.Add(now, time.Second)
}

func (a *App) peopleHours() routing.Hours { return deskHours{ticket.DefaultHours(a.zone)} }
