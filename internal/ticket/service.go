package ticket

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

// ReopenWithin is how long after solving a customer's message opens the ticket again.
const ReopenWithin = 7 * 24 * time.Hour

// The longest texts.
const (
	MaxTitle   = 120
	MaxComment = 8000
)

// Transactor runs a function in one transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// TeamFinder finds the team that works for a department; "" when there is none.
type TeamFinder interface {
	TeamOf(ctx context.Context, department string) (id.Team, error)
}

// Indexer keeps the text search up to date, in the caller's transaction.
type Indexer interface {
	IndexTicket(ctx context.Context, t Ticket, text string) error
}

// Deps is what the service stands on.
type Deps struct {
	Tx       Transactor
	Rows     Rows
	Keys     Keys
	Timeline Timeline
	Lists    Lists
	Teams    TeamFinder
	Index    Indexer
	Events   event.Appender
	Jobs     job.Enqueuer
	Policy   Policy
	Watch    func(ctx context.Context, h Happening) error // may be nil; runs inside the transaction of what happened
	NewID    func(prefix string) string
	Now      func() time.Time
}

// Happening is what others act on: a promise in danger or broken, a ticket that is done.
type Happening struct {
	Type   string // ticket.sla_warning, ticket.sla_breached, ticket.done
	Ticket Ticket
	Again  bool // it was done before and had been opened again
}

func (s *Service) tell(ctx context.Context, h Happening) error {
	if s.d.Watch == nil {
		return nil
	}
	return s.d.Watch(ctx, h)
}

// Service opens and follows tickets.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Request asks for a ticket. Key makes it happen once: a conversation and what it is about, for example.
type Request struct {
	Key            string
	Type           Type
	Priority       Priority // "" is the type's ordinary one
	Title          string
	Description    string
	Department     string // "" is the type's
	TeamID         id.Team
	AssigneeID     id.Staff
	CustomerID     id.Customer
	ConversationID id.Conversation
	OrderID        id.Order
}

func (r Request) check() error {
	e := errs.New(errs.Invalid, "ticket_invalid", "The ticket has mistakes; mend the places named.")
	if _, ok := Types[r.Type]; !ok {
		e.With("body.type", "not a ticket type")
	}
	if r.Priority != "" && !r.Priority.Known() {
		e.With("body.priority", "one of low, normal, high, urgent")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(r.Title)); n < 1 || n > MaxTitle {
		e.With("body.title", fmt.Sprintf("1 to %d characters", MaxTitle))
	}
	if utf8.RuneCountInString(r.Description) > MaxComment {
		e.With("body.description", fmt.Sprintf("at most %d characters", MaxComment))
	}
	if _, ok := Departments[r.Department]; r.Department != "" && !ok {
		e.With("body.department", "not a department")
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}

// Open opens a ticket, or gives the one that its key opened before. opened tells which.
func (s *Service) Open(ctx context.Context, by Actor, r Request) (t Ticket, opened bool, err error) {
	if err := r.check(); err != nil {
		return Ticket{}, false, err
	}
	err = s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		t, opened, err = s.openOnce(ctx, by, r)
		return err
	})
	if errs.Is(err, errs.Conflict) && r.Key != "" { // somebody opened it with the same key a moment ago, on another node
		t, err = s.d.Keys.TicketByKey(ctx, r.Key)
		return t, false, err
	}
	return t, opened, err
}

func (s *Service) openOnce(ctx context.Context, by Actor, r Request) (Ticket, bool, error) {
	if r.Key != "" {
		if t, err := s.d.Keys.TicketByKey(ctx, r.Key); err == nil || !errs.Is(err, errs.NotFound) {
			return t, false, err
		}
	}
	t, err := s.fresh(ctx, r)
	if err != nil {
		return Ticket{}, false, err
	}
	if err := s.d.Rows.InsertTicket(ctx, t); err != nil {
		return Ticket{}, false, err
	}
	e := Entry{Kind: Opened, Actor: by, Public: true, Text: r.Description, Data: map[string]string{"type": string(t.Type)}}
	return t, true, s.store(ctx, &t, "ticket.opened", e)
}

// fresh builds the row: number, department, team and running clocks.
func (s *Service) fresh(ctx context.Context, r Request) (Ticket, error) {
	kind, now := Types[r.Type], s.d.Now()
	n, err := s.d.Keys.NextTicketNumber(ctx)
	if err != nil {
		return Ticket{}, err
	}
	t := Ticket{ID: id.Ticket(s.d.NewID("tkt")), Number: fmt.Sprintf("T%d", 100000+n), Key: r.Key, Type: r.Type,
		Priority: or(r.Priority, kind.Priority), Status: Fresh, Title: strings.TrimSpace(r.Title), Description: r.Description,
		Department: or(r.Department, kind.Department), TeamID: r.TeamID, AssigneeID: r.AssigneeID,
		CustomerID: r.CustomerID, ConversationID: r.ConversationID, OrderID: r.OrderID, CreatedAt: now, UpdatedAt: now}
	t.Clocks = s.d.Policy.Start(t.Priority, now)
	if t.TeamID == "" && s.d.Teams != nil {
		t.TeamID, err = s.d.Teams.TeamOf(ctx, t.Department)
	}
	return t, err
}

func or[T comparable](a, b T) T {
	var zero T
	if a != zero {
		return a
	}
	return b
}

// store saves the ticket with its new entries, tells it, indexes it and sets the timers. It runs inside a transaction.
func (s *Service) store(ctx context.Context, t *Ticket, typ string, entries ...Entry) error {
	t.UpdatedAt = s.d.Now()
	for _, e := range entries {
		t.LastSeq++
		e.Seq = t.LastSeq
		if e.At.IsZero() {
			e.At = t.UpdatedAt
		}
		if err := s.d.Timeline.AddTicketEntry(ctx, t.ID, e); err != nil {
			return err
		}
	}
	if err := s.d.Rows.SaveTicket(ctx, *t); err != nil {
		return err
	}
	if err := s.d.Jobs.Enqueue(ctx, s.timers(*t)...); err != nil {
		return err
	}
	if s.d.Index != nil {
		if err := s.d.Index.IndexTicket(ctx, *t, t.Description); err != nil {
			return err
		}
	}
	return s.d.Events.AppendEvents(ctx, event.Of(typ, "ticket", string(t.ID), t.UpdatedAt, map[string]any{
		"status": t.Status, "team": t.TeamID, "assignee": t.AssigneeID, "customer": t.CustomerID, "conversation": t.ConversationID, "seq": t.LastSeq}))
}

// change loads a ticket inside the scope, lets fn change it and stores what came of it, all in one transaction.
func (s *Service) change(ctx context.Context, sc Scope, tid id.Ticket, typ string, fn func(ctx context.Context, t *Ticket) ([]Entry, error)) (t Ticket, err error) {
	err = s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if t, err = s.seen(ctx, sc, tid); err != nil {
			return err
		}
		before := t.Status
		entries, err := fn(ctx, &t)
		if err != nil || len(entries) == 0 {
			return err
		}
		again, err := s.doneBefore(ctx, tid)
		if err != nil {
			return err
		}
		if err := s.store(ctx, &t, typ, entries...); err != nil || !before.Active() || t.Status.Active() {
			return err
		}
		return s.tell(ctx, Happening{"ticket.done", t, again})
	})
	return t, err
}

// doneBefore tells whether the ticket's timeline has seen it done.
func (s *Service) doneBefore(ctx context.Context, tid id.Ticket) (bool, error) {
	es, err := s.d.Timeline.TicketEntries(ctx, tid)
	for _, e := range es {
		if e.Kind == Moved && !Status(e.Data["to"]).Active() {
			return true, err
		}
	}
	return false, err
}

func errNoTicket() error {
	return errs.New(errs.NotFound, "ticket_unknown", "There is no such ticket.")
}

// seen loads a ticket; one outside the scope looks missing.
func (s *Service) seen(ctx context.Context, sc Scope, tid id.Ticket) (Ticket, error) {
	t, err := s.d.Rows.Ticket(ctx, tid)
	if errs.Is(err, errs.NotFound) || (err == nil && !sc.Sees(t)) {
		return Ticket{}, errNoTicket()
	}
	return t, err
}

// Get gives a ticket and its timeline.
func (s *Service) Get(ctx context.Context, sc Scope, tid id.Ticket) (Ticket, []Entry, error) {
	t, err := s.seen(ctx, sc, tid)
	if err != nil {
		return Ticket{}, nil, err
	}
	es, err := s.d.Timeline.TicketEntries(ctx, tid)
	return t, es, err
}

// List gives a page of tickets, newest change first.
func (s *Service) List(ctx context.Context, sc Scope, q Query) ([]Ticket, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	return s.d.Lists.Tickets(ctx, sc, q)
}

// Counts tells how many tickets of each status the query, without its status, would list.
func (s *Service) Counts(ctx context.Context, sc Scope, q Query) (map[Status]int, error) {
	q.Status, q.Before, q.Limit = "", Cursor{}, 0
	return s.d.Lists.TicketCounts(ctx, sc, q)
}

// Policy is the policy in force.
func (s *Service) Policy() Policy { return s.d.Policy }

// Visible tells whether the ticket exists within the scope.
func (s *Service) Visible(ctx context.Context, sc Scope, tid id.Ticket) bool {
	_, err := s.seen(ctx, sc, tid)
	return err == nil
}
