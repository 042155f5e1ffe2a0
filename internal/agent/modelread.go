package agent

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// personFlow asks for a person; that wish is read in code only.
const personFlow = "human"

// maxOrders is how many commands of one answer are looked at.
const maxOrders = 3

// order is a command as a model writes it.
type order struct {
	Do         string   `json:"do"`
	Flow       string   `json:"flow"`
	Text       string   `json:"text"`
	Option     int      `json:"option"`
	Topic      string   `json:"topic"`
	Candidates []string `json:"candidates"`
	Fills      []named  `json:"fills"`
}

// named is something the customer named, for a slot.
type named struct {
	Slot string `json:"slot"`
	Text string `json:"text"`
}

// commandSchema is what a model's answer must look like.
var commandSchema = schema(map[string]any{"commands": list(schema(map[string]any{
	"do":   map[string]any{"type": "string", "enum": []string{"start_flow", "answer", "correct", "cancel", "yes", "no", "question", "clarify", "small_talk", "unclear"}},
	"flow": word, "text": word, "option": map[string]any{"type": "integer"}, "topic": word, "candidates": list(word),
	"fills": list(schema(map[string]any{"slot": word, "text": word})),
}))})

var word = map[string]any{"type": "string"}

func list(of any) map[string]any { return map[string]any{"type": "array", "items": of} }

// schema is an object whose properties are all required, as strict structured output wants it.
func schema(properties map[string]any) map[string]any {
	var names []string
	for n := range properties {
		names = append(names, n)
	}
	slices.Sort(names)
	return map[string]any{"type": "object", "properties": properties, "required": names, "additionalProperties": false}
}

// read takes from a model's answer what holds: known words, flows and slots, options by number, things the customer really named.
// Everything else is dropped; why tells how much.
func (s Situation) read(r llm.Response) (cmds []flow.Command, why string) {
	var out struct {
		Commands []order `json:"commands"`
	}
	if r.Finish != llm.Stopped || len(r.Calls) > 0 {
		return nil, "not an answer in words"
	}
	if err := json.Unmarshal([]byte(r.Text), &out); err != nil {
		return nil, "not of the form that was asked for"
	}
	var dropped []string
	for _, o := range out.Commands[:min(len(out.Commands), maxOrders)] {
		if c, ok := s.command(o); ok {
			cmds = append(cmds, c)
		} else {
			dropped = append(dropped, clip(o.Do, 20))
		}
	}
	if len(dropped) > 0 {
		why = "dropped: " + strings.Join(dropped, ", ")
	}
	return cmds, why
}

// command makes one command, if it holds. There is no word for a confirmation and none for a person.
func (s Situation) command(o order) (flow.Command, bool) {
	f := s.State.Active()
	asked := f != nil && f.Wait.For == "slot"
	switch o.Do {
	case "start_flow":
		fl := s.Book.Flow(o.Flow)
		if fl == nil || fl.ID == personFlow {
			return flow.Command{}, false
		}
		return flow.Command{Kind: flow.Start, Flow: fl.ID, Fills: s.named(fl, o.Fills), Text: clip(s.Text, 500)}, true
	case "answer":
		return s.answered(o)
	case "correct":
		if f == nil {
			return flow.Command{}, false
		}
		fills := s.named(s.Book.Flow(f.Flow), o.Fills)
		return flow.Command{Kind: flow.Correct, Fills: fills, Text: s.Text}, len(fills) > 0
	case "cancel":
		return flow.Command{Kind: flow.Cancel, Text: s.Text}, f != nil
	case "no":
		return flow.Command{Kind: flow.Deny, Text: s.Text}, f != nil
	case "yes": // to a question; a confirmation is a press, or the customer's own word read in code
		return flow.Command{Kind: flow.Affirm, Text: s.Text}, asked
	}
	return s.talked(o)
}

// talked are the commands that touch no flow.
func (s Situation) talked(o order) (flow.Command, bool) {
	switch o.Do {
	case "question":
		q := clip(strings.TrimSpace(o.Text), 300)
		return flow.Command{Kind: flow.Ask, Text: q}, utf8.RuneCountInString(q) >= 2
	case "clarify":
		var known []string
		for _, c := range o.Candidates {
			if s.Book.Flow(c) != nil && c != personFlow && !slices.Contains(known, c) {
				known = append(known, c)
			}
		}
		return flow.Command{Kind: flow.Clarify, Candidates: known[:min(len(known), 3)], Text: s.Text}, len(known) >= 2
	case "small_talk":
		topic := talk[o.Topic]
		return flow.Command{Kind: flow.SmallTalk, Topic: topic, Text: s.Text}, topic != ""
	}
	return flow.Command{}, false
}

// answered is an answer to the open question: an option by its number, a fixed choice, or the customer's own words.
func (s Situation) answered(o order) (flow.Command, bool) {
	f := s.State.Active()
	if f == nil || f.Wait.For != "slot" {
		return flow.Command{}, false
	}
	fl := s.Book.Flow(f.Flow)
	set := func(value, label string) (flow.Command, bool) {
		return flow.Command{Kind: flow.Set, Flow: f.Flow, Slot: f.Wait.Name, Fills: []flow.Fill{{Value: value, Label: label}}, Text: s.Text}, true
	}
	if o.Option >= 1 && o.Option <= min(len(f.Options), 10) {
		return set(f.Options[o.Option-1].Value, f.Options[o.Option-1].Label)
	}
	if fl == nil || !s.said(o.Text) {
		return flow.Command{}, false
	}
	slot := fl.Slots[f.Wait.Name]
	if x, ok := s.thing(slot, o.Text); ok {
		return flow.Command{Kind: flow.Fills, Fills: []flow.Fill{x}, Text: s.Text}, true
	}
	if slot.Free {
		return set(clip(s.Text, 500), "")
	}
	return flow.Command{}, false
}

// named makes fills of what the model says the customer named.
func (s Situation) named(fl *flow.Flow, list []named) (out []flow.Fill) {
	if fl == nil {
		return nil
	}
	for _, n := range list[:min(len(list), 8)] {
		slot, ok := fl.Slots[n.Slot]
		if x, fits := s.thing(slot, n.Text); ok && fits && s.said(n.Text) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// said tells whether words stand in the message. What a model makes up is nothing the customer said.
func (s Situation) said(words string) bool {
	w := strings.TrimSpace(strings.ToLower(words))
	return w != "" && strings.Contains(strings.ToLower(s.Text), w)
}

// hints are the kinds a thing may be named by in words; numbers and ids are taken only where code has recognised them.
var hints = []string{"product", "store", "city"}

// thing is what words name, for a slot: an entity that code found there, or words to look for in the slot's list.
func (s Situation) thing(slot flow.Slot, words string) (flow.Fill, bool) {
	low := strings.ToLower(strings.TrimSpace(words))
	for _, e := range s.Understanding.Entities {
		own := strings.ToLower(e.Text)
		if e.Value != "" && slices.Contains(slot.From, e.Kind) && own != "" && (strings.Contains(low, own) || strings.Contains(own, low)) {
			return flow.Fill{Kind: e.Kind, Value: e.Value, Label: e.Text}, true
		}
	}
	for _, kind := range hints {
		if slices.Contains(slot.From, kind) && utf8.RuneCountInString(low) <= 40 {
			return flow.Fill{Kind: kind, Value: strings.TrimSpace(words), Label: strings.TrimSpace(words)}, true
		}
	}
	return flow.Fill{}, false
}
