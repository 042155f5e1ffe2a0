package entity

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// tense is where a date without a year is looked for.
type tense int

const (
	nearest tense = iota
	past
	future
)

// moment is a date found: its days, an optional time of day, and where it ends.
type moment struct {
	period
	end   int
	clock string // "15:00", or ""
	timed bool   // only the time of day was said, the day is implied
}

// dates reads dates in one text.
type dates struct {
	s     string
	today day
	now   int // minutes since midnight
	tense tense
}

// find calls yield for every date, from left to right without overlap.
func (p *dates) find(yield func(start int, m moment)) {
	for i := 0; i < len(p.s); {
		if m, ok := p.at(i); ok && m.end > i {
			m = p.through(m)
			yield(i, m)
			i = m.end
			continue
		}
		if isAlpha(p.s[i]) || isDigit(p.s[i]) {
			j := i + 1
			for j < len(p.s) && (isAlpha(p.s[j]) && isAlpha(p.s[i]) || isDigit(p.s[j]) && isDigit(p.s[i])) {
				j++
			}
			i = j
			continue
		}
		_, n := utf8.DecodeRuneInString(p.s[i:])
		i += n
	}
}

// at reads one date at i, with the time of day that follows or goes before.
func (p *dates) at(i int) (moment, bool) {
	m, ok := p.dayAt(i)
	if !ok {
		return p.clockOnly(i)
	}
	j := m.end
	if k, found := after(p.s, j, "的"); found {
		j = k
	}
	if c, end, found := p.clockAt(skipSpace(p.s, j)); found {
		m.clock, m.end = c, end
	}
	return m, true
}

func (p *dates) dayAt(i int) (moment, bool) {
	switch b := p.s[i]; {
	case isAlpha(b):
		return p.english(i)
	case isDigit(b):
		if m, ok := p.digits(i); ok {
			return m, ok
		}
		if m, ok := p.english(i); ok {
			return m, ok
		}
		return p.chinese(i)
	case b >= 0xE4:
		return p.chinese(i)
	}
	return moment{}, false
}

// through joins "A to B" into one period; B may lack the month that A named.
func (p *dates) through(a moment) moment {
	j, ok := after(p.s, skipSpace(p.s, a.end), "到", "至", "~", "-", "—", "to ", "through ", "until ", "and ")
	if !ok || a.from != a.to {
		return a
	}
	j = skipSpace(p.s, j)
	if j >= len(p.s) {
		return a
	}
	if strings.HasPrefix(p.s[a.end:], " and ") && !p.between(a) {
		return a
	}
	rest := *p
	rest.today, rest.tense = a.from, future
	if b, ok := rest.dayAt(j); ok && b.from == b.to && b.from > a.from && b.from-a.from < 400 {
		return moment{period: period{a.from, b.from}, end: b.end}
	}
	return a
}

// between tells whether "between" stands before the date, so that "and" joins a range.
func (p *dates) between(a moment) bool {
	return strings.Contains(p.s[max(0, a.end-40):a.end], "between ")
}

// pick chooses the year of a date that names none: by the tense, else the year in which it is nearest to today.
func (p *dates) pick(of func(year int) (period, bool)) (period, bool) {
	y, _, _ := p.today.date()
	best, found := period{}, false
	for _, d := range []int{0, 1, -1, 2, -2, 3, -3, 4, -4, 8, -8} {
		c, ok := of(y + d)
		if !ok || p.tense == past && c.from > p.today || p.tense == future && c.to < p.today {
			continue
		}
		if !found || p.away(c) < p.away(best) {
			best, found = c, true
		}
	}
	return best, found
}

// away is how many days a period is from today.
func (p *dates) away(c period) int {
	switch {
	case c.from > p.today:
		return int(c.from - p.today)
	case c.to < p.today:
		return int(p.today - c.to)
	}
	return 0
}

// monthDay picks the year of a month and day.
func (p *dates) monthDay(m, d int) (period, bool) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return period{}, false
	}
	return p.pick(func(y int) (period, bool) { return single(civil(y, m, d)), exists(y, m, d) })
}

// dayOfMonth picks the month of a day of the month.
func (p *dates) dayOfMonth(d int) (period, bool) {
	y, m, _ := p.today.date()
	best, found := period{}, false
	for _, k := range []int{0, 1, -1, 2, -2} {
		yy, mm, _ := civil(y, m+k, 1).date()
		if !exists(yy, mm, d) {
			continue
		}
		c := single(civil(yy, mm, d))
		if p.tense == past && c.from > p.today || p.tense == future && c.from < p.today {
			continue
		}
		if !found || p.away(c) < p.away(best) {
			best, found = c, true
		}
	}
	return best, found
}

// digits reads 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 11/22, 11-22 and 22/11/2026.
func (p *dates) digits(i int) (moment, bool) {
	if i > 0 && (isDigit(p.s[i-1]) || isAlpha(p.s[i-1]) || strings.IndexByte("-./#", p.s[i-1]) >= 0) {
		return moment{}, false
	}
	var part, width [3]int
	j, n := i, 0
	var sep byte
	for n < 3 && j < len(p.s) && isDigit(p.s[j]) {
		k := j
		for k < len(p.s) && isDigit(p.s[k]) && k-j < 9 {
			part[n] = part[n]*10 + int(p.s[k]-'0')
			k++
		}
		width[n] = k - j
		n, j = n+1, k
		if n == 3 || k+1 >= len(p.s) || !isDigit(p.s[k+1]) || strings.IndexByte("-./", p.s[k]) < 0 || n == 2 && p.s[k] != sep {
			break
		}
		sep, j = p.s[k], k+1
	}
	if j < len(p.s) && (isDigit(p.s[j]) || isAlpha(p.s[j])) {
		return moment{}, false
	}
	c, ok := p.parts(part, width, n, sep)
	return moment{period: c, end: j}, ok
}

func (p *dates) parts(part, width [3]int, n int, sep byte) (period, bool) {
	a, b, c := part[0], part[1], part[2]
	switch {
	case n == 1 && width[0] == 8:
		y, m, d := a/10000, a/100%100, a%100
		return single(civil(y, m, d)), y >= 2000 && y < 2100 && exists(y, m, d)
	case n == 3 && width[0] == 4:
		return single(civil(a, b, c)), exists(a, b, c)
	case n == 3 && (width[2] == 4 || width[2] == 2 && sep != '.'):
		if c < 100 {
			c += 2000
		}
		if a > 12 {
			a, b = b, a // day first
		}
		return single(civil(c, a, b)), exists(c, a, b)
	case n == 2 && sep == '/' && width[0] <= 2 && width[1] <= 2:
		if a > 12 {
			a, b = b, a
		}
		return p.monthDay(a, b)
	case n == 2 && sep == '-' && width[0] == 2 && width[1] == 2 && a <= 12:
		return p.monthDay(a, b)
	}
	return period{}, false
}

// holidayAt reads the longest feast at i.
func (p *dates) holidayAt(i int, list map[string]holiday, longest int) (holiday, int, bool) {
	for n := min(longest, len(p.s)-i); n > 2; n-- {
		if h, ok := list[p.s[i:i+n]]; ok && border(p.s, i+n) {
			return h, i + n, true
		}
	}
	return nil, 0, false
}

var (
	zhFeasts = sync.OnceValue(zhHolidays)
	enFeasts = sync.OnceValue(enHolidays)
)

func clock(h, m int) (string, bool) {
	if h < 0 || h > 24 || m < 0 || m > 59 || h == 24 && m > 0 {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d", h%24, m), true
}
