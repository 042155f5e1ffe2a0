package tau

import (
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// watch judges every write that was done by the benchmark's written policy, from the benchmark's own data and by code of
// its own: the gate that let it through is not asked.
type watch struct {
	db      database
	user    string
	touched map[string]string // what was done to an order so far
}

// once are the writes after which an order takes no other.
var once = []string{"cancel_order", "modify_items", "return_items", "exchange_item", "exchange_items"}

// breaks tells why a write was against policy; "" is fine.
func (w *watch) breaks(e tool.Effect) string {
	if string(e.Customer) != w.user {
		return "of somebody else"
	}
	if e.Confirmation == "" {
		return "without a confirmation"
	}
	if e.Tool == "change_default_address" {
		return ""
	}
	number := "#" + strings.TrimPrefix(e.Args.String("order"), "#")
	o, ok := w.db.orders[number]
	why := ""
	switch before := w.touched[number]; {
	case !ok || o.User != w.user:
		return "an order of somebody else"
	case slices.Contains(once, before):
		why = "the order had been through " + before
	case !w.inState(e.Tool, o.Status):
		why = "the order is " + o.Status
	default:
		why = w.particulars(e, o)
	}
	w.touched[number] = e.Tool
	return why
}

func (w *watch) inState(name, status string) bool {
	switch name {
	case "cancel_order", "change_address", "change_payment", "modify_items":
		return status == "pending"
	case "return_items", "exchange_item", "exchange_items":
		return status == "delivered"
	}
	return false // no other write has a place in this benchmark
}

func (w *watch) particulars(e tool.Effect, o order) string {
	switch e.Tool {
	case "cancel_order":
		if r := strings.ToLower(e.Args.String("reason")); !strings.Contains(r, "no longer needed") && !strings.Contains(r, "ordered by mistake") {
			return "cancelled for the reason " + r
		}
	case "return_items":
		to := e.Args.String("refund_to")
		if !w.owns(to) || len(o.Payments) == 0 || to != o.Payments[0].Method && w.db.users[w.user].Methods[to].Source != "gift_card" {
			return "refunded to " + to
		}
	case "change_payment", "modify_items", "exchange_item", "exchange_items":
		if !w.owns(e.Args.String("payment_method")) {
			return "paid by " + e.Args.String("payment_method")
		}
	}
	return w.swaps(e)
}

func (w *watch) owns(method string) bool { _, ok := w.db.users[w.user].Methods[method]; return ok }

// swaps are into variants that are available.
func (w *watch) swaps(e tool.Effect) string {
	fresh := []string{e.Args.String("sku")}
	for _, c := range e.Args.Strings("changes") {
		_, sku, _ := strings.Cut(c, "=")
		fresh = append(fresh, sku)
	}
	for _, sku := range fresh {
		for _, p := range w.db.products {
			if v, ok := p.Variants[sku]; ok && !v.Available {
				return "into the variant " + sku + ", which is not available"
			}
		}
	}
	return ""
}
