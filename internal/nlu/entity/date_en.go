package entity

import "strings"

var enMonths = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var enWeekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// nextWord gives the Latin word at i and where the next word begins.
func nextWord(s string, i int) (w string, end int) {
	j := i
	for j < len(s) && (isAlpha(s[j]) || s[j] == '\'') {
		j++
	}
	return s[i:j], j
}

// month is the number of a month's name or its short form; a trailing point is skipped by the caller.
func enMonth(w string) int {
	if len(w) < 3 {
		return 0
	}
	for i, m := range enMonths {
		if w == m || len(w) == 3 && w == m[:3] || w == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

func enWeekday(w string) int {
	for i, d := range enWeekdays {
		if w == d || w == d[:3] && w != "sun" && w != "sat" || w == "tues" && i == 1 || w == "thurs" && i == 3 || w == "thur" && i == 3 || w == "weds" && i == 2 {
			return i
		}
	}
	return -1
}

var smallNumbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "couple": 2, "both": 2, "single": 1, "dozen": 12}

// enNumber reads 3, three, a couple of.
func enNumber(s string, i int) (n, end int, ok bool) {
	if i < len(s) && isDigit(s[i]) {
		v, ok := digitsAt(s, i)
		if !ok || !v.whole() || v.cents > 999999_00 {
			return 0, i, false
		}
		return v.int(), v.end, true
	}
	w, end := nextWord(s, i)
	if w == "a" || w == "the" {
		if k, ok := after(s, end, " couple of", " couple"); ok {
			return 2, k, true
		}
	}
	n, ok = smallNumbers[w]
	if k, more := after(s, end, " of"); ok && more && w == "couple" {
		end = k
	}
	return n, end, ok
}

// english reads a date in English at i.
func (p *dates) english(i int) (moment, bool) {
	if i > 0 && word(p.s[i-1]) {
		return moment{}, false
	}
	for _, read := range []func(int) (moment, bool){p.enDay, p.enAgo, p.enEdge, p.enTurn, p.enMonthFirst, p.enDayFirst, p.enSpan, p.enFeast, p.enWeekdayAlone} {
		if m, ok := read(i); ok && border(p.s, m.end) {
			return m, true
		}
	}
	return moment{}, false
}

var enDays = []struct {
	word  string
	shift day
}{
	{"the day before yesterday", -2}, {"day before yesterday", -2}, {"the day after tomorrow", 2}, {"day after tomorrow", 2}, {"yesterday", -1}, {"last night", -1}, {"today", 0},
	{"tonight", 0}, {"this morning", 0}, {"this afternoon", 0}, {"this evening", 0}, {"tomorrow", 1}, {"tmrw", 1}, {"tmr", 1}, {"tomorow", 1}, {"tommorow", 1}, {"tommorrow", 1}, {"yday", -1},
}

func (p *dates) enDay(i int) (moment, bool) {
	for _, d := range enDays {
		if strings.HasPrefix(p.s[i:], d.word) {
			return moment{period: single(p.today + d.shift), end: i + len(d.word)}, true
		}
	}
	return moment{}, false
}

func enUnit(w string) (unit, bool) {
	switch strings.TrimSuffix(w, "s") {
	case "day":
		return inDays, true
	case "week", "wk":
		return inWeeks, true
	case "month", "mth":
		return inMonths, true
	case "year", "yr":
		return inYears, true
	}
	return 0, false
}

// enLength reads "two weeks", "a couple of days", "a fortnight".
func (p *dates) enLength(i int) (n int, u unit, end int, ok bool) {
	if k, ok := after(p.s, i, "half a year"); ok {
		return 6, inMonths, k, true
	}
	n, j, ok := enNumber(p.s, i)
	if !ok {
		return 0, 0, i, false
	}
	w, end := nextWord(p.s, skipSpace(p.s, j))
	if w == "fortnight" {
		return 14 * n, inDays, end, true
	}
	u, ok = enUnit(w)
	return n, u, end, ok && n < 1000
}

// enAgo reads "two weeks ago", "in 3 days", "5 days from now", "within 7 days", "a week later".
func (p *dates) enAgo(i int) (moment, bool) {
	j, ahead := after(p.s, i, "in ", "within the next ", "within ")
	within := ahead && strings.HasPrefix(p.s[i:], "within")
	n, u, end, ok := p.enLength(j)
	if !ok {
		return moment{}, false
	}
	if within {
		if p.tense == past {
			return moment{period: period{p.today.shift(-n, u), p.today}, end: end}, true
		}
		return moment{period: period{p.today, p.today.shift(n, u)}, end: end}, true
	}
	k := skipSpace(p.s, end)
	if e, ok := after(p.s, k, "ago", "back", "earlier"); ok && !ahead {
		return moment{period: single(p.today.shift(-n, u)), end: e}, true
	}
	if e, ok := after(p.s, k, "from now", "from today", "later"); ok && !ahead {
		return moment{period: single(p.today.shift(n, u)), end: e}, true
	}
	if ahead {
		if e, ok := after(p.s, end, "' time", " time"); ok {
			end = e
		}
		return moment{period: single(p.today.shift(n, u)), end: end}, true
	}
	return moment{}, false
}

var edges = []struct {
	word string
	at   int // 0 first, 1 middle, 2 last
}{{"the beginning of ", 0}, {"beginning of ", 0}, {"the start of ", 0}, {"start of ", 0}, {"early ", 0}, {"the middle of ", 1}, {"middle of ", 1}, {"mid-", 1}, {"mid ", 1},
	{"the end of ", 2}, {"end of ", 2}, {"late ", 2}, {"the last day of ", 2}, {"the first day of ", 0}, {"eom", 2}}

// enEdge reads "end of the month", "mid-March", "the beginning of next year".
func (p *dates) enEdge(i int) (moment, bool) {
	for _, e := range edges {
		j, ok := after(p.s, i, e.word)
		if !ok {
			continue
		}
		m, ok := p.whole(j)
		if !ok || m.from == m.to {
			continue
		}
		return moment{period: single(edge(m.period, e.at)), end: m.end}, true
	}
	return moment{}, false
}

func edge(c period, at int) day {
	switch at {
	case 0:
		return c.from
	case 2:
		return c.to
	}
	if c.to-c.from > 27 && c.to-c.from < 31 {
		return c.from + 14
	}
	return c.from + (c.to-c.from)/2
}

// whole reads a week, month or year: "the month", "next month", "March", "2027".
func (p *dates) whole(j int) (moment, bool) {
	y, m, _ := p.today.date()
	for _, w := range []struct {
		word string
		c    period
	}{{"the month", monthOf(y, m)}, {"month", monthOf(y, m)}, {"the year", yearOf(y)}, {"year", yearOf(y)}, {"the week", period{p.today.monday(), p.today.monday() + 6}}} {
		if k, ok := after(p.s, j, w.word); ok && border(p.s, k) {
			return moment{period: w.c, end: k}, true
		}
	}
	if t, ok := p.enTurn(j); ok {
		return t, true
	}
	if t, ok := p.enMonthFirst(j); ok {
		return t, true
	}
	if n, ok := digitsAt(p.s, j); ok && n.end == j+4 && n.int() > 1990 && n.int() < 2100 {
		return moment{period: yearOf(n.int()), end: n.end}, true
	}
	return moment{}, false
}

// enTurn reads "next Friday", "last week", "this month", "next May", "the week before last".
func (p *dates) enTurn(i int) (moment, bool) {
	for _, w := range []struct {
		word  string
		weeks day
	}{{"the week before last", -14}, {"week before last", -14}, {"the week after next", 14}, {"week after next", 14}} {
		if k, ok := after(p.s, i, w.word); ok {
			m := p.today.monday() + w.weeks
			return moment{period: period{m, m + 6}, end: k}, true
		}
	}
	j, _ := after(p.s, i, "the ")
	for _, t := range []struct {
		word  string
		shift int
	}{{"next ", 1}, {"last ", -1}, {"this ", 0}, {"this past ", -1}, {"past ", -1}, {"previous ", -1}, {"coming ", 0}, {"this coming ", 0}, {"following ", 1}, {"upcoming ", 0}, {"current ", 0}} {
		k, ok := after(p.s, j, t.word)
		if !ok {
			continue
		}
		w, end := nextWord(p.s, skipSpace(p.s, k))
		if c, ok := p.turned(w, t.shift, strings.Contains(t.word, "coming")); ok {
			return moment{period: c, end: end}, true
		}
	}
	return moment{}, false
}

func (p *dates) turned(w string, shift int, coming bool) (period, bool) {
	y, m, _ := p.today.date()
	monday := p.today.monday() + day(7*shift)
	switch w {
	case "week":
		return period{monday, monday + 6}, true
	case "weekend":
		if shift < 0 && p.today.weekday() < 5 {
			monday = p.today.monday() - 7
		}
		return period{monday + 5, monday + 6}, true
	case "month":
		yy, mm, _ := civil(y, m+shift, 1).date()
		return monthOf(yy, mm), true
	case "year":
		return yearOf(y + shift), true
	}
	if d := enWeekday(w); d >= 0 {
		return single(p.turnedWeekday(d, shift, coming)), true
	}
	if n := enMonth(w); n > 0 {
		return p.turnedMonth(n, shift), true
	}
	if h, ok := enFeasts()[w]; ok {
		return h(y + shift)
	}
	return period{}, false
}

// turnedWeekday: "last Friday" is the latest one before today; "next Friday" that of the next week; "this Friday" that of this week.
func (p *dates) turnedWeekday(d, shift int, coming bool) day {
	ahead := day((d - p.today.weekday() + 7) % 7)
	switch {
	case shift < 0 && ahead == 0:
		return p.today - 7
	case shift < 0:
		return p.today + ahead - 7
	case coming:
		if ahead == 0 {
			ahead = 7
		}
		return p.today + ahead
	}
	return p.today.monday() + day(7*shift+d)
}

func (p *dates) turnedMonth(n, shift int) period {
	y, m, _ := p.today.date()
	switch {
	case shift > 0 && n <= m:
		y++
	case shift < 0 && n >= m:
		y--
	}
	return monthOf(y, n)
}

// enMonthFirst reads "March 5th, 2027", "Mar 5", "March 2027", "in March".
func (p *dates) enMonthFirst(i int) (moment, bool) {
	w, end := nextWord(p.s, i)
	m := enMonth(w)
	if m == 0 {
		return moment{}, false
	}
	if end < len(p.s) && p.s[end] == '.' {
		end++
	}
	j, _ := after(p.s, skipSpace(p.s, end), "the ")
	n, ok := digitsAt(p.s, j)
	if ok && n.whole() && n.end-j <= 2 && n.int() >= 1 && n.int() <= 31 {
		k, _ := after(p.s, n.end, "st", "nd", "rd", "th")
		if border(p.s, k) {
			return p.enYear(m, n.int(), k)
		}
	}
	if ok && n.end == j+4 && n.int() > 1990 && n.int() < 2100 {
		return moment{period: monthOf(n.int(), m), end: n.end}, true
	}
	if (w == "may" || w == "march" || w == "mar" || w == "dec" || w == "sep" || w == "jan" || len(w) == 3) && !p.inBefore(i) {
		return moment{}, false // may I, march on: a month only after a preposition
	}
	c, ok := p.pick(func(y int) (period, bool) { return monthOf(y, m), true })
	return moment{period: c, end: end}, ok
}

// inBefore tells whether a word that goes before months stands before i.
func (p *dates) inBefore(i int) bool {
	for _, w := range []string{"in ", "of ", "since ", "until ", "till ", "by ", "early ", "late ", "mid ", "mid-", "from ", "during ", "before ", "after "} {
		if strings.HasSuffix(p.s[:i], w) {
			return true
		}
	}
	return false
}

// enYear reads the optional year after a month and day.
func (p *dates) enYear(m, d, end int) (moment, bool) {
	j := skipSpace(p.s, end)
	if k, ok := after(p.s, j, ",", "of"); ok {
		j = skipSpace(p.s, k)
	}
	if n, ok := digitsAt(p.s, j); ok && n.end == j+4 && n.int() > 1990 && n.int() < 2100 {
		return moment{period: single(civil(n.int(), m, d)), end: n.end}, exists(n.int(), m, d)
	}
	if next, k, ok := p.trailingYear(j); ok {
		return moment{period: single(civil(next, m, d)), end: k}, exists(next, m, d)
	}
	c, ok := p.monthDay(m, d)
	return moment{period: c, end: end}, ok
}

// trailingYear reads "last year", "next year", "this year" after a date.
func (p *dates) trailingYear(j int) (int, int, bool) {
	y, _, _ := p.today.date()
	for shift, w := range map[int]string{-1: "last year", 0: "this year", 1: "next year"} {
		if k, ok := after(p.s, j, w); ok {
			return y + shift, k, true
		}
	}
	return 0, j, false
}

// enDayFirst reads "5 March 2027", "the 5th of March", "the 15th", "15th".
func (p *dates) enDayFirst(i int) (moment, bool) {
	j, the := after(p.s, i, "the ")
	n, ok := digitsAt(p.s, j)
	if !ok || !n.whole() || n.end-j > 2 || n.int() < 1 || n.int() > 31 {
		return moment{}, false
	}
	k, ordinal := after(p.s, n.end, "st", "nd", "rd", "th")
	e := skipSpace(p.s, k)
	e, _ = after(p.s, e, "of ")
	w, end := nextWord(p.s, e)
	if m := enMonth(w); m > 0 && (ordinal || e > k || e == k) {
		if end < len(p.s) && p.s[end] == '.' {
			end++
		}
		return p.enYear(m, n.int(), end)
	}
	if w == "this" || w == "next" || w == "last" {
		if m, ok := p.enTurn(e); ok && m.to-m.from > 26 && m.to-m.from < 31 {
			y, mm, _ := m.from.date()
			return moment{period: single(civil(y, mm, n.int())), end: m.end}, exists(y, mm, n.int())
		}
	}
	if !ordinal || !the && !strings.HasSuffix(p.s[:i], "on ") && !strings.HasSuffix(p.s[:i], "by ") || !border(p.s, k) || p.noun(k) {
		return moment{}, false
	}
	c, ok := p.dayOfMonth(n.int())
	return moment{period: c, end: k}, ok
}

// noun tells whether an ordinal counts a thing (the 2nd item) and not a day.
func (p *dates) noun(k int) bool {
	w, _ := nextWord(p.s, skipSpace(p.s, k))
	switch w {
	case "", "at", "and", "or", "please", "but", "for", "if", "is", "to", "i", "around", "in", "by", "when", "will", "would", "works", "then", "so", "of", "via", "with", "morning", "afternoon", "evening", "because", "because's", "was", "instead":
		return false
	}
	return true
}

// enSpan reads "the last two weeks", "past 30 days", "the next 3 days".
func (p *dates) enSpan(i int) (moment, bool) {
	j, _ := after(p.s, i, "the ")
	back, ok := 0, false
	for word, dir := range map[string]int{"last ": -1, "past ": -1, "previous ": -1, "next ": 1, "coming ": 1} {
		if k, found := after(p.s, j, word); found {
			back, j, ok = dir, k, true
			break
		}
	}
	if !ok {
		return moment{}, false
	}
	n, u, end, ok := p.enLength(j)
	if !ok {
		return moment{}, false
	}
	if back < 0 {
		return moment{period: period{p.today.shift(-n, u), p.today}, end: end}, true
	}
	return moment{period: period{p.today, p.today.shift(n, u)}, end: end}, true
}

func (p *dates) enFeast(i int) (moment, bool) {
	h, end, ok := p.holidayAt(i, enFeasts(), 22)
	if !ok {
		return moment{}, false
	}
	j := skipSpace(p.s, end)
	if n, ok := digitsAt(p.s, j); ok && n.end == j+4 && n.int() > 1990 && n.int() < 2100 {
		c, ok := h(n.int())
		return moment{period: c, end: n.end}, ok
	}
	c, ok := p.pick(h)
	return moment{period: c, end: end}, ok
}

// enWeekdayAlone reads "Friday", "on Tue".
func (p *dates) enWeekdayAlone(i int) (moment, bool) {
	w, end := nextWord(p.s, i)
	w = strings.TrimSuffix(w, "'s")
	d := enWeekday(w)
	if d < 0 || w == "mon" || w == "wed" {
		if d < 0 || !strings.HasSuffix(p.s[:i], "on ") {
			return moment{}, false
		}
	}
	for shift, t := range map[int]string{1: " next week", -1: " last week", 0: " this week"} {
		if k, ok := after(p.s, end, t); ok {
			return moment{period: single(p.today.monday() + day(7*shift+d)), end: k}, true
		}
	}
	return moment{period: single(p.coming(d)), end: end}, true
}
