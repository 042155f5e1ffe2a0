package tools

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

var purposes = []string{"any", "track", "cancel", "change_address", "return", "exchange", "repair", "refund", "invoice", "price_protection", "complaint"}

var orderField = tool.Field{Name: "order", Text: text("订单号", "The order's number"), MaxLen: 40}

var itemField = tool.Field{Name: "item", Text: text("订单里的行号，或 SKU", "The line's id within the order, or its SKU"), MaxLen: 80}

var purposeField = tool.Field{Name: "purpose", Text: text("用途", "What for"), Enum: purposes, Optional: true}

var wordsField = tool.Field{Name: "words", Text: text("客户的原话，用来缩小范围", "The customer's words, to narrow the list"), MaxLen: 2000, Optional: true}

// fits tells whether an order serves a purpose at all.
func (sh shop) fits(o commerce.Order, purpose string) bool {
	p := sh.s.Policies()
	switch purpose {
	case "track":
		return o.Status == commerce.Shipped || o.Status == commerce.Processing || o.Status == commerce.Paid || o.Status == commerce.ReadyForPickup // what has arrived is found by its name
	case "cancel":
		reason := ""
		if len(p.Cancel.Reasons) > 0 {
			reason = p.Cancel.Reasons[0]
		}
		return p.CanCancel(o, reason).Allowed
	case "change_address":
		return p.CanChangeAddress(o).Allowed
	case "refund":
		return slices.ContainsFunc(o.Payments, func(x commerce.Payment) bool { return x.Refund })
	case "invoice":
		return p.CanInvoice(o, sh.s.Now()).Allowed
	case "return", "exchange", "repair", "price_protection":
		return slices.ContainsFunc(o.Lines, func(l commerce.Line) bool { return sh.lineFits(o, l, purpose) })
	}
	return true
}

func (sh shop) lineFits(o commerce.Order, l commerce.Line, purpose string) bool {
	p, now := sh.s.Policies(), sh.s.Now()
	switch purpose {
	case "return":
		return p.CanReturn(o, l, commerce.Goods{}, now).Allowed || p.CanReturn(o, l, commerce.Goods{Faulty: true}, now).Allowed
	case "exchange":
		return p.CanExchange(o, l, commerce.Goods{}, now).Allowed || p.CanExchange(o, l, commerce.Goods{Faulty: true}, now).Allowed
	case "repair":
		return p.CanRepair(o, l, now).Allowed
	case "price_protection":
		return p.CanProtect(o, l, commerce.Money{Amount: -1, Currency: l.Price.Currency}, 0, now).Allowed
	}
	return true
}

// mentioned weighs how much the words name a line's product or variant.
func (sh shop) mentioned(ctx context.Context, l commerce.Line, words string) int {
	if words == "" {
		return 0
	}
	p, err := sh.s.Product(ctx, l.ProductID)
	if err != nil {
		p = commerce.Product{ID: l.ProductID, Name: l.Name}
	}
	return p.Mentioned(words)
}

// narrow keeps what the words name. What the purpose excludes is left out, unless it alone is named: then the refusal
// that follows can say why.
func narrow[T any](all []T, fits func(T) bool, named func(T) int) []T {
	var suitable, said, odd []T
	for _, v := range all {
		n := named(v)
		switch {
		case fits(v):
			suitable = append(suitable, v)
			if n > 0 {
				said = append(said, v)
			}
		case n > 0:
			odd = append(odd, v)
		}
	}
	if len(said) > 0 {
		return said
	}
	if len(odd) > 0 {
		return odd[:1]
	}
	return suitable
}

func (sh shop) listOrders() tool.Tool {
	return reading("list_orders", text("列出订单", "List orders"), text("列出客户自己的订单，可按用途筛选", "Lists the customer's own orders, by purpose"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			all, err := sh.mine(s).Orders(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			list := narrow(all, func(o commerce.Order) bool { return sh.fits(o, a.String("purpose")) }, func(o commerce.Order) (n int) {
				for _, l := range o.Lines {
					n = max(n, sh.mentioned(ctx, l, a.String("words")))
				}
				return n
			})
			return sh.orderList(list, s.Language()), nil
		}, purposeField, wordsField)
}

// shown bounds lists that are read in a chat.
const shown = 10

func (sh shop) orderList(list []commerce.Order, l id.Lang) tool.Result {
	res := tool.Result{Data: map[string]any{"count": len(list)}}
	var rows []any
	for _, o := range list[:min(len(list), shown)] {
		rows = append(rows, sh.order(o, l))
		opt := tool.Option{Value: o.Number, Label: o.Summary(l), Detail: sh.day(o.PlacedAt).In(l) + " · " + o.Status.Text().In(l) + " · " + o.Total.Text(l),
			Attributes: map[string]string{"order": o.Number}}
		for i, x := range o.Lines {
			if i == 0 {
				opt.Image = picture(x.ProductID)
			}
			opt.Attributes["product"+strconv.Itoa(i)] = x.Name.In(l)
			opt.Attributes["product_id"+strconv.Itoa(i)] = string(x.ProductID)
		}
		res.Options = append(res.Options, opt)
	}
	res.Data["orders"] = rows
	return res
}

func (sh shop) getOrder() tool.Tool {
	return reading("get_order", text("查看订单", "Look at an order"), text("订单的状态、商品和金额", "An order's status, items and amounts"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			if err != nil {
				return tool.Result{}, err
			}
			l := s.Language()
			data := sh.order(o, l)
			if o.Status == commerce.ReadyForPickup {
				data["pickup_text"] = text("取货码 "+o.PickupCode+"，请在 "+sh.day(o.PickupUntil).ZH+" 前到店", "pick-up code "+o.PickupCode+", until "+sh.day(o.PickupUntil).EN).In(l)
			}
			return tool.Result{Data: map[string]any{"order": data}, Cards: []tool.Card{sh.orderCard(o, l)},
				Text: text("订单 "+o.Number+"："+o.Status.Text().ZH+"。", "Order "+o.Number+": "+o.Status.Text().EN+".").In(l)}, nil
		}, orderField)
}

func (sh shop) orderCard(o commerce.Order, l id.Lang) tool.Card {
	var items []map[string]any
	for _, x := range o.Lines {
		items = append(items, map[string]any{"sku": x.SKU, "name": fullName(x, l), "image": picture(x.ProductID), "quantity": x.Quantity, "price": money64(x.Price)})
	}
	return tool.Card{Kind: "order", Title: text("订单 "+o.Number, "Order "+o.Number).In(l), Body: map[string]any{"order_id": o.ID, "number": o.Number, "status": o.Status,
		"status_text": o.Status.Text().In(l), "placed_at": o.PlacedAt.Format(time.RFC3339), "total": money64(o.Total), "items": items}}
}

func (sh shop) trackOrder() tool.Tool {
	return reading("track_order", text("查物流", "Track a shipment"), text("包裹到哪里了，预计什么时候到", "Where the parcel is and when it should arrive"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			if err != nil {
				return tool.Result{}, err
			}
			return sh.track(o, s.Language()), nil
		}, orderField)
}

func (sh shop) track(o commerce.Order, l id.Lang) tool.Result {
	res := tool.Result{Data: map[string]any{"order": sh.order(o, l)}}
	if len(o.Shipments) == 0 {
		why := text("还没有发货（"+o.Status.Text().ZH+"）", "not sent yet ("+o.Status.Text().EN+")")
		if o.Channel == commerce.Pickup {
			why = text("到店自提订单，没有物流（"+o.Status.Text().ZH+"）", "an order for pick-up without a shipment ("+o.Status.Text().EN+")")
		}
		res.Data["shipment"] = map[string]any{"status": "none", "status_text": why.In(l)}
		return res
	}
	sh1 := o.Shipments[len(o.Shipments)-1]
	last := ""
	events := []map[string]any{}
	for i := len(sh1.Events) - 1; i >= 0; i-- {
		e := sh1.Events[i]
		if last == "" {
			last = e.Text.In(l)
		}
		events = append(events, map[string]any{"at": e.At.Format(time.RFC3339), "text": e.Text.In(l), "place": e.Place.In(l)})
	}
	res.Data["shipment"] = map[string]any{"status": string(o.Status), "carrier": sh1.Carrier.In(l), "tracking_number": sh1.Tracking, "status_text": o.Status.Text().In(l),
		"eta_text": sh.eta(o, sh1).In(l), "last_text": last}
	body := map[string]any{"order_number": o.Number, "carrier": sh1.Carrier.In(l), "tracking_number": sh1.Tracking, "status_text": o.Status.Text().In(l), "events": events}
	if !sh1.ETA.IsZero() && o.Status == commerce.Shipped {
		body["eta"] = sh1.ETA.Format(time.RFC3339)
	}
	res.Cards = []tool.Card{{Kind: "track", Title: text("物流信息", "Shipment").In(l), Body: body}}
	return res
}

func (sh shop) eta(o commerce.Order, s commerce.Shipment) id.Text {
	if o.Has() {
		d := sh.day(o.ReceivedAt)
		return text("已于 "+d.ZH+" 签收", "delivered on "+d.EN)
	}
	if s.ETA.IsZero() {
		return id.Text{}
	}
	d := sh.day(s.ETA)
	return text("预计 "+d.ZH+" 送达", "expected on "+d.EN)
}
