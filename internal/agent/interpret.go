package agent

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

// interpret turns the turn into commands. What must never depend on an interpreter is decided here, in code.
func (t *turn) interpret(ctx context.Context) ([]flow.Command, error) {
	cmds := t.presses()
	switch {
	case t.spoke:
		said, err := t.words(ctx)
		if err != nil {
			return nil, err
		}
		return append(cmds, said...), nil
	case t.images > 0:
		return append(cmds, t.picture()), nil
	case len(cmds) == 0: // an empty message
		return []flow.Command{{Kind: flow.Tell, Topic: "lost"}}, nil
	}
	return cmds, nil
}

// words reads what was written.
func (t *turn) words(ctx context.Context) ([]flow.Command, error) {
	t.mem.feel(nlu.Valence(t.u.Emotion, t.u.Intensity))
	if c, ok := t.guard(); ok {
		return []flow.Command{c}, nil
	}
	return t.agent.d.Interpreter.Commands(ctx, Situation{Text: t.text, Images: t.images, Understanding: t.u, State: t.mem.Flow,
		Book: t.agent.d.Book, Offered: t.mem.Offered, Language: t.lang, Recent: t.in.Recent,
		Consult: t.consult()})
}

// guard recognises what code alone decides: a wish for a person, legal threats, lasting anger, attacks, abuse, length.
func (t *turn) guard() (flow.Command, bool) {
	found := map[string]bool{}
	for _, f := range t.u.Findings {
		found[f.Kind] = true
	}
	abusive := found["abuse"] && (t.u.OutOfScope || t.u.IntentP < sure)
	if !found["abuse"] {
		t.mem.Abuse = 0
	} else {
		t.mem.Abuse++
	}
	switch {
	case asksIfHuman(t.u.Text):
		return flow.Command{Kind: flow.SmallTalk, Topic: "ask_about_bot", Text: t.text}, true
	case t.u.WantsHuman:
		return flow.Command{Kind: flow.HandOff, Topic: "customer_asked", Text: t.text}, true
	case threatens(t.u.Text):
		return flow.Command{Kind: flow.HandOff, Topic: "risk", Text: t.text}, true
	case t.angryForLong():
		return flow.Command{Kind: flow.HandOff, Topic: "anger", Text: t.text}, true
	case found["injection"]:
		return flow.Command{Kind: flow.Tell, Topic: "injection", Text: t.text}, true
	case utf8.RuneCountInString(t.text) > maxRead:
		return flow.Command{Kind: flow.Tell, Topic: "too_long"}, true
	case abusive && t.mem.Abuse > 2:
		return flow.Command{Kind: flow.HandOff, Topic: "anger", Text: t.text}, true
	case abusive:
		return flow.Command{Kind: flow.Tell, Topic: "abuse", Text: t.text}, true
	}
	return flow.Command{}, false
}

// legal are the words of somebody who is about to take it elsewhere; a person should hear that at once.
var legal = []string{"起诉", "律师", "法院", "打官司", "消费者协会", "消协", "12315", "工商局", "市场监管", "媒体曝光", "报警",
	"lawyer", "sue you", "legal action", "take you to court", "small claims", "trading standards", "attorney"}

func threatens(text string) bool {
	low := strings.ToLower(text)
	for _, w := range legal {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// human are the ways to ask whether one talks to a person. The truth must never depend on a model.
var human = regexp.MustCompile(`(?i)(你|您|那边|对面|这边|这)(到底|究竟|其实)?(是|算)(不是)?(一个|个)?(真人|人工|活人|机器人|人机|ai|智能客服|机器|程序|人类|真的人)(客服)?(吗|么|嘛|啊|呀|吧|还是|$)` +
	`|是(真人|活人|人工|机器人)(吗|么|还是|在)|(真人|人工)还是(机器|ai|智能)|(机器人?|ai|智能)(客服)?还是(真人|人工|人)` +
	`|\bare (you|u) (really |actually |even )?(a |an )?(real |actual |live )?(human|person|bot|robot|chatbot|ai|machine|computer|program|real)\b|\bis this (a |an )?(real |live )?(human|person|bot|robot|ai|machine)\b|(am i|i'm i) (talking|speaking|chatting) (to|with) (a |an )?(real |live )?(human|person|bot|robot|ai|machine|computer)`)

func asksIfHuman(text string) bool { return human.MatchString(text) }

// angryForLong is three angry messages in a row.
func (t *turn) angryForLong() bool {
	n := len(t.mem.Feelings)
	if n < 3 {
		return false
	}
	for _, v := range t.mem.Feelings[n-3:] {
		if v > -0.65 {
			return false
		}
	}
	return true
}

// picture is an image without words: an answer where the open question takes one.
func (t *turn) picture() flow.Command {
	f := t.mem.Flow.Active()
	if f != nil && f.Wait.For == "slot" {
		if fl := t.agent.d.Book.Flow(f.Flow); fl != nil && fl.Slots[f.Wait.Name].Image {
			r := reader{Situation{Language: t.lang}}
			return flow.Command{Kind: flow.Set, Slot: f.Wait.Name, Fills: []flow.Fill{{Value: r.pictured()}}}
		}
	}
	return flow.Command{Kind: flow.Tell, Topic: "image_thanks"}
}
