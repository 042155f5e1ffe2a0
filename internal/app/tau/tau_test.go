package tau_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/app/tau"
)

// A small shop of our own in the benchmark's shape: one customer with a gift card, one without.
const users = `{
 "ada_byron_1": {"name":{"first_name":"Ada","last_name":"Byron"},"address":{"address1":"1 Loop Street","address2":"","city":"Leeds","country":"UK","state":"W","zip":"10001"},
  "email":"ada@example.com","payment_methods":{"credit_card_1":{"source":"credit_card","id":"credit_card_1","brand":"visa","last_four":"1111"},"gift_card_1":{"source":"gift_card","id":"gift_card_1","balance":30}},"orders":["#W1","#W2","#W3"]},
 "bob_stone_2": {"name":{"first_name":"Bob","last_name":"Stone"},"address":{"address1":"2 Hill Road","address2":"Flat 3","city":"York","country":"UK","state":"N","zip":"10002"},
  "email":"bob@example.com","payment_methods":{"paypal_2":{"source":"paypal","id":"paypal_2"}},"orders":["#W4"]}}`

const products = `{"p1":{"name":"Kite","product_id":"p1","variants":{
 "k1":{"item_id":"k1","options":{"color":"red"},"available":true,"price":20.5},
 "k2":{"item_id":"k2","options":{"color":"blue"},"available":true,"price":25.75},
 "k3":{"item_id":"k3","options":{"color":"gold"},"available":false,"price":20.5}}}}`

func order(number, user, status, items, payments, more string) string {
	return `"` + number + `":{"order_id":"` + number + `","user_id":"` + user + `","address":{"address1":"1 Loop Street","address2":"","city":"Leeds","country":"UK","state":"W","zip":"10001"},"items":[` +
		items + `],"fulfillments":[],"status":"` + status + `","payment_history":[` + payments + `]` + more + `}`
}

const (
	red  = `{"name":"Kite","product_id":"p1","item_id":"k1","price":20.5,"options":{"color":"red"}}`
	blue = `{"name":"Kite","product_id":"p1","item_id":"k2","price":25.75,"options":{"color":"blue"}}`
)

func pay(kind, amount, method string) string {
	return `{"transaction_type":"` + kind + `","amount":` + amount + `,"payment_method_id":"` + method + `"}`
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		if !json.Valid([]byte(body)) {
			t.Fatalf("%s is no JSON: %s", name, body)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func shop() map[string]string {
	return map[string]string{"users.json": users, "products.json": products, "orders.json": "{" + strings.Join([]string{
		order("#W1", "ada_byron_1", "pending", red+","+red, pay("payment", "41", "gift_card_1"), ""),
		order("#W2", "ada_byron_1", "delivered", red+","+red+","+blue, pay("payment", "66.75", "credit_card_1"), ""),
		order("#W3", "ada_byron_1", "pending", red, pay("payment", "20.5", "credit_card_1"), ""),
		order("#W4", "bob_stone_2", "delivered", blue, pay("payment", "25.75", "paypal_2"), ""),
	}, ",") + "}"}
}

func act(name, kwargs string) string { return `{"name":"` + name + `","kwargs":` + kwargs + `}` }

func task(id, user string, actions ...string) string {
	return `{"id":"` + id + `","user_id":"` + user + `","instruction":"","actions":[` + strings.Join(actions, ",") + `]}`
}

func ends(id, orders, users string) string {
	return `{"id":"` + id + `","changed":{"orders":{` + orders + `},"users":{` + users + `}}}`
}

func adaWith(balance string) string {
	var all map[string]json.RawMessage
	_ = json.Unmarshal([]byte(users), &all)
	return `"ada_byron_1":` + strings.Replace(string(all["ada_byron_1"]), `"balance":30`, `"balance":`+balance, 1)
}

func TestReplay(t *testing.T) {
	files := shop()
	files["tasks_own.json"] = "[" + strings.Join([]string{
		task("cancel", "ada_byron_1", act("cancel_pending_order", `{"order_id":"#W1","reason":"no longer needed"}`)),
		task("badreason", "ada_byron_1", act("cancel_pending_order", `{"order_id":"#W1","reason":"just so"}`)),
		task("modify", "ada_byron_1", act("modify_pending_order_items", `{"order_id":"#W3","item_ids":["k1"],"new_item_ids":["k2"],"payment_method_id":"gift_card_1"}`),
			act("cancel_pending_order", `{"order_id":"#W3","reason":"no longer needed"}`)),
		task("unavailable", "ada_byron_1", act("modify_pending_order_items", `{"order_id":"#W3","item_ids":["k1"],"new_item_ids":["k3"],"payment_method_id":"gift_card_1"}`)),
		task("payment", "ada_byron_1", act("modify_pending_order_payment", `{"order_id":"#W3","payment_method_id":"gift_card_1"}`)),
		task("return", "ada_byron_1", act("return_delivered_order_items", `{"order_id":"#W2","item_ids":["k2","k1"],"payment_method_id":"gift_card_1"}`),
			act("return_delivered_order_items", `{"order_id":"#W2","item_ids":["k1"],"payment_method_id":"gift_card_1"}`)),
		task("exchange", "ada_byron_1", act("exchange_delivered_order_items", `{"order_id":"#W2","item_ids":["k1","k1"],"new_item_ids":["k2","k2"],"payment_method_id":"credit_card_1"}`)),
		task("twofold", "bob_stone_2", act("return_delivered_order_items", `{"order_id":"#W4","item_ids":["k2","k2"],"payment_method_id":"paypal_2"}`)),
		task("foreign", "bob_stone_2", act("cancel_pending_order", `{"order_id":"#W1","reason":"no longer needed"}`)),
		task("wrongly", "bob_stone_2"),
	}, ",") + "]"
	files["expected_final_own.json"] = "[" + strings.Join([]string{
		ends("cancel", order("#W1", "ada_byron_1", "cancelled", red+","+red, pay("payment", "41", "gift_card_1")+","+pay("refund", "41", "gift_card_1"), `,"cancel_reason":"no longer needed"`), adaWith("71.0")),
		ends("badreason", "", ""),
		ends("modify", order("#W3", "ada_byron_1", "pending (item modified)", blue, pay("payment", "20.5", "credit_card_1")+","+pay("payment", "5.250000000000001", "gift_card_1"), ""), adaWith("24.75")),
		ends("unavailable", "", ""),
		ends("payment", order("#W3", "ada_byron_1", "pending", red, pay("payment", "20.5", "credit_card_1")+","+pay("payment", "20.5", "gift_card_1")+","+pay("refund", "20.5", "credit_card_1"), ""), adaWith("9.5")),
		ends("return", order("#W2", "ada_byron_1", "return requested", red+","+red+","+blue, pay("payment", "66.75", "credit_card_1"), `,"return_items":["k1","k2"],"return_payment_method_id":"gift_card_1"`), ""),
		ends("exchange", order("#W2", "ada_byron_1", "exchange requested", red+","+red+","+blue, pay("payment", "66.75", "credit_card_1"),
			`,"exchange_items":["k1","k1"],"exchange_new_items":["k2","k2"],"exchange_payment_method_id":"credit_card_1","exchange_price_difference":10.5`), ""),
		ends("twofold", "", ""),
		ends("foreign", "", ""),
		ends("wrongly", order("#W4", "bob_stone_2", "cancelled", blue, pay("payment", "25.75", "paypal_2"), ""), ""),
	}, ",") + "]"
	r, err := tau.Replay(t.Context(), write(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if r.Tasks != 10 || r.Equal != 9 || len(r.Wrong) != 1 || r.Wrong[0].Task != "wrongly" || !strings.Contains(r.Wrong[0].Where, "#W4") {
		t.Errorf("%+v", r)
	}
	if r.Actions != 5 || r.Refused != 6 {
		t.Errorf("%d done, %d refused", r.Actions, r.Refused)
	}
}

func TestMistakesInTheFolderAreTold(t *testing.T) {
	if _, err := tau.Replay(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "users.json") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := tau.Replay(t.Context(), write(t, shop())); err == nil || !strings.Contains(err.Error(), "tau_no_tasks") {
		t.Errorf("no tasks: %v", err)
	}
	files := shop()
	files["tasks_x.json"], files["expected_final_x.json"] = "["+task("a", "bob_stone_2")+"]", "[]"
	if _, err := tau.Replay(t.Context(), write(t, files)); err == nil || !strings.Contains(err.Error(), "tau_no_expectation") {
		t.Errorf("no expectation: %v", err)
	}
}
