package nlu

import (
	"sort"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// maxIntents is how many runners-up an Understanding names.
const maxIntents = 5

// intent fills intent, runners-up, out of scope and segments.
func (e *Engine) intent(u *Understanding, f *fold.Text) {
	u.Intents, u.OutOfScope = e.predict(f.Plain)
	if len(u.Intents) == 0 {
		u.Intents = []Scored{{OutOfScope, 0.5}}
		u.OutOfScope = true
	}
	u.Intent, u.IntentP = u.Intents[0].Label, u.Intents[0].P
	if u.OutOfScope {
		u.Intent = OutOfScope
	}
	u.Segments = e.segments(u, f)
}

// predict asks the model, and the rules: alone they decide where there is no model; beside one they only speak up where it is
// unsure, because on held-out phrases it is right more often than they are.
func (e *Engine) predict(plain string) ([]Scored, bool) {
	m := e.intents.Load()
	if m == nil {
		rules := ruled(plain, ruleP)
		return rules, len(rules) == 0
	}
	best, oos := (*m).Predict(plain)
	if oos {
		if rules := ruled(plain, besideP); len(rules) > 0 && plain != "" && served(rules[0].Label) {
			best, oos = append([]Scored{rules[0]}, best...), false
		}
	} else if len(best) == 0 || best[0].P < besideP {
		for _, r := range ruled(plain, besideP) {
			best = raise(best, r)
		}
		sort.SliceStable(best, func(i, j int) bool { return best[i].P > best[j].P })
	}
	return best[:min(len(best), maxIntents)], oos
}

// served tells whether an intent names a matter of the shop's own by its words, so that a rule may call back what a model
// thinks foreign.
func served(intent string) bool {
	switch intent {
	case "track_shipment", "cancel_order", "change_address", "refund_status", "repair", "invoice", "complaint_quality", "complaint_attitude",
		"complaint_logistics", "price_protection":
		return true
	}
	return false
}

// raise gives a label at least the probability of s.
func raise(list []Scored, s Scored) []Scored {
	for i := range list {
		if list[i].Label == s.Label {
			list[i].P = max(list[i].P, s.P)
			return list
		}
	}
	return append(list, s)
}
