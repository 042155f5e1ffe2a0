package flow

import "strings"

// receive takes the result the active frame waits for.
func (r *run) receive(res Result) {
	f := r.st.Active()
	if f == nil {
		return
	}
	if r.st.Asking {
		r.st.Asking = false
		if !res.Answered {
			r.miss(f)
		}
		return
	}
	f.Turn, f.Left = r.facts.Turn, 0
	wait := f.Wait
	f.Wait = Wait{}
	fl := r.eng.book.Flow(f.Flow)
	switch {
	case res.Error != "":
		r.shared("trouble", nil)
		r.giveUp("trouble")
	case res.Refused != nil:
		r.refused(fl, f, *res.Refused)
	case wait.For == "options":
		r.options(fl, f, wait.Name, res)
	case wait.For == "propose":
		f.Wait = Wait{For: "confirm", Name: res.Confirmation}
	case wait.For == "execute":
		r.executed(fl, f, res)
	default:
		f.keep(fl.Steps[f.Step].As, res.Data)
		f.Step++
	}
}

// options takes the only option, offers several, and leaves by `none` when there are none.
func (r *run) options(fl *Flow, f *Frame, name string, res Result) {
	slot := fl.Slots[name]
	f.keep(name+"_options", res.Data)
	hint := f.Slots[name]
	if hint.By == "hint" {
		delete(f.Slots, name)
		if o, ok := hinted(hint, res.Options); ok {
			f.Slots[name] = Value{Value: o.Value, Label: o.Label, By: "customer"}
			return
		}
	}
	switch {
	case len(res.Options) == 0 && f.Words != "":
		f.Words = "" // the words fitted nothing: look again without them
	case len(res.Options) == 0 && slot.None != nil:
		r.take(f, *slot.None)
	case len(res.Options) == 1 && !slot.Show:
		o := res.Options[0]
		f.Slots[name] = Value{Value: o.Value, Label: o.Label, By: "only"}
	default:
		if o, ok := Match(r.facts.Text, res.Options); ok && !slot.Show && f.Tries == 0 && r.named(o) {
			f.Slots[name] = Value{Value: o.Value, Label: o.Label, By: "customer"}
			return
		}
		f.Options = res.Options
		if f.Options == nil {
			f.Options = []Option{}
		}
	}
}

// hinted is the option that the customer named before there was a list.
func hinted(v Value, options []Option) (Option, bool) {
	for _, o := range options {
		if o.Value == v.Value {
			return o, true
		}
		for _, a := range o.Attributes {
			if a == v.Value {
				return o, true
			}
		}
	}
	return Match(v.Label, options)
}

// named tells whether the text says more than a number or a place in a list nobody has seen yet.
func (r *run) named(o Option) bool { return score(plainText(r.facts.Text), o) >= 2 }

// refused tells policy's reason. A thing that was not found is asked for again; else the flow says where to go, or help is
// offered.
func (r *run) refused(fl *Flow, f *Frame, no Refusal) {
	f.keep("refused", map[string]any{"code": no.Code, "why": no.Why})
	if slot := missing(no.Code); fl.Slots[slot].Ask.ZH != "" && f.Slots[slot].Value != "" {
		r.act(Action{Kind: DoSay, Text: no.Why})
		if f.Wrong++; f.Wrong >= maxTries {
			r.giveUp("repeated_failure")
			return
		}
		r.rewind(fl, f, slot)
		f.Tries, f.Words = 1, ""
		return
	}
	if slot, ok := strings.CutSuffix(no.Code, "_missing"); ok && fl.Slots[slot].Ask.ZH != "" && f.Slots[slot].Value == "" && f.Wrong < maxTries {
		f.Wrong++
		r.rewind(fl, f, slot) // it turned out to be needed: ask for it
		return
	}
	var own *Branch
	if f.Step < len(fl.Steps) {
		own = fl.Steps[f.Step].Refused
	}
	if own != nil {
		r.take(f, *own)
		return
	}
	r.act(Action{Kind: DoSay, Text: no.Why, Topic: "refusal"})
	if len(no.Offer) > 0 {
		r.act(Action{Kind: DoOffer, Flow: f.Flow, Flows: no.Offer})
	}
	r.pop("refused")
}

// missing is the slot whose thing does not exist: order_not_found and order_unknown are about the slot order.
func missing(code string) string {
	for _, suffix := range []string{"_not_found", "_unknown"} {
		if thing, ok := strings.CutSuffix(code, suffix); ok {
			if thing == "line" {
				return "item"
			}
			return thing
		}
	}
	return ""
}

// executed tells how an effect went.
func (r *run) executed(fl *Flow, f *Frame, res Result) {
	switch res.State {
	case "done":
		f.keep(fl.Steps[f.Step].As, res.Data)
		f.Step++
		return
	case "approval":
		r.shared("approval", res.Data)
	case "unknown", "executing":
		r.shared("unknown_outcome", res.Data)
	default:
		r.shared("failed", res.Data)
		r.act(Action{Kind: DoOffer, Flow: f.Flow, Flows: []string{"human"}})
	}
	r.pop(res.State)
}

// rewind goes back to the step that collects a slot and forgets it, what was built on it, and what was seen since.
func (r *run) rewind(fl *Flow, f *Frame, slot string) {
	r.drop(f)
	delete(f.Slots, slot)
	for changed := true; changed; {
		changed = false
		for name, s := range fl.Slots {
			if _, filled := f.Slots[name]; filled && s.Options != nil && leans(s.Options, f.Slots) {
				delete(f.Slots, name)
				changed = true
			}
		}
	}
	f.Wait, f.Options, f.Tries = Wait{}, nil, 0
	f.Step = collecting(fl, slot, f.Step)
}

// collecting is the step that collects a slot: the last one on the way here, where several branches do; else the first.
func collecting(fl *Flow, slot string, at int) int {
	for i := min(at, len(fl.Steps)-1); i >= 0; i-- {
		if fl.Steps[i].Collect == slot {
			return i
		}
	}
	for i, s := range fl.Steps {
		if s.Collect == slot {
			return i
		}
	}
	return at
}

// leans tells whether a call uses a slot that is not filled (any more).
func leans(c *Call, slots map[string]Value) bool {
	for _, v := range c.Args {
		if s, ok := v.(string); ok && strings.HasPrefix(s, "$") && s != "$words" {
			if _, filled := slots[s[1:]]; !filled {
				return true
			}
		}
	}
	return false
}
