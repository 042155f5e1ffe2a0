package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// TicketRow is a ticket in a list.
type TicketRow struct {
	ID             id.Ticket       `json:"id"`
	Number         string          `json:"number"`
	Title          string          `json:"title"`
	Type           ticket.Type     `json:"type"`
	Status         ticket.Status   `json:"status" enum:"new,open,pending,solved,closed"`
	Priority       ticket.Priority `json:"priority" enum:"low,normal,high,urgent"`
	Department     string          `json:"department"`
	Assignee       *Person         `json:"assignee,omitempty"`
	Team           *Person         `json:"team,omitempty"`
	Customer       *CustomerBrief  `json:"customer,omitempty"`
	ConversationID id.Conversation `json:"conversation_id,omitempty"`
	CreatedAt      time.Time       `json:"created_at"`
	UpdatedAt      time.Time       `json:"updated_at"`
	ResolvedAt     *time.Time      `json:"resolved_at,omitempty"`
	MergedInto     id.Ticket       `json:"merged_into,omitempty"`
	SLA            SLA             `json:"sla"`
}

// TicketFull is a ticket with its timeline.
type TicketFull struct {
	TicketRow
	Description string          `json:"description"`
	OrderID     id.Order        `json:"order_id,omitempty"`
	Next        []ticket.Status `json:"next" doc:"Statuses it may move to"`
	Events      []TicketEvent   `json:"events"`
}

// SLA is how the promises stand.
type SLA struct {
	State      string     `json:"state" enum:"ok,warning,breached,paused,met"`
	FirstDueAt *time.Time `json:"first_due_at,omitempty"`
	DueAt      *time.Time `json:"due_at,omitempty"`
	Paused     bool       `json:"paused"`
}

// TicketEvent is one line of a ticket's timeline.
type TicketEvent struct {
	ID         string            `json:"id"`
	At         time.Time         `json:"at"`
	Author     ticket.AuthorKind `json:"author" enum:"customer,agent,staff,system"`
	AuthorName string            `json:"author_name,omitempty"`
	Kind       ticket.EntryKind  `json:"kind"`
	Text       string            `json:"text,omitempty"`
	Public     bool              `json:"public"`
	Data       map[string]string `json:"data,omitempty"`
}

func ticketScope(p staff.Principal) ticket.Scope {
	sc := p.Scope(staff.TicketAll)
	return ticket.Scope{All: sc.All, Staff: sc.Staff, Teams: sc.Teams}
}

func staffActor(p staff.Principal) ticket.Actor {
	return ticket.Actor{Kind: ticket.ByStaff, ID: string(p.ID), Name: p.Name}
}

// TicketPath names the ticket of a route.
type TicketPath struct {
	ID id.Ticket `path:"id" maxLength:"64"`
}

func (s *server) ticketRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/tickets" + path, Summary: summary, Tags: []string{"Tickets"}}
	}
	open := op("open-ticket", http.MethodPost, "", "Open a ticket; the same key opens one")
	open.DefaultStatus = http.StatusCreated
	route(s, op("list-tickets", http.MethodGet, "", "Tickets, newest change first"), s.listTickets)
	route(s, open, s.openTicket)
	route(s, op("get-ticket", http.MethodGet, "/{id}", "A ticket with its timeline"), s.getTicket)
	route(s, op("change-ticket", http.MethodPatch, "/{id}", "Change a ticket: all of it or nothing"), s.changeTicket)
	route(s, op("comment-ticket", http.MethodPost, "/{id}/comments", "Comment; public ones reach the customer"), s.commentTicket)
	route(s, op("merge-ticket", http.MethodPost, "/{id}/merge", "Make it part of another ticket of the same customer"), s.mergeTicket)
}

type ticketsInput struct {
	Paging
	Status       ticket.Status   `query:"status" enum:"new,open,pending,solved,closed"`
	Priority     ticket.Priority `query:"priority" enum:"low,normal,high,urgent"`
	Department   string          `query:"department" maxLength:"40"`
	Assignee     id.Staff        `query:"assignee" maxLength:"64" doc:"A member's id, or me"`
	Customer     id.Customer     `query:"customer" maxLength:"64"`
	Conversation id.Conversation `query:"conversation" maxLength:"64"`
	Q            string          `query:"q" maxLength:"200"`
}

type ticketsOutput struct {
	Body struct {
		Items      []TicketRow           `json:"items"`
		NextCursor string                `json:"next_cursor,omitempty"`
		Counts     map[ticket.Status]int `json:"counts"`
	}
}

func (s *server) tickets() (*ticket.Service, error) {
	if s.Tickets == nil {
		return nil, errPart("tickets")
	}
	return s.Tickets, nil
}

func (s *server) ticketQuery(ctx context.Context, p staff.Principal, in *ticketsInput) (ticket.Query, error) {
	q := ticket.Query{Status: in.Status, Priority: in.Priority, Department: in.Department, Assignee: in.Assignee, Customer: in.Customer, Conversation: in.Conversation, Limit: in.Limit + 1}
	if q.Assignee == "me" {
		q.Assignee = p.ID
	}
	at, rowID, err := in.at()
	q.Before = ticket.Cursor{At: at, ID: id.Ticket(rowID)}
	if err != nil || in.Q == "" {
		return q, err
	}
	found, err := s.find(ctx, p, in.Q, []string{"ticket"}, 200)
	q.IDs = []id.Ticket{} // no match narrows to nothing
	for _, f := range found {
		q.IDs = append(q.IDs, id.Ticket(f.ID))
	}
	return q, err
}

func (s *server) listTickets(ctx context.Context, in *ticketsInput) (*ticketsOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	p := principal(ctx)
	q, err := s.ticketQuery(ctx, p, in)
	if err != nil {
		return nil, err
	}
	ts, err := svc.List(ctx, ticketScope(p), q)
	if err != nil {
		return nil, err
	}
	out := &ticketsOutput{}
	if len(ts) > in.Limit {
		ts = ts[:in.Limit]
		out.Body.NextCursor = cursor(ts[in.Limit-1].UpdatedAt.UnixMilli(), string(ts[in.Limit-1].ID))
	}
	if out.Body.Items, err = s.ticketRows(ctx, ts); err != nil {
		return nil, err
	}
	out.Body.Counts, err = svc.Counts(ctx, ticketScope(p), q)
	return out, err
}

// ticketRows adds the names of people, teams and customers.
func (s *server) ticketRows(ctx context.Context, ts []ticket.Ticket) ([]TicketRow, error) {
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows := []TicketRow{}
	for _, t := range ts {
		rows = append(rows, s.ticketRow(ctx, t, names))
	}
	return rows, nil
}

func (s *server) ticketRow(ctx context.Context, t ticket.Ticket, names map[string]string) TicketRow {
	r := TicketRow{ID: t.ID, Number: t.Number, Title: t.Title, Type: t.Type, Status: t.Status, Priority: t.Priority, Department: t.Department,
		Assignee: person(string(t.AssigneeID), names[string(t.AssigneeID)]), Team: person(string(t.TeamID), names[string(t.TeamID)]),
		ConversationID: t.ConversationID, CreatedAt: t.CreatedAt.UTC(), UpdatedAt: t.UpdatedAt.UTC(), ResolvedAt: when(t.SolvedAt), MergedInto: t.MergedInto, SLA: s.sla(t)}
	if t.CustomerID != "" {
		r.Customer = &CustomerBrief{ID: t.CustomerID, Tier: s.tier(ctx, t.CustomerID)}
		if s.People != nil {
			if c, err := s.People.Customer(ctx, t.CustomerID); err == nil {
				r.Customer.Name = c.Name
			}
		}
	}
	return r
}

// names are those of all members and teams, in the asker's language.
func (s *server) names(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	ms, err := s.Staff.Members(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		out[string(m.ID)] = m.Name
	}
	ts, err := s.Staff.Teams(ctx)
	for _, t := range ts {
		out[string(t.ID)] = t.Name.In(lang(principal(ctx).Language))
	}
	return out, err
}

// sla reads the clocks: the worse of the two decides.
func (s *server) sla(t ticket.Ticket) SLA {
	h, now := s.Tickets.Policy().Hours, s.Now()
	first, due := t.Clocks.First.At(h, 100), t.Clocks.Resolve.At(h, 100)
	v := SLA{State: "ok", FirstDueAt: when(first), DueAt: when(due), Paused: t.Status == ticket.Pending}
	switch {
	case t.Clocks.First.Late(h, now) || t.Clocks.Resolve.Late(h, now):
		v.State = "breached"
	case v.Paused:
		v.State = "paused"
	case !t.Clocks.Resolve.MetAt.IsZero():
		v.State = "met"
	case passed(t.Clocks.First.At(h, 80), now) || passed(t.Clocks.Resolve.At(h, 80), now):
		v.State = "warning"
	}
	return v
}

func passed(at, now time.Time) bool { return !at.IsZero() && !now.Before(at) }

type openTicketInput struct {
	Body struct {
		Key            string          `json:"key,omitempty" maxLength:"128" doc:"Your own key; the same again gives the same ticket"`
		Type           ticket.Type     `json:"type" enum:"complaint_quality,complaint_attitude,complaint_logistics,complaint_price,suggestion,review,repair,question,other"`
		Priority       ticket.Priority `json:"priority,omitempty" enum:"low,normal,high,urgent"`
		Title          string          `json:"title" minLength:"1" maxLength:"120"`
		Description    string          `json:"description,omitempty" maxLength:"8000"`
		Department     string          `json:"department,omitempty" maxLength:"40"`
		TeamID         id.Team         `json:"team_id,omitempty" maxLength:"64"`
		AssigneeID     id.Staff        `json:"assignee_id,omitempty" maxLength:"64"`
		CustomerID     id.Customer     `json:"customer_id,omitempty" maxLength:"64"`
		ConversationID id.Conversation `json:"conversation_id,omitempty" maxLength:"64"`
	}
}

type ticketOutput struct{ Body TicketFull }

func (s *server) openTicket(ctx context.Context, in *openTicketInput) (*ticketOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	p, b := principal(ctx), in.Body
	r := ticket.Request{Type: b.Type, Priority: b.Priority, Title: b.Title, Description: b.Description, Department: b.Department,
		TeamID: b.TeamID, AssigneeID: b.AssigneeID, CustomerID: b.CustomerID, ConversationID: b.ConversationID}
	if b.Key != "" {
		r.Key = "staff/" + string(p.ID) + "/" + b.Key
	}
	if err := s.linkTicket(ctx, &r); err != nil {
		return nil, err
	}
	if err := s.checkOwner(ctx, r.TeamID, r.AssigneeID); err != nil {
		return nil, err
	}
	t, _, err := svc.Open(ctx, staffActor(p), r)
	if err != nil {
		return nil, err
	}
	return s.ticketFull(ctx, ticket.Scope{All: true}, t.ID) // who opened it sees it, wherever it went
}

// linkTicket checks that conversation and customer exist, are visible, and belong together.
func (s *server) linkTicket(ctx context.Context, r *ticket.Request) error {
	if r.ConversationID != "" {
		c, err := s.seen(ctx, r.ConversationID)
		if err != nil {
			return err
		}
		if r.CustomerID != "" && r.CustomerID != c.CustomerID {
			return invalid("customer_mismatch", "body.customer_id", "The conversation is with another customer.")
		}
		r.CustomerID = c.CustomerID
		return nil
	}
	if r.CustomerID == "" || s.People == nil {
		return nil
	}
	_, err := s.customerView(ctx, r.CustomerID)
	return err
}

// checkOwner checks that team and person exist.
func (s *server) checkOwner(ctx context.Context, team id.Team, sid id.Staff) error {
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	if team != "" && names[string(team)] == "" {
		return invalid("team_unknown", "body.team_id", "There is no such team.")
	}
	if sid != "" && names[string(sid)] == "" {
		return invalid("staff_unknown", "body.assignee_id", "There is no such member of staff.")
	}
	return nil
}

func (s *server) getTicket(ctx context.Context, in *TicketPath) (*ticketOutput, error) {
	return s.ticketFull(ctx, ticketScope(principal(ctx)), in.ID)
}

func (s *server) ticketFull(ctx context.Context, sc ticket.Scope, tid id.Ticket) (*ticketOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	t, es, err := svc.Get(ctx, sc, tid)
	if err != nil {
		return nil, err
	}
	rows, err := s.ticketRows(ctx, []ticket.Ticket{t})
	if err != nil {
		return nil, err
	}
	full := TicketFull{TicketRow: rows[0], Description: t.Description, OrderID: t.OrderID, Next: t.Status.Targets(), Events: []TicketEvent{}}
	if t.MergedInto != "" {
		full.Next = []ticket.Status{}
	}
	for _, e := range es {
		full.Events = append(full.Events, TicketEvent{ID: strconv.FormatInt(e.Seq, 10), At: e.At.UTC(), Author: e.Actor.Kind, AuthorName: e.Actor.Name, Kind: e.Kind, Text: e.Text, Public: e.Public, Data: e.Data})
	}
	return &ticketOutput{full}, nil
}

type changeTicketInput struct {
	TicketPath
	Body struct {
		Title      *string          `json:"title,omitempty" minLength:"1" maxLength:"120"`
		Type       *ticket.Type     `json:"type,omitempty" enum:"complaint_quality,complaint_attitude,complaint_logistics,complaint_price,suggestion,review,repair,question,other"`
		Priority   *ticket.Priority `json:"priority,omitempty" enum:"low,normal,high,urgent"`
		Department *string          `json:"department,omitempty" maxLength:"40"`
		Status     *ticket.Status   `json:"status,omitempty" enum:"new,open,pending,solved,closed"`
		TeamID     *id.Team         `json:"team_id,omitempty" maxLength:"64" doc:"Empty: no team"`
		AssigneeID *id.Staff        `json:"assignee_id,omitempty" maxLength:"64" doc:"Empty: nobody"`
	}
}

func (s *server) changeTicket(ctx context.Context, in *changeTicketInput) (*ticketOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	p, b := principal(ctx), in.Body
	if err := s.checkOwner(ctx, value(b.TeamID), value(b.AssigneeID)); err != nil {
		return nil, err
	}
	patch := ticket.Patch{Title: b.Title, Type: b.Type, Priority: b.Priority, Department: b.Department, Status: b.Status, TeamID: b.TeamID, AssigneeID: b.AssigneeID}
	t, err := svc.Change(ctx, ticketScope(p), staffActor(p), in.ID, patch)
	if err != nil {
		return nil, err
	}
	return s.ticketFull(ctx, ticket.Scope{All: true}, t.ID) // seen a moment ago; it may just have been given away
}

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

type commentInput struct {
	TicketPath
	Body struct {
		Text   string `json:"text" minLength:"1" maxLength:"8000"`
		Public bool   `json:"public,omitempty" doc:"The customer reads it"`
	}
}

func (s *server) commentTicket(ctx context.Context, in *commentInput) (*ticketOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	p := principal(ctx)
	if _, err := svc.Say(ctx, ticketScope(p), staffActor(p), in.ID, in.Body.Text, in.Body.Public); err != nil {
		return nil, err
	}
	return s.getTicket(ctx, &in.TicketPath)
}

type mergeInput struct {
	TicketPath
	Body struct {
		Into id.Ticket `json:"into" minLength:"1" maxLength:"64"`
	}
}

func (s *server) mergeTicket(ctx context.Context, in *mergeInput) (*ticketOutput, error) {
	svc, err := s.tickets()
	if err != nil {
		return nil, err
	}
	p := principal(ctx)
	t, err := svc.Merge(ctx, ticketScope(p), staffActor(p), in.ID, in.Body.Into)
	if err != nil {
		return nil, err
	}
	return s.ticketFull(ctx, ticketScope(p), t.ID)
}
