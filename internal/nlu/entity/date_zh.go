package entity

import (
	"strings"
	"unicode/utf8"
)

// zhDays are the words for a day near today.
var zhDays = []struct {
	word  string
	shift day
}{
	{"大前天", -3}, {"大前日", -3}, {"大后天", 3}, {"大后日", 3}, {"前天", -2}, {"前日", -2}, {"前儿", -2}, {"昨天", -1}, {"昨日", -1}, {"昨儿", -1}, {"昨晚", -1}, {"昨夜", -1},
	{"今天", 0}, {"今日", 0}, {"今儿", 0}, {"今晚", 0}, {"今早", 0}, {"今夜", 0}, {"今明两天", 0}, {"当天", 0}, {"明天", 1}, {"明日", 1}, {"明儿", 1}, {"明早", 1}, {"明晚", 1},
	{"后天", 2}, {"后日", 2}, {"后儿", 2},
}

// chinese reads a date in Chinese at i.
func (p *dates) chinese(i int) (moment, bool) {
	for _, read := range []func(int) (moment, bool){p.zhDay, p.zhNumbers, p.zhWeek, p.zhMonth, p.zhYear, p.zhSpan, p.zhFeast} {
		if m, ok := read(i); ok {
			return m, true
		}
	}
	return moment{}, false
}

func (p *dates) zhDay(i int) (moment, bool) {
	for _, d := range zhDays {
		if strings.HasPrefix(p.s[i:], d.word) {
			m := moment{period: single(p.today + d.shift), end: i + len(d.word)}
			switch {
			case d.word == "今明两天":
				m.to++
			case strings.HasSuffix(d.word, "晚") || strings.HasSuffix(d.word, "早"): // leave 晚 for the time of day: 今晚八点
				if c, end, ok := p.clockAt(m.end - len("晚")); ok {
					m.clock, m.end = c, end
				}
			}
			return m, true
		}
	}
	return moment{}, false
}

// zhNumbers reads what starts with a number: 2026年3月5日, 3月5号, 3月底, 15号, 三天前, 半个月前.
func (p *dates) zhNumbers(i int) (moment, bool) {
	if m, ok := p.zhAgo(i); ok {
		return m, true
	}
	if i > 0 && (isDigit(p.s[i-1]) || p.s[i-1] == '-' || p.s[i-1] == '.') {
		return moment{}, false
	}
	n, ok := numberAt(p.s, i)
	if !ok || !n.whole() || n.end >= len(p.s) {
		return moment{}, false
	}
	j := skipSpace(p.s, n.end)
	if k, ok := after(p.s, j, "年"); ok {
		return p.zhAfterYear(n.int(), k)
	}
	if k, ok := after(p.s, j, "月份", "月"); ok {
		if _, length := after(p.s, i, "两", "俩", "仨"); length {
			return moment{}, false
		}
		return p.zhAfterMonth(0, n.int(), k)
	}
	if k, ok := after(p.s, j, "号", "日"); ok && n.int() >= 1 && n.int() <= 31 && !p.numbered(k) {
		c, ok := p.dayOfMonth(n.int())
		return moment{period: c, end: k}, ok
	}
	return moment{}, false
}

// numbered tells whether what follows shows that 号 numbers a thing (3号楼) and not a day.
func (p *dates) numbered(k int) bool {
	_, yes := after(p.s, k, "楼", "线", "店", "门", "院", "房", "柜", "窗", "码", "机", "库", "桌", "色", "元", "常", "用", "电池", "本", "公寓", "单元", "段")
	return yes
}

func (p *dates) zhAfterYear(y, j int) (moment, bool) {
	if y < 100 && y >= 10 {
		y += 2000 // 26年3月
	}
	if y < 1990 || y > 2100 {
		return moment{}, false
	}
	return p.inYear(y, j)
}

// inYear reads what follows a known year: a month, a part of the year, a feast, or nothing.
func (p *dates) inYear(y, j int) (moment, bool) {
	j2, _ := after(p.s, j, "的")
	j2 = skipSpace(p.s, j2)
	if n, ok := numberAt(p.s, j2); ok && n.whole() {
		if k, ok := after(p.s, n.end, "月份", "月"); ok {
			return p.zhAfterMonth(y, n.int(), k)
		}
	}
	for _, part := range yearParts {
		if k, ok := after(p.s, j2, part.words...); ok {
			return moment{period: part.of(y), end: k}, true
		}
	}
	if h, end, ok := p.holidayAt(j2, zhFeasts(), 18); ok {
		c, ok := h(y)
		return moment{period: c, end: end}, ok
	}
	return moment{period: yearOf(y), end: j}, true
}

var yearParts = []struct {
	words []string
	of    func(y int) period
}{
	{[]string{"年底", "年末", "底", "末"}, func(y int) period { return single(civil(y, 12, 31)) }},
	{[]string{"年初", "初"}, func(y int) period { return single(civil(y, 1, 1)) }},
	{[]string{"上半年"}, func(y int) period { return period{civil(y, 1, 1), civil(y, 6, 30)} }},
	{[]string{"春天", "春季"}, func(y int) period { return period{civil(y, 3, 1), civil(y, 5, 31)} }},
	{[]string{"夏天", "夏季"}, func(y int) period { return period{civil(y, 6, 1), civil(y, 8, 31)} }},
	{[]string{"秋天", "秋季"}, func(y int) period { return period{civil(y, 9, 1), civil(y, 11, 30)} }},
	{[]string{"冬天", "冬季"}, func(y int) period { return period{civil(y, 12, 1), civil(y+1, 3, 0)} }},
	{[]string{"下半年"}, func(y int) period { return period{civil(y, 7, 1), civil(y, 12, 31)} }},
}

// zhAfterMonth reads what follows a month: a day, a part of the month, or nothing. Year 0 means that none was said.
func (p *dates) zhAfterMonth(y, m, j int) (moment, bool) {
	if m < 1 || m > 12 {
		return moment{}, false
	}
	of := func(f func(y int) (period, bool)) (period, bool) {
		if y != 0 {
			return f(y)
		}
		return p.pick(f)
	}
	k := skipSpace(p.s, j)
	if n, ok := numberAt(p.s, k); ok && n.whole() && n.int() >= 1 && n.int() <= 31 {
		end, marked := after(p.s, n.end, "日", "号")
		if marked && !p.numbered(end) || !marked && border(p.s, end) && !p.counted(end) {
			c, ok := of(func(y int) (period, bool) { return single(civil(y, m, n.int())), exists(y, m, n.int()) })
			return moment{period: c, end: end}, ok
		}
	}
	for _, part := range monthParts {
		if end, ok := after(p.s, j, part.words...); ok {
			c, ok := of(func(y int) (period, bool) { return part.of(y, m), true })
			return moment{period: c, end: end}, ok
		}
	}
	c, ok := of(func(y int) (period, bool) { return monthOf(y, m), true })
	return moment{period: c, end: j}, ok
}

// counted tells whether the number before i counts something else than days.
func (p *dates) counted(i int) bool {
	_, yes := after(p.s, i, "点", "个", "件", "块", "元", "岁", "折", "次", "年", "月", "天", ":")
	return yes
}

var monthParts = []struct {
	words []string
	of    func(y, m int) period
}{
	{[]string{"上旬"}, func(y, m int) period { return period{civil(y, m, 1), civil(y, m, 10)} }},
	{[]string{"中旬"}, func(y, m int) period { return period{civil(y, m, 11), civil(y, m, 20)} }},
	{[]string{"下旬"}, func(y, m int) period { return period{civil(y, m, 21), civil(y, m+1, 0)} }},
	{[]string{"月底", "月末", "底", "末", "最后一天"}, func(y, m int) period { return single(civil(y, m+1, 0)) }},
	{[]string{"月初", "初", "第一天"}, func(y, m int) period { return single(civil(y, m, 1)) }},
	{[]string{"月中", "中"}, func(y, m int) period { return single(civil(y, m, 15)) }},
}

// turn reads 上上 上 这 本 下 下下 with an optional 个 or 一; it returns how many units away.
func (p *dates) turn(i int) (shift, end int, ok bool) {
	s := p.s[i:]
	for _, t := range []struct {
		word  string
		shift int
	}{{"上上上", -3}, {"上上", -2}, {"上", -1}, {"下下下", 3}, {"下下", 2}, {"下", 1}, {"这", 0}, {"本", 0}, {"当", 0}} {
		if strings.HasPrefix(s, t.word) {
			end, _ = after(p.s, i+len(t.word), "个", "一个", "一")
			return t.shift, end, true
		}
	}
	return 0, i, false
}

func (p *dates) weekWord(i int) (int, bool) {
	return after(p.s, i, "星期", "礼拜", "周", "禮拜")
}

// zhWeek reads 上周三, 下礼拜天, 本周, 周末, 周五.
func (p *dates) zhWeek(i int) (moment, bool) {
	shift, j, turned := p.turn(i)
	k, ok := p.weekWord(j)
	if !ok {
		return moment{}, false
	}
	monday := p.today.monday() + day(7*shift)
	if d, end, ok := p.weekDay(k); ok {
		if turned {
			return moment{period: single(monday + day(d)), end: end}, true
		}
		return moment{period: single(p.coming(d)), end: end}, true
	}
	if end, ok := after(p.s, k, "末"); ok {
		if !turned && p.tense == past && p.today.weekday() < 5 {
			monday -= 7
		}
		return moment{period: period{monday + 5, monday + 6}, end: end}, true
	}
	if !turned {
		return moment{}, false
	}
	if end, ok := after(p.s, k, "内", "之内"); ok && shift == 0 {
		return moment{period: period{p.today, monday + 6}, end: end}, true
	}
	return moment{period: period{monday, monday + 6}, end: k}, true
}

func (p *dates) weekDay(i int) (d, end int, ok bool) {
	r, n := utf8.DecodeRuneInString(p.s[i:])
	switch {
	case r == '日' || r == '天':
		return 6, i + n, true
	case r >= '1' && r <= '7':
		return int(r - '1'), i + n, border(p.s, i+n)
	}
	if v := zhDigit(r); v >= 1 && v <= 6 && r != '两' && r != '幺' {
		return int(v) - 1, i + n, true
	}
	return 0, i, false
}

// coming is the weekday that a bare name means: the next one, today included, or the last one when the talk is of the past.
func (p *dates) coming(weekday int) day {
	ahead := day((weekday - p.today.weekday() + 7) % 7)
	if p.tense == past && ahead > 0 {
		return p.today + ahead - 7
	}
	return p.today + ahead
}

// zhMonth reads 上个月底, 下月5号, 本月, 月底, 月初.
func (p *dates) zhMonth(i int) (moment, bool) {
	y, m, _ := p.today.date()
	if shift, j, ok := p.turn(i); ok {
		if k, ok := after(p.s, j, "月份", "月"); ok {
			yy, mm, _ := civil(y, m+shift, 1).date()
			return p.zhAfterMonth(yy, mm, k)
		}
		return moment{}, false
	}
	for _, part := range monthParts[3:] {
		if end, ok := after(p.s, i, part.words[0]); ok && strings.HasPrefix(part.words[0], "月") {
			return moment{period: part.of(y, m), end: end}, true
		}
	}
	return moment{}, false
}

// zhYear reads 今年, 去年三月, 明年春节, 年底, 前年.
func (p *dates) zhYear(i int) (moment, bool) {
	y, _, _ := p.today.date()
	for _, w := range []struct {
		word  string
		shift int
	}{{"大前年", -3}, {"大后年", 3}, {"今年", 0}, {"去年", -1}, {"明年", 1}, {"前年", -2}, {"后年", 2}, {"本年", 0}} {
		if strings.HasPrefix(p.s[i:], w.word) {
			return p.inYear(y+w.shift, i+len(w.word))
		}
	}
	if k, ok := after(p.s, i, "年底", "年末"); ok {
		return moment{period: single(civil(y, 12, 31)), end: k}, true
	}
	if k, ok := after(p.s, i, "上半年", "下半年"); ok {
		half := period{civil(y, 1, 1), civil(y, 6, 30)}
		if strings.HasPrefix(p.s[i:], "下") {
			half = period{civil(y, 7, 1), civil(y, 12, 31)}
		}
		return moment{period: half, end: k}, true
	}
	if k, ok := after(p.s, i, "年初"); ok {
		if k2, bad := after(p.s, k, "一", "二", "三"); bad && k2 > k {
			return moment{}, false
		}
		return moment{period: single(civil(y, 1, 1)), end: k}, true
	}
	return moment{}, false
}

func (p *dates) zhFeast(i int) (moment, bool) {
	h, end, ok := p.holidayAt(i, zhFeasts(), 18)
	if !ok || i > 0 && isDigit(p.s[i]) && word(p.s[i-1]) {
		return moment{}, false
	}
	c, ok := p.pick(h)
	if k, more := after(p.s, end, "当天", "那天"); more {
		end = k
	}
	return moment{period: c, end: end}, ok
}
