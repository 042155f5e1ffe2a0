package guard

import (
	"strings"
	"unicode/utf8"
)

// digit is one digit however it was written, and where.
type digit struct {
	b          byte // '0'..'9', or 'x' as the last sign of an id
	start, end int
	joined     bool // nothing stands between it and the digit before
	spoken     bool
}

// maxRun is the longest run of digits looked at.
const maxRun = 40

// runs calls yield for every run of seven or more digits, written or spoken, with single separators between.
func runs(s string, yield func(run []digit)) {
	var store [maxRun]digit
	run := store[:0]
	flush := func() {
		if len(run) >= 7 {
			yield(run)
		}
		run = run[:0]
	}
	for i := 0; i < len(s); {
		d, n := digitAt(s, i)
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		if len(run) > 0 {
			last := run[len(run)-1]
			gap := s[last.end:i]
			if len(run) == maxRun || !separates(gap, last.spoken || d.spoken) {
				flush()
			} else {
				d.joined = gap == ""
			}
		}
		for range n {
			if len(run) < maxRun {
				run = append(run, d)
				d.joined = true
			}
		}
		i = d.end
	}
	flush()
}

// separates tells whether the text between two digits may stand inside one number.
func separates(gap string, spoken bool) bool {
	if gap == "" {
		return true
	}
	limit := 2
	if spoken {
		limit = 6
	}
	if len(gap) > limit+1 {
		return false
	}
	for _, r := range gap {
		if !strings.ContainsRune(" -.()_·•*/、,\t—–~", r) || r == ',' && !spoken || r == '/' && !spoken {
			return false
		}
	}
	return true
}

// digitAt reads a digit at i; n is how often it stands there (double and triple), 0 when there is none.
func digitAt(s string, i int) (d digit, n int) {
	b := s[i]
	switch {
	case b >= '0' && b <= '9':
		return digit{b: b, start: i, end: i + 1}, 1
	case b == 'x' && (i+1 >= len(s) || !alnum(s[i+1])):
		return digit{b: 'x', start: i, end: i + 1}, 1
	case b >= 0xE3:
		r, size := utf8.DecodeRuneInString(s[i:])
		if k := strings.IndexRune(spokenZH, r); k >= 0 {
			return digit{b: byte('0' + spokenZHDigit[k/3]), start: i, end: i + size, spoken: true}, 1
		}
	case b >= 'a' && b <= 'z' && (i == 0 || !alnum(s[i-1])):
		return spokenEN(s, i)
	}
	return digit{}, 0
}

const spokenZH = "零〇洞一幺壹腰二两贰三叁四肆五伍六陆七柒拐八捌九玖勾"

var spokenZHDigit = [...]int{0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 7, 8, 8, 9, 9, 9}

var enDigits = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

func spokenEN(s string, i int) (digit, int) {
	n, j := 1, i
	if strings.HasPrefix(s[i:], "double ") {
		n, j = 2, i+7
	} else if strings.HasPrefix(s[i:], "triple ") {
		n, j = 3, i+7
	}
	if j < len(s) && n > 1 && s[j] >= '0' && s[j] <= '9' {
		return digit{b: s[j], start: i, end: j + 1, spoken: true}, n
	}
	for v, w := range enDigits {
		if strings.HasPrefix(s[j:], w) && (j+len(w) >= len(s) || !alnum(s[j+len(w)])) {
			return digit{b: byte('0' + v), start: i, end: j + len(w), spoken: true}, n
		}
	}
	if (strings.HasPrefix(s[j:], "oh") && (j+2 >= len(s) || !alnum(s[j+2]))) || (s[j:] == "o" || strings.HasPrefix(s[j:], "o ")) {
		end := j + 1
		if strings.HasPrefix(s[j:], "oh") {
			end++
		}
		return digit{b: '0', start: i, end: end, spoken: true}, n
	}
	return digit{}, 0
}

func alnum(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
