package ticket

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Window is a stretch of a working day, in minutes after midnight.
type Window struct {
	From int `json:"from" yaml:"from"`
	To   int `json:"to" yaml:"to"`
}

// Hours are business hours in one time zone. Days (dates as 2006-01-02) override the week: an empty list is a holiday, a
// filled one a working day that makes up for it.
type Hours struct {
	Zone *time.Location
	Week map[time.Weekday][]Window
	Days map[string][]Window
}

// searchDays bounds the walk over the calendar; longer stretches without work mean the calendar is broken.
const searchDays = 366 * 2

// AlwaysOpen are hours without a break.
func AlwaysOpen(zone *time.Location) Hours {
	h := Hours{Zone: zone, Week: map[time.Weekday][]Window{}}
	for d := time.Sunday; d <= time.Saturday; d++ {
		h.Week[d] = []Window{{0, 24 * 60}}
	}
	return h
}

// DefaultHours are the product's: every day 9 to 12 and 13 to 21, as shops work.
func DefaultHours(zone *time.Location) Hours {
	h := Hours{Zone: zone, Week: map[time.Weekday][]Window{}}
	for d := time.Sunday; d <= time.Saturday; d++ {
		h.Week[d] = []Window{{9 * 60, 12 * 60}, {13 * 60, 21 * 60}}
	}
	return h
}

// Check tells whether windows are inside the day, in order and apart, and whether there is any work at all.
func (h Hours) Check() error {
	if h.Zone == nil {
		return errs.New(errs.Invalid, "hours_zone_missing", "Business hours need a time zone.")
	}
	any := false
	for day, ws := range h.Week {
		if err := checkWindows(day.String(), ws); err != nil {
			return err
		}
		any = any || len(ws) > 0
	}
	for day, ws := range h.Days {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return errs.New(errs.Invalid, "hours_date_invalid", "A day of the calendar is written 2006-01-02, not %q.", day)
		}
		if err := checkWindows(day, ws); err != nil {
			return err
		}
	}
	if !any {
		return errs.New(errs.Invalid, "hours_empty", "Business hours need at least one window in the week.")
	}
	return nil
}

func checkWindows(day string, ws []Window) error {
	end := 0
	for _, w := range ws {
		if w.From < end || w.To <= w.From || w.To > 24*60 {
			return errs.New(errs.Invalid, "hours_window_invalid", "The windows of %s must lie inside the day, in order and apart.", day)
		}
		end = w.To
	}
	return nil
}

// windows are the stretches of the day that contains at.
func (h Hours) windows(day time.Time) []Window {
	if ws, ok := h.Days[day.Format(time.DateOnly)]; ok {
		return ws
	}
	return h.Week[day.Weekday()]
}

type span struct{ from, to time.Time }

// spans are the working stretches of one day as moments. Minutes are added to midnight by the wall clock, so that a
// shift of daylight saving moves the moment and not the opening time.
func (h Hours) spans(day time.Time) []span {
	y, m, d := day.Date()
	at := func(minute int) time.Time { return time.Date(y, m, d, 0, minute, 0, 0, h.Zone) }
	var out []span
	for _, w := range h.windows(day) {
		out = append(out, span{at(w.From), at(w.To)})
	}
	return out
}

// Add is the moment at which d of business time has passed since start.
func (h Hours) Add(start time.Time, d time.Duration) time.Time {
	day := start.In(h.Zone)
	for range searchDays {
		for _, s := range h.spans(day) {
			from := later(s.from, start)
			if left := s.to.Sub(from); left > 0 {
				if d <= left {
					return from.Add(d)
				}
				d -= left
			}
		}
		day = nextDay(day)
	}
	return start.Add(searchDays * 24 * time.Hour) // no business time for two years: never due in practice
}

// Between is the business time from a to b, 0 when b is not after a.
func (h Hours) Between(a, b time.Time) time.Duration {
	var sum time.Duration
	if !b.After(a) {
		return 0
	}
	for day := a.In(h.Zone); !startOf(day).After(b); day = nextDay(day) {
		for _, s := range h.spans(day) {
			if d := earlier(s.to, b).Sub(later(s.from, a)); d > 0 {
				sum += d
			}
		}
	}
	return sum
}

// Open tells whether the moment is business time.
func (h Hours) Open(at time.Time) bool {
	return slices.ContainsFunc(h.spans(at.In(h.Zone)), func(s span) bool { return !at.Before(s.from) && at.Before(s.to) })
}

func startOf(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, day.Location())
}

func nextDay(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, day.Location())
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
