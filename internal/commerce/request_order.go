package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// CancelOrder cancels an order that is not on its way yet and pays back what was paid.
type CancelOrder struct{ Order, Reason string }

func (CancelOrder) name() string { return "order_cancelled" }

func (r CancelOrder) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	if err := d.p.CanCancel(*o, r.Reason).Err(); err != nil {
		return nil, err
	}
	back := max(o.Balance(), 0)
	d.refundAll(o, m)
	moves := release(*o)
	if err := o.To(Cancelled, d.now); err != nil {
		return nil, err
	}
	o.CancelReason = r.Reason
	return &change{Outcome: Outcome{Order: o, Member: m, Back: Money{back, o.Total.Currency}, Decision: yes(time.Time{})}, moves: moves}, nil
}

// refundAll pays every method back what it still holds of the order.
func (d *desk) refundAll(o *Order, m *Member) {
	var methods []string
	for _, p := range o.Payments {
		if !slices.Contains(methods, p.Method) {
			methods = append(methods, p.Method)
		}
	}
	for _, method := range methods {
		if n := o.PaidBy(method); n > 0 {
			d.settle(o, m, method, -n, "")
		}
	}
}

// settle books amount (negative: back to the customer) on a method. A gift card moves at once, other refunds are due
// within the days policy promises.
func (d *desk) settle(o *Order, m *Member, method string, amount int64, caseNo string) {
	p := Payment{Refund: amount <= 0, Amount: Money{max(amount, -amount), o.Total.Currency}, Method: method, At: d.now, Case: caseNo}
	card, ok := m.Method(method)
	if ok && card.Kind == GiftBalance {
		card.Balance.Amount -= amount
		card.Balance.Currency = o.Total.Currency
	}
	if (ok && card.Kind == GiftBalance) || amount >= 0 {
		p.DoneAt = d.now
	} else {
		p.DueAt = d.p.LastMoment(d.now, d.p.Refund.Days)
	}
	o.Payments = append(o.Payments, p)
}

// release gives back what an order that has not left holds in reserve.
func release(o Order) (moves []Move) {
	for _, l := range o.Lines {
		moves = append(moves, Move{SKU: l.SKU, Place: o.Place(), Reserved: -l.Quantity})
	}
	return moves
}

// ChangeAddress sends an order somewhere else.
type ChangeAddress struct {
	Order   string
	Address Address
}

func (ChangeAddress) name() string { return "address_changed" }

func (r ChangeAddress) decide(d *desk) (*change, error) {
	o, err := d.order(r.Order)
	if err != nil {
		return nil, err
	}
	if err := r.Address.Check(); err != nil {
		return nil, err
	}
	if err := d.p.CanChangeAddress(*o).Err(); err != nil {
		return nil, err
	}
	o.Address, o.UpdatedAt = r.Address, d.now
	return &change{Outcome: Outcome{Order: o, Decision: yes(time.Time{})}}, nil
}

// SetAddress changes the address kept with the customer, for orders to come.
type SetAddress struct{ Address Address }

func (SetAddress) name() string { return "default_address_changed" }

func (r SetAddress) decide(d *desk) (*change, error) {
	m, err := d.member()
	if err != nil {
		return nil, err
	}
	if err := r.Address.Check(); err != nil {
		return nil, err
	}
	m.Address = r.Address
	return &change{Outcome: Outcome{Member: m, Decision: yes(time.Time{})}}, nil
}

// ChangePayment pays an order by another of the customer's methods.
type ChangePayment struct{ Order, Method string }

func (ChangePayment) name() string { return "payment_changed" }

func (r ChangePayment) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	if err := d.p.CanChangePayment(*o).Err(); err != nil {
		return nil, err
	}
	if len(o.Payments) != 1 || o.Payments[0].Refund {
		return nil, no("payment_not_single", "这个订单有多笔收付款，不能更换支付方式。", "This order has several payments, so its payment method cannot be changed.").Err()
	}
	first := o.Payments[0]
	if first.Method == r.Method {
		return nil, no("payment_same", "订单本来就是用这个方式支付的。", "The order is already paid by this method.").Err()
	}
	if err := canPay(m, r.Method, first.Amount.Amount); err != nil {
		return nil, err
	}
	d.settle(o, m, r.Method, first.Amount.Amount, "")
	d.settle(o, m, first.Method, -first.Amount.Amount, "")
	o.UpdatedAt = d.now
	return &change{Outcome: Outcome{Order: o, Member: m, Pay: first.Amount, Back: first.Amount, Decision: yes(time.Time{})}}, nil
}

// canPay tells whether a method is the customer's and good for an amount.
func canPay(m *Member, method string, amount int64) error {
	pm, ok := m.Method(method)
	if !ok {
		return errs.New(errs.NotFound, "method_unknown", "There is no payment method %q.", method)
	}
	if pm.Kind == GiftBalance && pm.Balance.Amount < amount {
		return no("gift_card_too_small", "礼品卡余额不足以支付这笔金额。", "The gift card's balance does not cover this amount.").Err()
	}
	return nil
}

// ModifyItems changes variants of products in an order that has not been packed, and settles the difference in price.
type ModifyItems struct {
	Order  string
	Swaps  []Swap
	Method string
}

// Swap is one change of variant.
type Swap struct {
	Item string // line id or SKU
	SKU  string // the new one
}

func (ModifyItems) name() string { return "items_modified" }

func (r ModifyItems) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	if err := d.p.CanModify(*o).Err(); err != nil {
		return nil, err
	}
	swaps, err := d.swaps(o, r.Swaps, false)
	if err != nil {
		return nil, err
	}
	diff := difference(swaps)
	if err := d.canSettle(*o, m, r.Method, diff, d.p.Modify.NeedMethod); err != nil {
		return nil, err
	}
	var moves []Move
	for _, s := range swaps {
		moves = append(moves, Move{SKU: s.line.SKU, Place: o.Place(), Reserved: -s.line.Quantity}, Move{SKU: s.to.Code, Place: o.Place(), Reserved: s.line.Quantity})
		s.line.SKU, s.line.Options, s.line.Price, s.line.Variant = s.to.Code, s.to.Options, s.to.Price, s.variant()
	}
	if r.Method != "" {
		d.settle(o, m, r.Method, diff, "")
	}
	o.Goods.Amount += diff
	o.Total.Amount += diff
	o.Modified, o.UpdatedAt = true, d.now
	out := Outcome{Order: o, Member: m, Decision: yes(time.Time{})}
	out.Pay, out.Back = split(diff, o.Total.Currency)
	return &change{Outcome: out, moves: moves}, nil
}

// canSettle tells whether a difference can be booked; going back, never more than the order holds.
func (d *desk) canSettle(o Order, m *Member, method string, diff int64, needed bool) error {
	if method == "" && (diff != 0 || needed) {
		return errs.New(errs.Invalid, "method_missing", "Name the payment method for the difference of %s.", Money{max(diff, -diff), o.Total.Currency})
	}
	if -diff > max(o.Balance(), 0) {
		return no("above_paid", "退回的金额超过了实付金额。", "More would go back than was paid.").Err()
	}
	if method == "" {
		return nil
	}
	return canPay(m, method, diff)
}

func split(diff int64, currency string) (pay, back Money) {
	return Money{max(diff, 0), currency}, Money{max(-diff, 0), currency}
}
