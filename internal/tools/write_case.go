package tools

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

var reasonTexts = map[string]id.Text{
	"no_longer_wanted": text("不想要了", "No longer wanted"), "not_as_described": text("与描述不符", "Not as described"),
	"damaged": text("收到时已损坏", "Damaged on arrival"), "wrong_item": text("发错货", "Wrong item"), "quality": text("质量问题", "Quality problem"),
	"size": text("尺码不合适", "Wrong size"), "colour": text("想换颜色", "Another colour"), "other": text("其他", "Other"),
}

// faulty reasons are the shop's side of the matter, so the rules for goods that are simply not liked do not apply.
var faulty = []string{"damaged", "wrong_item", "quality", "not_as_described"}

func goodsOf(a tool.Args) commerce.Goods {
	return commerce.Goods{Opened: a.Bool("opened"), Faulty: slices.Contains(faulty, a.String("reason"))}
}

func reasonField(values ...string) tool.Field {
	return tool.Field{Name: "reason", Text: text("原因", "Why"), Enum: values}
}

var openedField = tool.Field{Name: "opened", Kind: "boolean", Text: text("商品是否已拆封使用", "Whether the goods were opened or used"), Optional: true}

var handField = []tool.Field{
	{Name: "method", Text: text("送回方式", "How it gets to us"), Enum: []string{"courier", "mail", "store", "pickup"}, Optional: true},
	storeField,
}

// storeOf resolves a store the customer named; "" stays "".
func (sh shop) storeOf(ctx context.Context, a tool.Args) (id.Store, error) {
	words := a.String("store")
	if words == "" {
		return "", nil
	}
	list, err := sh.s.StoresNamed(ctx, words, "")
	if err != nil || len(list) == 0 {
		return id.Store(words), err
	}
	return list[0].ID, nil
}

func (sh shop) returnItems() tool.Tool {
	return write{shop: sh,
		spec: writing("return_items", text("申请退货", "Return items"), text("退回已签收的商品，收到后原路退款", "Returns goods the customer has; the refund follows when they are here"), "withdraw_request",
			append([]tool.Field{orderField, {Name: "items", Kind: "strings", MaxLen: 80, Max: 50, Text: text("行号", "The lines' ids")},
				reasonField("no_longer_wanted", "not_as_described", "damaged", "wrong_item", "quality", "other"), openedField,
				{Name: "refund_to", Text: text("退款到哪个支付方式", "The payment method to refund to"), MaxLen: 80, Optional: true}}, handField...)...),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			st, err := sh.storeOf(ctx, a)
			return commerce.ReturnItems{Order: a.String("order"), Items: a.Strings("items"), Reason: a.String("reason"), Goods: goodsOf(a),
				RefundTo: a.String("refund_to"), How: a.String("method"), StoreID: st}, err
		},
		plan: func(ctx context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
			g, back := goods(o.Order, o.Case.Items), money(o.Back)
			p := tool.Plan{BusinessKey: keyOf(o.Order), Amount: value(o.Back),
				Summary: text("退货："+g.ZH+"，退款 "+back.ZH, "Return "+g.EN+" and refund "+back.EN),
				Lines: []tool.Line{orderLine(o.Order), line("退货商品", "Items", g), line("原因", "Reason", reasonTexts[a.String("reason")]),
					line("退款金额", "Refund", back), line("退款方式", "Refund to", sh.caseMethod(ctx, o))}}
			if o.Case.Fee.Amount > 0 {
				fee := money(o.Case.Fee)
				p.Lines = append(p.Lines, line("上门取件费", "Pick-up fee", text(fee.ZH+"（已从退款中扣除，送到门店免费）", fee.EN+" (already taken off; free at a store)")))
			}
			if sh.mustBeUnopened(o, a) {
				p.Lines = append(p.Lines, line("商品状态", "Condition", text("未拆封、未使用", "unopened and unused")))
			}
			return p, nil
		},
		tell: func(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
			n := strconv.Itoa(sh.s.Policies().Refund.Days)
			back := money(o.Case.Amount)
			return tool.Result{Data: map[string]any{"number": o.Case.Number,
				"refund_text": text("我们收到商品后 "+n+" 天内退款 "+back.ZH, back.EN+" is refunded within "+n+" days after we have the goods").In(l),
				"due_text":    text("收到商品后 "+n+" 天内", "within "+n+" days after we have the goods").In(l),
				"next_text":   sh.nextText(ctx, o.Case).In(l)}}, nil
		}}
}

// mustBeUnopened tells whether the return is allowed only because the goods are said to be unopened.
func (sh shop) mustBeUnopened(o commerce.Outcome, a tool.Args) bool {
	for _, it := range o.Case.Items {
		l, ok := o.Order.Line(it.LineID)
		if ok && !goodsOf(a).Faulty && slices.ContainsFunc(sh.s.Policies().Return.Opened, l.Is) {
			return true
		}
	}
	return false
}

func (sh shop) caseMethod(ctx context.Context, o commerce.Outcome) id.Text {
	m, err := sh.s.For(o.Case.CustomerID).Member(ctx)
	if err != nil {
		return methodName(nil, "")
	}
	return methodName(&m, o.Case.Method)
}

// nextText says how goods get to us.
func (sh shop) nextText(ctx context.Context, c *commerce.Case) id.Text {
	switch c.How {
	case "store":
		name := text("门店", "the store")
		if list, err := sh.s.StoresNamed(ctx, string(c.StoreID), ""); err == nil && c.StoreID != "" && len(list) > 0 {
			name = list[0].Name
		}
		return text("请带商品到"+name.ZH+"，报单号即可", "Please bring it to "+name.EN+" and give this number")
	case "mail":
		return text("请把商品寄到杭州仓（收件人写单号），运费凭据拍照发给我们", "Please send it to our Hangzhou warehouse with this number as recipient, and send us a picture of the receipt")
	}
	return text("快递员会在 24 小时内联系你上门取件，请保留好包装和配件", "A courier will call within 24 hours to fetch it; please keep the packaging and accessories")
}

func (sh shop) exchangePlan(ctx context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error) {
	p := tool.Plan{BusinessKey: keyOf(o.Order), Amount: value(bigger(o.Pay, o.Back)), Lines: []tool.Line{orderLine(o.Order)}}
	var zh, en []string
	for _, it := range o.Case.Items {
		g := goods(o.Order, []commerce.CaseItem{it})
		t := text(g.ZH+" → "+it.NewName.ZH, g.EN+" → "+it.NewName.EN)
		zh, en = append(zh, t.ZH), append(en, t.EN)
		p.Lines = append(p.Lines, line("换货", "Exchange", t))
	}
	p.Summary = text("换货："+strings.Join(zh, "；"), "Exchange "+strings.Join(en, "; "))
	if r := a.String("reason"); r != "" {
		p.Lines = append(p.Lines, line("原因", "Reason", reasonTexts[r]))
	}
	p.Lines = append(p.Lines, differenceLines(o, sh.caseMethod(ctx, o))...)
	return p, nil
}

func (sh shop) exchangeTell(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error) {
	return tool.Result{Data: map[string]any{"number": o.Case.Number, "next_text": sh.nextText(ctx, o.Case).In(l)}}, nil
}

var exchangeReasons = reasonField("size", "colour", "damaged", "wrong_item", "quality", "not_as_described", "other")

func (sh shop) exchangeItem() tool.Tool {
	return write{shop: sh,
		spec: writing("exchange_item", text("申请换货", "Exchange an item"), text("把已签收的商品换成同款其他规格；有质量问题时可换同一规格", "Exchanges an item the customer has for another variant, or, when faulty, for the same"), "withdraw_request",
			append([]tool.Field{orderField, itemField, {Name: "sku", Text: text("换成哪个 SKU", "The variant wanted"), MaxLen: 80, Optional: true}, exchangeReasons, openedField, methodField}, handField...)...),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			st, err := sh.storeOf(ctx, a)
			if err != nil {
				return nil, err
			}
			return sh.exchangeOf(ctx, s, a, st)
		},
		plan: sh.exchangePlan, tell: sh.exchangeTell}
}

// exchangeOf fills in what one item leaves open: the same variant when none is named, and the method that paid.
func (sh shop) exchangeOf(ctx context.Context, s tool.Session, a tool.Args, st id.Store) (commerce.Request, error) {
	o, err := sh.mine(s).Order(ctx, a.String("order"))
	if err != nil {
		return nil, err
	}
	x, err := lineOf(o, a.String("item"))
	if err != nil {
		return nil, err
	}
	sku, method := a.String("sku"), a.String("payment_method")
	if sku == "" {
		sku = x.SKU
	}
	if method == "" && !sh.s.Policies().Exchange.NeedMethod {
		method = firstMethod(&o)
	}
	return commerce.ExchangeItems{Order: o.Number, Swaps: []commerce.Swap{{Item: x.ID, SKU: sku}}, Reason: a.String("reason"), Goods: goodsOf(a),
		Method: method, How: a.String("method"), StoreID: st}, nil
}

func (sh shop) exchangeItems() tool.Tool {
	reason := exchangeReasons
	reason.Optional = true
	return write{shop: sh,
		spec: writing("exchange_items", text("批量换货", "Exchange several items"), text("把一个订单里的多件商品换成同款其他规格", "Exchanges several items of one order for other variants"), "withdraw_request",
			append([]tool.Field{orderField, changesField, reason, openedField, methodField}, handField...)...),
		request: func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error) {
			st, err := sh.storeOf(ctx, a)
			if err != nil {
				return nil, err
			}
			method, err := sh.methodOr(ctx, s, a, sh.s.Policies().Exchange.NeedMethod)
			return commerce.ExchangeItems{Order: a.String("order"), Swaps: swapsOf(a), Reason: a.String("reason"), Goods: goodsOf(a),
				Method: method, How: a.String("method"), StoreID: st}, err
		},
		plan: sh.exchangePlan, tell: sh.exchangeTell}
}
