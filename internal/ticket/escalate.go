package ticket

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

// TimerKind is the kind of the jobs that watch a ticket's clocks; the wiring gives them to [Service.Timer].
const TimerKind = "ticket.sla"

type timer struct {
	Ticket id.Ticket `json:"ticket"`
	Clock  ClockName `json:"clock"`
	Step   int       `json:"step"`
}

// timers are the jobs for every step that still lies ahead. Their key names the due time, so setting them again changes
// nothing unless the time moved.
func (s *Service) timers(t Ticket) []job.Job {
	var out []job.Job
	for _, name := range []ClockName{FirstResponse, Resolution} {
		c := t.Clocks.named(name)
		for _, step := range Steps {
			due := c.At(s.d.Policy.Hours, step)
			if due.IsZero() || step <= c.Fired || c.Target == 0 {
				continue
			}
			j := job.Of(TimerKind, "ticket:"+string(t.ID), fmt.Sprintf("sla:%s:%s:%d:%d", t.ID, name, step, due.UnixMilli()), timer{t.ID, name, step})
			j.RunAt = due
			out = append(out, j)
		}
	}
	return out
}

// Timer is the job handler of TimerKind: it escalates when the step is really reached, once.
func (s *Service) Timer(ctx context.Context, j job.Job, done job.Done) error {
	var p timer
	if err := json.Unmarshal(j.Payload, &p); err != nil {
		return errs.Wrap(err, errs.Internal, "timer_unreadable", "The payload of an SLA timer cannot be read.")
	}
	return s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.escalate(ctx, p); err != nil {
			return err
		}
		return done(ctx)
	})
}

func (s *Service) escalate(ctx context.Context, p timer) error {
	t, err := s.d.Rows.Ticket(ctx, p.Ticket)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c := t.Clocks.named(p.Clock)
	due := c.At(s.d.Policy.Hours, p.Step)
	if !c.Running() || c.Fired >= p.Step || due.After(s.d.Now()) {
		return nil // paused, met, told already, or moved: then the timer for the new time exists
	}
	c.Fired = p.Step
	e := Entry{Kind: Escalate, Actor: Actor{Kind: BySystem}, Data: map[string]string{"clock": string(p.Clock), "step": strconv.Itoa(p.Step)}}
	typ := "ticket.sla_warning"
	if p.Step >= 100 {
		typ = "ticket.sla_breached"
	}
	if err := s.press(ctx, &t, p.Step, e.Data); err != nil {
		return err
	}
	if err := s.store(ctx, &t, typ, e); err != nil {
		return err
	}
	return s.tell(ctx, Happening{Type: typ, Ticket: t})
}

// press raises the priority, to high at a warning and to urgent at a breach, and finds a team for what has none. The clocks
// stay: what was promised to the customer is not promised anew.
func (s *Service) press(ctx context.Context, t *Ticket, step int, d map[string]string) error {
	least := High
	if step >= 100 {
		least = Urgent
	}
	if t.Priority.Rank() < least.Rank() {
		note(d, "priority", string(t.Priority), string(least))
		t.Priority = least
	}
	if t.TeamID != "" || s.d.Teams == nil {
		return nil
	}
	team, err := s.d.Teams.TeamOf(ctx, t.Department)
	note(d, "team", "", string(team))
	t.TeamID = team
	return err
}
