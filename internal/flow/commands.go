package flow

import (
	"regexp"
	"slices"
)

// command carries one command out.
func (r *run) command(c Command) {
	switch c.Kind {
	case Start:
		r.start(c)
	case Set:
		r.set(c)
	case Fills:
		r.fills(c)
	case Correct:
		r.correct(c)
	case Cancel, Deny, Decline:
		r.cancel(c)
	case Affirm, Confirm:
		r.confirm(c)
	case HandOff:
		r.giveUp(c.Topic)
	case Lost:
		r.lost(c)
	default:
		r.aside(c)
	}
}

// aside does what touches no flow.
func (r *run) aside(c Command) {
	switch c.Kind {
	case Clarify:
		r.st.Clarify = c.Candidates
		r.act(Action{Kind: DoClarify, Flows: c.Candidates})
	case Ask:
		r.st.Puzzled = 0
		unsure := c.Topic == "unsure"
		if f := r.st.Active(); unsure && f != nil && f.Wait.For != "" { // an answer we did not get, or a question?
			r.st.Asking, r.blocked = true, true
		}
		r.act(Action{Kind: DoAnswer, Text: c.Text, Topic: c.Topic})
	case SmallTalk:
		r.act(Action{Kind: DoTalk, Topic: c.Topic, Text: c.Text})
	case Tell:
		r.shared(c.Topic, nil)
	}
}

// start begins a flow; said again while it is open, it goes on with what is new.
func (r *run) start(c Command) {
	f := r.st.Active()
	if f != nil && f.Flow == c.Flow && f.Wait.For != "" {
		if c.Text != "" && len(f.Wish)+len(c.Text) < 1000 {
			f.Wish += "\n" + c.Text // it may answer what is asked later
		}
		if !r.fill(f, c.Fills, true) {
			r.miss(f)
		}
		return
	}
	r.push(c.Flow, c.Fills, c.Text)
}

// set fills a slot by name, of the frame on top that has it.
func (r *run) set(c Command) {
	for i := len(r.st.Stack) - 1; i >= 0; i-- {
		f := &r.st.Stack[i]
		fl := r.eng.book.Flow(f.Flow)
		slot, ok := fl.Slots[c.Slot]
		if !ok || len(c.Fills) == 0 || (c.Flow != "" && c.Flow != f.Flow) {
			continue
		}
		r.raise(i)
		f = r.st.Active()
		v := Value{Value: c.Fills[0].Value, Label: c.Fills[0].Label, By: "customer"}
		if !slot.fits(v.Value) {
			r.miss(f)
			return
		}
		if f.Slots[c.Slot].Value != "" {
			r.rewind(fl, f, c.Slot)
		}
		r.put(f, c.Slot, v)
		return
	}
	r.shared("stale_card", nil)
}

// raise brings a frame to the top.
func (r *run) raise(i int) {
	f := r.st.Stack[i]
	r.st.Stack = append(slices.Delete(r.st.Stack, i, i+1), f)
}

func (r *run) put(f *Frame, name string, v Value) {
	f.Slots[name] = v
	f.Turn, f.Left = r.facts.Turn, 0
	if f.Wait.Name == name || f.Wait.For == "slot" {
		f.Wait, f.Options, f.Tries = Wait{}, nil, 0
	}
}

// value makes an entity a slot's value. What a tool lists (a line of an order, say) the customer names by the thing: a hint,
// to be found in the list; an order number is taken at its word, so that the tool can say why it will not do.
func (x Fill) value(s Slot) Value {
	v := Value{Value: x.Value, Label: x.Label, By: "customer"}
	if s.Options != nil && x.Kind != "order" {
		v.By = "hint"
	}
	return v
}

// fits tells whether a text can be the slot's value.
func (s Slot) fits(v string) bool {
	if len([]rune(v)) < s.MinRunes {
		return false
	}
	if s.Pattern == "" {
		return true
	}
	ok, err := regexp.MatchString(s.Pattern, v)
	return err == nil && ok
}

// fills offers entities to the open frame.
func (r *run) fills(c Command) {
	f := r.st.Active()
	if f == nil {
		r.lost(c)
		return
	}
	if !r.fill(f, c.Fills, true) {
		r.miss(f)
	}
}

// fill puts entities into the slots that take their kind: the slot that is asked for first, then empty ones.
func (r *run) fill(f *Frame, fills []Fill, open bool) bool {
	fl := r.eng.book.Flow(f.Flow)
	took := false
	for _, x := range fills {
		name := ""
		for _, n := range sorted(fl.Slots) {
			s := fl.Slots[n]
			asked := open && f.Wait.For == "slot" && f.Wait.Name == n
			if slices.Contains(s.From, x.Kind) && s.fits(x.Value) && (asked || f.Slots[n].Value == "") && (name == "" || asked) {
				name = n
			}
		}
		if name != "" {
			r.put(f, name, x.value(fl.Slots[name]))
			took = true
		}
	}
	return took
}

// correct replaces what was said: it goes back to the first slot that changes.
func (r *run) correct(c Command) {
	f := r.st.Active()
	if f == nil {
		r.lost(c)
		return
	}
	fl := r.eng.book.Flow(f.Flow)
	changed := false
	for _, x := range c.Fills {
		for _, n := range sorted(fl.Slots) {
			if slices.Contains(fl.Slots[n].From, x.Kind) && f.Slots[n].Value != x.Value && fl.Slots[n].fits(x.Value) {
				r.rewind(fl, f, n)
				r.put(f, n, x.value(fl.Slots[n]))
				f.Words = ""
				changed = true
				break
			}
		}
	}
	if !changed && !r.reopen(fl, f, c.Topic) {
		r.miss(f)
		return
	}
	f.Turn, f.Left = r.facts.Turn, 0
	r.shared("corrected", nil)
}

// reopen asks a chosen slot again ("not that one"): the named one, else the last that was chosen.
func (r *run) reopen(fl *Flow, f *Frame, name string) bool {
	if name == "" {
		for i := min(f.Step, len(fl.Steps)-1); i >= 0 && name == ""; i-- {
			if v := f.Slots[fl.Steps[i].Collect]; v.Value != "" && v.By == "customer" {
				name = fl.Steps[i].Collect
			}
		}
	}
	if _, ok := f.Slots[name]; !ok {
		return false
	}
	r.rewind(fl, f, name)
	f.Words = ""
	return true
}

// cancel gives up what is open: the confirmation by "no" or by its button, the whole flow by "never mind".
func (r *run) cancel(c Command) {
	if c.Kind == Decline && !r.find(c.Ref) {
		r.shared("stale_card", nil)
		return
	}
	f := r.st.Active()
	switch {
	case f == nil && c.Kind == Cancel:
		r.shared("nothing_to_cancel", nil)
	case f == nil:
		r.act(Action{Kind: DoTalk, Topic: "deny", Text: c.Text})
	case f.Wait.For == "confirm":
		r.drop(f)
		f.Turn, f.Left = r.facts.Turn, 0
		if b := r.eng.book.Flow(f.Flow).Steps[f.Step].Declined; b != nil && c.Kind != Cancel {
			r.take(f, *b)
			return
		}
		r.shared("declined", map[string]any{"flow": r.title(f.Flow)})
		r.pop("declined")
	case c.Kind == Deny && f.Wait.For == "slot" && len(f.Options) == 0:
		r.miss(f)
	default:
		r.shared("cancelled", map[string]any{"flow": r.title(f.Flow)})
		r.pop("cancelled")
	}
}

// find brings the frame that waits for a confirmation to the top.
func (r *run) find(ref string) bool {
	for i := range r.st.Stack {
		if w := r.st.Stack[i].Wait; w.For == "confirm" && w.Name == ref && ref != "" {
			r.raise(i)
			return true
		}
	}
	return false
}

// confirm goes on with the effect. A typed yes counts only where there are no buttons; text is just text.
func (r *run) confirm(c Command) {
	f := r.st.Active()
	switch {
	case c.Kind == Confirm && !r.find(c.Ref):
		r.act(Action{Kind: DoExecute, Ref: c.Ref, Topic: "recorded"}) // tells the recorded outcome, or that it is stale
	case f == nil:
		r.act(Action{Kind: DoTalk, Topic: "affirm", Text: c.Text})
	case f.Wait.For == "slot" && c.Kind == Affirm:
		r.yes(f)
	case f.Wait.For != "confirm":
		r.miss(f)
	case c.Kind == Affirm && !r.facts.TextYes:
		f.Turn, f.Left = r.facts.Turn, 0
		r.shared("press_card", nil)
	default:
		f = r.st.Active()
		ref := f.Wait.Name
		f.Wait, f.Turn, r.blocked = Wait{For: "execute", Name: ref}, r.facts.Turn, true
		r.act(Action{Kind: DoExecute, Flow: f.Flow, Ref: ref})
	}
}

// yes answers a question that offers one option, or a choice that knows "yes".
func (r *run) yes(f *Frame) {
	for _, o := range f.Options {
		if len(f.Options) == 1 || o.Value == "yes" {
			r.put(f, f.Wait.Name, Value{Value: o.Value, Label: o.Label, By: "customer"})
			return
		}
	}
	r.miss(f)
}

// miss counts a failed answer; after two a person is asked for.
func (r *run) miss(f *Frame) {
	f.Turn, f.Left = r.facts.Turn, 0
	f.Tries++
	if f.Tries >= maxTries {
		r.shared("lost_again", nil)
		r.giveUp("repeated_failure")
		return
	}
	if f.Wait.For == "slot" {
		r.ask(f, true)
		return
	}
	if f.Wait.For == "confirm" {
		r.shared("press_card", nil)
	}
}

// lost is a message nobody could make sense of.
func (r *run) lost(c Command) {
	if f := r.st.Active(); f != nil && f.Wait.For != "" {
		r.miss(f)
		return
	}
	r.st.Puzzled++
	if r.st.Puzzled > maxTries {
		r.st.Puzzled = 0
		r.shared("lost_again", nil)
		r.giveUp("low_confidence")
		return
	}
	r.act(Action{Kind: DoLost, Text: c.Text})
}
