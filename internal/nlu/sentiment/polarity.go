package sentiment

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clause is the running sum of one clause: what lies between signs of punctuation.
type clause struct {
	sum    float64
	turned float64 // what is left of a negation: it reaches over a few words
	scale  float64 // set by intensifiers for the next word
	weight float64 // set by but and although for the whole clause
}

// reach is over how many characters or words a negation works.
const reach = 3

// polarity sums what the lexicon says of a text, clause by clause: a negation turns the words that follow closely,
// intensifiers scale the next one, what follows a "but" counts more, what follows an "although" less. Later clauses weigh a
// little more, since verdicts come last.
func (l *lexicon) polarity(text string) (sum float64, hits int) {
	c := clause{scale: 1, weight: 1}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		e, n := entry{}, 0
		if !l.words || i == 0 || !inWord(text, i) {
			e, n = l.at(text, i)
		}
		switch {
		case n > 0:
			hits += c.take(e)
			size = n
		case stop(r):
			sum += c.close()
		case !l.words || unicode.IsSpace(r):
			c.turned = max(c.turned-1, 0)
		}
		i += size
	}
	return sum + c.close(), hits
}

func stop(r rune) bool { return strings.ContainsRune("，。！？；、,.!?;\n~…：", r) }

// take applies one entry and tells whether it was a value.
func (c *clause) take(e entry) int {
	switch e.role {
	case negation:
		c.turned = reach
	case strong:
		c.scale = 1.4
	case weak:
		c.scale = 0.7
	case contrast:
		c.sum, c.weight = c.sum*0.6, 1.5
	case concession:
		c.weight = 0.5
	default:
		v := e.value * c.scale
		if c.turned > 0 {
			v *= -0.8
		}
		c.sum += v
		c.scale, c.turned = 1, 0
		return 1
	}
	return 0
}

func (c *clause) close() float64 {
	v := c.sum * c.weight
	*c = clause{scale: 1, weight: 1}
	return v
}

// han tells whether a text is mainly Chinese.
func han(text string) bool {
	n, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			n++
		case r < 0x80 && unicode.IsLetter(r):
			latin++
		}
	}
	return n*4 > latin
}

// sigmoid maps a sum to 0..1.
func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
