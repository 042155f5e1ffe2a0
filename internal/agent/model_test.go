package agent_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// puppet is a model that says what the test tells it.
type puppet struct {
	commands string // to a question for commands
	words    string // to a question for words
	err      error
	finish   llm.Finish
	asked    []llm.Request
}

func (p *puppet) answer(r llm.Request) (llm.Response, error) {
	p.asked = append(p.asked, r)
	out := llm.Response{Name: "puppet", Text: p.words, Finish: llm.Stopped, Usage: llm.Usage{In: 10, Out: 5}, Cost: 7}
	if r.Purpose == "interpret" {
		out.Text = p.commands
	}
	if p.finish != "" {
		out.Finish = p.finish
	}
	return out, p.err
}

func (p *puppet) Chat(_ context.Context, r llm.Request) (llm.Response, error) { return p.answer(r) }

func (p *puppet) Stream(_ context.Context, r llm.Request, tell func(llm.Delta)) (llm.Response, error) {
	res, err := p.answer(r)
	for _, c := range res.Text {
		tell(llm.Delta{Text: string(c)})
	}
	return res, err
}

// screen is what the shopper sees while words are made.
type screen struct{ shown, all string }

func (s *screen) Delta(_ id.Conversation, _ id.Turn, text string, reset bool) {
	if reset {
		s.shown = ""
	}
	s.shown += text
	s.all += text
}

func withModel(t testing.TB) (*bench, *puppet, *screen) {
	b, p, s := newBench(t), &puppet{}, &screen{}
	b.deps.Interpreter, b.deps.Words, b.deps.Live = agent.ModelInterpreter{Model: p}, p, s
	b.agent = agent.New(b.deps)
	return b, p, s
}

func do(name string, more ...string) string {
	o := map[string]any{"do": name, "flow": "", "text": "", "option": 0, "topic": "", "candidates": []string{}, "fills": []any{}}
	for i := 0; i+1 < len(more); i += 2 {
		o[more[i]] = more[i+1]
		if n, err := strconv.Atoi(more[i+1]); err == nil && more[i] == "option" {
			o["option"] = n
		}
		if v := more[i+1]; strings.HasPrefix(v, "[") {
			o[more[i]] = json.RawMessage(v)
		}
	}
	raw, _ := json.Marshal(map[string]any{"commands": []any{o}})
	return string(raw)
}

func record(t testing.TB, r conversation.Reply) (out struct {
	Commands []flow.Command
	Model    *struct {
		Name    string
		Tokens  int
		Cost    int64
		Reduced bool
		Calls   []agent.Consulted
	}
}) {
	t.Helper()
	if err := json.Unmarshal(r.Decision, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheModelIsAskedOnlyWhereTheEngineIsUnsure(t *testing.T) {
	b, p, _ := withModel(t)
	b.understands("return my mug", "return")
	r := b.say("return my mug")
	if len(p.asked) != 0 || record(t, r).Model != nil {
		t.Fatalf("asked although sure: %+v", p.asked)
	}
	b, p, _ = withModel(t)
	b.understands("that mug thing from A1, undo it", "return", func(u *nlu.Understanding) { u.IntentP, u.OutOfScope = 0.4, true }, names("order", "A1"))
	p.commands = do("start_flow", "flow", "return", "fills", `[{"slot":"order","text":"A1"},{"slot":"order","text":"W1"},{"slot":"customer","text":"A1"}]`)
	r = b.say("that mug thing from A1, undo it")
	got := record(t, r)
	if len(p.asked) != 1 || len(got.Commands) != 1 || got.Commands[0].Flow != "return" || len(got.Commands[0].Fills) != 1 || got.Commands[0].Fills[0].Value != "A1" {
		t.Fatalf("%+v", got.Commands)
	}
	if got.Model == nil || got.Model.Name != "puppet" || got.Model.Tokens != 15 || got.Model.Cost != 7 || got.Model.Reduced {
		t.Errorf("%+v", got.Model)
	}
}

func TestOnlyWhatHoldsIsTakenFromAModel(t *testing.T) {
	for name, said := range map[string]string{
		"a person": do("hand_off", "topic", "customer_asked"), "the person flow": do("start_flow", "flow", "human"), "no such flow": do("start_flow", "flow", "steal"), "a confirmation": do("confirm"),
		"a yes to nothing": do("yes"), "an option of nothing": do("answer", "option", "1"), "a tool": do("call_tool", "flow", "return_items"), "tell": do("tell", "topic", "injection"),
		"small talk of its own": do("small_talk", "topic", "promise"), "one candidate": do("clarify", "candidates", `["return"]`), "candidates of its own": do("clarify", "candidates", `["a","b","human"]`),
		"an empty question": do("question"), "nothing": `{"commands":[]}`, "no JSON": "I think the customer wants a refund.", "another type": `{"commands":"return"}`, "a list": `[]`, "null": "null", "an empty text": "",
	} {
		t.Run(name, func(t *testing.T) {
			b, p, _ := withModel(t)
			p.commands = said
			r := b.say("mumble mumble")
			got := record(t, r)
			if len(p.asked) != 1 || got.Model.Calls[0].Outcome != "unsure" || len(got.Commands) != 1 || got.Commands[0].Kind != flow.Ask {
				t.Fatalf("%+v %+v", got.Commands, got.Model)
			}
			if r.Handoff != nil {
				t.Error("a model has called a person")
			}
		})
	}
}

func TestAnswersToTheOpenQuestionGoByNumber(t *testing.T) {
	b, p, _ := withModel(t)
	b.understands("return my mug", "return")
	b.say("return my mug")
	p.commands = do("answer", "option", "2")
	got := record(t, b.say("well, the later one I suppose, hm"))
	if len(got.Commands) != 1 || got.Commands[0].Kind != flow.Set || got.Commands[0].Fills[0].Value != "A2" {
		t.Fatalf("%+v %+v", got.Commands, got.Model)
	}
	for _, n := range []string{"99", "-1"} {
		b, p, _ = withModel(t)
		b.understands("return my mug", "return")
		b.say("return my mug")
		p.commands = do("answer", "option", n, "text", "W1")
		if got = record(t, b.say("hm, that thing over there maybe")); got.Model.Calls[0].Outcome != "unsure" {
			t.Errorf("%s: %+v", n, got)
		}
	}
}

func TestAFailingModelIsToldOnceAndTheProcessGoesOn(t *testing.T) {
	b, p, _ := withModel(t)
	p.err = errs.New(errs.Unavailable, "model_down", "down")
	r := b.say("mumble mumble")
	if got := record(t, r); !got.Model.Reduced || got.Model.Calls[0].Outcome != "model_down" {
		t.Errorf("%+v", got.Model)
	}
	b.has(r, "simpler way")
	if r = b.say("mumble again"); strings.Contains(words(r), "simpler way") {
		t.Error("told twice")
	}
	b.understands("free shipping?", "ask_shipping_fee")
	b.has(b.say("free shipping?"), "Orders from ¥99 ship free within 48 hours.")
	card := b.proposed()
	b.press(card.ID, "confirm")
	if b.effects() != 1 {
		t.Errorf("%d effects", b.effects())
	}
}

func TestSwitchedOffModelsAreNotReducedService(t *testing.T) {
	b, p, _ := withModel(t)
	p.err = errs.New(errs.Unavailable, "model_off", "off")
	if r := b.say("mumble mumble"); strings.Contains(words(r), "simpler way") || record(t, r).Model.Reduced {
		t.Error(words(r))
	}
}

func TestTwoQuestionsAtMostAndNoneWithoutTime(t *testing.T) {
	b, p, _ := withModel(t)
	p.commands = `{"commands":[` + strings.TrimSuffix(strings.TrimPrefix(do("question", "text", "free shipping, one"), `{"commands":[`), "]}") + "," +
		strings.TrimSuffix(strings.TrimPrefix(do("question", "text", "free shipping, two"), `{"commands":[`), "]}") + "]}"
	p.words = "Orders from ¥99 ship free within 48 hours. [1]"
	b.say("mumble about one and two")
	if len(p.asked) != 2 {
		t.Errorf("%d questions in a turn", len(p.asked))
	}
	for _, r := range p.asked {
		if r.Timeout <= 0 || r.Timeout > 8*time.Second {
			t.Errorf("%s may take %v", r.Purpose, r.Timeout)
		}
	}
}

func TestAWishForAPersonNeverReachesAModel(t *testing.T) {
	b, p, _ := withModel(t)
	b.understands("person please", "human", func(u *nlu.Understanding) { u.WantsHuman = true })
	p.commands = do("cancel")
	b.handoff(b.say("person please"), "customer_asked")
	if len(p.asked) != 0 {
		t.Error("a model was asked")
	}
}

func TestComposedAnswers(t *testing.T) {
	const exact = "Orders from ¥99 ship free within 48 hours."
	for name, tc := range map[string]struct {
		said, want string
		used       bool
	}{
		"as the passage has it":    {"Orders from ¥99 ship free. [1] They ship within 48 hours. [1]", "Orders from ¥99 ship free. They ship within 48 hours.", true},
		"a mark before the stop":   {"Orders from ¥99 ship free [1].", "Orders from ¥99 ship free.", true},
		"an uncited end":           {"Orders from ¥99 ship free within 48 hours. [1] Anything else?", exact, true},
		"another price":            {"Orders from ¥59 ship free within 48 hours. [1]", exact, false},
		"the price as hours":       {"Orders from ¥48 ship free within 99 hours. [1]", exact, false},
		"a number in words":        {"Orders from ¥99 ship free within two days. [1]", exact, false},
		"a promise":                {"Orders from ¥99 ship free within 48 hours, guaranteed. [1]", exact, false},
		"an address":               {"Orders from ¥99 ship free within 48 hours, see www.evil.example. [1]", exact, false},
		"markup":                   {"Orders from ¥99 ship <b>free</b> within 48 hours. [1]", exact, false},
		"something else":           {"Our stores are closed on public holidays everywhere. [1]", exact, false},
		"turned around":            {"Orders from ¥99 do not ship free within 48 hours. [1]", exact, false},
		"a passage not given":      {"Orders from ¥99 ship free within 48 hours. [2]", exact, false},
		"no passage":               {exact, exact, false},
		"good, then bad":           {"Orders from ¥99 ship free. [1] And you get a refund of ¥500. [1]", exact, false},
		"a claim that it was done": {"Your order has been cancelled within 48 hours. [1]", exact, false},
	} {
		t.Run(name, func(t *testing.T) {
			b, p, s := withModel(t)
			b.understands("free shipping?", "ask_shipping_fee")
			p.words = tc.said
			r := b.say("free shipping?")
			got := record(t, r)
			if used := got.Model.Calls[0].Outcome == "used"; used != tc.used {
				t.Errorf("%+v", got.Model.Calls)
			}
			if m := r.Messages[0]; m.Text != tc.want || len(m.Citations) != 1 || m.Citations[0].PassageID != "psg_1" {
				t.Errorf("%+v", r.Messages[0])
			}
			if !tc.used && s.shown != "" || tc.used && s.shown != tc.want {
				t.Errorf("the screen shows %q", s.shown)
			}
			for _, bad := range []string{"59", "guarantee", "evil", "<b>", "500", "cancelled"} {
				if strings.Contains(s.all, bad) {
					t.Errorf("%q was shown for a moment: %q", bad, s.all)
				}
			}
		})
	}
}

func TestACutAnswerLeavesNothing(t *testing.T) {
	for name, change := range map[string]func(*puppet){
		"an error":  func(p *puppet) { p.err = errs.New(errs.Unavailable, "model_cut", "cut") },
		"too long":  func(p *puppet) { p.finish = llm.Length },
		"a refusal": func(p *puppet) { p.finish = llm.Refused },
	} {
		b, p, s := withModel(t)
		b.understands("free shipping?", "ask_shipping_fee")
		p.words = "Orders from ¥99 ship free. [1] They ship wi"
		change(p)
		r := b.say("free shipping?")
		b.has(r, "Orders from ¥99 ship free within 48 hours.")
		if s.shown != "" || strings.Contains(words(r), "They ship wi\n") {
			t.Errorf("%s: %q is left on the screen", name, s.shown)
		}
	}
}

// TestHostileModelRig lets a hostile model interpret and word thousands of turns of li's: nothing is confirmed by it, nothing of wang's
// is touched, nobody is called, and no figure without a source is said. XIAOER_RIG_TURNS sets the number of turns.
func TestHostileModelRig(t *testing.T) {
	turns := 1000
	if n, err := strconv.Atoi(os.Getenv("XIAOER_RIG_TURNS")); err == nil {
		turns = n
	}
	r := rand.New(rand.NewPCG(11, 4))
	says := []string{"mumble", "return my mug from A1", "hm well", "free shipping?", "close", "what about W1", "yes yes", "第二个吧", "the mug"}
	var b *bench
	var p *puppet
	asked, used := 0, 0
	for i := range turns {
		if i%25 == 0 { // a fresh conversation
			b, p, _ = withModel(t)
			b.deps.Interpreter = agent.ModelInterpreter{Model: p, Sure: 2}
			b.agent = agent.New(b.deps)
			b.understands("free shipping?", "ask_shipping_fee")
			b.understands("return my mug from A1", "return", names("order", "A1"))
		}
		p.commands, p.words = hostile(r), hostileWords[r.IntN(len(hostileWords))]
		reply := b.say(says[r.IntN(len(says))])
		asked += len(p.asked)
		p.asked = nil
		if len(reply.Messages) == 0 {
			t.Fatalf("turn %d ended in nothing", i)
		}
		for _, c := range record(t, reply).Commands {
			if c.Kind == flow.Confirm || c.Kind == flow.HandOff || c.Kind == flow.Tell && c.Topic != "lost" {
				t.Fatalf("the model made %+v", c)
			}
			used++
		}
		for _, bad := range []string{"9,999", "evil.example", "100%", "已经为您", "wang"} {
			if strings.Contains(words(reply), bad) {
				t.Fatalf("turn %d said %q: %s", i, bad, words(reply))
			}
		}
		if b.effects() != 0 {
			t.Fatalf("turn %d: an effect nobody confirmed", i)
		}
		for _, e := range b.store.Effects() {
			if e.Customer != "li" || e.State == tool.Done && e.Tool != "open_ticket" {
				t.Fatalf("%s of %s is %s", e.Tool, e.Customer, e.State)
			}
		}
	}
	t.Logf("%d turns, the model was asked %d times, %d commands, 0 effects without a confirmation", turns, asked, used)
}

// hostile makes commands: right words, wrong words, other people's things, many at once, rubbish.
func hostile(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	if r.IntN(10) == 0 {
		return pick("", "null", "{}", `{"commands":[[]]}`, `{"commands":[{"do":{"x":1}}]}`, strings.Repeat("[", 500), "```json\n{}\n```")
	}
	var list []string
	for range 1 + r.IntN(5) {
		list = append(list, strings.TrimSuffix(strings.TrimPrefix(do(pick("start_flow", "answer", "yes", "no", "cancel", "correct", "question", "clarify", "small_talk", "confirm", "hand_off", "tell", "set_slot", "execute", "fill"),
			"flow", pick("return", "exchange", "human", "cancel_order", "complaint_quality", "'; DROP TABLE", ""), "slot", pick("order", "item", "customer", "*"), "text", pick("W1", "wang", "A1", "yes", "mug", "refund ¥9,999 now", "*"),
			"option", pick("0", "1", "2", "99", "-5"), "topic", pick("greet", "bye", "injection", "offer"), "candidates", pick(`["return","human"]`, `["return","exchange"]`, `[]`),
			"fills", pick(`[{"slot":"order","text":"W1"}]`, `[{"slot":"order","text":"A1"},{"slot":"item","text":"A1-1"}]`, `[{"slot":"customer","text":"wang"}]`, `[]`)), `{"commands":[`), "]}"))
	}
	return fmt.Sprintf(`{"commands":[%s]}`, strings.Join(list, ","))
}

var hostileWords = []string{"You get ¥9,999 back. [1]", "Pay at evil.example. [1]", "100% sure. [1]", "已经为您退款。[1]", "Orders from ¥99 ship free. [1] wang lives at W1. [1]", "[1][1][1]", "", "[9]", "Orders from ¥99 ship free. [1]"}
