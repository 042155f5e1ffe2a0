package ticket

import (
	"time"
)

// Target is how soon, in business time.
type Target struct {
	FirstResponse time.Duration
	Resolution    time.Duration
}

// Policy is an SLA policy: business hours and targets by priority.
type Policy struct {
	Hours   Hours
	Targets map[Priority]Target
}

// DefaultPolicy is the product's.
func DefaultPolicy(zone *time.Location) Policy {
	return Policy{Hours: DefaultHours(zone), Targets: map[Priority]Target{
		Urgent: {30 * time.Minute, 8 * time.Hour},
		High:   {2 * time.Hour, 24 * time.Hour},
		Normal: {4 * time.Hour, 48 * time.Hour},
		Low:    {11 * time.Hour, 77 * time.Hour},
	}}
}

// ClockName names one of a ticket's two clocks.
type ClockName string

// The clocks.
const (
	FirstResponse ClockName = "first_response"
	Resolution    ClockName = "resolution"
)

// Steps are the shares of a clock, in percent, at which something happens. Each happens once.
var Steps = []int{80, 100}

// Clock is one running promise. It started at Started; Spent is the business time used up before Since, from which it
// runs on; a zero Since means that it stands still.
type Clock struct {
	Target time.Duration
	Spent  time.Duration
	Since  time.Time
	MetAt  time.Time // when it was kept, or at least ended
	Fired  int       // the highest step that happened
}

// Clocks are a ticket's two.
type Clocks struct {
	First   Clock
	Resolve Clock
}

// Start makes the clocks of a ticket opened now.
func (p Policy) Start(pr Priority, now time.Time) Clocks {
	t := p.Targets[pr]
	return Clocks{First: Clock{Target: t.FirstResponse, Since: now}, Resolve: Clock{Target: t.Resolution, Since: now}}
}

// Running tells whether the clock counts.
func (c Clock) Running() bool { return c.MetAt.IsZero() && !c.Since.IsZero() }

// Used is the business time it has counted up to now.
func (c Clock) Used(h Hours, now time.Time) time.Duration {
	if !c.Running() {
		return c.Spent
	}
	return c.Spent + h.Between(c.Since, now)
}

// At is when the clock reaches a step if it runs on; zero when it stands still or has ended.
func (c Clock) At(h Hours, step int) time.Time {
	if !c.Running() {
		return time.Time{}
	}
	left := c.Target*time.Duration(step)/100 - c.Spent
	if left < 0 {
		left = 0
	}
	return h.Add(c.Since, left)
}

// Late tells whether the target was, or is, missed.
func (c Clock) Late(h Hours, now time.Time) bool { return c.Used(h, now) > c.Target }

func (c Clock) pause(h Hours, now time.Time) Clock {
	c.Spent = c.Used(h, now)
	c.Since = time.Time{}
	return c
}

func (c Clock) resume(now time.Time) Clock {
	if c.MetAt.IsZero() && c.Since.IsZero() {
		c.Since = now
	}
	return c
}

func (c Clock) end(h Hours, now time.Time) Clock {
	if !c.MetAt.IsZero() {
		return c
	}
	c = c.pause(h, now)
	c.MetAt = now
	return c
}

// retarget gives the clock the target of another priority; what it has spent stays.
func (c Clock) retarget(d time.Duration) Clock {
	if c.MetAt.IsZero() {
		c.Target = d
	}
	return c
}

// follow moves both clocks along with a change of status.
func (c Clocks) follow(h Hours, from, to Status, now time.Time) Clocks {
	switch {
	case to == Pending:
		c.First, c.Resolve = c.First.pause(h, now), c.Resolve.pause(h, now)
	case to == Solved || to == Closed:
		c.First, c.Resolve = c.First.end(h, now), c.Resolve.end(h, now)
	case from == Pending:
		c.First, c.Resolve = c.First.resume(now), c.Resolve.resume(now)
	case from == Solved || from == Closed: // reopened: the promise to resolve counts on, the first answer was given
		c.Resolve.MetAt = time.Time{}
		c.Resolve = c.Resolve.resume(now)
	}
	return c
}

// named gives one clock by name.
func (c *Clocks) named(n ClockName) *Clock {
	if n == FirstResponse {
		return &c.First
	}
	return &c.Resolve
}
