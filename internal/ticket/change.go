package ticket

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Patch is what staff may change; nil leaves it.
type Patch struct {
	Title      *string
	Type       *Type
	Priority   *Priority
	Department *string
	Status     *Status
	TeamID     *id.Team
	AssigneeID *id.Staff
}

// Change applies a patch: all of it or nothing.
func (s *Service) Change(ctx context.Context, sc Scope, by Actor, tid id.Ticket, p Patch) (Ticket, error) {
	return s.change(ctx, sc, tid, "ticket.changed", func(_ context.Context, t *Ticket) ([]Entry, error) {
		var out []Entry
		for _, step := range []func(*Ticket, Actor, Patch) (*Entry, error){s.retitle, s.reassign, s.move} {
			e, err := step(t, by, p)
			if err != nil {
				return nil, err
			}
			if e != nil {
				out = append(out, *e)
			}
		}
		return out, nil
	})
}

// retitle changes what the ticket is: title, type, priority, department.
func (s *Service) retitle(t *Ticket, by Actor, p Patch) (*Entry, error) {
	before := *t
	put(&t.Title, p.Title)
	put(&t.Type, p.Type)
	put(&t.Priority, p.Priority)
	put(&t.Department, p.Department)
	t.Title = strings.TrimSpace(t.Title)
	if err := (Request{Type: t.Type, Priority: t.Priority, Title: t.Title, Department: t.Department}).check(); err != nil {
		return nil, err
	}
	d := map[string]string{}
	note(d, "title", before.Title, t.Title)
	note(d, "type", string(before.Type), string(t.Type))
	note(d, "priority", string(before.Priority), string(t.Priority))
	note(d, "department", before.Department, t.Department)
	if len(d) == 0 {
		return nil, nil
	}
	if t.Priority != before.Priority {
		target := s.d.Policy.Targets[t.Priority]
		t.Clocks.First, t.Clocks.Resolve = t.Clocks.First.retarget(target.FirstResponse), t.Clocks.Resolve.retarget(target.Resolution)
	}
	return &Entry{Kind: Changed, Actor: by, Data: d}, nil
}

func (s *Service) reassign(t *Ticket, by Actor, p Patch) (*Entry, error) {
	d := map[string]string{}
	if p.TeamID != nil {
		note(d, "team", string(t.TeamID), string(*p.TeamID))
		t.TeamID = *p.TeamID
	}
	if p.AssigneeID != nil {
		note(d, "assignee", string(t.AssigneeID), string(*p.AssigneeID))
		t.AssigneeID = *p.AssigneeID
	}
	if len(d) == 0 {
		return nil, nil
	}
	return &Entry{Kind: Assigned, Actor: by, Data: d}, nil
}

func (s *Service) move(t *Ticket, by Actor, p Patch) (*Entry, error) {
	if p.Status == nil || *p.Status == t.Status {
		return nil, nil
	}
	if t.MergedInto != "" {
		return nil, errs.New(errs.Conflict, "ticket_merged", "The ticket was merged into another one; work on that one.")
	}
	return s.to(t, by, *p.Status)
}

// to moves the status and everything that follows it.
func (s *Service) to(t *Ticket, by Actor, to Status) (*Entry, error) {
	if err := t.Status.Next(to); err != nil {
		return nil, err
	}
	now, from := s.d.Now(), t.Status
	t.Clocks = t.Clocks.follow(s.d.Policy.Hours, from, to, now)
	t.Status = to
	t.SolvedAt, t.ClosedAt = stamp(t.SolvedAt, to == Solved, to.Active(), now), stamp(t.ClosedAt, to == Closed, to != Closed, now)
	return &Entry{Kind: Moved, Actor: by, Public: true, Data: map[string]string{"from": string(from), "to": string(to)}}, nil
}

func stamp(old time.Time, set, clear bool, now time.Time) time.Time {
	switch {
	case set:
		return now
	case clear:
		return time.Time{}
	}
	return old
}

func put[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func note(d map[string]string, what, from, to string) {
	if from != to {
		d[what] = from + " -> " + to
	}
}

// Say adds a comment. A public one of staff is the first response; on a new ticket it also opens it.
func (s *Service) Say(ctx context.Context, sc Scope, by Actor, tid id.Ticket, text string, public bool) (Ticket, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < 1 || n > MaxComment {
		return Ticket{}, errs.New(errs.Invalid, "comment_invalid", "A comment has 1 to %d characters.", MaxComment).With("body.text", fmt.Sprintf("1 to %d characters", MaxComment))
	}
	return s.change(ctx, sc, tid, "ticket.commented", func(_ context.Context, t *Ticket) ([]Entry, error) {
		out := []Entry{{Kind: Comment, Actor: by, Public: public, Text: text}}
		if public && by.Kind == ByStaff {
			t.Clocks.First = t.Clocks.First.end(s.d.Policy.Hours, s.d.Now())
			if t.Status == Fresh {
				e, err := s.to(t, by, Open)
				return append(out, *e), err
			}
		}
		return out, nil
	})
}

// CustomerWrote adds what the customer wrote about a ticket. It ends the wait of a pending one and opens a solved or
// closed one again within ReopenWithin; after that the words are kept and the ticket stays as it is. The same key again
// adds nothing.
func (s *Service) CustomerWrote(ctx context.Context, sc Scope, by Actor, tid id.Ticket, key, text string) (Ticket, error) {
	if err := checkWords(key, text); err != nil {
		return Ticket{}, err
	}
	return s.change(ctx, sc, tid, "ticket.customer_wrote", func(ctx context.Context, t *Ticket) ([]Entry, error) {
		if said, err := s.saidBefore(ctx, tid, key); err != nil || said {
			return nil, err
		}
		out := []Entry{{Kind: Comment, Actor: by, Public: true, Text: strings.TrimSpace(text), Data: map[string]string{clientKey: key}}}
		done := later(t.SolvedAt, t.ClosedAt)
		again := !t.Status.Active() && t.MergedInto == "" && s.d.Now().Sub(done) <= ReopenWithin
		if t.Status != Pending && !again {
			return out, nil
		}
		e, err := s.to(t, by, Open)
		if err != nil {
			return nil, err
		}
		return append(out, *e), nil
	})
}

// clientKey is where an entry keeps the key its words came with.
const clientKey = "client_id"

func (s *Service) saidBefore(ctx context.Context, tid id.Ticket, key string) (bool, error) {
	es, err := s.d.Timeline.TicketEntries(ctx, tid)
	for _, e := range es {
		if e.Actor.Kind == ByCustomer && e.Data[clientKey] == key {
			return true, err
		}
	}
	return false, err
}

func checkWords(key, text string) error {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	switch {
	case key == "" || len(key) > 128 || !plain(key):
		return errs.New(errs.Invalid, "client_id_invalid", "client_id must have 1 to 128 characters.").With("body.client_id", "1 to 128 characters")
	case n < 1 || n > MaxComment || !plain(text):
		return errs.New(errs.Invalid, "comment_invalid", "A comment has 1 to %d characters.", MaxComment).With("body.text", fmt.Sprintf("1 to %d characters", MaxComment))
	}
	return nil
}

func plain(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Responded stops the first-response clock of a conversation's tickets: a person has answered there.
func (s *Service) Responded(ctx context.Context, conv id.Conversation, by Actor) error {
	return s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		ts, err := s.d.Lists.Tickets(ctx, Scope{All: true}, Query{Conversation: conv, Limit: 100})
		if err != nil {
			return err
		}
		for _, t := range ts {
			if t, err = s.d.Rows.Ticket(ctx, t.ID); err != nil { // again, now held
				return err
			}
			if !t.Clocks.First.MetAt.IsZero() {
				continue
			}
			t.Clocks.First = t.Clocks.First.end(s.d.Policy.Hours, s.d.Now())
			if err := s.store(ctx, &t, "ticket.responded"); err != nil {
				return err
			}
		}
		return nil
	})
}

// Merge makes one ticket part of another: its words go over, it is closed and names the other.
func (s *Service) Merge(ctx context.Context, sc Scope, by Actor, from, into id.Ticket) (Ticket, error) {
	var target Ticket
	err := s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		src, err := s.seen(ctx, sc, from)
		if err != nil {
			return err
		}
		if target, err = s.seen(ctx, sc, into); err != nil {
			return err
		}
		if err := mergeable(src, target); err != nil {
			return err
		}
		words, err := s.d.Timeline.TicketEntries(ctx, from)
		if err != nil {
			return err
		}
		if err := s.store(ctx, &target, "ticket.merged", carry(by, src, words)...); err != nil {
			return err
		}
		return s.retire(ctx, by, &src, target)
	})
	return target, err
}

func mergeable(src, target Ticket) error {
	switch {
	case src.ID == target.ID:
		return errs.New(errs.Invalid, "merge_same", "A ticket cannot be merged into itself.").With("body.into", "another ticket")
	case src.MergedInto != "" || target.MergedInto != "":
		return errs.New(errs.Conflict, "ticket_merged", "One of the two was merged already.")
	case src.CustomerID != target.CustomerID:
		return errs.New(errs.Conflict, "merge_other_customer", "Only tickets of the same customer can be merged; their words would reach a stranger.")
	}
	return nil
}

// carry is what goes over: a line that tells the merger, then the words in their order.
func carry(by Actor, src Ticket, words []Entry) []Entry {
	out := []Entry{{Kind: Merged, Actor: by, Data: map[string]string{"from": src.Number}}}
	for _, w := range words {
		if w.Text != "" {
			out = append(out, Entry{Kind: Comment, Actor: w.Actor, Public: w.Public, Text: w.Text, At: w.At, Data: map[string]string{"merged_from": src.Number}})
		}
	}
	return out
}

func (s *Service) retire(ctx context.Context, by Actor, src *Ticket, target Ticket) error {
	entries := []Entry{{Kind: Merged, Actor: by, Public: true, Data: map[string]string{"into": target.Number}}}
	if src.Status != Closed {
		e, err := s.to(src, by, Closed)
		if err != nil {
			return err
		}
		entries = append(entries, *e)
	}
	src.MergedInto = target.ID
	return s.store(ctx, src, "ticket.merged", entries...)
}
