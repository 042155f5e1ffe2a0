package nlu

import (
	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/shipped"
)

// trained makes a classifier's answers an Engine's.
type trained struct{ model *classify.Model }

// Trained makes Intents of a trained classifier.
func Trained(m *classify.Model) Intents { return trained{m} }

// Predict gives the best labels; it is safe for concurrent use.
func (t trained) Predict(text string) ([]Scored, bool) {
	p := t.model.Predict(text)
	out := make([]Scored, 0, maxIntents)
	if p.Label != "" && p.Label != OutOfScope {
		out = append(out, Scored{p.Label, p.P})
	}
	for _, o := range p.Others {
		if len(out) < maxIntents && o.Label != OutOfScope {
			out = append(out, Scored{o.Label, o.P})
		}
	}
	return out, p.OutOfScope
}

// Shipped are the parts that the product starts with: its trained intents and its reader of moods.
func Shipped() Parts { return Parts{Intents: Trained(shipped.Intents()), Moods: shipped.Moods()} }
