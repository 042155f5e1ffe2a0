package nlu

import (
	"sort"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// maxIntents is how many runners-up an Understanding names.
const maxIntents = 5

// intent fills intent, runners-up, out of scope and segments.
func (e *Engine) intent(u *Understanding, f *fold.Text, c Context) {
	u.Intents, u.OutOfScope = e.predict(f.Plain)
	u.Segments = e.segments(f)
	if len(u.Intents) == 0 {
		u.Intents = []Scored{{OutOfScope, 0.5}}
		u.OutOfScope = true
	}
	u.Intent, u.IntentP = u.Intents[0].Label, u.Intents[0].P
	if u.OutOfScope {
		u.Intent = OutOfScope
	}
}

// predict asks the rules and the model, and joins what they say.
func (e *Engine) predict(plain string) ([]Scored, bool) {
	var best []Scored
	oos := true
	if m := e.intents.Load(); m != nil {
		best, oos = (*m).Predict(plain)
	}
	return join(best, oos, ruled(plain))
}

// join puts what a rule found before the model's opinion unless the model is surer of another intent.
func join(best []Scored, oos bool, rules []Scored) ([]Scored, bool) {
	out := append([]Scored(nil), best...)
	for _, r := range rules {
		out = raise(out, r)
		oos = false
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].P > out[j].P })
	if len(out) > maxIntents {
		out = out[:maxIntents]
	}
	return out, oos
}

// raise gives a label at least the probability p, and shares what is left among the others.
func raise(list []Scored, s Scored) []Scored {
	for i := range list {
		if list[i].Label == s.Label {
			list[i].P = max(list[i].P, s.P)
			return list
		}
	}
	return append(list, s)
}
