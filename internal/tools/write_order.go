package tools

import (
	"context"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/request"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// keyOf is a business key that lasts as long as the order stays as it is: what is done changes the order, and policy
// then tells in words why it cannot be done again.
func keyOf(o *commerce.Order, more ...string) string {
	return strings.Join(append([]string{string(o.ID), strconv.FormatInt(o.Version, 10)}, more...), ":")
}

func orderLine(o *commerce.Order) tool.Line {
	return line("订单", "Order", plainText(o.Number))
}

func (sh shop) orderResult(o commerce.Outcome, l id.Lang) tool.Result {
	return tool.Result{Data: map[string]any{"order": sh.order(*o.Order, l)}}
}

func (sh shop) cancelOrder() tool.Tool {
	return write{shop: sh,
		spec: writing("cancel_order", text("取消订单", "Cancel an order"), text("取消还没有发货的订单，已付款项原路退回", "Cancels an order that has not been sent and refunds what was paid"), "",
			orderField, tool.Field{Name: "reason", Text: text("取消原因", "Why"), MaxLen: 120, Optional: true}),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.CancelOrder{Order: a.String("order"), Reason: sh.cancelReason(a.String("reason"))}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			back := money(o.Back)
			p := tool.Plan{BusinessKey: keyOf(o.Order), Lines: []tool.Line{orderLine(o.Order), line("商品", "Items", text(o.Order.Summary(id.ZH), o.Order.Summary(id.EN)))}}
			p.Summary = text("取消订单 "+o.Order.Number, "Cancel order "+o.Order.Number)
			if o.Back.Amount > 0 {
				p.Summary = text(p.Summary.ZH+"，退回 "+back.ZH, p.Summary.EN+" and refund "+back.EN)
				p.Lines = append(p.Lines, line("退款", "Refund", back), line("退到", "To", methodName(o.Member, firstMethod(o.Order))))
			}
			// No Amount: money that goes back to whoever paid, for goods that never left, is no risk to weigh.
			return p, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			res := sh.orderResult(o, l)
			res.Data["refund_text"] = ""
			if o.Back.Amount > 0 {
				res.Data["refund_text"] = sh.refundText(o.Back, methodName(o.Member, firstMethod(o.Order))).In(l)
			}
			return res, nil
		}}
}

// cancelReason is the shop's own name for a reason that the customer's words hold; else the words.
func (sh shop) cancelReason(words string) string {
	for _, r := range sh.s.Policies().Cancel.Reasons {
		if strings.Contains(strings.ToLower(words), strings.ToLower(r)) {
			return r
		}
	}
	return words
}

func firstMethod(o *commerce.Order) string {
	if len(o.Payments) == 0 {
		return ""
	}
	return o.Payments[0].Method
}

// refundText says how much goes back where, and when.
func (sh shop) refundText(m commerce.Money, to id.Text) id.Text {
	n := strconv.Itoa(sh.s.Policies().Refund.Days)
	return text(m.Text(id.ZH)+" 将在 "+n+" 天内退回"+to.ZH, m.Text(id.EN)+" goes back to "+to.EN+" within "+n+" days")
}

var addressFields = []tool.Field{
	{Name: "address", Text: text("完整地址，一行文字", "The whole address as one text"), MaxLen: 400, Optional: true},
	{Name: "line1", Text: text("街道门牌", "Street and number"), MaxLen: 200, Optional: true},
	{Name: "line2", Text: text("楼栋房号", "Building, room"), MaxLen: 200, Optional: true},
	{Name: "city", Text: text("城市", "City"), MaxLen: 100, Optional: true},
	{Name: "province", Text: text("省或州", "Province or state"), MaxLen: 100, Optional: true},
	{Name: "country", Text: text("国家", "Country"), MaxLen: 100, Optional: true},
	{Name: "postcode", Text: text("邮编", "Postcode"), MaxLen: 20, Optional: true},
}

// addressOf reads an address from arguments; what a text leaves out is taken from the address there was.
func addressOf(a tool.Args, before commerce.Address) commerce.Address {
	if a.String("line1") != "" {
		return commerce.Address{Name: before.Name, Phone: before.Phone, Line1: a.String("line1"), Line2: a.String("line2"), City: a.String("city"),
			Province: a.String("province"), Country: a.String("country"), Postcode: a.String("postcode")}
	}
	if parts := request.Pairs(a.String("address")); len(parts) > 0 {
		if out, ok := labelled(parts, before); ok {
			return out
		}
	}
	return commerce.ParseAddress(a.String("address"), before)
}

// labelled makes an address of parts that say what they are; what they leave out above the street stays as it was.
func labelled(parts map[string]string, before commerce.Address) (commerce.Address, bool) {
	out := commerce.Address{Name: before.Name, Phone: before.Phone, Country: before.Country}
	for k, v := range parts {
		if field := partOf(&out, k); field != nil {
			*field = v
		}
	}
	if out.City == "" {
		out.City, out.Province, out.Postcode = before.City, before.Province, before.Postcode
	}
	return out, out.Line1 != ""
}

func partOf(a *commerce.Address, label string) *string {
	switch label {
	case "address1", "address 1", "address", "line1", "line 1", "street", "街道", "详细地址", "地址":
		return &a.Line1
	case "address2", "address 2", "line2", "line 2", "apartment", "unit", "suite", "楼栋", "房号", "门牌":
		return &a.Line2
	case "district", "区", "区县":
		return &a.District
	case "city", "town", "城市", "市":
		return &a.City
	case "state", "province", "省", "省份":
		return &a.Province
	case "zip", "zip code", "postcode", "postal code", "邮编":
		return &a.Postcode
	case "country", "国家":
		return &a.Country
	case "name", "recipient", "收件人", "收货人":
		return &a.Name
	case "phone", "电话", "手机":
		return &a.Phone
	}
	return nil
}

func (sh shop) changeAddress() tool.Tool {
	return write{shop: sh,
		spec: writing("change_address", text("修改收货地址", "Change the delivery address"), text("修改还没有发货的订单的收货地址", "Changes the address of an order that has not been sent"),
			"change_address", append([]tool.Field{orderField}, addressFields...)...),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			return commerce.ChangeAddress{Order: a.String("order"), Address: addressOf(a, o.Address)}, err
		},
		plan: func(_ context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			return tool.Plan{BusinessKey: keyOf(o.Order), Summary: text("把订单 "+o.Order.Number+" 改送到："+o.Order.Address.Text(), "Send order "+o.Order.Number+" to: "+o.Order.Address.Text()),
				Lines: []tool.Line{orderLine(o.Order), line("新地址", "New address", plainText(o.Order.Address.Text()))}}, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			res := sh.orderResult(o, l)
			res.Data["address_text"] = o.Order.Address.Text()
			return res, nil
		}}
}

func (sh shop) changeDefaultAddress() tool.Tool {
	return write{shop: sh,
		spec: writing("change_default_address", text("修改默认地址", "Change the default address"), text("修改账户里保存的地址，不影响已有订单", "Changes the address kept with the account, not that of orders"),
			"change_default_address", addressFields...),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			m, err := sh.mine(s).Member(ctx)
			return commerce.SetAddress{Address: addressOf(a, m.Address)}, err
		},
		plan: func(_ context.Context, o commerce.Outcome, _ tool.Args) (tool.Plan, error) {
			return tool.Plan{BusinessKey: string(o.Member.CustomerID) + ":" + strconv.FormatInt(o.Member.Version, 10),
				Summary: text("把默认地址改为："+o.Member.Address.Text(), "Make this the default address: "+o.Member.Address.Text()),
				Lines:   []tool.Line{line("新地址", "New address", plainText(o.Member.Address.Text()))}}, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return tool.Result{Data: map[string]any{"address_text": o.Member.Address.Text()}}, nil
		}}
}

var methodField = tool.Field{Name: "payment_method", Text: text("支付方式的编号", "The payment method's id"), MaxLen: 80, Optional: true}

func (sh shop) changePayment() tool.Tool {
	f := methodField
	f.Optional = false
	return write{shop: sh,
		spec: writing("change_payment", text("更换支付方式", "Change the payment method"), text("还没有发货的订单改用客户的另一种支付方式", "Pays an order that has not been sent by another method of the customer"),
			"change_payment", orderField, f),
		request: func(_ context.Context, _ tool.Session, a tool.Args) (commerce.Request, error) {
			return commerce.ChangePayment{Order: a.String("order"), Method: a.String("payment_method")}, nil
		},
		plan: func(_ context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			to, from := methodName(o.Member, a.String("payment_method")), methodName(o.Member, firstMethod(o.Order))
			return tool.Plan{BusinessKey: keyOf(o.Order), Amount: value(o.Pay),
				Summary: text("订单 "+o.Order.Number+" 改用"+to.ZH+"支付 "+o.Pay.Text(id.ZH), "Pay "+o.Pay.Text(id.EN)+" for order "+o.Order.Number+" by "+to.EN),
				Lines:   []tool.Line{orderLine(o.Order), line("支付", "Pay by", to), line("退回", "Refund to", from), line("金额", "Amount", money(o.Pay))}}, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return sh.orderResult(o, l), nil
		}}
}

var changesField = tool.Field{Name: "changes", Kind: "strings", MaxLen: 160, Max: 50,
	Text: text("每项写成 “行号=新SKU”", "Each as LINE=SKU: the order's line and the variant it becomes")}

// someChanges is changesField where one change may be given as item and sku instead.
var someChanges = tool.Field{Name: changesField.Name, Kind: changesField.Kind, MaxLen: changesField.MaxLen, Max: changesField.Max, Text: changesField.Text, Optional: true}

func swapsOf(a tool.Args) (out []commerce.Swap) {
	for _, c := range a.Strings("changes") {
		item, sku, _ := strings.Cut(c, "=")
		out = append(out, commerce.Swap{Item: strings.TrimSpace(item), SKU: strings.TrimSpace(sku)})
	}
	if item := a.String("item"); item != "" && len(out) == 0 {
		out = append(out, commerce.Swap{Item: item, SKU: a.String("sku")})
	}
	return out
}

func (sh shop) modifyItems() tool.Tool {
	return write{shop: sh,
		spec: writing("modify_items", text("修改订单商品规格", "Change variants in an order"), text("把还没有发货的订单里的商品换成同款其他规格，多退少补", "Changes items of an order that has not been sent into other variants and settles the difference"),
			"modify_items", orderField, someChanges, tool.Field{Name: "item", Text: itemField.Text, MaxLen: 80, Optional: true},
			tool.Field{Name: "sku", Text: text("只改一件时：换成哪个 SKU", "For one item: the variant it becomes"), MaxLen: 80, Optional: true}, methodField),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			method, err := sh.methodOr(ctx, s, a, sh.s.Policies().Modify.NeedMethod)
			return commerce.ModifyItems{Order: a.String("order"), Swaps: swapsOf(a), Method: method}, err
		},
		plan: func(_ context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			p := tool.Plan{BusinessKey: keyOf(o.Order), Amount: value(bigger(o.Pay, o.Back)), Lines: []tool.Line{orderLine(o.Order)}}
			for _, x := range o.Order.Lines {
				p.Lines = append(p.Lines, line("商品", "Item", text(fullName(x, id.ZH), fullName(x, id.EN))))
			}
			p.Summary = text("修改订单 "+o.Order.Number+" 的商品规格", "Change the items of order "+o.Order.Number)
			p.Lines = append(p.Lines, differenceLines(o, methodName(o.Member, a.String("payment_method")))...)
			return p, nil
		},
		tell: func(_ context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			return sh.orderResult(o, l), nil
		}}
}

// methodOr is the payment method that was named, else, where the shop's rules let it go unnamed, the one that paid the order.
func (sh shop) methodOr(ctx context.Context, s tool.Session, a tool.Args, needed bool) (string, error) {
	if m := a.String("payment_method"); m != "" || needed {
		return m, nil
	}
	o, err := sh.mine(s).Order(ctx, a.String("order"))
	return firstMethod(&o), err
}

func bigger(a, b commerce.Money) commerce.Money {
	if a.Amount >= b.Amount {
		return a
	}
	return b
}

func differenceLines(o commerce.Outcome, method id.Text) []tool.Line {
	switch {
	case o.Pay.Amount > 0:
		return []tool.Line{line("补差价", "To pay", money(o.Pay)), line("支付方式", "By", method)}
	case o.Back.Amount > 0:
		return []tool.Line{line("退差价", "Back", money(o.Back)), line("退到", "To", method)}
	}
	return nil
}
