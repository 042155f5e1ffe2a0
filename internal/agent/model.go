package agent

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// Sure is the calibrated probability from which the embedded engine's reading is taken without asking a model.
const Sure = 0.80

// Consult is what an interpreter may ask of models in this turn. The zero Consult allows nothing.
type Consult struct {
	Conversation id.Conversation
	Left         time.Duration
	Note         func(Consulted)
}

// ModelInterpreter is a cascade: the embedded engine answers what it is sure of, a model the rest. The model's commands are checked
// against what is really there (see read); when the model fails, is slow or says nothing that holds, the embedded commands go on.
type ModelInterpreter struct {
	Model Model
	Sure  float64 // 0 means Sure; above 1 the model is always asked
}

// Commands implements Interpreter; it never fails.
func (m ModelInterpreter) Commands(ctx context.Context, s Situation) ([]flow.Command, error) {
	own, err := Embedded{}.Commands(ctx, s)
	if err != nil || m.sure(s, own) || s.Consult.Left < leastTime || s.Consult.Note == nil {
		return own, err
	}
	res, err := m.Model.Chat(ctx, m.question(s))
	c := consulted("interpret", res, err)
	defer func() { s.Consult.Note(c) }()
	if err != nil {
		return own, nil
	}
	cmds, why := s.read(res)
	if len(cmds) == 0 {
		c.Outcome, c.Detail = "unsure", why
		return own, nil
	}
	c.Detail = why
	return cmds, nil
}

// sure tells whether the embedded reading needs no second opinion: answers to the open question are read off what was asked; wishes
// and questions count by their probability.
func (m ModelInterpreter) sure(s Situation, cmds []flow.Command) bool {
	least := m.Sure
	if least == 0 {
		least = Sure
	}
	for _, c := range cmds {
		switch c.Kind {
		case flow.Set, flow.Fills, flow.Cancel, flow.Affirm, flow.Deny, flow.HandOff, flow.Tell:
		case flow.Correct:
			if len(c.Fills) == 0 {
				return false
			}
		case flow.Start, flow.SmallTalk, flow.Ask:
			if c.Topic == "unsure" || probability(s, c) < least && !offered(s, c) {
				return false
			}
		default:
			return false
		}
	}
	return len(cmds) > 0 && least <= 1
}

// offered tells that the customer chose something that was on offer.
func offered(s Situation, c flow.Command) bool {
	o, ok := flow.Match(s.Text, s.Offered)
	return ok && c.Kind == flow.Start && o.Value == c.Flow
}

// probability of the part of the message a command was made from.
func probability(s Situation, c flow.Command) float64 {
	u := s.Understanding
	if u.OutOfScope {
		return 0
	}
	for _, seg := range u.Segments {
		if len(u.Segments) > 1 && seg.Text == c.Text {
			return seg.P
		}
	}
	return u.IntentP
}

// question asks for commands.
func (m ModelInterpreter) question(s Situation) llm.Request {
	return llm.Request{Role: llm.Fast, Conversation: string(s.Consult.Conversation), Purpose: "interpret", Prompt: PromptVersion, MaxTokens: 500,
		Timeout: min(interpretTime, s.Consult.Left), Shape: &llm.Shape{Name: "commands", Schema: commandSchema},
		Messages: []llm.Message{{Author: llm.System, Text: prompt("interpret", s.Language, map[string]string{"flows": menu(s.Book, s.Language)})},
			{Author: llm.User, Text: string(mustJSON(s.standing()))}}}
}

// standing is what the model may know: the open question with its options by number, the last words, this message.
func (s Situation) standing() map[string]any {
	out := map[string]any{"message": clip(s.Text, maxRead)}
	if f := s.State.Active(); f != nil {
		open := map[string]any{"flow": f.Flow, "waits_for": f.Wait.For}
		if f.Wait.For == "slot" {
			open["slot"] = f.Wait.Name
		}
		var labels []string
		for _, o := range f.Options[:min(len(f.Options), 10)] {
			labels = append(labels, o.Label)
		}
		open["options"] = labels
		out["open"] = open
	}
	var said []map[string]string
	for _, m := range s.Recent[max(0, len(s.Recent)-6):] {
		if m.Text != "" && m.Kind == conversation.Text {
			said = append(said, map[string]string{"by": string(m.Author), "text": clip(m.Text, 200)})
		}
	}
	out["before"] = said
	return out
}
