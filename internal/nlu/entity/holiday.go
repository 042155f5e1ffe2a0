package entity

// lunarYear holds the first day of a Chinese year and the days of its feasts, as month*100+day.
type lunarYear struct{ spring, dragon, seven, autumn, nine int }

// lunar tells the moving feasts from 2020 on: Spring Festival, Dragon Boat, Qixi, Mid-Autumn, Double Ninth.
// Source: the Chinese calendar (GB/T 33661-2017).
var lunar = [...]lunarYear{
	{125, 625, 825, 1001, 1025}, // 2020
	{212, 614, 814, 921, 1014},
	{201, 603, 804, 910, 1004},
	{122, 622, 822, 929, 1023},
	{210, 610, 810, 917, 1011},
	{129, 531, 829, 1006, 1029}, // 2025
	{217, 619, 819, 925, 1018},
	{206, 609, 808, 915, 1008},
	{126, 528, 826, 1003, 1026},
	{213, 616, 816, 922, 1016},
	{203, 605, 805, 912, 1005}, // 2030
	{123, 624, 824, 1001, 1024},
	{211, 612, 812, 919, 1012},
	{131, 601, 801, 908, 1001},
	{219, 620, 820, 927, 1020},
	{208, 610, 810, 916, 1009}, // 2035
}

// holiday gives the day of a feast in a year; false when the table does not reach.
type holiday func(y int) (period, bool)

func fixed(m, d int) holiday {
	return func(y int) (period, bool) { return single(civil(y, m, d)), true }
}

// nth is the n-th weekday (Monday 0) of a month.
func nth(n, weekday, m, shift int) holiday {
	return func(y int) (period, bool) {
		first := civil(y, m, 1)
		return single(first + day((weekday-first.weekday()+7)%7+7*(n-1)+shift)), true
	}
}

func moon(of func(lunarYear) int, shift int) holiday {
	return func(y int) (period, bool) {
		if y < 2020 || y >= 2020+len(lunar) {
			return period{}, false
		}
		md := of(lunar[y-2020])
		return single(civil(y, md/100, md%100) + day(shift)), true
	}
}

// qingming by the formula for the 21st century: floor(y*0.2422 + 4.81) - floor(y/4), y the last two digits.
func qingming(y int) (period, bool) {
	c := y % 100
	return single(civil(y, 4, int(float64(c)*0.2422+4.81)-c/4)), true
}

// easter by the anonymous Gregorian algorithm (Meeus).
func easter(y int) (period, bool) {
	a, b, c := y%19, y/100, y%100
	f := (b + 8) / 25
	h := (19*a + b - b/4 - (b-f+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return single(civil(y, n/31, n%31+1)), true
}

func spring(l lunarYear) int { return l.spring }

func zhHolidays() map[string]holiday {
	sp := func(shift int) holiday { return moon(spring, shift) }
	dragon := moon(func(l lunarYear) int { return l.dragon }, 0)
	autumn := moon(func(l lunarYear) int { return l.autumn }, 0)
	return map[string]holiday{
		"元旦": fixed(1, 1), "情人节": fixed(2, 14), "妇女节": fixed(3, 8), "三八节": fixed(3, 8), "女神节": fixed(3, 8), "愚人节": fixed(4, 1),
		"劳动节": fixed(5, 1), "五一": fixed(5, 1), "青年节": fixed(5, 4), "儿童节": fixed(6, 1), "六一": fixed(6, 1), "618": fixed(6, 18),
		"六一八": fixed(6, 18), "建军节": fixed(8, 1), "教师节": fixed(9, 10), "国庆节": fixed(10, 1), "国庆": fixed(10, 1), "十一国庆": fixed(10, 1),
		"万圣节": fixed(10, 31), "双十一": fixed(11, 11), "双11": fixed(11, 11), "双十二": fixed(12, 12), "双12": fixed(12, 12), "光棍节": fixed(11, 11),
		"平安夜": fixed(12, 24), "圣诞节": fixed(12, 25), "圣诞": fixed(12, 25), "跨年夜": fixed(12, 31), "植树节": fixed(3, 12),
		"春节": sp(0), "大年初一": sp(0), "正月初一": sp(0), "年初一": sp(0), "大年初二": sp(1), "年初二": sp(1), "大年初三": sp(2), "年初三": sp(2),
		"初五": sp(4), "大年初五": sp(4), "大年初七": sp(6), "除夕": sp(-1), "大年三十": sp(-1), "年三十": sp(-1), "年夜": sp(-1),
		"元宵节": sp(14), "元宵": sp(14), "正月十五": sp(14), "清明节": qingming, "清明": qingming,
		"端午节": dragon, "端午": dragon, "中秋节": autumn, "中秋": autumn, "八月十五中秋": autumn,
		"七夕": moon(func(l lunarYear) int { return l.seven }, 0), "重阳节": moon(func(l lunarYear) int { return l.nine }, 0), "重阳": moon(func(l lunarYear) int { return l.nine }, 0),
		"母亲节": nth(2, 6, 5, 0), "父亲节": nth(3, 6, 6, 0), "感恩节": nth(4, 3, 11, 0), "黑五": nth(4, 3, 11, 1), "黑色星期五": nth(4, 3, 11, 1),
	}
}

func enHolidays() map[string]holiday {
	cny := moon(spring, 0)
	return map[string]holiday{
		"new year's day": fixed(1, 1), "new years day": fixed(1, 1), "new year's": fixed(1, 1), "new year's eve": fixed(12, 31), "new years eve": fixed(12, 31),
		"valentine's day": fixed(2, 14), "valentines day": fixed(2, 14), "valentine's": fixed(2, 14), "st patrick's day": fixed(3, 17),
		"april fools": fixed(4, 1), "labour day": fixed(5, 1), "may day": fixed(5, 1), "children's day": fixed(6, 1), "independence day": fixed(7, 4),
		"halloween": fixed(10, 31), "veterans day": fixed(11, 11), "singles' day": fixed(11, 11), "singles day": fixed(11, 11), "single's day": fixed(11, 11),
		"christmas eve": fixed(12, 24), "christmas day": fixed(12, 25), "christmas": fixed(12, 25), "xmas": fixed(12, 25), "boxing day": fixed(12, 26),
		"chinese new year": cny, "lunar new year": cny, "spring festival": cny, "easter": easter, "easter sunday": easter,
		"mid-autumn festival": moon(func(l lunarYear) int { return l.autumn }, 0), "dragon boat festival": moon(func(l lunarYear) int { return l.dragon }, 0),
		"mother's day": nth(2, 6, 5, 0), "mothers day": nth(2, 6, 5, 0), "father's day": nth(3, 6, 6, 0), "fathers day": nth(3, 6, 6, 0),
		"memorial day": memorialDay, "thanksgiving day": nth(4, 3, 11, 0), "thanksgiving": nth(4, 3, 11, 0), "black friday": nth(4, 3, 11, 1), "cyber monday": nth(4, 3, 11, 4),
		"national day": fixed(10, 1), "labor day": nth(1, 0, 9, 0),
	}
}

// memorialDay is the last Monday of May.
func memorialDay(y int) (period, bool) {
	last := civil(y, 5, 31)
	return single(last.monday()), true
}
