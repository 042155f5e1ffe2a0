package entity

import "strings"

// dayParts are the words before an hour in Chinese and whether they move it past noon.
var dayParts = []struct {
	word string
	pm   bool
	hour int // the hour meant when none follows
}{
	{"凌晨", false, 3}, {"清晨", false, 6}, {"早上", false, 8}, {"早晨", false, 8}, {"上午", false, 10}, {"中午", true, 12}, {"下午", true, 15},
	{"傍晚", true, 18}, {"晚上", true, 20}, {"夜里", true, 22}, {"半夜", false, 0}, {"晚", true, 20}, {"早", false, 8}, {"午后", true, 14},
}

// clockAt reads a time of day: 下午3点半, 15:30, 3pm, at 5 in the afternoon, noon.
func (p *dates) clockAt(i int) (string, int, bool) {
	if i < 0 || i >= len(p.s) {
		return "", i, false
	}
	if c, end, ok := p.zhClock(i); ok {
		return c, end, true
	}
	return p.enClock(i)
}

func (p *dates) zhClock(i int) (string, int, bool) {
	j, pm, part := i, false, -1
	for k, d := range dayParts {
		if strings.HasPrefix(p.s[i:], d.word) {
			j, pm, part = skipSpace(p.s, i+len(d.word)), d.pm, k
			break
		}
	}
	h, m, end, ok := p.hour(j, part >= 0)
	if !ok {
		if part >= 0 && len(dayParts[part].word) > 3 {
			c, ok := clock(dayParts[part].hour, 0)
			return c, i + len(dayParts[part].word), ok
		}
		return "", i, false
	}
	switch {
	case pm && h < 12 && !(part >= 0 && dayParts[part].word == "中午" && h >= 10):
		h += 12
	case part >= 0 && dayParts[part].word == "晚上" && h == 12, part >= 0 && dayParts[part].word == "半夜" && h == 12:
		h = 0
	}
	c, ok := clock(h, m)
	return c, end, ok
}

// hour reads 3点, 三点半, 3点20分, 3点一刻, 15:30; a colon form counts alone, 点 needs no part of the day.
func (p *dates) hour(i int, parted bool) (h, m, end int, ok bool) {
	n, ok := numberAt(p.s, i)
	if !ok || !n.whole() || n.int() > 24 {
		return 0, 0, i, false
	}
	h = n.int()
	if k, ok := after(p.s, n.end, ":"); ok && !n.zh {
		if v, ok := numberAt(p.s, k); ok && v.end == k+2 && v.int() < 60 && (v.end >= len(p.s) || p.s[v.end] != ':') {
			if j := skipSpace(p.s, v.end); j < len(p.s) && !parted && (isAlpha(p.s[j]) && (p.s[j] == 'a' || p.s[j] == 'p')) {
				return 0, 0, i, false // 3:30 pm is read as English
			}
			return h, v.int(), v.end, true
		}
		return 0, 0, i, false
	}
	k, ok := after(p.s, n.end, "点钟", "点")
	if !ok {
		return 0, 0, i, false
	}
	if e, ok := after(p.s, k, "半"); ok {
		return h, 30, e, true
	}
	if e, ok := after(p.s, k, "一刻"); ok {
		return h, 15, e, true
	}
	if e, ok := after(p.s, k, "三刻"); ok {
		return h, 45, e, true
	}
	if v, ok := numberAt(p.s, k); ok && v.whole() && v.int() < 60 {
		if e, marked := after(p.s, v.end, "分"); marked || v.int() >= 10 {
			return h, v.int(), e, true
		}
	}
	if _, bad := after(p.s, k, "儿", "击", "赞", "评", "单", "餐", "进", "开", "五", "二"); bad {
		return 0, 0, i, false
	}
	if n.zh && n.int() == 1 && !parted {
		return 0, 0, i, false // 一点 is mostly "a bit"
	}
	return h, 0, k, true
}

func (p *dates) enClock(i int) (string, int, bool) {
	j := i
	for _, w := range []string{"at ", "around ", "by ", "@ ", ", "} {
		if k, ok := after(p.s, j, w); ok {
			j = skipSpace(p.s, k)
		}
	}
	if k, ok := after(p.s, j, "noon", "midday"); ok && border(p.s, k) {
		return "12:00", k, true
	}
	if k, ok := after(p.s, j, "midnight"); ok && border(p.s, k) {
		return "00:00", k, true
	}
	for _, w := range []struct{ word, clock string }{
		{"in the morning", "09:00"}, {"morning", "09:00"}, {"in the afternoon", "15:00"}, {"afternoon", "15:00"}, {"in the evening", "19:00"},
		{"evening", "19:00"}, {"night", "20:00"},
	} {
		if k, ok := after(p.s, j, w.word); ok && border(p.s, k) {
			return w.clock, k, true
		}
	}
	return p.enHour(i, j)
}

func (p *dates) enHour(i, j int) (string, int, bool) {
	n, ok := digitsAt(p.s, j)
	if !ok || n.end-j > 2 || n.int() > 24 {
		return "", i, false
	}
	h, m, k := n.int(), 0, n.end
	colon := false
	if e, ok := after(p.s, k, ":"); ok {
		v, ok := digitsAt(p.s, e)
		if !ok || v.end != e+2 || v.int() > 59 {
			return "", i, false
		}
		m, k, colon = v.int(), v.end, true
	}
	s := skipSpace(p.s, k)
	e, pm := after(p.s, s, "p.m.", "pm", "p.m")
	if !pm {
		var am bool
		if e, am = after(p.s, s, "a.m.", "am", "a.m"); !am {
			if e, am = after(p.s, s, "o'clock"); !am {
				if !colon {
					return "", i, false
				}
				e = k
			}
		} else if h == 12 {
			h = 0
		}
	} else if h < 12 {
		h += 12
	}
	if !border(p.s, e) {
		return "", i, false
	}
	c, ok := clock(h, m)
	return c, e, ok
}

// clockOnly reads a time of day without a day; today is implied.
func (p *dates) clockOnly(i int) (moment, bool) {
	if i > 0 && (word(p.s[i-1]) && word(p.s[i]) || p.s[i-1] == ':' || p.s[i-1] == '.') {
		return moment{}, false
	}
	if !isDigit(p.s[i]) {
		if _, ok := numberAt(p.s, i); !ok && p.s[i] < 0xE4 {
			return moment{}, false
		}
	}
	j := i
	for _, d := range dayParts {
		if len(d.word) > 3 && strings.HasPrefix(p.s[i:], d.word) {
			j = i + len(d.word)
			break
		}
	}
	if _, _, _, ok := p.hour(skipSpace(p.s, j), j > i); !ok && !isDigit(p.s[i]) {
		return moment{}, false
	}
	c, end, ok := p.clockAt(i)
	return moment{period: single(p.today), end: end, clock: c, timed: true}, ok
}
