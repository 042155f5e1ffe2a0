package conversation

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Scope is what a member of staff may see: everything, or what is theirs, their teams' or nobody's. The store makes it a
// condition of the query; what lies outside looks missing.
type Scope struct {
	All   bool
	Staff id.Staff
	Teams []id.Team
}

// View is a tab of the inbox.
type View string

// The views.
const (
	Mine       View = "mine"    // open, and I answer it
	InLine     View = "waiting" // open, waits for a person
	WithAgent  View = "agent"   // open, the agent answers
	Everything View = "all"     // open
	Done       View = "closed"
)

// InboxFilter narrows the inbox; empty fields do not.
type InboxFilter struct {
	View                      View
	Customer                  id.Customer
	Category, Emotion, Intent string
	Channel                   string
	Rating                    int
	From, To                  time.Time         // of creation
	IDs                       []id.Conversation // from a text search; nil does not narrow
	Before                    InboxCursor
	Limit                     int
}

// InboxCursor is where a page ends.
type InboxCursor struct {
	At int64 // Key of the last row
	ID id.Conversation
}

// InboxRow is a conversation with the names people know things by.
type InboxRow struct {
	Conversation
	CustomerName string
	AssigneeName string
	TeamName     id.Text
}

// PriorityStep is what one step of priority is worth in a waiting line, in milliseconds: more than any wait.
const PriorityStep = 10_000_000_000_000

// Key is what a view is sorted by: the time of change, and in the waiting line the wait after the priority.
func (r InboxRow) Key(v View) int64 {
	if v == InLine {
		return r.WaitingSince.UnixMilli() - int64(r.Priority)*PriorityStep
	}
	return r.UpdatedAt.UnixMilli()
}

// Inbox reads conversations within a scope.
type Inbox interface {
	// InboxRows lists them: those that wait by priority and then longest wait first, others newest change first.
	InboxRows(ctx context.Context, s Scope, f InboxFilter) ([]InboxRow, error)
	// InboxRow reads one; NotFound when it is outside the scope.
	InboxRow(ctx context.Context, s Scope, cid id.Conversation) (InboxRow, error)
	// InboxCounts counts every view under the filter without its own.
	InboxCounts(ctx context.Context, s Scope, f InboxFilter) (map[View]int, error)
}
