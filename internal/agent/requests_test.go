package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

// said are the commands of a message, one a line: what, flow, fills.
func said(t *testing.T, text string, st flow.State, es ...nlu.Entity) string {
	t.Helper()
	book, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	u := nlu.Understanding{Original: text, Text: text, Intent: "return", IntentP: 0.9, Entities: es}
	cmds, err := agent.Embedded{}.Commands(t.Context(), agent.Situation{Text: text, Understanding: u, Book: book, State: st})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range cmds {
		fmt.Fprintf(&b, "%s %s%s", c.Kind, c.Flow, c.Topic)
		for _, f := range c.Fills {
			fmt.Fprintf(&b, " %s=%s", f.Kind, strings.ReplaceAll(f.Value, "\n", "|"))
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

func TestRequestsBecomeWishes(t *testing.T) {
	for text, want := range map[string]string{
		"Cancel order #A12034 because no longer needed. Return #A12035 via paypal_1: Lamp; Kite;":      "start_flow cancel_order order=A12034 reason=no longer needed\nstart_flow return order=A12035 things=Lamp|Kite payment=paypal_1",
		"For #A12034, exchange Kite {'c': 'red'} to {'c': 'blue'}; via gift_card_9. When do you open?": "start_flow exchange order=A12034 things=Kite {'c': 'red'} => {'c': 'blue'} payment=gift_card_9\nanswer",
		"For #A12034, change payment to paypal_7. For #A12034, change address to 1 Hill Road, York":    "start_flow change_payment order=A12034 payment=paypal_7\nstart_flow change_address order=A12034 address=1 Hill Road, York",
		"把订单 XE2603010001 里的T恤改成白色":                                                                    "start_flow modify_items order=XE2603010001 things=T恤 => 白色",
		"Hello, my name is Ada Byron and my email is ada@example.com":                                  "small_talk greet",
		"你好，我叫李雷，我的邮箱是 lilei@example.com":                                                              "small_talk greet",
	} {
		if got := said(t, text, flow.State{}); got != want {
			t.Errorf("%q\n have %s\n want %s", text, got, want)
		}
	}
}

func TestSeveralProductsAreOneReturn(t *testing.T) {
	text := "return kite and lamp"
	es := []nlu.Entity{{Kind: "product", Text: "kite", Value: "p1", Start: 7, End: 11}, {Kind: "product", Text: "lamp", Value: "p2", Start: 16, End: 20}}
	if got := said(t, text, flow.State{}, es...); got != "start_flow return product=p1 product=p2 things=kite|lamp" {
		t.Error(got)
	}
	if got := said(t, text, flow.State{}, es[0], es[0]); strings.Contains(got, "things") {
		t.Error("one product named twice is one:", got)
	}
}
