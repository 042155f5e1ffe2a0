package nlu

import (
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

const (
	maxClauses = 6    // clauses judged one by one; what follows stays with the last
	sureWish   = 0.55 // a clause must be this clear to be a wish of its own
	echo       = 0.08 // and the message as a whole must have heard it too, unless a word such as "also" opens the clause
)

// clause is a part of a message that may be a wish of its own.
type clause struct {
	start, end int
	linked     bool // opened by a word that adds a second thing
	Scored
}

// segments splits a message into its wishes. A clause becomes one when it is clear by itself and is not what goes before; the others
// belong to their neighbours. whole is what the message as a whole was taken for.
func (e *Engine) segments(u *Understanding, f *fold.Text) []Segment {
	whole := clause{end: len(f.Plain), Scored: Scored{u.Intent, u.IntentP}}
	parts := clauses(f.Plain)
	if len(parts) < 2 || len(parts) > 1 && len(f.Plain) < 12 {
		return cut(f, []clause{whole})
	}
	var wishes []clause
	for _, p := range parts {
		best, oos := e.predict(f.Plain[p.start:p.end])
		wish := len(best) > 0 && !oos && best[0].P >= sureWish && requests(best[0].Label) && (p.linked || heard(u.Intents, best[0].Label))
		n := len(wishes)
		switch {
		case wish && n > 0 && same(wishes[n-1].Label, best[0].Label), !wish && n > 0:
			wishes[n-1].end = p.end
		case wish:
			if n == 0 {
				p.start = 0
			}
			p.Scored = best[0]
			wishes = append(wishes, p)
		}
	}
	if len(wishes) < 2 {
		return cut(f, []clause{whole})
	}
	return cut(f, wishes)
}

// requests tells whether an intent asks for something; greetings and the like are no wish of their own.
func requests(intent string) bool {
	c := categoryOf(intent)
	return c == Consultation || c == Complaint || c == Human || c == Suggestion
}

// same tells whether two labels are one wish said twice: equal, or the asking and the doing of one thing.
func same(a, b string) bool {
	return a == b || TopicOf(a) == TopicOf(b) && (strings.HasPrefix(a, "complaint_") != strings.HasPrefix(b, "complaint_"))
}

func heard(list []Scored, label string) bool {
	for _, s := range list {
		if s.Label == label {
			return s.P >= echo
		}
	}
	return false
}

// cut makes segments of clauses.
func cut(f *fold.Text, list []clause) []Segment {
	out := make([]Segment, len(list))
	for i, c := range list {
		for c.start < c.end && (f.Plain[c.start] == ' ' || f.Plain[c.start] == ',') {
			c.start++
		}
		a, b := f.Span(c.start, c.end)
		out[i] = Segment{Text: f.Folded[c.start:c.end], Start: a, End: b, Intent: c.Label, P: c.P}
	}
	return out
}

// links are words that open a second wish, with what must go before them.
var links = []string{"另外", "还有", "顺便", "对了", "再就是", "然后", "还想", "也想", "同时", "以及", " and also ", " also ", " and can ", " and could ", " and i ", " and is ", " and do ", " and how ", " and what ", " and when ", " and where ", " and please ", " plus ", " oh and ", " by the way", " another thing", " and please"}

// clauses lists the clauses of a text: parted by marks, and by words that add a second thing.
func clauses(plain string) []clause {
	out := make([]clause, 0, maxClauses)
	start, linked := 0, opensLinked(plain)
	close := func(end, next int) {
		if len(strings.TrimSpace(plain[start:end])) > 2 {
			out = append(out, clause{start: start, end: end, linked: linked})
			linked = false
		}
		start = next
		linked = linked || opensLinked(plain[next:])
	}
	for i := 0; i < len(plain) && len(out) < maxClauses-1; {
		r, n := utf8.DecodeRuneInString(plain[i:])
		if breaks(plain, i, r) {
			close(i, i+n)
		} else if i > start && (r == ' ' || r >= 0x4E00) && linkAt(plain[i:]) {
			close(i, i)
			linked = true
		}
		i += n
	}
	close(len(plain), len(plain))
	for i := len(out) - 2; i >= 0; i-- {
		out[i].linked = out[i].linked || out[i+1].linked // what stands before "also" is a wish as well
	}
	return out
}

func opensLinked(s string) bool {
	return linkAt(" "+strings.TrimLeft(s, " ")) || linkAt(strings.TrimLeft(s, " "))
}

func linkAt(s string) bool {
	for _, w := range links {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
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
