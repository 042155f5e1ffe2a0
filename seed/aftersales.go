package seed

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
)

// afterSales gives some of the random orders a sequel, in every state a sequel can be in.
func (b *builder) afterSales() {
	n := 0
	for i := b.random; i < len(b.shop.Orders); i++ {
		o := &b.shop.Orders[i]
		if !o.Has() {
			continue
		}
		switch n++; n % 9 {
		case 1:
			b.sendBack(o, n/9)
		case 3:
			b.swapOver(o, n/9)
		case 5:
			b.mend(o, n/9)
		case 7:
			b.bill(o, n/9)
		}
	}
}

// returnable finds a line that policy takes back within the days after receipt.
func (b *builder) returnable(o *commerce.Order, at time.Time) (commerce.Line, bool) {
	for _, l := range o.Lines {
		if b.shop.Policies.CanReturn(*o, l, commerce.Goods{}, at).Allowed {
			return l, true
		}
	}
	return commerce.Line{}, false
}

func (b *builder) sendBack(o *commerce.Order, n int) {
	at := o.ReceivedAt.Add(20 * time.Hour)
	l, ok := b.returnable(o, at)
	if !ok || at.After(b.now) {
		return
	}
	c := b.open(o, commerce.ReturnCase, "RT", at, l)
	c.Reason = []string{"no_longer_wanted", "not_as_described", "quality", "wrong_item"}[n%4]
	c.Amount, c.Method = commerce.CNY(l.Price.Amount*int64(l.Quantity)), o.Payments[0].Method
	steps := []commerce.CaseStatus{commerce.InTransit, commerce.Received, commerce.Refunding, commerce.Refunded}
	for k, s := range steps[:n%(len(steps)+1)] {
		when := at.Add(time.Duration(k+1) * 26 * time.Hour)
		if !b.step(c, s, when) {
			break
		}
		b.bookRefund(o, c, s, when)
	}
}

func (b *builder) bookRefund(o *commerce.Order, c *commerce.Case, s commerce.CaseStatus, when time.Time) {
	switch s {
	case commerce.Received:
		c.DueAt = b.shop.Policies.LastMoment(when, b.shop.Policies.Refund.Days)
	case commerce.Refunding:
		o.Payments = append(o.Payments, commerce.Payment{Refund: true, Amount: c.Amount, Method: c.Method, At: when, DueAt: c.DueAt, Case: c.Number})
	case commerce.Refunded:
		o.Payments[len(o.Payments)-1].DoneAt = when
	}
}

func (b *builder) swapOver(o *commerce.Order, n int) {
	at := o.ReceivedAt.Add(30 * time.Hour)
	l, ok := b.returnable(o, at)
	if !ok || at.After(b.now) {
		return
	}
	p := b.product(string(l.ProductID))
	to := slices.IndexFunc(p.SKUs, func(s commerce.SKU) bool { return s.Code != l.SKU && s.Price == l.Price })
	if to < 0 {
		return
	}
	c := b.open(o, commerce.ExchangeCase, "EX", at, l)
	c.Reason, c.Items[0].NewSKU, c.Items[0].NewPrice = []string{"size", "colour"}[n%2], p.SKUs[to].Code, p.SKUs[to].Price
	steps := []commerce.CaseStatus{commerce.InTransit, commerce.Received, commerce.Resent, commerce.Done}
	for k, s := range steps[:n%(len(steps)+1)] {
		if !b.step(c, s, at.Add(time.Duration(k+1)*28*time.Hour)) {
			break
		}
	}
}

var faults = []string{"无法开机", "噪音变大", "指示灯闪烁不工作", "漏水", "充不进电"}

func (b *builder) mend(o *commerce.Order, n int) {
	i := slices.IndexFunc(o.Lines, func(l commerce.Line) bool { return l.Is(commerce.Appliance) })
	at := o.ReceivedAt.AddDate(0, 0, 5+n%10)
	if i < 0 || at.After(b.now) {
		return
	}
	c := b.open(o, commerce.RepairCase, "RP", at, o.Lines[i])
	c.Reason, c.InWarranty, c.How = faults[n%len(faults)], true, []string{"courier", "store"}[n%2]
	c.DueAt = b.shop.Policies.WorkingDays(at, b.shop.Policies.Repair.WorkingDays)
	steps := []commerce.CaseStatus{commerce.InTransit, commerce.Received, commerce.Repairing, commerce.Resent, commerce.Done}
	for k, s := range steps[:n%(len(steps)+1)] {
		if !b.step(c, s, at.Add(time.Duration(k+1)*40*time.Hour)) {
			break
		}
	}
}

func (b *builder) bill(o *commerce.Order, n int) {
	at := o.PaidAt.Add(50 * time.Hour)
	if at.After(b.now) || !b.shop.Policies.CanInvoice(*o, at).Allowed {
		return
	}
	c := b.open(o, commerce.InvoiceCase, "FP", at)
	c.Amount, c.DueAt = commerce.CNY(o.Balance()), at.Add(24*time.Hour)
	c.Details = map[string]string{"kind": "personal"}
	if n%3 == 0 {
		c.Details = map[string]string{"kind": "company", "title": "杭州云栖设计有限公司", "tax_id": "91330106MA2GXKJ41Q"}
	}
	b.step(c, commerce.Done, at.Add(20*time.Hour))
}
