package nlu_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

func TestRulesAloneAreUseful(t *testing.T) {
	e := nlu.New(nlu.Parts{})
	for text, want := range map[string]string{
		"我的订单到哪了":                           "order_status",
		"我想退货":                              "return",
		"能换成大一码的吗 我要换货":                     "exchange",
		"转人工":                               "human",
		"where is my package":               "track_shipment",
		"I want to cancel my order":         "cancel_order",
		"can I speak to a human":            "human",
		"帮我开张发票":                            "invoice",
		"How much is the desk lamp":         "ask_price",
		"I'd like to return the blue shoes": "return",
	} {
		if u := e.Understand(text, nlu.Context{}); u.Intent != want {
			t.Errorf("%q: intent %s %v, want %s", text, u.Intent, u.Intents, want)
		}
	}
}
