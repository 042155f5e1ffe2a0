package commerce

import (
	"slices"
	"strconv"
	"time"
)

// CanCancel decides whether an order may still be cancelled.
func (p Policies) CanCancel(o Order, reason string) Decision {
	switch {
	case o.Status == Cancelled:
		return no("already_cancelled", "这个订单已经取消了。", "This order has already been cancelled.")
	case !slices.Contains(p.Cancel.States, o.Status) || p.Cancel.Unmodified && o.Modified:
		return no("cancel_too_late", "订单已进入发货流程，不能再取消；收到后可以申请退货。",
			"The order is already being sent, so it cannot be cancelled; you can return it once it arrives.")
	case len(p.Cancel.Reasons) > 0 && !slices.Contains(p.Cancel.Reasons, reason):
		return no("cancel_reason", "这个取消原因不在可受理的范围内。", "Orders cannot be cancelled for this reason.")
	}
	return yes(time.Time{})
}

// CanChangeAddress decides whether an order's address may still be changed.
func (p Policies) CanChangeAddress(o Order) Decision {
	if o.Channel == Pickup || o.Channel == InStore {
		return no("no_delivery", "这是到店订单，没有收货地址。", "This is an order for the store, so there is no delivery address.")
	}
	return p.stateRule(p.Address, o, "address_too_late", "订单已发货或已结束，收货地址不能再修改。",
		"The order has been sent or is closed, so the address can no longer be changed.")
}

// CanModify decides whether an order's items may still be changed.
func (p Policies) CanModify(o Order) Decision {
	return p.stateRule(p.Modify, o, "modify_too_late", "订单里的商品现在不能再修改了。", "The items of this order can no longer be changed.")
}

// CanChangePayment decides whether an order's payment method may still be changed.
func (p Policies) CanChangePayment(o Order) Decision {
	return p.stateRule(p.Payment, o, "payment_too_late", "订单的支付方式现在不能再更换了。",
		"The payment method of this order can no longer be changed.")
}

func (p Policies) stateRule(r StateRule, o Order, code, zh, en string) Decision {
	if !slices.Contains(r.States, o.Status) || (r.Once && o.Modified) {
		return no(code, zh, en)
	}
	return yes(time.Time{})
}

// Goods describes what a customer says about the goods to be returned or exchanged.
type Goods struct {
	Opened bool // unpacked or used
	Faulty bool // broken, wrong, damaged on the way: a matter of quality, not of taste
}

// CanReturn decides a return of a line.
func (p Policies) CanReturn(o Order, l Line, g Goods, now time.Time) Decision {
	return p.takeBack(p.Return, o, l, g, now, "return", "退货", "return")
}

// CanExchange decides an exchange of a line.
func (p Policies) CanExchange(o Order, l Line, g Goods, now time.Time) Decision {
	return p.takeBack(p.Exchange, o, l, g, now, "exchange", "换货", "exchange")
}

func (p Policies) takeBack(r ReturnRule, o Order, l Line, g Goods, now time.Time, code, zh, en string) Decision {
	switch {
	case !o.Has():
		return no(code+"_not_received", "商品还没有签收，现在不能"+zh+"。", "The goods have not arrived yet, so there is nothing to "+en+".")
	case r.OneRequest && slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Settled > 0 }):
		return no(code+"_once", "这个订单已经申请过退换，不能再次申请。", "A return or exchange was already requested for this order.")
	case l.Open() <= 0:
		return no(code+"_settled", "这件商品已经在退换流程中了。", "This item is already being returned or exchanged.")
	}
	if d := r.excluded(l, g, code, zh, en); !d.Allowed {
		return d
	}
	return p.inTime(r, o, g, now, code, zh, en)
}

func (r ReturnRule) excluded(l Line, g Goods, code, zh, en string) Decision {
	for _, t := range r.Never {
		// What was never a thing, and a card like cash, does not go back even when faulty; the rest does.
		if l.Is(t) && (!g.Faulty || t == GiftCard || t == Digital) {
			return no(code+"_excluded_"+string(t), traitText[t].ZH+"不支持"+zh+"。", "We cannot "+en+" "+traitText[t].EN+".")
		}
	}
	for _, t := range r.Opened {
		if l.Is(t) && g.Opened && !g.Faulty {
			return no(code+"_opened", traitText[t].ZH+"拆封后不支持无理由"+zh+"。", "Once opened, we cannot "+en+" "+traitText[t].EN+" without a fault.")
		}
	}
	return yes(time.Time{})
}

func (p Policies) inTime(r ReturnRule, o Order, g Goods, now time.Time, code, zh, en string) Decision {
	days := r.Days
	if g.Faulty && r.QualityDays > 0 {
		days = r.QualityDays
	}
	if days == 0 {
		return yes(time.Time{})
	}
	last := p.LastMoment(o.ReceivedAt, days)
	if now.After(last) {
		n := strconv.Itoa(days)
		return no(code+"_too_late", "已超过签收后 "+n+" 天的"+zh+"期限（截止 "+last.Format("1月2日")+"）。",
			"The "+n+"-day time to "+en+" ended on "+last.Format("2 January")+".").until(last)
	}
	return yes(last)
}

// WarrantyUntil is the last moment of a line's warranty.
func (p Policies) WarrantyUntil(o Order, l Line) time.Time {
	months := l.Warranty
	if months == 0 {
		months = p.WarrantyMonths(l.Traits)
	}
	return p.LastMoment(o.ReceivedAt.In(location(p.Zone)).AddDate(0, months, 0), 0)
}

// CanRepair decides a repair. Out of warranty it is still allowed, but not free: Code says so.
func (p Policies) CanRepair(o Order, l Line, now time.Time) Decision {
	if !o.Has() {
		return no("repair_not_received", "商品还没有签收，不需要报修。", "The goods have not arrived yet.")
	}
	if l.Is(GiftCard) || l.Is(Digital) {
		return no("repair_not_possible", "这类商品没有维修服务。", "There is nothing to repair about this item.")
	}
	until := p.WarrantyUntil(o, l)
	d := yes(until)
	if now.After(until) {
		d.Code = "out_of_warranty"
		d.Reason = textOf("保修已于 "+until.Format("2006-01-02")+" 到期，维修会先报价再进行。",
			"The warranty ended on "+until.Format("2 January 2006")+"; we quote a price before we repair.")
	}
	return d
}

// CanProtect decides whether a price that fell is made good; count is how often the order already was.
func (p Policies) CanProtect(o Order, l Line, current Money, count int, now time.Time) Decision {
	last := p.LastMoment(o.PaidAt, p.Protection.Days)
	switch {
	case o.PaidAt.IsZero() || o.Status == Cancelled:
		return no("protection_unpaid", "订单还没有付款或已取消，没有差价可退。", "The order is not paid or was cancelled, so there is no difference to pay back.")
	case count >= p.Protection.PerOrder:
		return no("protection_used", "这个订单已经享受过价格保护了，每单限 "+strconv.Itoa(p.Protection.PerOrder)+" 次。",
			"This order has already had its price protection.")
	case now.After(last):
		return no("protection_too_late", "已超过付款后 "+strconv.Itoa(p.Protection.Days)+" 天的价保期。",
			"The "+strconv.Itoa(p.Protection.Days)+" days of price protection are over.").until(last)
	case l.Open() <= 0:
		return no("protection_settled", "这件商品已经在退换流程中，不能再申请价保。", "This item is being returned or exchanged.")
	case current.Currency != l.Price.Currency || current.Amount >= l.Price.Amount:
		return no("protection_no_drop", "现在的价格没有低于你购买时的价格。", "The price has not fallen below what you paid.")
	}
	return yes(last)
}

// CanInvoice decides whether an invoice can be issued.
func (p Policies) CanInvoice(o Order, now time.Time) Decision {
	last := p.LastMoment(o.PaidAt.In(location(p.Zone)).AddDate(0, p.Invoice.Months, 0), 0)
	switch {
	case o.PaidAt.IsZero() || o.Status == Cancelled || o.Balance() <= 0:
		return no("invoice_unpaid", "订单没有实付金额，不能开发票。", "Nothing was paid for this order, so there is no invoice.")
	case now.After(last):
		return no("invoice_too_late", "已超过付款后 "+strconv.Itoa(p.Invoice.Months)+" 个月的开票期限。",
			"Invoices can be asked for within "+strconv.Itoa(p.Invoice.Months)+" months of payment.").until(last)
	}
	return yes(last)
}

// CanGive decides whether a coupon may be given without a person; given is what the customer got in the last 30 days.
func (p Policies) CanGive(off Money, given int64) Decision {
	switch {
	case off.Currency != p.Currency || off.Amount <= 0:
		return no("coupon_amount", "优惠券金额不正确。", "The value of the coupon is not valid.")
	case off.Amount > p.Coupons.MaxOff || given > p.Coupons.MaxIn30-off.Amount:
		return no("coupon_limit", "超出了可自动发放的额度，需要人工审批。", "This is above what may be given automatically; a person has to approve it.")
	}
	return yes(time.Time{})
}
