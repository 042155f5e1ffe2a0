package guard

import (
	"strings"
	"sync"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// injection finds attempts to command the machine. Each pattern has a weight; from 4 on it is reported. Hidden text is read too,
// and hiding it counts by itself.
func injection(t *fold.Text) (string, int, int) {
	if len(t.Hidden) >= 4 {
		return "hidden text", 0, len(t.Plain)
	}
	if kind, a, b := commands(t.Plain); kind != "" {
		return kind, a, b
	}
	if joined, ok := joinedLetters(t.Plain); ok {
		if kind, _, _ := commands(joined); kind != "" {
			return kind, 0, len(t.Plain)
		}
	}
	return "", 0, 0
}

func commands(s string) (kind string, start, end int) {
	score := 0
	seen := map[string]bool{}
	injecting().Find(s, func(h phrase.Hit) bool {
		if seen[h.Label] {
			return true
		}
		seen[h.Label] = true
		w := 2
		if strings.HasPrefix(h.Label, "sure") {
			w = 4
		}
		score += w
		if kind == "" {
			kind, start, end = strings.TrimPrefix(h.Label, "sure-"), h.Start, h.End
		}
		end = max(end, h.End)
		return true
	})
	if score < 4 {
		return "", 0, 0
	}
	return kind, start, end
}

// joinedLetters joins words spelled letter by letter (i g n o r e).
func joinedLetters(s string) (string, bool) {
	if strings.Count(s, " ")*3 < len(s) || len(s) > 600 {
		return "", false
	}
	var b strings.Builder
	for w := range strings.SplitSeq(s, "  ") {
		for _, r := range w {
			if !unicode.IsSpace(r) {
				b.WriteRune(r)
			}
		}
		b.WriteByte(' ')
	}
	return b.String(), true
}

var injecting = sync.OnceValue(func() *phrase.Set { return phrase.Compile(injectionPatterns) })
