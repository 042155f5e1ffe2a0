package entity

import (
	"strings"
	"unicode/utf8"
)

// number is a value found in a text, in hundredths, so that prices and half sizes stay exact.
type number struct {
	cents int64
	end   int
	zh    bool // written in Chinese characters, at least in part
	bare  bool // digits alone, no unit such as 百 inside
}

func (n number) int() int { return int(n.cents / 100) }

func (n number) whole() bool { return n.cents%100 == 0 }

// numberAt reads a number in digits or Chinese numerals at i.
func numberAt(s string, i int) (number, bool) {
	if i >= len(s) {
		return number{}, false
	}
	if isDigit(s[i]) {
		n, ok := digitsAt(s, i)
		if ok && n.end < len(s) && s[n.end] >= 0x80 && n.whole() {
			if z, ok := zhNumberAt(s, i, n); ok {
				return z, true
			}
		}
		return n, ok
	}
	return zhNumberAt(s, i, number{end: i, cents: -1})
}

// digitsAt reads digits with thousands separators, up to two decimals, and k.
func digitsAt(s string, i int) (number, bool) {
	var v int64
	j, n := i, 0
	for j < len(s) && n < 13 {
		if isDigit(s[j]) {
			v = v*10 + int64(s[j]-'0')
			n++
			j++
			continue
		}
		if s[j] == ',' && j-i >= 1 && j-i <= 3+4*strings.Count(s[i:j], ",") && group(s, j+1) {
			j++
			continue
		}
		break
	}
	if j < len(s) && isDigit(s[j]) {
		return number{}, false // longer than any amount
	}
	v *= 100
	if j+1 < len(s) && s[j] == '.' && isDigit(s[j+1]) {
		j++
		v += int64(s[j]-'0') * 10
		j++
		if j < len(s) && isDigit(s[j]) {
			v += int64(s[j] - '0')
			j++
		}
		for j < len(s) && isDigit(s[j]) {
			j++
		}
	}
	return number{cents: v, end: j, bare: true}, true
}

// group tells whether exactly three digits stand at i: a thousands group.
func group(s string, i int) bool {
	return i+3 <= len(s) && isDigit(s[i]) && isDigit(s[i+1]) && isDigit(s[i+2]) && (i+3 == len(s) || !isDigit(s[i+3]))
}

func zhDigit(r rune) int64 {
	switch r {
	case '零', '〇':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '两', '贰', '俩':
		return 2
	case '三', '叁', '仨':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

func zhUnit(r rune) int64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 10000
	case '亿':
		return 100000000
	}
	return 0
}

// zhNumberAt reads Chinese numerals at i, going on from digits already read (三百五 is 350, 1千2 is 1200, 一三八 is 138).
func zhNumberAt(s string, i int, head number) (number, bool) {
	z := zhNumeral{num: -1, last: 1, bare: true}
	j := i
	if head.cents >= 0 {
		z.num, j = head.cents/100, head.end
	}
	start := j
	for j < len(s) && j-i < 60 {
		r, size := utf8.DecodeRuneInString(s[j:])
		if r < 0x80 && isDigit(s[j]) && !z.bare && z.num < 0 {
			z.digit(int64(s[j] - '0'))
		} else if d := zhDigit(r); d >= 0 {
			if head.cents >= 0 && z.bare {
				break
			}
			z.digit(d)
		} else if u := zhUnit(r); u == 0 || !z.unit(u) {
			break
		}
		j += size
	}
	if j == start || z.overflow {
		return number{}, false
	}
	return number{cents: z.value() * 100, end: j, zh: true, bare: z.bare}, true
}

// zhNumeral is the state of reading a Chinese numeral.
type zhNumeral struct {
	total, section, num, last int64
	zero, bare, overflow      bool
}

func (z *zhNumeral) digit(d int64) {
	if d == 0 && !z.bare {
		z.zero, z.num = true, -1
		return
	}
	if z.num >= 0 {
		z.num = z.num*10 + d
		z.overflow = z.overflow || z.num > 1e12
		return
	}
	z.num = d
}

func (z *zhNumeral) unit(u int64) bool {
	z.bare = false
	if u >= 10000 {
		z.section += max(z.num, 0)
		z.total = (z.total + max(z.section, 1)) * u
		z.section = 0
		z.overflow = z.overflow || z.total > 1e13
	} else {
		if z.num < 0 {
			z.num = 1
		}
		z.section += z.num * u
		z.overflow = z.overflow || z.section > 1e13
	}
	z.num, z.last, z.zero = -1, u, false
	return !z.overflow
}

func (z *zhNumeral) value() int64 {
	tail := max(z.num, 0)
	if z.num > 0 && z.num < 10 && z.last >= 100 && !z.zero {
		tail *= z.last / 10 // 三百五
	}
	return z.total + z.section + tail
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isAlpha(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// skipSpace is the first byte at or after i that is no blank.
func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

// after gives the end of the first of the words that stands at i.
func after(s string, i int, words ...string) (int, bool) {
	for _, w := range words {
		if strings.HasPrefix(s[i:], w) {
			return i + len(w), true
		}
	}
	return i, false
}

// border tells whether no Latin letter or digit is cut at i.
func border(s string, i int) bool {
	return i <= 0 || i >= len(s) || !word(s[i-1]) || !word(s[i])
}

func word(b byte) bool { return isDigit(b) || isAlpha(b) }
