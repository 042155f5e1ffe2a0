package entity

import "strings"

// unit is a length of time.
type unit int

const (
	inDays unit = iota
	inWeeks
	inMonths
	inYears
)

// shift moves a day by n units.
func (d day) shift(n int, u unit) day {
	switch u {
	case inWeeks:
		return d + day(7*n)
	case inMonths:
		return d.months(n)
	case inYears:
		return d.months(12 * n)
	}
	return d + day(n)
}

// zhLength reads 三天, 两周, 半个月, 1个月, 一年, 半年; it gives the days away in each direction.
func (p *dates) zhLength(i int) (n int, u unit, end int, ok bool) {
	half := false
	j := i
	if k, found := after(p.s, i, "半"); found {
		half, j, n = true, k, 1
	} else if num, found := numberAt(p.s, i); found && num.whole() && num.cents <= 9999_00 && !(num.zh && num.bare && num.cents >= 10_00) { // 五六天 is about five
		j, n = num.end, num.int()
	} else {
		return 0, 0, i, false
	}
	j = skipSpace(p.s, j)
	measured, _ := after(p.s, j, "个")
	units := []struct {
		word string
		u    unit
	}{{"天", inDays}, {"日", inDays}, {"星期", inWeeks}, {"礼拜", inWeeks}, {"周", inWeeks}, {"年", inYears}}
	if measured > j {
		units = append(units, struct {
			word string
			u    unit
		}{"月", inMonths})
	}
	for _, w := range units {
		if strings.HasPrefix(p.s[measured:], w.word) {
			end = measured + len(w.word)
			switch {
			case !half:
				return n, w.u, end, w.word != "日" || measured == j
			case w.u == inMonths:
				return 15, inDays, end, true
			case w.u == inYears:
				return 6, inMonths, end, true
			}
		}
	}
	return 0, 0, i, false
}

// zhAgo reads 三天前, 两周后, 半个月以前, 7天内.
func (p *dates) zhAgo(i int) (moment, bool) {
	n, u, j, ok := p.zhLength(i)
	if !ok || i > 0 && isDigit(p.s[i-1]) {
		return moment{}, false
	}
	if k, ok := after(p.s, j, "之前", "以前", "前"); ok {
		if _, ahead := after(p.s, k, "台", "面", "往"); ahead {
			return moment{}, false
		}
		return moment{period: single(p.today.shift(-n, u)), end: k}, true
	}
	if k, ok := after(p.s, j, "之后", "以后", "过后", "后"); ok {
		return moment{period: single(p.today.shift(n, u)), end: k}, true
	}
	if k, ok := after(p.s, j, "之内", "以内", "内"); ok {
		if p.tense == past {
			return moment{period: period{p.today.shift(-n, u), p.today}, end: k}, true
		}
		return moment{period: period{p.today, p.today.shift(n, u)}, end: k}, true
	}
	return moment{}, false
}

// zhSpan reads 最近三天, 过去一周, 前三个月, 未来7天, 近半年.
func (p *dates) zhSpan(i int) (moment, bool) {
	j, back := after(p.s, i, "最近这", "最近", "过去", "近", "这", "前")
	if !back {
		var ahead bool
		if j, ahead = after(p.s, i, "未来", "接下来", "今后"); !ahead {
			return moment{}, false
		}
	}
	if k, ok := after(p.s, j, "几天", "几日"); ok && back {
		return moment{period: period{p.today - 6, p.today}, end: k}, !strings.HasPrefix(p.s[i:], "前") // vague: the last week
	}
	j, _ = after(p.s, j, "的")
	n, u, end, ok := p.zhLength(j)
	if !ok || n == 0 {
		return moment{}, false
	}
	if back {
		return moment{period: period{p.today.shift(-n, u), p.today}, end: end}, true
	}
	return moment{period: period{p.today, p.today.shift(n, u)}, end: end}, true
}
