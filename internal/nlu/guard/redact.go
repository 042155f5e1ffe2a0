package guard

import (
	"sort"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// Placeholders maps each placeholder of a redacted text to what it stands for.
type Placeholders map[string]string

// Redact puts placeholders such as [PHONE_1] in the place of the personal data of a text. The same value gets the same placeholder, so
// that the text can still be understood. A placeholder that already stands in the text is never given out again, so that nothing a
// writer types is taken for one.
func Redact(text string) (string, Placeholders) { return RedactWith(text, nil) }

// RedactWith is Redact for one text of several: placeholders given before are used again, and new ones are added to them.
func RedactWith(text string, known Placeholders) (string, Placeholders) {
	t := fold.Fold(text)
	found := FindPersonal(&t)
	if len(found) == 0 {
		return text, known
	}
	if known == nil {
		known = Placeholders{}
	}
	byText := map[string]string{}
	for p, original := range known {
		byText[original] = p
	}
	var b strings.Builder
	last := 0
	for _, f := range found {
		start, end := t.Span(f.Start, f.End)
		if start < last || end <= start {
			continue
		}
		original := text[start:end]
		p, ok := byText[original]
		if !ok {
			p = unused(f.Kind, known, text)
			known[p], byText[original] = original, p
		}
		b.WriteString(text[last:start])
		b.WriteString(p)
		last = end
	}
	b.WriteString(text[last:])
	return b.String(), known
}

// unused makes the next placeholder of a kind that is neither given nor written in the text.
func unused(kind string, known Placeholders, text string) string {
	for n := 1; ; n++ {
		p := "[" + strings.ToUpper(kind) + "_" + strconv.Itoa(n) + "]"
		if _, taken := known[p]; !taken && !strings.Contains(text, p) {
			return p
		}
	}
}

// Restore puts the originals back. Each placeholder is replaced once from left to right; what comes out is not read again.
func Restore(text string, known Placeholders) string {
	if len(known) == 0 || strings.IndexByte(text, '[') < 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(known))
	for p, original := range known {
		pairs = append(pairs, p, original)
	}
	sort.Sort(byLength(pairs))
	return strings.NewReplacer(pairs...).Replace(text)
}

// byLength sorts pairs of placeholder and original, so that the outcome does not depend on the order of a map.
type byLength []string

// Len is the number of pairs.
func (p byLength) Len() int { return len(p) / 2 }

// Less puts longer placeholders first, then by the alphabet.
func (p byLength) Less(i, j int) bool {
	a, b := p[2*i], p[2*j]
	return len(a) > len(b) || len(a) == len(b) && a < b
}

// Swap swaps two pairs.
func (p byLength) Swap(i, j int) {
	p[2*i], p[2*j] = p[2*j], p[2*i]
	p[2*i+1], p[2*j+1] = p[2*j+1], p[2*i+1]
}
