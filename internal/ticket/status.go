package ticket

import (
	"slices"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Status is where a ticket stands.
type Status string

// The statuses.
const (
	Fresh   Status = "new"
	Open    Status = "open"
	Pending Status = "pending" // waits for the customer
	Solved  Status = "solved"
	Closed  Status = "closed"
)

// moves is the transition table.
var moves = map[Status][]Status{
	Fresh:   {Open, Pending, Solved, Closed},
	Open:    {Pending, Solved, Closed},
	Pending: {Open, Solved, Closed},
	Solved:  {Open, Closed},
	Closed:  {Open},
}

// Names tells each status to staff.
var Names = map[Status]id.Text{
	Fresh:   {ZH: "新建", EN: "New"},
	Open:    {ZH: "处理中", EN: "Open"},
	Pending: {ZH: "等待顾客", EN: "Waiting for customer"},
	Solved:  {ZH: "已解决", EN: "Solved"},
	Closed:  {ZH: "已关闭", EN: "Closed"},
}

// Known tells whether s is one of the statuses.
func (s Status) Known() bool { _, ok := moves[s]; return ok }

// Active tells whether somebody still has to do something.
func (s Status) Active() bool { return s == Fresh || s == Open || s == Pending }

// Next is nil when a ticket may move from s to to.
func (s Status) Next(to Status) error {
	if !to.Known() {
		return errs.New(errs.Invalid, "status_unknown", "There is no status %q.", to).With("body.status", "one of new, open, pending, solved, closed")
	}
	if !slices.Contains(moves[s], to) {
		return errs.New(errs.Conflict, "status_not_reachable", "A ticket that is %q cannot become %q.", s, to)
	}
	return nil
}

// Targets lists the statuses a ticket may move to.
func (s Status) Targets() []Status { return slices.Clone(moves[s]) }
