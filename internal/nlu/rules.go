package nlu

import (
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// ruleP is the probability that a rule's finding carries: rules are written for precision.
const ruleP = 0.86

// ruled lists the intents whose rules speak for the text, in the order of their places.
func ruled(plain string) []Scored {
	var out []Scored
	intentRules().Find(plain, func(h phrase.Hit) bool {
		for _, s := range out {
			if s.Label == h.Label {
				return true
			}
		}
		p := ruleP - 0.01*float64(len(out))
		out = append(out, Scored{h.Label, p})
		return len(out) < maxIntents
	})
	return out
}

var intentRules = sync.OnceValue(func() *phrase.Set { return phrase.Compile(intentPatterns) })
