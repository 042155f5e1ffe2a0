package flow

import (
	"maps"
	"slices"
)

// Engine carries flows out.
type Engine struct{ book *Book }

// NewEngine makes an engine over a book.
func NewEngine(b *Book) *Engine { return &Engine{b} }

// Book is what it runs.
func (e *Engine) Book() *Book { return e.book }

// Advance takes commands (or, when it asked for one, a result) and says what to do. See the package's doc.
func (e *Engine) Advance(st State, cmds []Command, f Facts) (State, []Action, int) {
	r := &run{eng: e, st: st.clone(), facts: f, steps: f.Steps}
	r.dropGone()
	if f.Result != nil {
		r.receive(*f.Result)
	} else {
		r.st.Queue = append(slices.Clone(cmds), r.st.Queue...)
		r.fresh = len(cmds)
	}
	r.loop()
	if over := len(r.st.Queue) - MaxQueue; over > 0 {
		r.st.Queue = r.st.Queue[:MaxQueue]
	}
	return r.st, r.acts, r.steps
}

// run is one Advance.
type run struct {
	eng     *Engine
	st      State
	facts   Facts
	acts    []Action
	steps   int
	fresh   int  // commands at the head of the queue that belong to this turn
	blocked bool // asked for a result
}

// loop runs what can run: first the active frame, then the next wish; it stops at a result, or when all is told.
func (r *run) loop() {
	for !r.blocked {
		f := r.st.Active()
		switch {
		case f != nil && f.Wait.For == "":
			if r.steps++; r.steps > MaxSteps {
				r.giveUp("too_many")
				return
			}
			r.step(f)
		case r.next():
		default:
			r.remind()
			return
		}
	}
}

// next takes the next command that may run now; wishes for flows wait while one of this turn waits for its answer.
func (r *run) next() bool {
	f := r.st.Active()
	busy := f != nil && f.Turn == r.facts.Turn
	for i, c := range r.st.Queue {
		stale := i >= r.fresh // left over from an earlier turn: its time comes when nothing is open
		if c.Kind == Start && (busy || (stale && f != nil)) {
			continue
		}
		r.st.Queue = slices.Delete(r.st.Queue, i, i+1)
		if !stale {
			r.fresh--
		}
		r.command(c)
		return true
	}
	return false
}

// How often in a row an open question, and an action that only waits for a yes, come back after turns about something
// else; then they wait in silence for silentTurns more, and are let go.
const (
	remindSlot    = 1
	remindConfirm = 2
	silentTurns   = 2
)

// remind asks the open question again when this turn was about something else. A look-up waits in silence: whoever wants it
// still can press its card, or say it again in a word.
func (r *run) remind() {
	f := r.st.Active()
	if f == nil || f.Turn == r.facts.Turn || r.facts.Turn == "" || (len(r.acts) == 0 && r.facts.Result == nil) {
		return
	}
	f.Turn = r.facts.Turn
	times := remindSlot
	if f.Wait.For == "confirm" {
		times = remindConfirm
	}
	if f.Left++; f.Left > times+silentTurns {
		r.drop(f)
		r.pop("left")
		return
	}
	if f.Left > times || r.lookUp(f.Flow) {
		return
	}
	switch f.Wait.For {
	case "slot":
		r.shared("resume", map[string]any{"flow": r.title(f.Flow)})
		r.ask(f, false)
	case "confirm":
		r.shared("resume", map[string]any{"flow": r.title(f.Flow)})
		r.act(Action{Kind: DoRemind, Flow: f.Flow, Ref: f.Wait.Name})
	}
}

// lookUp tells a flow that only reads: it asks for no effect and opens no matter.
func (r *run) lookUp(id string) bool {
	fl := r.eng.book.Flow(id)
	return fl != nil && !fl.Complaint && !slices.ContainsFunc(fl.Steps, func(s Step) bool {
		return s.Propose != nil || s.Link != "" || (s.Call != nil && s.Call.Tool == "open_ticket")
	})
}

func (r *run) act(a Action) { r.acts = append(r.acts, a) }

// say adds a text of the active frame.
func (r *run) say(s Say) {
	if s.Empty() {
		return
	}
	var e map[string]any
	if f := r.st.Active(); f != nil {
		e = env(f, r.facts)
	}
	if t := Render(s.For(r.facts.Language, r.emotion()), e); t != "" {
		r.act(Action{Kind: DoSay, Text: t})
	}
}

// emotion picks wording: only feelings strong enough change it.
func (r *run) emotion() string {
	if r.facts.Negative() || r.facts.Emotion == "joy" {
		return r.facts.Emotion
	}
	return ""
}

// shared says a shared text.
func (r *run) shared(name string, with map[string]any) {
	t := Render(r.eng.book.Text(name).For(r.facts.Language, r.emotion()), with)
	r.act(Action{Kind: DoSay, Text: t, Topic: name})
}

func (r *run) title(flow string) string {
	if f := r.eng.book.Flow(flow); f != nil {
		return f.Title.In(r.facts.Language)
	}
	return flow
}

// push starts a flow on top.
func (r *run) push(id string, fills []Fill, wish string) {
	fl := r.eng.book.Flow(id)
	if fl == nil {
		r.act(Action{Kind: DoLost, Text: wish})
		return
	}
	r.st.Clarify, r.st.Puzzled = nil, 0
	if need := rank(fl.Assurance); r.facts.Assurance < need {
		r.act(Action{Kind: DoBegan, Flow: id})
		r.act(Action{Kind: DoLogin, Flow: id})
		r.act(Action{Kind: DoEnded, Flow: id, Topic: "login"})
		return
	}
	if len(r.st.Stack) >= MaxStack {
		r.drop(&r.st.Stack[0])
		r.st.Stack = slices.Delete(r.st.Stack, 0, 1)
	}
	f := Frame{Flow: id, Slots: map[string]Value{}, Results: map[string]map[string]any{}, Words: wish, Wish: wish, Turn: r.facts.Turn}
	r.st.Stack = append(r.st.Stack, f)
	r.act(Action{Kind: DoBegan, Flow: id})
	r.fill(r.st.Active(), fills, false)
}

// pop ends the active frame.
func (r *run) pop(outcome string) {
	f := r.st.Active()
	r.act(Action{Kind: DoEnded, Flow: f.Flow, Topic: outcome})
	r.st.Stack = r.st.Stack[:len(r.st.Stack)-1]
}

// drop withdraws the confirmation a frame waits for.
func (r *run) drop(f *Frame) {
	if f.Wait.For == "confirm" {
		r.act(Action{Kind: DoDrop, Ref: f.Wait.Name})
	}
}

// giveUp asks for a person and forgets what was under way.
func (r *run) giveUp(reason string) {
	for i := range r.st.Stack {
		r.drop(&r.st.Stack[i])
	}
	for len(r.st.Stack) > 0 {
		r.pop("hand_off")
	}
	r.st.Queue, r.fresh, r.blocked = nil, 0, true
	r.act(Action{Kind: DoHandOff, Topic: reason})
}

// dropGone forgets frames of flows that no longer exist or have become shorter.
func (r *run) dropGone() {
	r.st.Version = Version
	r.st.Asking = r.st.Asking && r.facts.Result != nil
	r.st.Stack = slices.DeleteFunc(r.st.Stack, func(f Frame) bool {
		fl := r.eng.book.Flow(f.Flow)
		return fl == nil || f.Step > len(fl.Steps)
	})
	for i := range r.st.Stack {
		f := &r.st.Stack[i]
		if f.Slots == nil {
			f.Slots = map[string]Value{}
		}
		if f.Results == nil {
			f.Results = map[string]map[string]any{}
		}
		if w := f.Wait.For; r.facts.Result == nil && (w == "options" || w == "call" || w == "propose" || w == "execute") {
			f.Wait = Wait{} // the turn that asked was lost: make the step again
		}
	}
}

func rank(assurance string) int {
	return max(0, slices.Index([]string{"anonymous", "known", "verified", "fresh"}, assurance))
}

// keep stores a result under its name.
func (f *Frame) keep(name string, data map[string]any) {
	if name == "" {
		return
	}
	f.Results[name] = maps.Clone(data)
}
