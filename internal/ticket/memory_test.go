package ticket_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// memory keeps tickets for tests; InTx undoes everything when the function fails.
type memory struct {
	n       int64
	rows    map[id.Ticket]ticket.Ticket
	entries map[id.Ticket][]ticket.Entry
	events  []event.Event
	jobs    []job.Job
	fail    error // given back by the next enqueue
}

func (m *memory) InTx(ctx context.Context, fn func(context.Context) error) error {
	keep := memory{n: m.n, rows: map[id.Ticket]ticket.Ticket{}, entries: map[id.Ticket][]ticket.Entry{}, events: slices.Clone(m.events), jobs: slices.Clone(m.jobs)}
	for k, v := range m.rows {
		keep.rows[k] = v
	}
	for k, v := range m.entries {
		keep.entries[k] = slices.Clone(v)
	}
	err := fn(ctx)
	if err != nil {
		*m = keep
	}
	return err
}

func none() error { return errs.New(errs.NotFound, "not_found", "none") }

func (m *memory) InsertTicket(_ context.Context, t ticket.Ticket) error {
	for _, r := range m.rows {
		if t.Key != "" && r.Key == t.Key {
			return errs.New(errs.Conflict, "ticket_key_taken", "taken")
		}
	}
	m.rows[t.ID] = t
	return nil
}

func (m *memory) SaveTicket(_ context.Context, t ticket.Ticket) error { m.rows[t.ID] = t; return nil }

func (m *memory) Ticket(_ context.Context, tid id.Ticket) (ticket.Ticket, error) {
	if t, ok := m.rows[tid]; ok {
		return t, nil
	}
	return ticket.Ticket{}, none()
}

func (m *memory) TicketByKey(_ context.Context, key string) (ticket.Ticket, error) {
	for _, r := range m.rows {
		if r.Key == key {
			return r, nil
		}
	}
	return ticket.Ticket{}, none()
}

func (m *memory) NextTicketNumber(context.Context) (int64, error) { m.n++; return m.n, nil }

func (m *memory) AddTicketEntry(_ context.Context, tid id.Ticket, e ticket.Entry) error {
	if int(e.Seq) != len(m.entries[tid])+1 {
		return fmt.Errorf("entry %d after %d", e.Seq, len(m.entries[tid]))
	}
	m.entries[tid] = append(m.entries[tid], e)
	return nil
}

func (m *memory) TicketEntries(_ context.Context, tid id.Ticket) ([]ticket.Entry, error) {
	return m.entries[tid], nil
}

func (m *memory) Tickets(_ context.Context, s ticket.Scope, q ticket.Query) (out []ticket.Ticket, err error) {
	for _, t := range m.rows {
		if s.Sees(t) && (q.Conversation == "" || q.Conversation == t.ConversationID) {
			out = append(out, t)
		}
	}
	return out, nil
}

func (m *memory) TicketCounts(context.Context, ticket.Scope, ticket.Query) (map[ticket.Status]int, error) {
	return map[ticket.Status]int{}, nil
}

func (m *memory) AppendEvents(_ context.Context, es ...event.Event) error {
	m.events = append(m.events, es...)
	return nil
}

func (m *memory) Enqueue(_ context.Context, js ...job.Job) error {
	if err := m.fail; err != nil {
		m.fail = nil
		return err
	}
	for _, j := range js {
		if !slices.ContainsFunc(m.jobs, func(o job.Job) bool { return o.Key == j.Key }) {
			m.jobs = append(m.jobs, j)
		}
	}
	return nil
}

func (m *memory) TeamOf(_ context.Context, department string) (id.Team, error) {
	return id.Team("team_" + department), nil
}

// desk is the service over memory with a clock at Monday 10:00 in Shanghai.
type desk struct {
	*ticket.Service
	m      *memory
	clock  *clock.Fake
	t      *testing.T
	onTell func(ticket.Happening) error
}

func newDesk(t *testing.T) *desk {
	z := zone(t, "Asia/Shanghai")
	c := clock.NewFake(time.Date(2026, 3, 2, 10, 0, 0, 0, z))
	m := &memory{rows: map[id.Ticket]ticket.Ticket{}, entries: map[id.Ticket][]ticket.Entry{}}
	n := 0
	d := &desk{m: m, clock: c, t: t}
	d.Service = ticket.New(ticket.Deps{Tx: m, Rows: m, Keys: m, Timeline: m, Lists: m, Teams: m, Events: m, Jobs: m, Policy: ticket.DefaultPolicy(z), Now: c.Now,
		Watch: func(_ context.Context, h ticket.Happening) error {
			if d.onTell == nil {
				return nil
			}
			return d.onTell(h)
		},
		NewID: func(p string) string { n++; return fmt.Sprintf("%s_%d", p, n) }})
	return d
}

var (
	all   = ticket.Scope{All: true}
	anna  = ticket.Actor{Kind: ticket.ByStaff, ID: "stf_1", Name: "Anna"}
	robot = ticket.Actor{Kind: ticket.ByAgent}
	lina  = ticket.Actor{Kind: ticket.ByCustomer, ID: "cus_1", Name: "李娜"}
)

func (d *desk) open(r ticket.Request) ticket.Ticket {
	d.t.Helper()
	if r.Type == "" {
		r.Type = ticket.ComplaintQuality
	}
	if r.Title == "" {
		r.Title = "鞋底开胶"
	}
	if r.CustomerID == "" {
		r.CustomerID = "cus_1"
	}
	t, _, err := d.Open(d.t.Context(), robot, r)
	d.must(err)
	return t
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) to(tid id.Ticket, s ticket.Status) ticket.Ticket {
	d.t.Helper()
	t, err := d.Change(d.t.Context(), all, anna, tid, ticket.Patch{Status: &s})
	d.must(err)
	return t
}

// run advances the clock in steps and does the jobs that are due, as a runner would; every job again at random, because
// a runner promises at least once.
func (d *desk) run(until time.Time) {
	d.t.Helper()
	for {
		slices.SortFunc(d.m.jobs, func(a, b job.Job) int { return a.RunAt.Compare(b.RunAt) })
		if len(d.m.jobs) == 0 || d.m.jobs[0].RunAt.After(until) {
			d.clock.Set(until)
			return
		}
		j := d.m.jobs[0]
		if j.RunAt.After(d.clock.Now()) {
			d.clock.Set(j.RunAt)
		}
		d.m.jobs = d.m.jobs[1:]
		for range 2 {
			d.must(d.Timer(d.t.Context(), j, func(context.Context) error { return nil }))
		}
	}
}

// escalations counts timeline entries by clock and step.
func (d *desk) escalations(tid id.Ticket) (out []string) {
	for _, e := range d.m.entries[tid] {
		if e.Kind == ticket.Escalate {
			out = append(out, e.Data["clock"]+" "+e.Data["step"])
		}
	}
	return out
}
