package agent

import (
	"context"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// show puts an action that needs nothing from outside into the answer.
func (t *turn) show(a flow.Action) {
	switch a.Kind {
	case flow.DoSay:
		if a.Topic == "care" {
			t.out.cared = true
		}
		t.out.text(a.Text)
	case flow.DoAsk:
		t.ask(a)
	case flow.DoRemind:
		t.out.text(t.say("press_card", nil))
	case flow.DoOffer, flow.DoClarify:
		t.offer(a)
	case flow.DoTalk:
		t.talk(a)
	case flow.DoLost:
		t.out.text(t.say("lost", nil))
		t.out.quick = append(t.out.quick, t.common()...)
	case flow.DoSuggest:
		t.out.quick = append(t.out.quick, a.Quick...)
	case flow.DoHandOff:
		t.handOff(a.Topic)
	case flow.DoLogin:
		t.out.text(t.say("login", map[string]any{"flow": t.title(a.Flow)}))
	case flow.DoStep:
		t.rec.pass(a.Flow, a.Topic)
	case flow.DoBegan:
		t.rec.flow(a.Flow, "started")
	case flow.DoEnded:
		t.rec.flow(a.Flow, a.Topic)
	}
}

// ask puts a question, with a choice card when there is something to choose from.
func (t *turn) ask(a flow.Action) {
	t.rec.flow(a.Flow, "asked "+a.Slot)
	t.out.text(a.Text)
	if len(a.Options) == 0 {
		return
	}
	t.choice("choice", a.Text, a.Options, shown{Kind: "choice", Flow: a.Flow, Slot: a.Slot})
}

// choice shows options to press.
func (t *turn) choice(kind, prompt string, options []flow.Option, s shown) {
	options = options[:min(len(options), 10)]
	list := make([]map[string]any, 0, len(options))
	card := conversation.Card{Kind: "choice", Status: "open", Title: t.say("choose", nil)}
	for _, o := range options {
		list = append(list, map[string]any{"value": o.Value, "label": o.Label, "detail": o.Detail, "image": o.Image})
		card.Actions = append(card.Actions, conversation.CardAction{ID: "choose:" + o.Value, Label: o.Label})
		s.Values, s.Labels = append(s.Values, o.Value), append(s.Labels, o.Label)
		t.out.sourced(nil, o.Label, o.Detail)
	}
	card.Body = mustJSON(map[string]any{"prompt": prompt, "options": list})
	card.ID = t.cardID(kind)
	s.ID = card.ID
	t.mem.remember(s)
	t.out.card(card)
}

// offer shows flows that may help.
func (t *turn) offer(a flow.Action) {
	text := t.say(map[flow.ActionKind]string{flow.DoOffer: "offer", flow.DoClarify: "clarify"}[a.Kind], nil)
	t.out.text(text)
	var options []flow.Option
	about := t.about(a.Flow)
	for _, f := range a.Flows {
		if t.agent.d.Book.Flow(f) != nil {
			options = append(options, flow.Option{Value: f, Label: t.title(f), Attributes: about})
		}
	}
	t.out.offered = options
	t.choice("flows", text, options, shown{Kind: "flows"})
}

// about are the order and product of the flow that offers.
func (t *turn) about(name string) map[string]string {
	f := t.mem.Flow.Active()
	out := map[string]string{}
	for from, slot := range map[string]string{"order": "order", "product": "item"} {
		if f != nil && f.Flow == name && f.Slots[slot].Value != "" {
			out[from] = f.Slots[slot].Value
		} else if v := t.rec.slots[slot]; v != "" {
			out[from] = v
		}
	}
	if p := t.product(); p != "" && out["product"] == "" {
		out["product"] = p
	}
	return out
}

// talk answers small talk; asked what it is, it says that it is an AI.
func (t *turn) talk(a flow.Action) {
	t.out.text(t.say(a.Topic, nil))
	if a.Topic != "bye" && a.Topic != "thanks" {
		t.out.quick = append(t.out.quick, t.common()...)
	}
}

// answer asks knowledge. What it does not know is said to be unknown; near questions are offered, or a person.
// Within a flow, what is no question either is left to the flow.
func (t *turn) answer(ctx context.Context, a flow.Action) bool {
	ans, err := t.know(ctx, a.Text)
	t.rec.answered(ans, err)
	switch {
	case err != nil:
		t.out.text(t.say("trouble", nil))
		t.out.quick = append(t.out.quick, t.personQuick())
	case ans.Answerable:
		t.cite(t.composed(ctx, a.Text, ans))
	case !t.mem.Flow.Asking:
		t.unknown(ans)
	}
	return err == nil && ans.Answerable
}

func (t *turn) cite(ans knowledge.Answer) {
	m := conversation.Message{Kind: conversation.Text, Text: ans.Text}
	for _, c := range ans.Citations {
		m.Citations = append(m.Citations, conversation.Citation{ArticleID: string(c.ArticleID), PassageID: string(c.PassageID), Title: c.Title, Text: c.Text, URL: c.URL})
		t.out.sourced(nil, c.Title, c.Text)
	}
	t.out.message(m)
	t.out.quick = append(t.out.quick, t.after()...)
}

// unknown is honest about not knowing.
func (t *turn) unknown(ans knowledge.Answer) {
	if t.aboutOwnThing() {
		t.offer(flow.Action{Kind: flow.DoClarify, Flows: []string{"complaint_quality", "return", "exchange", "repair"}})
		return
	}
	if t.u.OutOfScope && len(t.u.Intents) > 0 || len(ans.Near) == 0 || t.mem.Flow.Active() != nil {
		name := "no_answer"
		if t.u.OutOfScope {
			name = "oos"
		}
		t.out.text(t.say(name, nil))
		t.out.quick = append(t.out.quick, t.common()...)
		return
	}
	t.out.text(t.say("near", nil))
	for _, h := range ans.Near[:min(3, len(ans.Near))] {
		t.out.quick = append(t.out.quick, h.Title)
	}
	t.out.quick = append(t.out.quick, t.personQuick())
}

// aboutOwnThing is a message that names a product and says too little else ("something about my shoes"), from a customer
// who may have bought it: better asked back than given up.
func (t *turn) aboutOwnThing() bool {
	if t.who.Assurance < tool.Verified || t.mem.Flow.Active() != nil || strings.HasPrefix(t.u.Intent, "ask_") || !short(t.text) {
		return false
	}
	return t.product() != ""
}

// product is the product the message names.
func (t *turn) product() string {
	for _, e := range t.u.Entities {
		if e.Kind == "product" {
			return e.Value
		}
	}
	return ""
}

// say is a shared text.
func (t *turn) say(name string, with map[string]any) string {
	emotion := ""
	if t.facts(nil).Negative() {
		emotion = t.u.Emotion
	}
	return flow.Render(t.agent.d.Book.Text(name).For(t.lang, emotion), with)
}

func (t *turn) title(name string) string {
	if f := t.agent.d.Book.Flow(name); f != nil {
		return f.Title.In(t.lang)
	}
	return name
}

// text in the language of the turn.
func (t *turn) pick(zh, en string) string { return id.Text{ZH: zh, EN: en}.In(t.lang) }
