package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// ReturnItems asks to send goods back for money. Nothing is paid before the goods are here.
type ReturnItems struct {
	Order    string
	Items    []string // line ids or SKUs; a line id means all of the line that is left, a SKU one piece
	Reason   string
	Goods    Goods
	RefundTo string // "" is the method that paid
	How      string // courier (the default) or store
	StoreID  id.Store
}

func (ReturnItems) name() string { return "return_requested" }

func (r ReturnItems) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	count, lines, err := o.find(r.Items)
	if err != nil {
		return nil, err
	}
	until := time.Time{}
	for _, l := range lines {
		if slices.Contains(r.Items, l.ID) {
			count[l] = max(l.Open(), 1)
		}
		dec := d.p.CanReturn(*o, *l, r.Goods, d.now)
		if err := dec.Err(); err != nil {
			return nil, err
		}
		until = dec.Until
	}
	method, err := d.refundMethod(*o, m, r.RefundTo)
	if err != nil {
		return nil, err
	}
	c := d.open(ReturnCase, o, r.Reason)
	c.Method, c.How, c.StoreID, c.Faulty = method, r.How, r.StoreID, r.Goods.Faulty
	if c.Amount, err = d.refundFor(o, count); err != nil {
		return nil, err
	}
	if c.Fee, err = d.pickupFee(m, r, c.Amount); err != nil {
		return nil, err
	}
	c.Amount.Amount -= c.Fee.Amount
	c.take(lines, count)
	return d.caseChange(c, o, Outcome{Back: c.Amount, Decision: yes(until)}), nil
}

// pickupFee is what fetching the goods costs: nothing when they are faulty or brought to us, nor once a calendar month
// for the tiers that policy names, and never more than the refund.
func (d *desk) pickupFee(m *Member, r ReturnItems, refund Money) (Money, error) {
	fee := Money{0, refund.Currency}
	if r.Goods.Faulty || r.How == "store" || r.How == "mail" {
		return fee, nil
	}
	if slices.Contains(d.p.Return.FreePickup, m.Tier) {
		used, err := d.freePickupUsed()
		if err != nil || !used {
			return fee, err
		}
	}
	fee.Amount = min(d.p.Return.PickupFee, refund.Amount)
	return fee, nil
}

func (d *desk) freePickupUsed() (bool, error) {
	cases, err := d.s.books.CasesOf(d.ctx, d.who, most)
	month := d.now.In(location(d.p.Zone)).Format("2006-01")
	return slices.ContainsFunc(cases, func(c Case) bool {
		return c.Kind == ReturnCase && c.Status != Withdrawn && c.How != "store" && c.How != "mail" && !c.Faulty && c.OpenedAt.In(location(d.p.Zone)).Format("2006-01") == month
	}), err
}

// refundMethod is where the money of a return goes: to the method that paid first, or to a gift card of the customer.
func (d *desk) refundMethod(o Order, m *Member, want string) (string, error) {
	original := ""
	if len(o.Payments) > 0 {
		original = o.Payments[0].Method
	}
	if want == "" && !d.p.Return.NeedMethod || want == original && original != "" {
		return original, nil
	}
	pm, ok := m.Method(want)
	if !ok {
		return "", errs.New(errs.NotFound, "method_unknown", "There is no payment method %q.", want)
	}
	if pm.Kind != GiftBalance {
		return "", no("refund_method", "退款只能原路退回，或退到你的礼品卡。", "Refunds go to the original payment method or to a gift card of yours.").Err()
	}
	return want, nil
}

// refundFor is what the pieces are worth after their share of the discount, and never more than is still held.
func (d *desk) refundFor(o *Order, count map[*Line]int) (Money, error) {
	value := Money{0, o.Total.Currency}
	for l, n := range count {
		v, err := l.Price.Times(n)
		if err != nil {
			return Money{}, err
		}
		if value, err = value.Add(v); err != nil {
			return Money{}, err
		}
	}
	if o.Goods.Amount > 0 {
		value.Amount -= o.Discount.Amount * value.Amount / o.Goods.Amount
	}
	held := o.Balance()
	cases, err := d.casesOf(o, ReturnCase)
	for _, c := range cases {
		if c.Open() && c.Status != Refunding {
			held -= c.Amount.Amount
		}
	}
	value.Amount = max(min(value.Amount, held), 0)
	return value, err
}

// ExchangeItems asks to swap goods the customer has for other variants of the same product.
type ExchangeItems struct {
	Order   string
	Swaps   []Swap
	Reason  string
	Goods   Goods
	Method  string
	How     string
	StoreID id.Store
}

func (ExchangeItems) name() string { return "exchange_requested" }

func (r ExchangeItems) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	var refs []string
	for _, s := range r.Swaps {
		refs = append(refs, s.Item)
	}
	count, lines, err := o.find(refs)
	if err != nil {
		return nil, err
	}
	until := time.Time{}
	for _, l := range lines {
		dec := d.p.CanExchange(*o, *l, r.Goods, d.now)
		if err := dec.Err(); err != nil {
			return nil, err
		}
		until, count[l] = dec.Until, l.Open()
	}
	swaps, err := d.swaps(o, r.Swaps, r.Goods.Faulty)
	if err != nil {
		return nil, err
	}
	diff := difference(swaps)
	if err := d.canSettle(*o, m, r.Method, diff, d.p.Exchange.NeedMethod); err != nil {
		return nil, err
	}
	c := d.open(ExchangeCase, o, r.Reason)
	c.Amount, c.Method, c.How, c.StoreID = Money{diff, o.Total.Currency}, r.Method, r.How, r.StoreID
	c.take(lines, count)
	ch := d.caseChange(c, o, Outcome{Decision: yes(until)})
	ch.Pay, ch.Back = split(diff, o.Total.Currency)
	for i, s := range swaps {
		c.Items[i].NewSKU, c.Items[i].NewName, c.Items[i].NewPrice = s.to.Code, s.variant(), s.to.Price
		ch.moves = append(ch.moves, Move{SKU: s.to.Code, Place: o.Place(), Reserved: c.Items[i].Quantity})
	}
	return ch, nil
}

// open starts a case about an order.
func (d *desk) open(k CaseKind, o *Order, reason string) *Case {
	c := &Case{Kind: k, CustomerID: d.who, Status: Requested, Reason: reason, Amount: Money{0, d.p.Currency}, OpenedAt: d.now, UpdatedAt: d.now}
	if o != nil {
		c.OrderID, c.OrderNo, c.Amount.Currency = o.ID, o.Number, o.Total.Currency
	}
	return c
}

func (d *desk) caseChange(c *Case, o *Order, out Outcome) *change {
	c.Events = append(c.Events, CaseEvent{At: d.now, Status: c.Status})
	if o != nil {
		o.UpdatedAt = d.now
	}
	out.Order, out.Case = o, c
	return &change{Outcome: out, prefix: casePrefix[c.Kind]}
}

// take puts pieces of lines into the case and settles them.
func (c *Case) take(lines []*Line, count map[*Line]int) {
	for _, l := range lines {
		c.Items = append(c.Items, CaseItem{LineID: l.ID, SKU: l.SKU, Name: l.Name, Quantity: count[l], Price: l.Price})
		l.Settled += count[l]
	}
}

// Withdraw takes a request back before we have acted on it.
type Withdraw struct{ Case string }

func (Withdraw) name() string { return "case_withdrawn" }

func (r Withdraw) decide(d *desk) (*change, error) {
	all, err := d.s.books.CasesOf(d.ctx, d.who, most)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(c Case) bool { return c.Number == NormalNumber(r.Case) })
	if i < 0 {
		return nil, errs.New(errs.NotFound, "case_unknown", "There is no request %q.", r.Case)
	}
	c := all[i]
	if err := c.To(Withdrawn, d.now, id.Text{}); err != nil {
		return nil, no("withdraw_too_late", "这个申请已经在处理，不能撤销了。", "This request is already being worked on and cannot be withdrawn.").Err()
	}
	ch := &change{Outcome: Outcome{Case: &c, Decision: yes(time.Time{})}}
	return ch, d.undo(ch)
}

// undo frees what the case had settled or put in reserve.
func (d *desk) undo(ch *change) error {
	c := ch.Case
	place := string(c.StoreID)
	if c.OrderID != "" {
		o, err := d.order(string(c.OrderID))
		if err != nil {
			return err
		}
		for _, it := range c.Items {
			if l, ok := o.Line(it.LineID); ok && (c.Kind == ReturnCase || c.Kind == ExchangeCase) {
				l.Settled = max(0, l.Settled-it.Quantity)
			}
		}
		o.UpdatedAt, ch.Order, place = d.now, o, o.Place()
	}
	for _, it := range c.Items {
		if c.Kind == ExchangeCase {
			ch.moves = append(ch.moves, Move{SKU: it.NewSKU, Place: place, Reserved: -it.Quantity})
		}
		if c.Kind == PickupCase {
			ch.moves = append(ch.moves, Move{SKU: it.SKU, Place: place, Reserved: -it.Quantity})
		}
	}
	return nil
}
