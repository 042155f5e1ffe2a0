package app

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tools"
)

func (a *App) nluParts() nlu.Parts { return nlu.Shipped() }

func (a *App) tools() []tool.Tool {
	return tools.All(tools.Deps{Shop: a.services.commerce, Tickets: a.services.tickets, Events: a.db, Now: a.opt.Clock.Now})
}

// deskHours tells when people are at the desk: within business hours, and only while somebody is signed in and on shift.
type deskHours struct {
	hours   ticket.Hours
	working func(ctx context.Context, at time.Time) ([]staff.Member, error)
}

// PeopleAt implements routing.Hours.
func (d deskHours) PeopleAt(ctx context.Context, now time.Time) (bool, time.Time) {
	if !d.hours.Open(now) {
		return false, d.hours.Add(now, time.Second)
	}
	there, err := d.working(ctx, now)
	if err != nil || len(there) == 0 {
		return true, time.Time{} // called, but nobody can say how soon
	}
	return true, now
}

func (a *App) peopleHours() routing.Hours {
	return deskHours{ticket.DefaultHours(a.zone), a.services.staff.Working}
}
