package tau

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// call is one of our tools with its arguments.
type call struct {
	tool  string
	args  tool.Args
	write bool
}

func str(a Action, name string) string { s, _ := a.Args[name].(string); return s }

func list(a Action, name string) (out []string) {
	all, _ := a.Args[name].([]any)
	for _, v := range all {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// lines names a request's items by the order's lines: an item id that occurs twice means two lines. What the order does
// not have keeps its id, and is refused by the tool.
func lines(o order, items []string) (out []string) {
	taken := map[int]bool{}
	for _, want := range items {
		ref := want
		for i, it := range o.Items {
			if it.ItemID == want && !taken[i] {
				taken[i], ref = true, lineID(i)
				break
			}
		}
		out = append(out, ref)
	}
	return out
}

func anys(in []string) (out []any) {
	for _, s := range in {
		out = append(out, s)
	}
	return out
}

func pairs(o order, a Action) []any {
	old, fresh := lines(o, list(a, "item_ids")), list(a, "new_item_ids")
	if len(old) != len(fresh) {
		return anys([]string{"lists of different lengths="})
	}
	var out []any
	for i := range old {
		out = append(out, old[i]+"="+fresh[i])
	}
	return out
}

func addressArgs(a Action) tool.Args {
	return tool.Args{"line1": str(a, "address1"), "line2": str(a, "address2"), "city": str(a, "city"), "province": str(a, "state"), "country": str(a, "country"), "postcode": str(a, "zip")}
}

// toolFor says which of our tools does what a reference action does. What needs no tool here (finding out who the customer
// is: the session knows; thinking; arithmetic; handing over) is none.
func toolFor(a Action, o order) (call, bool) {
	number := str(a, "order_id")
	switch a.Name {
	case "cancel_pending_order":
		return call{"cancel_order", tool.Args{"order": number, "reason": str(a, "reason")}, true}, true
	case "modify_pending_order_address":
		args := addressArgs(a)
		args["order"] = number
		return call{"change_address", trim(args), true}, true
	case "modify_user_address":
		return call{"change_default_address", trim(addressArgs(a)), true}, true
	case "modify_pending_order_payment":
		return call{"change_payment", tool.Args{"order": number, "payment_method": str(a, "payment_method_id")}, true}, true
	case "modify_pending_order_items":
		return call{"modify_items", tool.Args{"order": number, "changes": pairs(o, a), "payment_method": str(a, "payment_method_id")}, true}, true
	case "return_delivered_order_items":
		return call{"return_items", tool.Args{"order": number, "items": anys(lines(o, list(a, "item_ids"))), "reason": "other", "refund_to": str(a, "payment_method_id")}, true}, true
	case "exchange_delivered_order_items":
		return call{"exchange_items", tool.Args{"order": number, "changes": pairs(o, a), "payment_method": str(a, "payment_method_id")}, true}, true
	case "get_order_details":
		return call{"get_order", tool.Args{"order": number}, false}, true
	case "get_user_details":
		return call{"payment_methods", tool.Args{}, false}, true
	case "get_product_details":
		return call{"find_products", tool.Args{"words": str(a, "product_id")}, false}, true
	}
	return call{}, false
}

// trim leaves out what is empty: an optional argument is either there or not.
func trim(a tool.Args) tool.Args {
	for k, v := range a {
		if v == "" {
			delete(a, k)
		}
	}
	return a
}

// perform runs a call as the session's customer, a write by proposing and confirming it. refused is policy saying no.
func perform(ctx context.Context, g *tool.Gate, s tool.Session, c call) (refused error, err error) {
	if !c.write {
		_, err = g.Read(ctx, s, c.tool, c.args)
		return sort2(err)
	}
	conf, err := g.Propose(ctx, s, c.tool, c.args)
	if err != nil {
		return sort2(err)
	}
	e, err := g.Confirm(ctx, s, conf.ID)
	if err == nil && e.State != tool.Done {
		err = errs.New(errs.Internal, "tau_effect", "The effect %s of %s is %s: %s", e.ID, c.tool, e.State, e.Reason.EN)
	}
	return sort2(err)
}

// sort2 tells a refusal from a failure of ours.
func sort2(err error) (refused, failed error) {
	switch errs.KindOf(err) {
	case "", errs.Internal, errs.Unavailable:
		return nil, err
	}
	return err, nil
}
