package corpus

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// flows and questions are the intents every part of the house counts on.
const promised = `order_status track_shipment cancel_order change_address return exchange refund_status repair find_store store_stock invoice
coupons points price_protection complaint_quality complaint_attitude complaint_logistics suggestion review human
ask_product ask_price ask_stock ask_size ask_material ask_usage ask_compare ask_recommend ask_promotion ask_gift ask_shipping_time ask_shipping_fee
ask_shipping_area ask_payment ask_payment_failed ask_installment ask_return_policy ask_exchange_policy ask_warranty_policy ask_refund_time
ask_invoice_policy ask_membership ask_points_rule ask_coupon_rule ask_privacy ask_store_hours ask_store_service ask_store_parking ask_pickup
ask_order_change ask_pre_order ask_authenticity ask_safety ask_care ask_installation ask_trade_in ask_gift_card ask_bulk ask_account ask_password
ask_delete_account ask_job ask_about_bot ask_company complaint_price greet thanks bye praise affirm deny chitchat oos`

func count(phrases []Phrase) map[[2]string]int {
	n := map[[2]string]int{}
	for _, p := range phrases {
		n[[2]string{p.Label, p.Lang}]++
	}
	return n
}

func TestEveryPromisedIntentHasPhrasesInBothLanguages(t *testing.T) {
	train, held := count(Train(Intents, 1)), count(HeldOut(Intents))
	labels := strings.Fields(promised)
	for _, l := range labels {
		for _, lang := range langs {
			if n := train[[2]string{l, lang}]; n < 40 {
				t.Errorf("%s in %s has %d training phrases, want 40", l, lang, n)
			}
			if n := held[[2]string{l, lang}]; n < 10 {
				t.Errorf("%s in %s has %d held-out phrases, want 10", l, lang, n)
			}
		}
	}
	if len(train) != 2*len(labels) || len(held) != 2*len(labels) {
		t.Errorf("%d and %d label-language pairs, want %d", len(train), len(held), 2*len(labels))
	}
}

func TestEveryEmotionHasPhrasesInBothLanguages(t *testing.T) {
	train, held := count(Train(Emotions, 1)), count(HeldOut(Emotions))
	for _, l := range strings.Fields("joy neutral worry sadness disappointment anger") {
		for _, lang := range langs {
			if k := [2]string{l, lang}; train[k] < 40 || held[k] < 10 {
				t.Errorf("%v: %d to train on, %d held out", k, train[k], held[k])
			}
		}
	}
}

// A held-out phrase that is trained on, or that differs from one only by signs, would flatter the figure.
func TestHeldOutIsNeverTrainedOn(t *testing.T) {
	for _, set := range []Set{Intents, Emotions} {
		trained := map[string]bool{}
		for _, p := range Train(set, 1) {
			trained[bare(p.Text)] = true
		}
		for _, p := range HeldOut(set) {
			if utf8.RuneCountInString(bare(p.Text)) > everyday && trained[bare(p.Text)] {
				t.Errorf("%s is in both parts: %s", p.Label, p.Text)
			}
		}
	}
}

func TestPhrasesAreClean(t *testing.T) {
	for _, set := range []Set{Intents, Emotions} {
		for _, p := range append(Train(set, 1), HeldOut(set)...) {
			if p.Text == "" || strings.ContainsAny(p.Text, "{}|<>[]") || !utf8.ValidString(p.Text) {
				t.Fatalf("%s: %q", p.Label, p.Text)
			}
		}
	}
}

func TestSeedsDecide(t *testing.T) {
	if !reflect.DeepEqual(Train(Intents, 7), Train(Intents, 7)) {
		t.Error("the same seed gave other phrases")
	}
	if reflect.DeepEqual(Train(Intents, 7), Train(Intents, 8)) {
		t.Error("another seed gave the same phrases")
	}
}

func TestTemplates(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	slots := map[string][]string{"x": {"杯子"}}
	for line, want := range map[string][]string{
		"退货":       {"退货"},
		"{a|b} c":  {"a c", "b c"},
		"{a|}{b|}": {"", "a", "ab", "b"},
		"买<x>{吗|}": {"买杯子", "买杯子吗"},
		"{看<x>}":   {"看杯子"},
	} {
		p, err := parse(line)
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		got := p.say(100, slots, rng)
		slices.Sort(got)
		for _, w := range want {
			if w != "" && !slices.Contains(got, w) {
				t.Errorf("%q: %q is not said, only %q", line, w, got)
			}
		}
	}
	for _, bad := range []string{"{a", "{a{b}}"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q passed", bad)
		}
	}
}

func TestEveryChoiceIsHeard(t *testing.T) {
	p, err := parse("{a|b|c|d|e|f|g|h|i|j|k|l} {1|2|3}")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(p.say(4, nil, rand.New(rand.NewPCG(2, 2))), " ")
	for _, c := range "abcdefghijkl123" {
		if !strings.ContainsRune(all, c) {
			t.Errorf("%c is never said: %s", c, all)
		}
	}
}

func TestUnknownSlotsPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown slot went unseen")
		}
	}()
	fill("<nothing>", nil, rand.New(rand.NewPCG(1, 1)))
}

func TestCarelessCopiesStayText(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, text := range []string{"我要退货，谢谢！", "where is my order?", "嗨", "👍", "ok"} {
		for range 200 {
			for _, lang := range langs {
				if c := careless(text, lang, rng); !utf8.ValidString(c) || c == "" {
					t.Fatalf("%q became %q", text, c)
				}
			}
		}
	}
}
