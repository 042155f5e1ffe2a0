package flow

import (
	"strings"
	"unicode"
)

// Match tells which option a text names: by value, by name, by another word for it, or by its place in the list. A tie, or
// nothing, is no match.
func Match(text string, options []Option) (Option, bool) {
	t := plainText(text)
	if t == "" {
		return Option{}, false
	}
	if i, ok := place(t, len(options)); ok {
		return options[i], true
	}
	best, second, at := 0, 0, -1
	for i, o := range options {
		s := score(t, o)
		if s > best {
			best, second, at = s, best, i
		} else if s > second {
			second = s
		}
	}
	if at < 0 || best == second {
		return Option{}, false
	}
	return options[at], true
}

// score is the length of the longest name of the option that the text contains, or that contains the whole text.
func score(t string, o Option) int {
	best := 0
	try := func(name string, whole bool) {
		n := plainText(name)
		switch size := len([]rune(n)); {
		case size < 2 && n != t:
		case n == t:
			best = max(best, 1000)
		case contains(t, n):
			best = max(best, 10*size)
		case whole && len([]rune(t)) >= 2 && contains(n, t):
			best = max(best, 5*len([]rune(t)))
		}
	}
	try(o.Value, false)
	try(o.Label, true)
	for _, v := range o.Attributes {
		for name := range strings.SplitSeq(v, "|") {
			try(name, true)
		}
	}
	if best > 0 {
		return best
	}
	return shared(t, plainText(o.Label+" "+o.Detail))
}

// contains is strings.Contains that does not find "size" inside "oversized": Latin words end where they end.
func contains(t, part string) bool {
	for from := 0; ; {
		i := strings.Index(t[from:], part)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(part)
		if (i == 0 || !latin(t[i-1]) || !latin(part[0])) && (end == len(t) || !latin(t[end]) || !latin(part[len(part)-1])) {
			return true
		}
		from = i + 1
	}
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

// shared counts the pairs of Chinese characters, and the longer Latin words, that text and name have in common.
func shared(t, name string) int {
	n := 0
	r := []rune(t)
	for i := 0; i+1 < len(r); i++ {
		if unicode.Is(unicode.Han, r[i]) && unicode.Is(unicode.Han, r[i+1]) && strings.Contains(name, string(r[i:i+2])) {
			n += 2
		}
	}
	for w := range strings.FieldsSeq(t) {
		if len(w) >= 4 && latin(w[0]) && contains(name, w) {
			n += 2
		}
	}
	return n
}

// places are the ways to say first, second ...; the last entry of both lists is the last one.
var places = [][]string{
	{"1", "一", "第一个", "第一", "第1个", "the first one", "the first", "first", "first one", "上面那个", "number one"},
	{"2", "二", "第二个", "第二", "第2个", "the second one", "the second", "second", "second one"},
	{"3", "三", "第三个", "第三", "第3个", "the third one", "the third", "third", "third one"},
	{"4", "四", "第四个", "第四", "第4个", "the fourth one", "the fourth", "fourth"},
	{"5", "五", "第五个", "第五", "第5个", "the fifth one", "the fifth", "fifth"},
}

var last = []string{"最后一个", "最后那个", "下面那个", "the last one", "the last", "last one"}

func place(t string, n int) (int, bool) {
	for _, w := range last {
		if n > 0 && strings.HasPrefix(t, w) {
			return n - 1, true
		}
	}
	for i, words := range places[:min(n, len(places))] {
		for _, w := range words {
			if t == w || (len([]rune(w)) >= 3 && contains(t, w) && len([]rune(t)) < len([]rune(w))+8) {
				return i, true
			}
		}
	}
	return 0, false
}

// plainText lowers, and turns everything but letters and digits into single spaces.
func plainText(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
