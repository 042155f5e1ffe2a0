package tools

import (
	"context"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

func (sh shop) bookRepair() tool.Tool {
	return write{shop: sh,
		spec: writing("book_repair", text("预约维修", "Book a repair"), text("为已购商品报修，保修期内免费", "Books a repair; free within the warranty"), "withdraw_request",
			orderField, itemField, tool.Field{Name: "fault", Text: text("故障现象", "What is wrong"), MaxLen: 1000},
			tool.Field{Name: "method", Text: text("送修方式", "How it gets to us"), Enum: []string{"mail", "store", "pickup"}}, storeField),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			st, err := sh.storeOf(ctx, a)
			return commerce.BookRepair{Order: a.String("order"), Item: a.String("item"), Fault: a.String("fault"), How: a.String("method"), StoreID: st}, err
		},
		plan: func(_ context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			g := goods(o.Order, o.Case.Items)
			cost := text("保修期内，免费", "free, within the warranty")
			if !o.Case.InWarranty {
				cost = o.Decision.Reason
			}
			how := map[string]id.Text{"mail": text("寄修", "by post"), "store": text("送到门店", "at a store"), "pickup": text("上门取件", "fetched by courier")}[a.String("method")]
			return tool.Plan{BusinessKey: keyOf(o.Order, o.Case.Items[0].LineID), Summary: text("报修："+g.ZH, "Book a repair of "+g.EN),
				Lines: []tool.Line{orderLine(o.Order), line("商品", "Item", g), line("故障", "Fault", plainText(o.Case.Reason)), line("送修方式", "How", how), line("费用", "Cost", cost)}}, nil
		},
		tell: func(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			next, n := sh.nextText(ctx, o.Case), strconv.Itoa(sh.s.Policies().Repair.WorkingDays)
			return tool.Result{Data: map[string]any{"number": o.Case.Number, "due_text": sh.day(o.Case.DueAt).In(l),
				"next_text": text(next.ZH+"；收到后 "+n+" 个工作日内修好", next.EN+"; it is mended within "+n+" working days of arrival").In(l)}}, nil
		}}
}

func (sh shop) requestInvoice() tool.Tool {
	return write{shop: sh,
		spec: writing("request_invoice", text("申请发票", "Request an invoice"), text("为已付款的订单开电子发票", "Requests the electronic invoice of a paid order"), "",
			orderField, tool.Field{Name: "kind", Text: text("个人或企业", "For a person or a company"), Enum: []string{"personal", "company"}},
			tool.Field{Name: "title", Text: text("抬头", "Name on the invoice"), MaxLen: 120, Optional: true}, tool.Field{Name: "tax_id", Text: text("税号", "Tax number"), MaxLen: 30, Optional: true}),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.RequestInvoice{Order: a.String("order"), Kind: a.String("kind"), Title: a.String("title"), TaxID: commerce.NormalNumber(a.String("tax_id"))}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			kind := map[string]id.Text{"personal": text("个人", "personal"), "company": text("企业", "company")}[a.String("kind")]
			p := tool.Plan{BusinessKey: keyOf(o.Order), Summary: text("为订单 "+o.Order.Number+" 开"+kind.ZH+"电子发票 "+o.Case.Amount.Text(id.ZH), "Issue a "+kind.EN+" invoice of "+o.Case.Amount.Text(id.EN)+" for order "+o.Order.Number),
				Lines: []tool.Line{orderLine(o.Order), line("类型", "Kind", kind), line("金额", "Amount", money(o.Case.Amount))}}
			if t := a.String("title"); t != "" {
				p.Lines = append(p.Lines, line("抬头", "Name", plainText(t)))
			}
			if t := a.String("tax_id"); t != "" {
				p.Lines = append(p.Lines, line("税号", "Tax number", plainText(commerce.NormalNumber(t))))
			}
			return p, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"number": o.Case.Number,
				"next_text": text("电子发票会在 24 小时内发到你的邮箱，也可以在订单页下载", "It is sent to your e-mail address within 24 hours and can be downloaded with the order").In(l)}}, nil
		}}
}

func (sh shop) protectPrice() tool.Tool {
	f := itemField
	f.Optional = true
	return write{shop: sh,
		spec: writing("apply_price_protection", text("申请价格保护", "Apply for price protection"), text("买后降价时退还差价", "Pays back the difference when the price has fallen"), "", orderField, f),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.ProtectPrice{Order: a.String("order"), Item: a.String("item")}, nil
		},
		plan: func(ctx context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			g, it := goods(o.Order, o.Case.Items), o.Case.Items[0]
			return tool.Plan{BusinessKey: keyOf(o.Order), Amount: value(o.Back),
				Summary: text("价格保护："+g.ZH+"，退还差价 "+o.Back.Text(id.ZH), "Price protection for "+g.EN+": "+o.Back.Text(id.EN)+" back"),
				Lines: []tool.Line{orderLine(o.Order), line("商品", "Item", g), line("购买价", "Price paid", money(it.Price)), line("现价", "Price now", money(it.NewPrice)),
					line("退还差价", "Back", money(o.Back)), line("退到", "To", sh.caseMethod(ctx, o))}}, nil
		},
		tell: func(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"number": o.Case.Number, "refund_text": sh.refundText(o.Back, sh.caseMethod(ctx, o)).In(l),
				"next_text": text("不需要再做什么，到账后会通知你", "There is nothing more to do; we tell you when it has arrived").In(l)}}, nil
		}}
}

// careOff is what an apology is worth, by what went wrong; policy bounds it again.
var careOff = map[string]int64{"quality": 2000, "attitude": 2000, "logistics": 1000}

func (sh shop) compensate() tool.Tool {
	f := orderField
	f.Optional = true
	return write{shop: sh,
		spec: writing("compensate_coupon", text("发放关怀券", "Give a care voucher"), text("为不好的体验补偿一张优惠券（有额度限制）", "Gives a voucher to make good for a bad experience, within limits"), "",
			f, tool.Field{Name: "reason", Text: text("原因", "Why"), Enum: []string{"quality", "attitude", "logistics"}}),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.IssueCoupon{Off: commerce.Money{Amount: careOff[a.String("reason")], Currency: sh.s.Policies().Currency}, Reason: a.String("reason")}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			off := money(o.Coupon.Off)
			return tool.Plan{BusinessKey: string(o.Member.CustomerID) + ":" + strconv.FormatInt(o.Member.Version, 10), Amount: value(o.Coupon.Off),
				Summary: text("送上一张 "+off.ZH+" 优惠券，表达歉意", "A voucher of "+off.EN+" with our apologies"),
				Lines:   []tool.Line{line("面值", "Value", off), line("有效期至", "Valid until", sh.day(o.Coupon.ValidUntil))}}, nil
		},
		tell: sh.couponTold}
}

func (sh shop) couponTold(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
	off, d := money(o.Coupon.Off), sh.day(o.Coupon.ValidUntil)
	return tool.Result{Data: map[string]any{"coupon_text": text(off.ZH+" 优惠券（无门槛）", "a voucher of "+off.EN+" for any order").In(l), "code": o.Coupon.Code,
		"expires_text": text(d.ZH+" 前有效", "valid until "+d.EN).In(l)}}, nil
}

func (sh shop) redeemPoints() tool.Tool {
	return write{shop: sh,
		spec: writing("redeem_points", text("积分换券", "Redeem points"), text("用积分兑换优惠券，100 积分抵 1 元", "Turns points into a voucher, 100 points for ¥1"), "",
			tool.Field{Name: "points", Text: text("积分数，100 的倍数", "Points, a multiple of 100"), Kind: "integer", Min: 100, Max: 1_000_000}),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.RedeemPoints{Points: int64(a.Int("points"))}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			off, n := money(o.Coupon.Off), strconv.Itoa(a.Int("points"))
			return tool.Plan{BusinessKey: string(o.Member.CustomerID) + ":" + strconv.FormatInt(o.Member.Version, 10),
				Summary: text("用 "+n+" 积分兑换 "+off.ZH+" 优惠券", "Turn "+n+" points into a voucher of "+off.EN),
				Lines:   []tool.Line{line("积分", "Points", plainText(n)), line("优惠券", "Voucher", off)}}, nil
		},
		tell: sh.couponTold}
}

func (sh shop) reservePickup() tool.Tool {
	store := storeField
	store.Optional = false
	return write{shop: sh,
		spec: writing("reserve_pickup", text("门店预留", "Put aside in a store"), text("在门店预留商品，保留 7 天", "Puts goods aside in a store for seven days"), "withdraw_request",
			tool.Field{Name: "sku", Text: text("SKU", "The variant"), MaxLen: 80}, store, tool.Field{Name: "quantity", Text: text("数量", "How many"), Kind: "integer", Min: 1, Max: 5}),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			st, err := sh.storeOf(ctx, a)
			return commerce.ReservePickup{SKU: a.String("sku"), Quantity: a.Int("quantity"), StoreID: st}, err
		},
		plan: func(ctx context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			it, d := o.Case.Items[0], sh.day(o.Case.DueAt)
			st := sh.storeName(ctx, o.Case.StoreID)
			n := strconv.Itoa(it.Quantity)
			return tool.Plan{BusinessKey: string(o.Case.CustomerID) + ":" + it.SKU + ":" + string(o.Case.StoreID) + ":" + o.Case.DueAt.Format(time.DateOnly),
				Summary: text("在"+st.ZH+"预留 "+n+" 件"+it.Name.ZH, "Put "+n+" × "+it.Name.EN+" aside at "+st.EN),
				Lines:   []tool.Line{line("商品", "Item", it.Name), line("门店", "Store", st), line("保留到", "Kept until", d)}}, nil
		},
		tell: sh.reservedTold}
}

func (sh shop) storeName(ctx context.Context, sid id.Store) id.Text {
	if list, err := sh.s.StoresNamed(ctx, string(sid), ""); err == nil && len(list) > 0 {
		return list[0].Name
	}
	return plainText(string(sid))
}

func (sh shop) reservedTold(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
	return tool.Result{Data: map[string]any{"number": o.Case.Number, "store_text": sh.storeName(ctx, o.Case.StoreID).In(l), "until_text": sh.day(o.Decision.Until).In(l),
		"next_text": text("到店报单号 "+o.Case.Number+" 即可", "Give the number "+o.Case.Number+" in the store").In(l)}}, nil
}

func (sh shop) bookAppointment() tool.Tool {
	store := storeField
	store.Optional = false
	return write{shop: sh,
		spec: writing("book_appointment", text("预约到店", "Book an appointment"), text("预约到店体验或服务的时间", "Books a time in a store"), "withdraw_request",
			store, tool.Field{Name: "at", Text: text("时间，如 2026-03-05 14:30", "When, as 2026-03-05 14:30"), MaxLen: 30}, tool.Field{Name: "service", Text: text("想体验的服务", "For what"), MaxLen: 200, Optional: true}),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			at, err := time.ParseInLocation("2006-01-02 15:04", a.String("at"), sh.zone())
			if err != nil {
				return nil, errs.New(errs.Invalid, "time_malformed", "The time %q is not like 2026-03-05 14:30.", a.String("at"))
			}
			st, err := sh.storeOf(ctx, a)
			return commerce.BookAppointment{StoreID: st, At: at, Service: a.String("service")}, err
		},
		plan: func(ctx context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			st, when := sh.storeName(ctx, o.Case.StoreID), plainText(o.Case.At.In(sh.zone()).Format("2006-01-02 15:04"))
			return tool.Plan{BusinessKey: string(o.Case.CustomerID) + ":" + string(o.Case.StoreID) + ":" + when.EN,
				Summary: text("预约 "+when.ZH+" 到"+st.ZH, "An appointment at "+st.EN+" on "+when.EN),
				Lines:   []tool.Line{line("门店", "Store", st), line("时间", "When", when)}}, nil
		},
		tell: sh.reservedTold}
}

func (sh shop) withdraw() tool.Tool {
	return write{shop: sh,
		spec: writing("withdraw_request", text("撤销申请", "Withdraw a request"), text("撤销还没有处理的退货、换货、维修、预留或预约", "Withdraws a return, exchange, repair, reservation or appointment not yet worked on"), "",
			tool.Field{Name: "number", Text: text("申请单号", "The request's number"), MaxLen: 40}),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.Withdraw{Case: a.String("number")}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			k := o.Case.Kind.Text()
			return tool.Plan{BusinessKey: o.Case.Number, Summary: text("撤销"+k.ZH+"申请 "+o.Case.Number, "Withdraw the "+string(o.Case.Kind)+" "+o.Case.Number),
				Lines: []tool.Line{line("单号", "Number", plainText(o.Case.Number))}}, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"number": o.Case.Number, "status_text": o.Case.Status.Text().In(l)}}, nil
		}}
}
