package flow

import (
	"strconv"
	"strings"
)

// step makes one step of the active frame.
func (r *run) step(f *Frame) {
	fl := r.eng.book.Flow(f.Flow)
	f.Turn, f.Left = r.facts.Turn, 0
	if f.Step >= len(fl.Steps) {
		r.pop("done")
		return
	}
	s := fl.Steps[f.Step]
	if ok, err := r.eng.book.conds.holds(s.If, plain(fl, f, r.facts)); err != nil {
		r.giveUp("flow_fault")
		return
	} else if !ok {
		f.Step++
		return
	}
	r.act(Action{Kind: DoStep, Flow: f.Flow, Topic: strconv.Itoa(f.Step)})
	r.do(fl, f, s)
}

// do carries a step out. Whatever yields leaves the step where it is; receive moves on.
func (r *run) do(fl *Flow, f *Frame, s Step) {
	switch {
	case s.Collect != "":
		r.collect(fl, f, s.Collect)
	case s.Call != nil:
		r.yield(f, "call", DoCall, s.Call, s.Show)
	case s.Propose != nil:
		r.yield(f, "propose", DoPropose, s.Propose, false)
	case len(s.Branch) > 0:
		r.choose(fl, f, s.Branch)
	case s.Care != nil:
		f.Step++
		if !f.Cared {
			f.Cared = true
			r.say(*s.Care)
			r.mark("care")
		}
	case s.HandOff != "":
		r.giveUp(s.HandOff)
	case s.Link != "":
		r.link(f, s.Link)
	case s.End:
		r.pop("done")
	default:
		f.Step++
		r.tell(f, s)
	}
}

// tell carries out the steps that only add to the answer.
func (r *run) tell(f *Frame, s Step) {
	switch {
	case s.Say != nil:
		r.say(*s.Say)
	case len(s.Offer) > 0:
		r.act(Action{Kind: DoOffer, Flow: f.Flow, Flows: s.Offer})
	case s.Answer != "":
		r.act(Action{Kind: DoAnswer, Text: Render(s.Answer, env(f, r.facts))})
	case len(s.Suggest) > 0:
		var quick []string
		for _, t := range s.Suggest {
			quick = append(quick, Render(t.For(r.facts.Language, ""), env(f, r.facts)))
		}
		r.act(Action{Kind: DoSuggest, Quick: quick})
	case s.Rate:
		r.act(Action{Kind: DoRate})
	}
}

// yield asks the agent for a result.
func (r *run) yield(f *Frame, wait string, kind ActionKind, c *Call, show bool) {
	f.Wait = Wait{For: wait}
	r.blocked = true
	r.act(Action{Kind: kind, Flow: f.Flow, Tool: c.Tool, Args: resolve(c.Args, env(f, r.facts)), Show: show})
}

func (r *run) choose(fl *Flow, f *Frame, branches []Branch) {
	for _, b := range branches {
		ok, err := r.eng.book.conds.holds(b.If, plain(fl, f, r.facts))
		if err != nil {
			r.giveUp("flow_fault")
			return
		}
		if ok {
			r.take(f, b)
			return
		}
	}
	f.Step++
}

// take follows a branch.
func (r *run) take(f *Frame, b Branch) {
	r.say(b.Say)
	f.Wait = Wait{}
	if b.To == "end" {
		r.pop("ended")
		return
	}
	for i, s := range r.eng.book.Flow(f.Flow).Steps {
		if s.ID == b.To {
			f.Step = i
			return
		}
	}
	r.giveUp("flow_fault")
}

// link goes on as another flow and takes along the slots it knows too.
func (r *run) link(f *Frame, to string) {
	slots, words, wish, cared := f.Slots, f.Words, f.Wish, f.Cared
	r.pop("linked")
	depth := len(r.st.Stack)
	r.push(to, nil, wish)
	if next := r.st.Active(); next != nil && len(r.st.Stack) > depth {
		for name := range r.eng.book.Flow(to).Slots {
			if v, ok := slots[name]; ok {
				next.Slots[name] = v
			}
		}
		next.Words, next.Cared = words, cared
	}
}

// collect makes sure that a slot is filled: by what is known, by the only option, or by asking.
func (r *run) collect(fl *Flow, f *Frame, name string) {
	slot := fl.Slots[name]
	v := f.Slots[name]
	switch {
	case v.By == "hint" && f.Options == nil:
		r.yield(f, "options", DoCall, slot.Options, false)
		f.Wait.Name = name
	case v.Value != "":
		f.Step, f.Wait, f.Tries, f.Options = f.Step+1, Wait{}, 0, nil
	case slot.Message && f.Tries == 0 && !f.Asked[name] && r.tells(fl, f, slot):
		f.Slots[name] = Value{Value: f.Wish, By: "customer"}
	case slot.Options != nil && f.Options == nil:
		r.yield(f, "options", DoCall, slot.Options, false)
		f.Wait.Name = name
	case slot.Default != "" && slot.Ask.Empty():
		f.Slots[name] = Value{Value: slot.Default, By: "default"}
	default:
		if f.Options == nil {
			f.Options = r.fixed(slot)
		}
		if o, ok := said(f.Wish, f.Options); ok && len(slot.Choices) > 0 && f.Tries == 0 && !f.Asked[name] {
			f.Slots[name] = Value{Value: o.Value, Label: o.Label, By: "wish"}
			return
		}
		f.asked(name)
		f.Wait = Wait{For: "slot", Name: name}
		r.ask(f, f.Tries > 0)
	}
}

// tells whether the message that started the flow says enough to fill the slot.
func (r *run) tells(fl *Flow, f *Frame, s Slot) bool {
	ok, err := r.eng.book.conds.holds(s.If, plain(fl, f, r.facts))
	return err == nil && ok && f.Wish != "" && len([]rune(f.Wish)) >= max(s.MinRunes, 1)
}

// asked notes that a slot was asked for, so that the first wish does not answer it a second time.
func (f *Frame) asked(name string) {
	if f.Asked == nil {
		f.Asked = map[string]bool{}
	}
	f.Asked[name] = true
}

// said tells which fixed choice the first message named already, word for word.
func said(wish string, options []Option) (Option, bool) {
	o, ok := Match(wish, options)
	return o, ok && score(plainText(wish), o) >= 20
}

// fixed turns fixed choices into options.
func (r *run) fixed(s Slot) []Option {
	var out []Option
	for _, c := range s.Choices {
		out = append(out, Option{Value: c.Value, Label: c.Label.In(r.facts.Language), Attributes: map[string]string{"alias": strings.Join(append(c.Words, c.Label.ZH, c.Label.EN), "|")}})
	}
	return out
}

// ask puts the open question.
func (r *run) ask(f *Frame, again bool) {
	slot := r.eng.book.Flow(f.Flow).Slots[f.Wait.Name]
	text := slot.Ask
	if again && !slot.Again.Empty() {
		text = slot.Again
	}
	words := Render(text.For(r.facts.Language, r.emotion()), env(f, r.facts))
	r.act(Action{Kind: DoAsk, Flow: f.Flow, Slot: f.Wait.Name, Text: words, Options: f.Options})
}

// mark gives the last text its topic.
func (r *run) mark(topic string) {
	if n := len(r.acts); n > 0 && r.acts[n-1].Kind == DoSay {
		r.acts[n-1].Topic = topic
	}
}
