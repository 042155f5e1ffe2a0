package entity

import (
	"fmt"
	"time"
)

// day is a date of the Gregorian calendar as days since 1970-01-01: arithmetic on dates without clocks or zones.
type day int

func dayOf(t time.Time) day { y, m, d := t.Date(); return civil(y, int(m), d) }

// civil makes a day; months and days outside their range carry over.
func civil(y, m, d int) day {
	return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) date() (y, m, dd int) {
	yy, mm, x := time.Unix(int64(d)*86400, 0).UTC().Date()
	return yy, int(mm), x
}

func (d day) String() string { y, m, x := d.date(); return fmt.Sprintf("%04d-%02d-%02d", y, m, x) }

// weekday counts from Monday 0 to Sunday 6.
func (d day) weekday() int { return ((int(d)+3)%7 + 7) % 7 }

// monday is the Monday of the week of d.
func (d day) monday() day { return d - day(d.weekday()) }

// months moves d by whole months and keeps the day of the month where the target month has it, else takes its last day.
func (d day) months(n int) day {
	y, m, dd := d.date()
	return civil(y, m+n, min(dd, monthLen(y, m+n)))
}

func monthLen(y, m int) int {
	_, _, d := civil(y, m+1, 0).date()
	return d
}

// exists tells whether the calendar has the date.
func exists(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= monthLen(y, m) && y >= 1900 && y <= 2200
}

// period is a first and a last day, equal for a single one.
type period struct{ from, to day }

func single(d day) period { return period{d, d} }

func monthOf(y, m int) period { return period{civil(y, m, 1), civil(y, m+1, 0)} }

func yearOf(y int) period { return period{civil(y, 1, 1), civil(y, 12, 31)} }

func (p period) String() string {
	if p.from == p.to {
		return p.from.String()
	}
	return p.from.String() + "/" + p.to.String()
}
