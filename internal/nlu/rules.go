package nlu

import (
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// The probabilities that a rule's finding carries: alone, and beside a model.
const (
	ruleP   = 0.86
	besideP = 0.45
)

// ruled lists the intents whose rules speak for the text, in the order of their places, the first with probability p.
func ruled(plain string, p float64) []Scored {
	var out []Scored
	intentRules().Find(plain, func(h phrase.Hit) bool {
		for _, s := range out {
			if s.Label == h.Label {
				return true
			}
		}
		out = append(out, Scored{h.Label, p - 0.01*float64(len(out))})
		return len(out) < maxIntents
	})
	return out
}

var intentRules = sync.OnceValue(func() *phrase.Set { return phrase.Compile(intentPatterns) })
