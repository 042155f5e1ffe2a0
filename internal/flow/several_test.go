package flow_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
)

func thing(kind, v string) flow.Fill { return flow.Fill{Kind: kind, Value: v} }

// matching answers match_items: clear once a line was chosen for what was unclear.
func matching(unclear string) func(map[string]any) flow.Result {
	return func(a map[string]any) flow.Result {
		d := map[string]any{"items": []any{"B2-1", "B2-2"}, "changes": []any{"B2-1=s9"}, "unclear": "", "unclear_text": ""}
		if a["chosen"] == nil && unclear != "" {
			d["unclear"], d["unclear_text"] = unclear, "which "+unclear
		}
		return flow.Result{Data: d}
	}
}

func TestSeveralThingsAreProposedTogether(t *testing.T) {
	w := newWorld(t)
	w.tools["match_items"] = matching("")
	w.want(w.do(start("return", order("B2"), thing("things", "a\nb"))), "call match_items map[order:B2 things:a\nb]", "ask reason")
	w.want(w.do(set("reason", "other")), "propose return_items map[items:[B2-1 B2-2] order:B2 reason:other]")
}

func TestWhatIsUnclearIsAskedOnce(t *testing.T) {
	w := newWorld(t)
	w.tools["match_items"] = matching("kite")
	w.want(w.do(start("return", order("B2"), thing("things", "kite\nb"))), "call list_items map[order:B2 words:kite]", "ask which [B2-1 B2-2]")
	w.want(w.do(set("which", "B2-2")), "call match_items map[chosen:B2-2 order:B2 things:kite\nb]", "ask reason")
}

func TestAMissingMethodIsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.tools["match_items"] = matching("")
	w.tools["payment_methods"] = func(map[string]any) flow.Result { return flow.Result{Options: options("m1", "m2")} }
	w.tools["modify_items"] = func(a map[string]any) flow.Result {
		if a["payment_method"] == nil {
			return flow.Result{Refused: &flow.Refusal{Code: "method_missing", Why: "Which method?"}}
		}
		return flow.Result{Confirmation: "cfm_1"}
	}
	w.want(w.do(start("modify_items", order("B2"), thing("things", "a => red"))), "propose modify_items map[changes:[B2-1=s9] order:B2]", "ask method [m1 m2]")
	w.want(w.do(set("method", "m2")), "propose modify_items map[changes:[B2-1=s9] order:B2 payment_method:m2]")
}

func TestANamedMethodIsLookedUp(t *testing.T) {
	w := newWorld(t)
	w.tools["payment_methods"] = func(a map[string]any) flow.Result {
		if a["words"] != "paypal" {
			t.Errorf("looked for %v", a["words"])
		}
		return flow.Result{Options: options("m1")}
	}
	w.tools["change_payment"] = func(map[string]any) flow.Result { return flow.Result{Confirmation: "cfm_1"} }
	w.want(w.do(start("change_payment", order("B2"), thing("payment", "paypal"))), "call payment_methods", "propose change_payment map[order:B2 payment_method:m1]")
}
