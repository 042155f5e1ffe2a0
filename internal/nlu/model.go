package nlu

import "github.com/xiaoer-cs/xiaoer/internal/nlu/classify"

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
