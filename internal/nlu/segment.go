package nlu

import (
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// segments splits a message into its wishes. Clauses are judged one by one; neighbours that want the same, or that say nothing
// alone, stay together.
func (e *Engine) segments(f *fold.Text) []Segment {
	var out []Segment
	for _, c := range clauses(f.Plain) {
		best, oos := e.predict(f.Plain[c[0]:c[1]])
		s := Segment{Start: c[0], End: c[1], Intent: OutOfScope}
		if len(best) > 0 && !oos {
			s.Intent, s.P = best[0].Label, best[0].P
		}
		if n := len(out); n > 0 && (s.Intent == OutOfScope || s.Intent == out[n-1].Intent) {
			out[n-1].End = s.End
			continue
		} else if n == 1 && out[0].Intent == OutOfScope {
			s.Start = out[0].Start
			out = out[:0]
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		out = []Segment{{End: len(f.Plain), Intent: OutOfScope}}
	}
	for i := range out {
		out[i].Text = f.Folded[out[i].Start:out[i].End]
		out[i].Start, out[i].End = f.Span(out[i].Start, out[i].End)
	}
	return out
}

const maxClauses = 12

// clauses lists the bytes of each clause of a text.
func clauses(plain string) [][2]int {
	var out [][2]int
	start := 0
	for i, r := range plain {
		if !breaks(plain, i, r) || len(out) >= maxClauses {
			continue
		}
		if strings.TrimSpace(plain[start:i]) != "" {
			out = append(out, [2]int{start, i})
		}
		start = i + utf8.RuneLen(r)
	}
	if strings.TrimSpace(plain[start:]) != "" {
		out = append(out, [2]int{start, len(plain)})
	}
	return out
}

// breaks tells whether a clause ends at the character r at i; a comma or point inside a number does not end one.
func breaks(plain string, i int, r rune) bool {
	switch r {
	case '。', '?', '!', ';', '\n', '、':
		return true
	case ',', '.':
		return !(i > 0 && i+1 < len(plain) && plain[i+1] > ' ' && plain[i+1] < utf8.RuneSelf)
	}
	return false
}
