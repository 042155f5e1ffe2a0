package flow_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

const stable = `order_status track_shipment cancel_order change_address return exchange refund_status repair find_store store_stock
	invoice coupons points price_protection complaint_quality complaint_attitude complaint_logistics suggestion review human`

func shipped(t *testing.T) *flow.Book {
	t.Helper()
	b, err := flow.Shipped()
	var e *errs.Error
	if errors.As(err, &e) {
		for _, d := range e.Details {
			t.Errorf("%s: %s", d.Location, d.Message)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestShippedFlowsAreThereAndFaultless(t *testing.T) {
	b := shipped(t)
	for _, name := range strings.Fields(stable) {
		f := b.Flow(name)
		if f == nil {
			t.Errorf("the flow %s is missing", name)
			continue
		}
		if got := b.ByIntent(name); got != f {
			t.Errorf("the intent %s does not start its flow", name)
		}
	}
	if b.Text("greet").For(id.EN, "") == "" || b.Text("greet").For(id.ZH, "joy") == "" {
		t.Error("the greeting is missing")
	}
}

func TestShopOverridesFlowsAndTexts(t *testing.T) {
	dir := fstest.MapFS{
		"human.yaml": {Data: []byte("id: human\ntitle: {zh: 找人, en: Person}\nintents: [human]\nsteps:\n  - say: {zh: 稍等, en: One moment}\n  - hand_off: customer_asked\n")},
		"texts.yaml": {Data: []byte("greet: {zh: 欢迎光临, en: Welcome}\n")},
	}
	b, err := flow.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Flow("human").Title.EN; got != "Person" {
		t.Errorf("title = %q", got)
	}
	if got := b.Text("greet").For(id.EN, ""); got != "Welcome" {
		t.Errorf("greet = %q", got)
	}
	if b.Text("bye").Empty() || b.Flow("return") == nil {
		t.Error("what the shop does not override must stay")
	}
}

func TestFaultsSayHowToMend(t *testing.T) {
	cases := map[string]struct{ yaml, want string }{
		"unknown field":    {"id: x\nstepz: []\n", "stepz"},
		"no id":            {"title: {zh: 甲, en: a}\n", "no id"},
		"one language":     {"id: xx\ntitle: {zh: 甲}\nsteps: [{end: true}]\n", "give the title in zh and en"},
		"no steps":         {"id: xx\ntitle: {zh: 甲, en: a}\n", "at least one step"},
		"two actions":      {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{end: true, link: return}]\n", "exactly one thing"},
		"slot missing":     {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{collect: order}]\n", "add it under slots"},
		"step missing":     {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{branch: [{to: nowhere}]}]\n", "there is no step \"nowhere\""},
		"flow missing":     {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{link: nowhere}]\n", "there is no flow"},
		"bad condition":    {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{end: true, if: '1 +'}]\n", "does not parse"},
		"unknown variable": {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{end: true, if: 'tier == 1'}]\n", "\"tier\" is not known here"},
		"unknown path":     {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{say: {zh: '{x.y}', en: '{x.y}'}}]\n", "\"x\" is not known here"},
		"unknown argument": {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{call: {tool: get_order, args: {order: $nr}}}]\n", "\"nr\" is not known here"},
		"figures":          {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{say: {zh: 7天内, en: soon}}]\n", "a text holds no figures"},
		"intent taken":     {"id: xx\ntitle: {zh: 甲, en: a}\nintents: [return]\nsteps: [{end: true}]\n", "starts \"return\" already"},
		"level unknown":    {"id: xx\ntitle: {zh: 甲, en: a}\nassurance: root\nsteps: [{end: true}]\n", "is not a level"},
		"pattern broken":   {"id: xx\ntitle: {zh: 甲, en: a}\nslots: {a: {ask: {zh: 甲, en: a}, pattern: '('}}\nsteps: [{collect: a}]\n", "does not compile"},
		"ids doubled":      {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{id: a, end: true}, {id: a, end: true}]\n", "used twice"},
		"choice unnamed":   {"id: xx\ntitle: {zh: 甲, en: a}\nslots: {a: {ask: {zh: 甲, en: a}, choices: [{value: b}]}}\nsteps: [{collect: a}]\n", "a choice needs"},
		"tool unnamed":     {"id: xx\ntitle: {zh: 甲, en: a}\nsteps: [{call: {tool: ''}}]\n", "name a tool"},
		"two documents":    {"id: xx\n---\nid: yy\n", "more than one document"},
		"two sources":      {"id: xx\ntitle: {zh: 甲, en: a}\nslots: {a: {ask: {zh: 甲, en: a}, options: {tool: get_order}, choices: [{value: b, label: {zh: 乙, en: b}}]}}\nsteps: [{collect: a}]\n", "not both"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := flow.Load(fstest.MapFS{"x.yaml": {Data: []byte(c.yaml)}})
			if err == nil {
				t.Fatal("accepted")
			}
			var e *errs.Error
			all := err.Error()
			if errors.As(err, &e) {
				for _, d := range e.Details {
					all += "\n" + d.Message
				}
			}
			if !errs.Is(err, errs.Invalid) || !strings.Contains(all, c.want) {
				t.Errorf("want %q in:\n%s", c.want, all)
			}
		})
	}
}
