package tau

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
)

// template is the form of the instructions that a scripted user can play: who he is, how he is, and what is to be done with
// which order. Others tell of a person to be acted, which takes a model.
var template = regexp.MustCompile(`^Your name is (.+?) and your (zip code|email) is (\S+?)\. You are ([^.]+)\. ((?:Return #\S+ via|Cancel order #\S+ because|For #\S+, (?:exchange|modify|change) ).+)$`)

// script is a user who says what his instruction says, and nothing else.
type script struct {
	proof string // who he is, said in the chat
	wish  string
	asked map[string]int // how often each question was put
}

// scripted reads an instruction; not ok when it is not in the template.
func scripted(instruction string) (script, bool) {
	m := template.FindStringSubmatch(strings.TrimSpace(instruction))
	if m == nil {
		return script{}, false
	}
	return script{proof: "Hello, my name is " + m[1] + " and my " + m[2] + " is " + m[3] + ".", wish: strings.TrimSpace(m[5]), asked: map[string]int{}}, true
}

// patience is how often he answers one and the same question.
const patience = 2

// answer is what he does about a reply: a press on its card, or nothing any more (done).
func (s *script) answer(r conversation.Reply) (conversation.Press, bool) {
	for _, m := range slices.Backward(r.Messages) {
		c := m.Card
		if c == nil || c.Status != "open" || s.asked[string(c.ID)] > 0 {
			continue
		}
		s.asked[string(c.ID)]++
		if c.Kind == "confirm" {
			return conversation.Press{CardID: c.ID, Action: "confirm"}, true
		}
		if c.Kind == "choice" {
			return s.choose(*c)
		}
	}
	return conversation.Press{}, false
}

// choose picks the option that his instruction names; of reasons, of which it tells none, the one that says so. What he
// cannot decide he leaves.
func (s *script) choose(c conversation.Card) (conversation.Press, bool) {
	var body struct {
		Prompt  string `json:"prompt"`
		Options []struct{ Value, Label, Detail string }
	}
	if json.Unmarshal(c.Body, &body) != nil {
		return conversation.Press{}, false
	}
	if s.asked[body.Prompt]++; s.asked[body.Prompt] > 8*patience {
		return conversation.Press{}, false
	}
	var options []flow.Option
	for _, o := range body.Options {
		if o.Value == "other" {
			return conversation.Press{CardID: c.ID, Action: "choose:other"}, true
		}
		options = append(options, flow.Option{Value: o.Value, Label: o.Label, Detail: o.Detail})
	}
	if slices.ContainsFunc(options, func(o flow.Option) bool { return o.Value == "human" }) {
		return conversation.Press{}, false // other ways are offered: he has none in mind
	}
	if o, ok := flow.Match(s.wish, options); ok {
		return conversation.Press{CardID: c.ID, Action: "choose:" + o.Value}, true
	}
	return conversation.Press{}, false
}
