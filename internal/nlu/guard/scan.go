package guard

import (
	"strings"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// Scan lists what is spotted in a message. personal is what FindPersonal found in the same text.
func Scan(t *fold.Text, personal []Personal) []Finding {
	var out []Finding
	add := func(kind, detail string, start, end int) {
		a, b := t.Span(start, end)
		out = append(out, Finding{kind, detail, a, b})
	}
	for _, p := range personal {
		add(PII, p.Kind, p.Start, p.End)
	}
	if detail, a, b := abuse(t.Plain); detail != "" {
		add(Abuse, detail, a, b)
	}
	if detail, a, b := spam(t.Plain); detail != "" {
		add(Spam, detail, a, b)
	}
	if detail, a, b := injection(t); detail != "" {
		add(Injection, detail, a, b)
	}
	return out
}

// abuse finds insults and threats: the gravest kind, and where. Patterns look at the text, and at the text without the marks
// that are put into words to hide them.
func abuse(s string) (string, int, int) {
	kind, a, b := worst(s)
	if kind != "" {
		return kind, a, b
	}
	if squeezed, changed := unmarked(s); changed {
		if kind, _, _ = worst(squeezed); kind != "" {
			return kind, 0, len(s)
		}
	}
	return "", 0, 0
}

func worst(s string) (kind string, start, end int) {
	excused := false
	abusive().Find(s, func(h phrase.Hit) bool {
		if h.Label == "not" {
			excused = true
		} else if kind == "" || h.Label == "threat" {
			kind, start, end = h.Label, h.Start, h.End
		}
		return true
	})
	if excused && kind != "threat" {
		return "", 0, 0
	}
	return kind, start, end
}

// unmarked joins letters that single marks keep apart (s.h.i.t, 傻*逼, f u c k) and reads the usual digits as letters.
func unmarked(s string) (string, bool) {
	marks := 0
	for i := range len(s) {
		if strings.IndexByte(".*-_ @$!|+#/", s[i]) >= 0 {
			marks++
		}
	}
	if marks == 0 || len(s) > 400 {
		return s, false
	}
	var b strings.Builder
	single := true // words of one sign only are joined: f u c k, but not "if u can"
	for w := range strings.FieldsSeq(s) {
		if w[0] < 0x80 && len(w) > 2 {
			single = false
		}
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && !single && !(hanEnds(s[:i]) && hanStarts(s[i+1:])), c == '.' && !(i > 0 && i+1 < len(s) && s[i+1] != ' '):
			b.WriteByte(' ')
		case c == '@':
			b.WriteByte('a')
		case c == '$':
			b.WriteByte('s')
		case c == '!' && i+1 < len(s) && alnum(s[i+1]):
			b.WriteByte('i')
		case strings.IndexByte(".*-_ |+#/", c) >= 0:
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), b.String() != s
}

func hanEnds(s string) bool   { return s != "" && s[len(s)-1] >= 0x80 }
func hanStarts(s string) bool { return s != "" && s[0] >= 0x80 }

var abusive = sync.OnceValue(func() *phrase.Set { return phrase.Compile(abusePatterns) })

// spam finds advertising of others, floods and links with a lure.
func spam(s string) (string, int, int) {
	kind, a, b := "", 0, 0
	score := 0
	spammy().Find(s, func(h phrase.Hit) bool {
		if h.Label == "sure" {
			score += 2
		} else {
			score++
		}
		if kind == "" {
			kind, a = "advertising", h.Start
		}
		b = max(b, h.End)
		return true
	})
	if score >= 1 && (strings.Contains(s, "http") || strings.Contains(s, "www.")) {
		score++
	}
	if score >= 2 {
		return kind, a, b
	}
	if flood(s) {
		return "flood", 0, len(s)
	}
	return "", 0, 0
}

// flood tells whether a long text says one short thing over and over.
func flood(s string) bool {
	if len(s) < 90 {
		return false
	}
	seen := map[string]int{}
	total := 0
	for i := 0; i+6 <= len(s) && total < 400; i += 3 {
		seen[s[i:i+6]]++
		total++
	}
	return total >= 28 && len(seen)*8 < total
}

var spammy = sync.OnceValue(func() *phrase.Set { return phrase.Compile(spamPatterns) })
