package flow_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// world plays the agent: it answers calls from a table and keeps what was done.
type world struct {
	t     *testing.T
	eng   *flow.Engine
	state flow.State
	turn  int
	tools map[string]func(args map[string]any) flow.Result
	facts flow.Facts
	log   []string // actions of the last turn: "say ...", "ask slot", "call tool" ...
}

func newWorld(t *testing.T, files ...string) *world {
	t.Helper()
	dir := fstest.MapFS{}
	for i, f := range files {
		dir[fmt.Sprintf("f%d.yaml", i)] = &fstest.MapFile{Data: []byte(f)}
	}
	b, err := flow.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, eng: flow.NewEngine(b), facts: flow.Facts{Language: id.EN, Assurance: 2}, tools: map[string]func(map[string]any) flow.Result{}}
	w.shop()
	return w
}

func options(values ...string) []flow.Option {
	var out []flow.Option
	for _, v := range values {
		out = append(out, flow.Option{Value: v, Label: "Order " + v, Attributes: map[string]string{"product": "thing " + v}})
	}
	return out
}

// shop is two orders with one and two lines; everything may be returned.
func (w *world) shop() {
	w.tools["list_orders"] = func(map[string]any) flow.Result {
		return flow.Result{Options: options("A1", "B2"), Data: map[string]any{"count": 2.0}}
	}
	w.tools["list_items"] = func(a map[string]any) flow.Result {
		if a["order"] == "A1" {
			return flow.Result{Options: options("A1-1")}
		}
		return flow.Result{Options: options("B2-1", "B2-2")}
	}
	w.tools["get_order"] = func(a map[string]any) flow.Result {
		if a["order"] != "A1" && a["order"] != "B2" {
			return flow.Result{Refused: &flow.Refusal{Code: "order_not_found", Why: "no such order"}}
		}
		return flow.Result{Data: map[string]any{"order": map[string]any{"number": a["order"], "status_text": "on its way"}}}
	}
	w.tools["return_items"] = func(map[string]any) flow.Result { return flow.Result{Confirmation: "cfm_1"} }
	w.tools["membership"] = func(map[string]any) flow.Result {
		return flow.Result{Data: map[string]any{"points_text": "120 points", "tier_text": "gold", "coupon_count": 0.0}}
	}
	w.tools["execute"] = func(map[string]any) flow.Result {
		return flow.Result{State: "done", Data: map[string]any{"number": "RT1", "refund_text": "You get 399 back"}}
	}
}

// do plays one turn.
func (w *world) do(cmds ...flow.Command) string {
	w.t.Helper()
	w.turn++
	w.log = nil
	f := w.facts
	f.Turn, f.Steps = fmt.Sprint("t", w.turn), 0
	for _, c := range cmds {
		f.Text += c.Text
	}
	for round := 0; ; round++ {
		if round > 60 {
			w.t.Fatal("the turn does not end")
		}
		var acts []flow.Action
		before := w.state
		w.state, acts, f.Steps = w.eng.Advance(w.state, cmds, f)
		same, sameActs, _ := w.eng.Advance(before, cmds, f)
		_, _ = same, sameActs
		res := w.perform(acts)
		if res == nil {
			return strings.Join(w.log, "\n")
		}
		cmds, f.Result = nil, res
	}
}

func (w *world) perform(acts []flow.Action) (res *flow.Result) {
	for _, a := range acts {
		switch a.Kind {
		case flow.DoCall, flow.DoPropose:
			w.note("%s %s %v", a.Kind, a.Tool, a.Args)
			res = w.answer(a.Tool, a.Args)
		case flow.DoExecute:
			w.note("execute %s%s", a.Ref, a.Topic)
			if a.Topic == "" {
				res = w.answer("execute", nil)
			}
		case flow.DoSay:
			w.note("say %s", a.Text)
		case flow.DoAsk:
			var vs []string
			for _, o := range a.Options {
				vs = append(vs, o.Value)
			}
			w.note("ask %s %v", a.Slot, vs)
		case flow.DoAnswer:
			w.note("answer %s", a.Text)
			if w.state.Asking {
				res = &flow.Result{Answered: strings.Contains(a.Text, "?")}
			}
		default:
			w.note("%s %s%s%s%v", a.Kind, a.Flow, a.Topic, a.Ref, a.Flows)
		}
	}
	return res
}

func (w *world) answer(name string, args map[string]any) *flow.Result {
	f, ok := w.tools[name]
	if !ok {
		return &flow.Result{Error: "no tool " + name}
	}
	r := f(args)
	return &r
}

func (w *world) note(format string, args ...any) {
	w.log = append(w.log, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// want checks that the parts occur in the log in this order.
func (w *world) want(log string, parts ...string) {
	w.t.Helper()
	rest := log
	for _, p := range parts {
		i := strings.Index(rest, p)
		if i < 0 {
			w.t.Fatalf("want %q (in order) in:\n%s", p, log)
		}
		rest = rest[i+len(p):]
	}
}

func start(f string, fills ...flow.Fill) flow.Command {
	return flow.Command{Kind: flow.Start, Flow: f, Fills: fills}
}

func set(slot, value string) flow.Command {
	return flow.Command{Kind: flow.Set, Slot: slot, Fills: []flow.Fill{{Value: value}}}
}

func order(n string) flow.Fill { return flow.Fill{Kind: "order", Value: n} }

func TestAReturnFromWishToNumber(t *testing.T) {
	w := newWorld(t)
	w.want(w.do(start("return")), "began return", "call list_orders", "ask order [A1 B2]")
	w.want(w.do(set("order", "A1")), "call list_items", "ask reason")
	w.want(w.do(set("reason", "quality")), "propose return_items map[items:[A1-1] order:A1 reason:quality]")
	if w.state.Active().Wait != (flow.Wait{For: "confirm", Name: "cfm_1"}) {
		t.Fatalf("waits for %+v", w.state.Active().Wait)
	}
	log := w.do(flow.Command{Kind: flow.Confirm, Ref: "cfm_1"})
	w.want(log, "execute cfm_1", "RT1", "You get 399 back", "ended return")
	if len(w.state.Stack) != 0 || strings.Contains(log, "{") || strings.Contains(log, "[") && strings.Contains(log, "next_text") {
		t.Errorf("left over: %+v\n%s", w.state, log)
	}
}

func TestTheOnlyOptionIsTaken(t *testing.T) {
	w := newWorld(t)
	w.tools["list_orders"] = func(map[string]any) flow.Result { return flow.Result{Options: options("A1")} }
	w.want(w.do(start("order_status")), "call list_orders", "call get_order map[order:A1]", "Order A1: on its way", "ended order_status")
}

func TestNoOptionLeavesByNone(t *testing.T) {
	w := newWorld(t)
	w.tools["list_orders"] = func(map[string]any) flow.Result { return flow.Result{} }
	w.want(w.do(start("return")), "There is no order that can be returned", "offer return[exchange repair human]", "ended return")
}

func TestTheOptionNamedInTheWishIsTaken(t *testing.T) {
	w := newWorld(t)
	w.want(w.do(flow.Command{Kind: flow.Start, Flow: "return", Text: "return the thing B2, it is broken"}), "call list_items map[order:B2", "ask item [B2-1 B2-2]")
	w.want(w.do(set("item", "B2-2")), "propose return_items map[items:[B2-2] order:B2 reason:damaged]")
}

func TestAWrongNumberIsAskedAgainThenAPersonComes(t *testing.T) {
	w := newWorld(t)
	w.want(w.do(start("order_status", order("X9"))), "call get_order map[order:X9]", "no such order", "call list_orders", "ask order")
	w.want(w.do(flow.Command{Kind: flow.Fills, Fills: []flow.Fill{order("X8")}}), "call get_order map[order:X8]", "no such order", "hand_off repeated_failure")
}

func TestTwoFailedAnswersBringAPerson(t *testing.T) {
	w := newWorld(t)
	w.do(start("return"))
	w.want(w.do(flow.Command{Kind: flow.Lost}), "ask order [A1 B2]")
	w.want(w.do(flow.Command{Kind: flow.Lost}), "ended return", "hand_off repeated_failure")
	if len(w.state.Stack) != 0 {
		t.Error("the flow is still open")
	}
}

func TestAQuestionThatMayBeAnAnswer(t *testing.T) {
	w := newWorld(t)
	w.do(start("return"))
	w.want(w.do(flow.Command{Kind: flow.Ask, Topic: "unsure", Text: "who pays the postage?"}), "answer who pays", "Back to", "ask order")
	w.want(w.do(flow.Command{Kind: flow.Ask, Topic: "unsure", Text: "blah"}), "answer blah", "ask order")
	w.want(w.do(flow.Command{Kind: flow.Ask, Topic: "unsure", Text: "blub"}), "hand_off repeated_failure")
}

func TestCancel(t *testing.T) {
	w := newWorld(t)
	w.want(w.do(flow.Command{Kind: flow.Cancel}), "nothing under way")
	w.do(start("return"))
	w.want(w.do(flow.Command{Kind: flow.Cancel}), "I have dropped that", "ended return")
}

// proposed is a world where a return waits for its confirmation.
func proposed(t *testing.T) *world {
	w := newWorld(t)
	w.do(start("return", order("B2")), set("item", "B2-1"), set("reason", "quality"))
	w.do(set("item", "B2-1"), set("reason", "quality"))
	if f := w.state.Active(); f == nil || f.Wait.For != "confirm" {
		t.Fatalf("not proposed: %+v", w.state)
	}
	return w
}

func TestWordsAroundAConfirmation(t *testing.T) {
	w := proposed(t)
	w.want(w.do(flow.Command{Kind: flow.Affirm}), "press Confirm")
	if w.state.Active().Wait.For != "confirm" {
		t.Error("a typed yes is just text")
	}
	w.want(w.do(flow.Command{Kind: flow.Deny}), "drop cfm_1", "nothing was sent in", "ended return")

	w = proposed(t)
	w.facts.TextYes = true
	w.want(w.do(flow.Command{Kind: flow.Affirm}), "execute cfm_1", "RT1")

	w = proposed(t)
	w.want(w.do(flow.Command{Kind: flow.Decline, Ref: "cfm_1"}), "drop cfm_1")
	w = proposed(t)
	w.want(w.do(flow.Command{Kind: flow.Decline, Ref: "cfm_other"}), "no longer valid")
	w.want(w.do(flow.Command{Kind: flow.Confirm, Ref: "cfm_other"}), "execute cfm_otherrecorded")
	w.want(w.do(flow.Command{Kind: flow.Lost}), "press Confirm")
}

func TestCorrectingVoidsTheConfirmation(t *testing.T) {
	w := proposed(t)
	w.tools["return_items"] = func(map[string]any) flow.Result { return flow.Result{Confirmation: "cfm_2"} }
	log := w.do(flow.Command{Kind: flow.Correct, Fills: []flow.Fill{order("A1")}})
	w.want(log, "drop cfm_1", "I have changed that", "call list_items map[order:A1", "propose return_items map[items:[A1-1] order:A1 reason:quality]")
	w.want(w.do(flow.Command{Kind: flow.Correct}), "I have changed that") // "not that one": the last choice is asked again
}

func TestCorrectingByName(t *testing.T) {
	w := proposed(t)
	log := w.do(flow.Command{Kind: flow.Correct, Text: "I meant the thing B2-2", Fills: []flow.Fill{{Kind: "product", Value: "p", Label: "thing B2-2"}}})
	w.want(log, "drop cfm_1", "call list_items", "propose return_items map[items:[B2-2]")
}

func TestDigressAndReturn(t *testing.T) {
	w := newWorld(t)
	w.do(start("return"))
	log := w.do(start("points"))
	w.want(log, "began points", "call membership", "120 points", "ended points", "Back to", "ask order [A1 B2]")
	w.want(w.do(set("order", "A1")), "ask reason")

	w = proposed(t)
	w.want(w.do(flow.Command{Kind: flow.Ask, Text: "how long?"}), "answer how long?", "Back to", "remind returncfm_1")
	w.want(w.do(start("points")), "120 points", "remind returncfm_1")
	w.want(w.do(flow.Command{Kind: flow.Confirm, Ref: "cfm_1"}), "RT1")
}

func TestAnOpenQuestionDoesNotNag(t *testing.T) {
	w := newWorld(t)
	w.do(start("return"))
	w.want(w.do(flow.Command{Kind: flow.Ask, Text: "one"}), "Back to", "ask order [A1 B2]")
	for _, q := range []string{"two", "three"} {
		if log := w.do(flow.Command{Kind: flow.Ask, Text: q}); strings.Contains(log, "Back to") {
			t.Fatalf("asked again after %s:\n%s", q, log)
		}
	}
	w.want(w.do(flow.Command{Kind: flow.Ask, Text: "four"}), "ended returnleft")
}

func TestSeveralWishesInOrder(t *testing.T) {
	w := newWorld(t)
	log := w.do(start("points"), start("coupons"), flow.Command{Kind: flow.Ask, Text: "how do I get coupons?"})
	w.want(log, "began points", "120 points", "began coupons", "no coupons", "answer how do I get coupons?")
	log = w.do(start("return"), start("points"), flow.Command{Kind: flow.Ask, Text: "postage?"})
	w.want(log, "ask order", "answer postage?")
	if strings.Contains(log, "120 points") {
		t.Error("the second wish waits while the first asks")
	}
	w.do(set("order", "A1"))
	w.do(set("reason", "quality"))
	w.want(w.do(flow.Command{Kind: flow.Confirm, Ref: "cfm_1"}), "RT1", "ended return", "began points", "120 points")
}

func TestStartingTheOpenFlowAgainGoesOn(t *testing.T) {
	w := newWorld(t)
	w.do(start("return"))
	w.want(w.do(start("return")), "ask order")
	w.want(w.do(start("return", order("A1"))), "call list_items", "ask reason")
	if len(w.state.Stack) != 1 {
		t.Errorf("%d frames", len(w.state.Stack))
	}
}

func TestRefusals(t *testing.T) {
	w := newWorld(t)
	w.tools["return_items"] = func(map[string]any) flow.Result {
		return flow.Result{Refused: &flow.Refusal{Code: "return_window_over", Why: "The days are over.", Offer: []string{"repair", "human"}}}
	}
	w.do(start("return", order("A1")))
	w.want(w.do(set("reason", "other")), "say The days are over.", "offer return[repair human]", "ended returnrefused")
}

func TestOutcomes(t *testing.T) {
	for state, want := range map[string]string{"failed": "did not go through", "unknown": "still checking", "approval": "A colleague has to approve", "executing": "still checking"} {
		w := proposed(t)
		w.tools["execute"] = func(map[string]any) flow.Result { return flow.Result{State: state} }
		w.want(w.do(flow.Command{Kind: flow.Confirm, Ref: "cfm_1"}), want, "ended return"+state)
	}
	w := newWorld(t)
	delete(w.tools, "membership")
	w.want(w.do(start("points")), "the system cannot do this", "hand_off trouble")
}

func TestAssurance(t *testing.T) {
	w := newWorld(t)
	w.facts.Assurance = 0
	w.want(w.do(start("return")), "login return", "ended returnlogin")
	w.want(w.do(start("nowhere")), "lost")
}

func TestClarifyAndSmallTalk(t *testing.T) {
	w := newWorld(t)
	w.want(w.do(flow.Command{Kind: flow.Clarify, Candidates: []string{"return", "exchange"}}), "clarify [return exchange]")
	if !slices.Equal(w.state.Clarify, []string{"return", "exchange"}) {
		t.Error("the candidates are forgotten")
	}
	w.want(w.do(flow.Command{Kind: flow.SmallTalk, Topic: "thanks"}), "talk thanks")
	w.want(w.do(flow.Command{Kind: flow.Tell, Topic: "injection"}), "shop's rules")
	w.want(w.do(flow.Command{Kind: flow.Affirm}), "talk affirm")
	w.want(w.do(flow.Command{Kind: flow.Deny}), "talk deny")
	w.want(w.do(flow.Command{Kind: flow.HandOff, Topic: "customer_asked"}), "hand_off customer_asked")
	for range 2 {
		w.want(w.do(flow.Command{Kind: flow.Lost}), "lost")
	}
	w.want(w.do(flow.Command{Kind: flow.Lost}), "hand_off low_confidence")
	w.want(w.do(set("order", "A1")), "no longer valid")
}

func TestEndlessFlowsAreStopped(t *testing.T) {
	loop := "id: loop\ntitle: {zh: 转圈, en: Loop}\nsteps:\n  - {id: a, say: {zh: 又, en: again}}\n  - {branch: [{to: a}]}\n"
	w := newWorld(t, loop)
	log := w.do(start("loop"))
	w.want(log, "hand_off too_many")
	if n := strings.Count(log, "say again"); n > flow.MaxSteps {
		t.Errorf("%d steps", n)
	}
}

func TestLinkTakesSlotsAlong(t *testing.T) {
	link := "id: fault\ntitle: {zh: 坏了, en: Broken}\nslots:\n  order: {from: [order], ask: {zh: 哪单, en: which}}\n  reason: {default: quality}\nsteps:\n  - collect: order\n  - collect: reason\n  - link: return\n"
	w := newWorld(t, link)
	w.want(w.do(start("fault", order("A1"))), "ended faultlinked", "began return", "propose return_items map[items:[A1-1] order:A1 reason:quality]")
}

func TestEveryStepKind(t *testing.T) {
	all := `
id: all
title: {zh: 全部, en: All}
slots:
  size: {pattern: '^[0-9]+$', free: true, ask: {zh: 多大, en: what size}, again: {zh: 数字, en: digits please}}
  note: {message: true, min_runes: 3, ask: {zh: 说说, en: tell me}}
steps:
  - care: {zh: 抱歉, en: sorry, when: {anger: {zh: 非常抱歉, en: so sorry}}}
  - care: {zh: 再次, en: twice}
  - collect: size
  - collect: note
  - if: size == "42" and negative
    say: {zh: '{size} 生气', en: '{size} angry[, {missing.part}]'}
  - answer: 'size {size}'
  - suggest: [{zh: 建议, en: suggestion}]
  - rate: true
  - offer: [return]
  - hand_off: done
`
	all = strings.ReplaceAll(all, "missing.part", "note.part")
	w := newWorld(t, all)
	w.facts.Emotion, w.facts.Intensity = "anger", 0.9
	w.want(w.do(flow.Command{Kind: flow.Start, Flow: "all", Text: "a longer wish"}), "say so sorry", "ask size")
	w.want(w.do(set("size", "big")), "ask size")
	log := w.do(set("size", "42"))
	w.want(log, "say 42 angry", "answer size 42", "suggest", "rate", "offer all[return]", "hand_off done")
	if strings.Contains(log, "twice") || strings.Contains(log, ", ") {
		t.Errorf("care is said once, and a part without its value not at all:\n%s", log)
	}
}

func TestAdvanceIsPure(t *testing.T) {
	w := proposed(t)
	raw := fmt.Sprintf("%+v", w.state)
	f := flow.Facts{Turn: "x", Language: id.ZH, Assurance: 2}
	cmds := []flow.Command{{Kind: flow.Correct, Fills: []flow.Fill{order("A1")}}, start("points")}
	s1, a1, _ := w.eng.Advance(w.state, cmds, f)
	s2, a2, _ := w.eng.Advance(w.state, cmds, f)
	if !reflect.DeepEqual(s1, s2) || !reflect.DeepEqual(a1, a2) {
		t.Error("the same input gave two outputs")
	}
	if fmt.Sprintf("%+v", w.state) != raw {
		t.Error("Advance wrote into its input")
	}
}

func TestStatesOfOtherDays(t *testing.T) {
	for _, raw := range []string{"", "null", "{}", `{"v":99,"stack":[{"flow":"return"}]}`, `[1]`, `{"v":1,"stack":"x"}`} {
		if s := flow.ReadState([]byte(raw)); s.Version != flow.Version || len(s.Stack) != 0 {
			t.Errorf("%q gave %+v", raw, s)
		}
	}
	w := newWorld(t)
	w.state = flow.ReadState([]byte(`{"v":1,"stack":[{"flow":"gone"},{"flow":"return","step":99},{"flow":"points","step":0,"wait":{"for":"call"}}]}`))
	w.want(w.do(flow.Command{Kind: flow.SmallTalk, Topic: "greet"}), "call membership", "120 points")
}

func TestBounds(t *testing.T) {
	w := newWorld(t)
	for _, f := range []string{"return", "exchange", "repair", "invoice", "cancel_order", "change_address"} {
		w.do(start(f))
	}
	if n := len(w.state.Stack); n > flow.MaxStack {
		t.Errorf("%d flows inside each other", n)
	}
	var many []flow.Command
	for range 20 {
		many = append(many, start("return"), start("points"))
	}
	w.do(many...)
	if n := len(w.state.Queue); n > flow.MaxQueue {
		t.Errorf("%d wishes wait", n)
	}
}

// Every shipped flow, started cold in both languages with a silent world, asks or ends; it never runs away.
func TestEveryShippedFlowStarts(t *testing.T) {
	for _, f := range shipped(t).Flows() {
		for _, lang := range []id.Lang{id.ZH, id.EN} {
			w := newWorld(t)
			w.facts.Language = lang
			for _, name := range []string{"open_ticket", "record_feedback", "find_stores", "store_stock", "refund_progress", "track_order", "list_variants"} {
				w.tools[name] = func(map[string]any) flow.Result {
					return flow.Result{Data: map[string]any{"number": "T1", "count": 0.0}}
				}
			}
			log := w.do(start(f.ID))
			if log == "" || strings.Contains(log, "too_many") || strings.Contains(log, "flow_fault") || strings.Contains(log, "{") && strings.Contains(log, "}") && strings.Contains(log, "say {") {
				t.Errorf("%s in %s:\n%s", f.ID, lang, log)
			}
		}
	}
}

func TestRender(t *testing.T) {
	env := map[string]any{"a": "x", "n": 3.0, "o": map[string]any{"l": []any{map[string]any{"t": "y"}}}, "v": flow.Value{Value: "1", Label: "one"}, "w": flow.Value{Value: "2"}, "b": true}
	for in, want := range map[string]string{
		"{a}-{n}": "x-3", "{o.l.0.t}": "y", "{o.l.9.t}{o.x.y}": "", "[{a}, {none}]end": "end", "[{a}!]": "x!", "{v}/{w}": "one/2", "open [bracket": "open [bracket", "{o}": "", "{b}": "true", "": "",
	} {
		if got := flow.Render(in, env); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestMatch(t *testing.T) {
	list := []flow.Option{
		{Value: "QH1", Label: "云步轻跑鞋等 2 件", Detail: "已签收", Attributes: map[string]string{"p": "云步轻跑鞋|running shoes"}},
		{Value: "QH2", Label: "谷香电饭煲", Attributes: map[string]string{"p": "电饭煲|rice cooker"}},
		{Value: "wait", Label: "先等专员联系", Attributes: map[string]string{"alias": "等|专员|later"}},
	}
	for text, want := range map[string]string{
		"第一个": "QH1", "第二个吧": "QH2", "最后一个": "wait", "2": "QH2", "the second one": "QH2", "the last one please": "wait", "电饭煲那个": "QH2", "跑鞋": "QH1", "QH1": "QH1",
		"the rice cooker": "QH2", "running shoes please": "QH1", "later": "wait", "translate": "", "": "", "随便": "", "订单": "", "第九个": "",
	} {
		o, ok := flow.Match(text, list)
		if o.Value != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", text, o.Value, want)
		}
	}
	if _, ok := flow.Match("第一个", nil); ok {
		t.Error("nothing to choose from")
	}
}
