package guard

import "github.com/xiaoer-cs/xiaoer/internal/nlu/fold"

// Scan lists what is spotted in a message, by kind and place. personal is what FindPersonal found in the same text.
func Scan(t *fold.Text, personal []Personal) []Finding {
	var out []Finding
	add := func(kind, detail string, start, end int) {
		a, b := t.Span(start, end)
		out = append(out, Finding{kind, detail, a, b})
	}
	for _, p := range personal {
		add(PII, p.Kind, p.Start, p.End)
	}
	return out
}
