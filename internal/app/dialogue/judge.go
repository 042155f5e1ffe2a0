package dialogue

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
)

// Failure is one expectation that did not hold. Turn 0 is the state at the end.
type Failure struct {
	File string `json:"file"`
	Name string `json:"name"`
	Turn int    `json:"turn"`
	Said string `json:"said,omitempty"`
	What string `json:"what"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

// Got is what came back on one turn.
type Got struct {
	Messages []conversation.Message
	Record   Record
}

// Record is the part of the decision record that is judged.
type Record struct {
	Understanding struct{ Category, Intent, Emotion string }
	Flows         []string
	Tools         []struct{ Name, Outcome string }
	Handoff       string
	Model         struct{ Calls []ModelCall }
}

// ModelCall is what a model was asked in a turn.
type ModelCall struct{ Purpose, Outcome string }

// ReadRecord reads a decision record; a turn without one has an empty record.
func ReadRecord(raw json.RawMessage) (r Record, err error) {
	if len(raw) > 0 {
		err = json.Unmarshal(raw, &r)
	}
	return r, err
}

// words is all a person sees: texts, and titles and bodies of cards.
func (g Got) words() string {
	var b strings.Builder
	for _, m := range g.Messages {
		if m.Author == conversation.Customer {
			continue
		}
		fmt.Fprintln(&b, m.Text)
		if m.Card != nil {
			fmt.Fprintln(&b, m.Card.Title, plain(m.Card.Body))
		}
	}
	return b.String()
}

// plain is JSON without its escapes.
func plain(raw json.RawMessage) string {
	var v any
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if json.Unmarshal(raw, &v) != nil || enc.Encode(v) != nil {
		return string(raw)
	}
	return b.String()
}

func (g Got) cards() (out []string) {
	for _, m := range g.Messages {
		if m.Card != nil {
			out = append(out, m.Card.Kind)
		}
	}
	return out
}

func (g Got) cites() bool {
	return slices.ContainsFunc(g.Messages, func(m conversation.Message) bool { return len(m.Citations) > 0 })
}

// judge lists what did not hold.
func (e Expect) judge(g Got) (out []Failure) {
	fail := func(what string, want, got any) {
		out = append(out, Failure{What: what, Want: fmt.Sprint(want), Got: fmt.Sprint(got)})
	}
	one := func(what, want string, any []string, got ...string) {
		if want != "" {
			any = []string{want}
		}
		if len(any) > 0 && !slices.ContainsFunc(any, func(w string) bool { return slices.Contains(got, w) }) {
			fail(what, strings.Join(any, " or "), strings.Join(got, ", "))
		}
	}
	u := g.Record.Understanding
	one("category", e.Category, e.CategoryAny, u.Category)
	one("intent", e.Intent, nil, u.Intent)
	one("emotion", e.Emotion, e.EmotionAny, u.Emotion)
	one("flow", e.Flow, e.FlowAny, g.Record.Flows...)
	one("card", e.Card, e.CardAny, g.cards()...)
	for _, name := range e.Tools {
		if !slices.ContainsFunc(g.Record.Tools, func(t struct{ Name, Outcome string }) bool { return t.Name == name }) {
			fail("tools", name, g.Record.Tools)
		}
	}
	e.text(g.words(), fail)
	if e.Cites != nil && *e.Cites != g.cites() {
		fail("cites", *e.Cites, g.cites())
	}
	if e.Handoff != nil && *e.Handoff != (g.Record.Handoff != "") {
		fail("handoff", *e.Handoff, g.Record.Handoff)
	}
	return out
}

func (e Expect) text(words string, fail func(string, any, any)) {
	low := strings.ToLower(words)
	has := func(s string) bool { return strings.Contains(low, strings.ToLower(s)) }
	for _, w := range e.Contains {
		if !has(w) {
			fail("contains", w, words)
		}
	}
	if len(e.ContainsAny) > 0 && !slices.ContainsFunc(e.ContainsAny, has) {
		fail("contains_any", strings.Join(e.ContainsAny, " or "), words)
	}
	for _, w := range e.NotContains {
		if has(w) {
			fail("not_contains", w, words)
		}
	}
}
