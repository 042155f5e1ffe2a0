package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// template is a line of a grammar: literal text, choices {a|b} and slots <name>. Choices may hold slots, not choices.
type template struct {
	parts []part
	ways  int // how many phrases it has, slots counted once
}

// part is literal text (one choice) or a choice.
type part struct{ choices []string }

// parse reads one line.
func parse(line string) (template, error) {
	t := template{ways: 1}
	for line != "" {
		open := strings.IndexByte(line, '{')
		if open < 0 {
			open = len(line)
		}
		if open > 0 {
			t.parts = append(t.parts, part{[]string{line[:open]}})
			line = line[open:]
			continue
		}
		end := strings.IndexByte(line, '}')
		if end < 0 || strings.Contains(line[1:end], "{") {
			return t, fmt.Errorf("braces do not match in %q", line)
		}
		p := part{strings.Split(line[1:end], "|")}
		t.ways *= len(p.choices)
		t.parts = append(t.parts, p)
		line = line[end+1:]
	}
	return t, nil
}

// phrase says the template with one choice per part, filling slots at random.
func (t template) phrase(pick []int, slots map[string][]string, rng *rand.Rand) string {
	var b strings.Builder
	for i, p := range t.parts {
		b.WriteString(p.choices[pick[i]])
	}
	return strings.Join(strings.Fields(fill(b.String(), slots, rng)), " ")
}

// fill replaces every slot by one of its values.
func fill(s string, slots map[string][]string, rng *rand.Rand) string {
	for {
		i := strings.IndexByte(s, '<')
		j := strings.IndexByte(s, '>')
		if i < 0 || j < i {
			return s
		}
		values := slots[s[i+1:j]]
		if len(values) == 0 {
			panic("corpus: no slot " + s[i:j+1])
		}
		s = s[:i] + values[rng.IntN(len(values))] + s[j+1:]
	}
}

// all gives every phrase of the template once.
func (t template) all(slots map[string][]string, rng *rand.Rand) []string {
	out := make([]string, 0, t.ways)
	pick := make([]int, len(t.parts))
	for n := range t.ways {
		for i, p := range t.parts {
			pick[i] = n % len(p.choices)
			n /= len(p.choices)
		}
		out = append(out, t.phrase(pick, slots, rng))
	}
	return out
}

// say gives about limit phrases of the template, at least so many that every choice of every part is heard.
func (t template) say(limit int, slots map[string][]string, rng *rand.Rand) []string {
	if t.ways <= limit {
		return t.all(slots, rng)
	}
	n := limit
	order := make([][]int, len(t.parts))
	for i, p := range t.parts {
		n = max(n, len(p.choices))
		order[i] = rng.Perm(len(p.choices))
	}
	out := make([]string, 0, n)
	pick := make([]int, len(t.parts))
	for k := range n {
		for i := range pick {
			if k > 0 && k%len(order[i]) == 0 {
				order[i] = rng.Perm(len(order[i]))
			}
			pick[i] = order[i][k%len(order[i])]
		}
		out = append(out, t.phrase(pick, slots, rng))
	}
	return out
}
