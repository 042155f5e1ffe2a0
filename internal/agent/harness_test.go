package agent_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tool/tooltest"
)

// fake is a tool made of functions.
type fake struct {
	spec tool.Spec
	plan func(tool.Session, tool.Args) (tool.Plan, error)
	run  func(tool.Session, tool.Args) (tool.Result, error)
}

func (f fake) Spec() tool.Spec { return f.spec }

func (f fake) Plan(_ context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
	if f.plan == nil {
		return tool.Plan{}, nil
	}
	return f.plan(s, a)
}

func (f fake) Run(_ context.Context, s tool.Session, p tool.Plan, _ string) (tool.Result, error) {
	return f.run(s, p.Args)
}

// script is an understander that knows the lines of the tests, and takes every other text for out of scope.
type script map[string]nlu.Understanding

func (s script) Understand(text string, c nlu.Context) nlu.Understanding {
	u, ok := s[text]
	if !ok {
		u = nlu.Understanding{Intent: nlu.OutOfScope, OutOfScope: true, Category: nlu.Other}
	}
	u.Original, u.Text = text, text
	if u.Emotion == "" {
		u.Emotion = nlu.Neutral
	}
	if u.Language == "" {
		u.Language = "en"
		if strings.ContainsAny(text, "我你退要的是吗") {
			u.Language = "zh"
		}
	}
	if u.Intent != nlu.OutOfScope && u.IntentP == 0 {
		u.IntentP = 0.95
	}
	if len(u.Segments) == 0 {
		u.Segments = []nlu.Segment{{Text: text, End: len(text), Intent: u.Intent, P: u.IntentP}}
	}
	return u
}

// facts is a knowledge base of two answers.
type facts struct{ down bool }

func (f facts) Answer(_ context.Context, q string, _ knowledge.Scope) (knowledge.Answer, error) {
	cite := []knowledge.Citation{{ArticleID: "art_1", PassageID: "psg_1", Title: "Delivery", Text: "Orders from ¥99 ship free within 48 hours."}}
	switch {
	case f.down:
		return knowledge.Answer{}, errors.New("down")
	case strings.Contains(q, "free shipping"):
		return knowledge.Answer{Answerable: true, Confidence: 0.9, Text: "Orders from ¥99 ship free within 48 hours.", Citations: cite}, nil
	case strings.Contains(q, "invented"):
		return knowledge.Answer{Answerable: true, Confidence: 0.9, Text: "Yes.\nYou get a discount of 50% for 3 years.", Citations: cite}, nil
	case strings.Contains(q, "close"):
		return knowledge.Answer{Near: []knowledge.Hit{{Title: "When do stores close?"}, {Title: "Where are the stores?"}}}, nil
	}
	return knowledge.Answer{}, nil
}

// bench is a talk with an agent over a small shop.
type bench struct {
	t       testing.TB
	agent   *agent.Agent
	deps    agent.Deps
	store   *tooltest.Memory
	clock   *clock.Fake
	lines   script
	conv    conversation.Conversation
	state   json.RawMessage
	turns   int
	last    conversation.Turn
	returns map[string]int // effects by line
	tickets int
	owner   map[string]id.Customer
	fault   func(string) error
}

func newBench(t testing.TB) *bench {
	b := &bench{t: t, store: tooltest.NewMemory(), clock: clock.NewFake(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), lines: script{}, returns: map[string]int{},
		owner: map[string]id.Customer{"A1": "li", "A2": "li", "W1": "wang"}, fault: func(string) error { return nil },
		conv: conversation.Conversation{ID: "cnv_1", CustomerID: "li", Channel: "webchat", Assurance: conversation.Verified, Language: id.EN}}
	book, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	reg, err := tool.NewRegistry(b.tools()...)
	if err != nil {
		t.Fatal(err)
	}
	gate := tool.NewGate(tool.Deps{Registry: reg, Store: b.store, Ids: id.NewMaker(b.clock.Now, nil), Now: b.clock.Now, Fault: func(p string) error { return b.fault(p) }})
	b.deps = agent.Deps{NLU: b.lines, Knowledge: facts{}, Gate: gate, Tools: reg, Book: book, Now: b.clock.Now}
	b.agent = agent.New(b.deps)
	return b
}

func (b *bench) own(s tool.Session, order string) error {
	if b.owner[order] != s.Customer() {
		return &tool.Refusal{Code: "order_not_found", Why: id.Text{ZH: "没有这个订单", EN: "There is no such order on your account."}}
	}
	return nil
}

func both(s string) id.Text { return id.Text{ZH: s, EN: s} }

func (b *bench) tools() []tool.Tool {
	order, item := tool.Field{Name: "order"}, tool.Field{Name: "item", Optional: true}
	text := func(n string) tool.Field { return tool.Field{Name: n, Optional: true, MaxLen: 2000} }
	read := func(name string, run func(tool.Session, tool.Args) (tool.Result, error), fields ...tool.Field) tool.Tool {
		return fake{tool.Spec{Name: name, Title: both(name), MinAssurance: tool.Verified, Schema: tool.Object(fields...)}, nil, run}
	}
	return []tool.Tool{
		read("list_orders", func(s tool.Session, a tool.Args) (tool.Result, error) {
			r := tool.Result{Data: map[string]any{"count": 0}}
			for _, o := range []string{"A1", "A2", "W1"} {
				if b.owner[o] == s.Customer() {
					r.Options = append(r.Options, tool.Option{Value: o, Label: "Order " + o})
				}
			}
			return r, nil
		}, text("purpose"), text("words")),
		read("list_items", func(s tool.Session, a tool.Args) (tool.Result, error) {
			return tool.Result{Options: []tool.Option{{Value: a.String("order") + "-1", Label: "Mug"}}}, b.own(s, a.String("order"))
		}, order, text("purpose"), text("words")),
		read("get_order", func(s tool.Session, a tool.Args) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"order": map[string]any{"number": a.String("order"), "status_text": "on its way, 2 days"}},
				Cards: []tool.Card{{Kind: "order", Title: "Order", Body: map[string]any{"number": a.String("order")}, Actions: []tool.Action{{ID: "say:my points", Label: "Points"}}}}}, b.own(s, a.String("order"))
		}, order),
		read("membership", func(tool.Session, tool.Args) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"points_text": "120 points", "tier_text": "gold", "coupon_count": 0}}, nil
		}),
		fake{tool.Spec{Name: "return_items", Title: both("return"), Write: true, MinAssurance: tool.Verified,
			Schema: tool.Object(order, tool.Field{Name: "items", Kind: "strings"}, tool.Field{Name: "reason"}, item)}, b.planReturn, b.runReturn},
		fake{tool.Spec{Name: "open_ticket", Title: both("ticket"), Write: true, Direct: true, Schema: tool.Object(text("kind"), text("subject"), text("text"), text("order"), text("priority"))},
			func(s tool.Session, a tool.Args) (tool.Plan, error) {
				return tool.Plan{Summary: both("ticket"), BusinessKey: "ticket:" + string(s.Turn()) + a.String("text")}, nil
			},
			func(tool.Session, tool.Args) (tool.Result, error) {
				b.tickets++
				return tool.Result{Data: map[string]any{"number": "TK1", "department_text": "Quality", "due_text": "due in 24 hours"}, Cards: []tool.Card{{Kind: "ticket", Title: "TK1", Body: map[string]any{}}}}, nil
			}},
	}
}

func (b *bench) planReturn(s tool.Session, a tool.Args) (tool.Plan, error) {
	if err := b.own(s, a.String("order")); err != nil {
		return tool.Plan{}, err
	}
	if a.String("order") == "A2" {
		return tool.Plan{}, &tool.Refusal{Code: "return_window_over", Why: id.Text{ZH: "已超过 7 天", EN: "The 7 days are over."}, Offer: []string{"exchange", "repair", "human"}}
	}
	line := strings.Join(a.Strings("items"), ",")
	return tool.Plan{Summary: both("Return " + line + " for ¥399"), Lines: []tool.Line{{Label: both("Refund"), Value: both("¥399")}}, BusinessKey: "return:" + line, Amount: tool.Money{Amount: 39900, Currency: "CNY"}}, nil
}

func (b *bench) runReturn(_ tool.Session, a tool.Args) (tool.Result, error) {
	b.returns[strings.Join(a.Strings("items"), ",")]++
	return tool.Result{Data: map[string]any{"number": "RT1", "refund_text": "¥399 comes back within 7 days"}}, nil
}

func (b *bench) effects() (n int) {
	for _, k := range b.returns {
		n += k
	}
	return n
}

// turn plays inputs; the state goes on.
func (b *bench) turn(in ...conversation.Message) conversation.Reply {
	b.t.Helper()
	b.turns++
	b.clock.Advance(5 * time.Second)
	for i := range in {
		in[i].Seq, in[i].Author = int64(b.turns*10+i), conversation.Customer
	}
	b.last = conversation.Turn{ID: id.Turn(fmt.Sprint("trn_", b.turns)), Conversation: b.conv, Inputs: in, State: b.state, At: b.clock.Now()}
	r, err := b.agent.Turn(context.Background(), b.last)
	if err != nil {
		b.t.Fatal(err)
	}
	b.state = r.State
	return r
}

func (b *bench) say(texts ...string) conversation.Reply {
	b.t.Helper()
	var in []conversation.Message
	for _, s := range texts {
		in = append(in, conversation.Message{Kind: conversation.Text, Text: s})
	}
	return b.turn(in...)
}

func (b *bench) press(c id.Card, action string) conversation.Reply {
	b.t.Helper()
	return b.turn(conversation.Message{Kind: conversation.Action, Press: &conversation.Press{CardID: c, Action: action}})
}

// understands teaches the script a line.
func (b *bench) understands(text, intent string, more ...func(*nlu.Understanding)) {
	u := nlu.Understanding{Intent: intent, Category: nlu.Consultation}
	for _, f := range more {
		f(&u)
	}
	b.lines[text] = u
}

func feels(emotion string, x float64) func(*nlu.Understanding) {
	return func(u *nlu.Understanding) { u.Emotion, u.Intensity = emotion, x }
}

func names(kind, value string) func(*nlu.Understanding) {
	return func(u *nlu.Understanding) {
		u.Entities = append(u.Entities, nlu.Entity{Kind: kind, Value: value, Text: value})
	}
}

func words(r conversation.Reply) string {
	var out []string
	for _, m := range r.Messages {
		out = append(out, m.Text)
	}
	return strings.Join(out, "\n")
}

func cards(r conversation.Reply, kind string) (out []conversation.Card) {
	for _, m := range r.Messages {
		if m.Card != nil && (kind == "" || m.Card.Kind == kind) {
			out = append(out, *m.Card)
		}
	}
	return out
}

func (b *bench) has(r conversation.Reply, parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if !strings.Contains(words(r), p) {
			b.t.Fatalf("want %q in:\n%s", p, words(r))
		}
	}
}

// proposed talks until the confirmation of a return is shown.
func (b *bench) proposed() conversation.Card {
	b.t.Helper()
	b.understands("return my mug from A1, it is broken", "return", names("order", "A1"))
	list := cards(b.say("return my mug from A1, it is broken"), "confirm")
	if len(list) != 1 {
		b.t.Fatal("no confirmation")
	}
	return list[0]
}

func (b *bench) handoff(r conversation.Reply, reason string) {
	b.t.Helper()
	if r.Handoff == nil || r.Handoff.Reason != reason || !strings.Contains(r.Handoff.Summary, reason) {
		b.t.Fatalf("handoff %+v, want %s", r.Handoff, reason)
	}
}

func update(r conversation.Reply, c id.Card, status string) bool {
	return slices.Contains(r.Cards, conversation.CardUpdate{CardID: c, Status: status})
}
