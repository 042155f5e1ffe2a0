package ticket

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Rows keeps tickets. Inside a transaction, Ticket keeps the row from others until the end.
type Rows interface {
	InsertTicket(ctx context.Context, t Ticket) error // gives no number; Conflict when the key is taken
	SaveTicket(ctx context.Context, t Ticket) error
	Ticket(ctx context.Context, tid id.Ticket) (Ticket, error)
}

// Keys finds tickets by what others call them.
type Keys interface {
	TicketByKey(ctx context.Context, key string) (Ticket, error)
	NextTicketNumber(ctx context.Context) (int64, error) // gap-free, in the caller's transaction
}

// Timeline keeps the entries of tickets.
type Timeline interface {
	AddTicketEntry(ctx context.Context, tid id.Ticket, e Entry) error
	TicketEntries(ctx context.Context, tid id.Ticket) ([]Entry, error) // oldest first
}

// Lists finds tickets within a scope.
type Lists interface {
	Tickets(ctx context.Context, s Scope, q Query) ([]Ticket, error) // newest change first
	TicketCounts(ctx context.Context, s Scope, q Query) (map[Status]int, error)
}

// Scope is what the asker may see; the store makes it a condition of the query.
type Scope struct {
	All      bool
	Staff    id.Staff
	Teams    []id.Team
	Customer id.Customer // a shopper: only one's own
}

// Sees tells whether a ticket is inside the scope.
func (s Scope) Sees(t Ticket) bool {
	if s.Customer != "" {
		return t.CustomerID == s.Customer
	}
	if s.All || (s.Staff != "" && t.AssigneeID == s.Staff) {
		return true
	}
	for _, team := range s.Teams {
		if t.TeamID == team {
			return true
		}
	}
	return s.Staff != "" && t.TeamID == "" && t.AssigneeID == ""
}

// Query narrows a list; empty fields do not.
type Query struct {
	Status       Status
	Priority     Priority
	Department   string
	Assignee     id.Staff
	Customer     id.Customer
	Conversation id.Conversation
	IDs          []id.Ticket // from a text search
	Before       Cursor
	Limit        int
}

// Cursor is where a page ends: the time of change in milliseconds and the id.
type Cursor struct {
	At int64
	ID id.Ticket
}
