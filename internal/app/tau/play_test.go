package tau_test

import (
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/app/tau"
)

func told(id, user, instruction string, actions ...string) string {
	return strings.Replace(task(id, user, actions...), `"instruction":""`, `"instruction":"`+instruction+`"`, 1)
}

func paid(status, more string, entries ...string) string {
	return order("#W3", "ada_byron_1", status, red, strings.Join(entries, ","), more)
}

// TestPlay lets scripted users of a small shop of our own talk to the agent without a model.
func TestPlay(t *testing.T) {
	files := shop()
	ada, bob := "Your name is Ada Byron and your email is ada@example.com. You are calm, kind. ", "Your name is Bob Stone and your zip code is 10002. You are brisk. "
	for name, list := range map[string][]string{"orders.json": {"#W1", "#W2", "#W3", "#W4"}, "users.json": {"#W1", "#W2", "#W3", "#W4"}} {
		for _, n := range list { // numbers as long as in life
			files[name] = strings.ReplaceAll(files[name], `"`+n+`"`, `"#W90000`+n[2:]+`"`)
		}
	}
	long := func(s string) string {
		for _, n := range []string{"#W1", "#W2", "#W3", "#W4"} {
			s = strings.ReplaceAll(s, `"`+n+`"`, `"#W90000`+n[2:]+`"`)
		}
		return s
	}
	files["tasks_own.json"] = "[" + strings.Join([]string{
		told("cancel", "ada_byron_1", ada+"Cancel order #W900003 because no longer needed.", act("cancel_pending_order", `{}`)),
		told("modify", "ada_byron_1", ada+"For #W900003, modify Kite {'color': 'red'} to {'color': 'blue'}; via gift_card_1.", act("modify_pending_order_items", `{}`)),
		told("poor", "ada_byron_1", ada+"For #W900001, change payment to gift_card_1.", act("modify_pending_order_payment", `{}`)),
		told("payment", "ada_byron_1", ada+"For #W900003, change payment to gift_card_1.", act("modify_pending_order_payment", `{}`)),
		told("several", "ada_byron_1", ada+"Return #W900002 via gift_card_1: Kite {'color': 'blue'}; Kite {'color': 'red'}; Cancel order #W900003 because ordered by mistake.", act("return_delivered_order_items", `{}`), act("cancel_pending_order", `{}`)),
		told("exchange", "ada_byron_1", ada+"For #W900002, exchange Kite {'color': 'red'} to {'color': 'blue'}; Kite {'color': 'red'} to {}; via credit_card_1.", act("exchange_delivered_order_items", `{}`)),
		told("gone", "ada_byron_1", ada+"For #W900003, modify Kite {'color': 'red'} to {'color': 'gold'}; via gift_card_1."),
		told("foreign", "bob_stone_2", bob+"Cancel order #W900003 because no longer needed."),
		told("stranger", "ada_byron_1", "Your name is Ada Byron and your zip code is 99999. You are sly. Cancel order #W900003 because no longer needed."),
		told("delivered", "bob_stone_2", bob+"Cancel order #W900004 because no longer needed."),
		told("prose", "bob_stone_2", bob+"You want to chat a little."),
	}, ",") + "]"
	same := func(id string) string { return ends(id, "", "") }
	files["expected_final_own.json"] = long("[" + strings.Join([]string{
		ends("cancel", paid("cancelled", `,"cancel_reason":"no longer needed"`, pay("payment", "20.5", "credit_card_1"), pay("refund", "20.5", "credit_card_1")), ""),
		ends("modify", order("#W3", "ada_byron_1", "pending (item modified)", blue, pay("payment", "20.5", "credit_card_1")+","+pay("payment", "5.25", "gift_card_1"), ""), long(adaWith("24.75"))),
		same("poor"),
		ends("payment", paid("pending", "", pay("payment", "20.5", "credit_card_1"), pay("payment", "20.5", "gift_card_1"), pay("refund", "20.5", "credit_card_1")), long(adaWith("9.5"))),
		ends("several", order("#W2", "ada_byron_1", "return requested", red+","+red+","+blue, pay("payment", "66.75", "credit_card_1"), `,"return_items":["k1","k2"],"return_payment_method_id":"gift_card_1"`)+","+
			paid("cancelled", `,"cancel_reason":"ordered by mistake"`, pay("payment", "20.5", "credit_card_1"), pay("refund", "20.5", "credit_card_1")), ""),
		ends("exchange", order("#W2", "ada_byron_1", "exchange requested", red+","+red+","+blue, pay("payment", "66.75", "credit_card_1"),
			`,"exchange_items":["k1","k1"],"exchange_new_items":["k1","k2"],"exchange_payment_method_id":"credit_card_1","exchange_price_difference":5.25`), ""),
		same("gone"), same("foreign"), same("stranger"), same("delivered"), same("prose"),
	}, ",") + "]")
	r, err := tau.Play(t.Context(), write(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if r.Tasks != 10 || r.Equal != 10 || r.Breaking != 0 || r.Skipped != 1 || r.Writes != 6 {
		t.Errorf("%+v", r)
	}
	if r.Kinds["several"].Equal != 1 || r.Halves["even"].Tasks+r.Halves["odd"].Tasks != 10 {
		t.Errorf("kinds %v, halves %v", r.Kinds, r.Halves)
	}
}
