package seed

import (
	"fmt"
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// buy is one wish to buy: a product with the options wanted.
type buy struct {
	product string
	options map[string]string
	count   int
	was     bool // at the price before the offer
}

func (b *builder) product(pid string) commerce.Product {
	i := slices.IndexFunc(b.shop.Products, func(p commerce.Product) bool { return string(p.ID) == pid })
	if i < 0 {
		panic("seed: no product " + pid)
	}
	return b.shop.Products[i]
}

func (b *builder) line(n int, w buy) commerce.Line {
	p := b.product(w.product)
	s, ok := p.Variant(p.SKUs[0], w.options)
	if !ok {
		panic("seed: no such variant of " + w.product)
	}
	if w.was && s.Was > 0 {
		s.Price.Amount = s.Was
	}
	return commerce.Line{ID: fmt.Sprint(n), ProductID: p.ID, SKU: s.Code, Name: p.Name, Options: s.Options,
		Variant: id.Text{ZH: p.OptionText(s, id.ZH), EN: p.OptionText(s, id.EN)}, Price: s.Price, Quantity: max(w.count, 1),
		Traits: p.Traits, Warranty: b.shop.Policies.WarrantyMonths(p.Traits)}
}

// order makes an unpaid order; the steps of age then take it as far as it should be.
func (b *builder) order(c id.Customer, placed time.Time, ch commerce.Channel, store id.Store, wishes ...buy) *commerce.Order {
	o := commerce.Order{ID: id.Order(fmt.Sprintf("ord_%04d", len(b.shop.Orders)+1)), Number: b.number("QH", placed), CustomerID: c, Channel: ch, StoreID: store,
		Status: commerce.Unpaid, Goods: commerce.CNY(0), Discount: commerce.CNY(0), PlacedAt: placed, UpdatedAt: placed}
	for i, w := range wishes {
		l := b.line(i+1, w)
		o.Lines = append(o.Lines, l)
		o.Goods.Amount += l.Price.Amount * int64(l.Quantity)
	}
	o.Shipping = commerce.CNY(0)
	if ch == commerce.Online {
		o.Shipping, o.Address = b.shop.Policies.Fee(o.Goods), b.homes[string(c)]
	}
	o.Total = commerce.CNY(o.Goods.Amount - o.Discount.Amount + o.Shipping.Amount)
	b.shop.Orders = append(b.shop.Orders, o)
	return &b.shop.Orders[len(b.shop.Orders)-1]
}

func (b *builder) member(c id.Customer) *commerce.Member {
	i := slices.IndexFunc(b.shop.Members, func(m commerce.Member) bool { return m.CustomerID == c })
	return &b.shop.Members[i]
}

// pay pays an order a few minutes after it was placed.
func (b *builder) pay(o *commerce.Order) {
	at := o.PlacedAt.Add(time.Duration(1+b.rnd.IntN(9)) * time.Minute)
	b.move(o, commerce.Paid, at)
	o.Payments = []commerce.Payment{{Amount: o.Total, Method: b.member(o.CustomerID).Methods[0].ID, At: at, DoneAt: at}}
}

func (b *builder) move(o *commerce.Order, to commerce.OrderStatus, at time.Time) {
	if err := o.To(to, at); err != nil {
		panic("seed: " + err.Error())
	}
}

var carriers = []struct {
	name   id.Text
	prefix string
}{{id.Text{ZH: "顺丰速运", EN: "SF Express"}, "SF"}, {id.Text{ZH: "中通快递", EN: "ZTO Express"}, "ZT"}, {id.Text{ZH: "京东物流", EN: "JD Logistics"}, "JD"}}

// ship sends an order; stage 1 is in transit, 2 out for delivery, 3 signed for at the given moment.
func (b *builder) ship(o *commerce.Order, at time.Time, stage int, signed time.Time) {
	b.move(o, commerce.Processing, at.Add(-5*time.Hour))
	b.move(o, commerce.Shipped, at)
	c := pick(b, carriers)
	city := id.Text{ZH: o.Address.City, EN: o.Address.City}
	s := commerce.Shipment{Carrier: c.name, Tracking: fmt.Sprintf("%s%013d", c.prefix, b.rnd.Int64N(1e13)), ETA: at.Add(60 * time.Hour)}
	for _, l := range o.Lines {
		s.SKUs = append(s.SKUs, l.SKU)
	}
	add := func(after time.Duration, t, place id.Text) {
		if when := at.Add(after); !when.After(b.now) {
			s.Events = append(s.Events, commerce.TrackEvent{At: when, Text: t, Place: place})
		}
	}
	hub := id.Text{ZH: "杭州萧山", EN: "Hangzhou Xiaoshan"}
	add(0, id.Text{ZH: "快递已揽收", EN: "Collected by the carrier"}, hub)
	add(4*time.Hour, id.Text{ZH: "离开杭州转运中心，发往下一站", EN: "Left the Hangzhou hub for the next stop"}, hub)
	if stage >= 2 {
		add(20*time.Hour, id.Text{ZH: "到达目的地城市转运中心", EN: "Arrived at the hub of the destination"}, city)
		add(26*time.Hour, id.Text{ZH: "正在派送，请保持电话畅通", EN: "Out for delivery"}, city)
	}
	if stage >= 3 {
		s.Events = slices.DeleteFunc(s.Events, func(e commerce.TrackEvent) bool { return !e.At.Before(signed) })
		s.Events = append(s.Events, commerce.TrackEvent{At: signed, Text: id.Text{ZH: "已签收，签收人：本人", EN: "Delivered, signed by the recipient"}, Place: city})
		b.move(o, commerce.Delivered, signed)
	}
	o.Shipments = []commerce.Shipment{s}
}

// ready puts an order aside in its store.
func (b *builder) ready(o *commerce.Order, at time.Time) {
	b.move(o, commerce.Processing, at.Add(-3*time.Hour))
	b.move(o, commerce.ReadyForPickup, at)
	o.PickupCode, o.PickupUntil = fmt.Sprintf("%06d", b.rnd.IntN(1_000_000)), b.shop.Policies.LastMoment(at, b.shop.Policies.Pickup.Days)
}

// fates are how far random orders got, with the most common first; each is given in turn, so that every state occurs.
var fates = []commerce.OrderStatus{commerce.Completed, commerce.Delivered, commerce.Completed, commerce.Shipped, commerce.Completed, commerce.Delivered,
	commerce.PickedUp, commerce.Completed, commerce.Paid, commerce.Delivered, commerce.Completed, commerce.Cancelled, commerce.Shipped, commerce.Processing,
	commerce.Delivered, commerce.Completed, commerce.ReadyForPickup, commerce.Unpaid, commerce.Completed, "sold in store"}

// history adds random orders up to n.
func (b *builder) history(n int) {
	b.random = len(b.shop.Orders)
	for i := b.random; i < n; i++ {
		c := b.shop.Customers[3+b.rnd.IntN(len(b.shop.Customers)-3)].ID
		b.fate(c, fates[i%len(fates)], b.basket())
	}
}

func (b *builder) basket() (out []buy) {
	for range 1 + b.rnd.IntN(3) {
		p := pick(b, b.shop.Products)
		s := pick(b, p.SKUs)
		if !slices.ContainsFunc(out, func(w buy) bool { return w.product == string(p.ID) }) {
			out = append(out, buy{product: string(p.ID), options: s.Options, count: 1 + b.rnd.IntN(8)/7})
		}
	}
	return out
}

func (b *builder) fate(c id.Customer, f commerce.OrderStatus, w []buy) {
	hour, minute := 8+b.rnd.IntN(14), b.rnd.IntN(60)
	store := pick(b, b.shop.Stores).ID
	switch f {
	case commerce.Unpaid:
		b.order(c, b.ago(0, 0, 0).Add(-time.Duration(b.rnd.IntN(20))*time.Hour), commerce.Online, "", w...)
	case commerce.Paid:
		b.pay(b.order(c, b.ago(1, hour, minute), commerce.Online, "", w...))
	case commerce.Processing:
		o := b.order(c, b.ago(1, hour, minute), commerce.Online, "", w...)
		b.pay(o)
		b.move(o, commerce.Processing, o.PaidAt.Add(2*time.Hour))
	case commerce.Shipped:
		d := 2 + b.rnd.IntN(3)
		o := b.order(c, b.ago(d+1, hour, minute), commerce.Online, "", w...)
		b.pay(o)
		b.ship(o, o.PaidAt.Add(18*time.Hour), 1+b.rnd.IntN(2), time.Time{})
	case commerce.Delivered, commerce.Completed:
		b.arrived(c, f, w, hour, minute)
	case commerce.Cancelled:
		b.cancelled(c, w, hour, minute)
	case commerce.ReadyForPickup, commerce.PickedUp:
		d := 1 + b.rnd.IntN(4)
		if f == commerce.PickedUp {
			d += 2 + b.rnd.IntN(120)
		}
		o := b.order(c, b.ago(d+1, hour, minute), commerce.Pickup, store, w...)
		b.pay(o)
		b.ready(o, o.PaidAt.Add(8*time.Hour))
		if f == commerce.PickedUp {
			b.move(o, f, o.PaidAt.Add(30*time.Hour))
		}
	default:
		o := b.order(c, b.ago(1+b.rnd.IntN(150), 11+b.rnd.IntN(9), minute), commerce.InStore, store, w...)
		b.pay(o)
		o.Status, o.ReceivedAt, o.UpdatedAt = commerce.Completed, o.PaidAt, o.PaidAt // over the counter
	}
}

func (b *builder) arrived(c id.Customer, f commerce.OrderStatus, w []buy, hour, minute int) {
	d := 1 + b.rnd.IntN(14)
	if f == commerce.Completed {
		d = 16 + b.rnd.IntN(200)
	}
	o := b.order(c, b.ago(d+3, hour, minute), commerce.Online, "", w...)
	b.pay(o)
	signed := b.ago(d, 9+b.rnd.IntN(11), minute)
	b.ship(o, o.PaidAt.Add(20*time.Hour), 3, signed)
	if f == commerce.Completed {
		b.move(o, f, signed.AddDate(0, 0, 15))
	}
}

func (b *builder) cancelled(c id.Customer, w []buy, hour, minute int) {
	o := b.order(c, b.ago(1+b.rnd.IntN(60), hour, minute), commerce.Online, "", w...)
	o.CancelReason = pick(b, []string{"no longer needed", "ordered by mistake", "too slow", "cheaper elsewhere"})
	paid := b.rnd.IntN(3) > 0
	if paid {
		b.pay(o)
	}
	at := o.PlacedAt.Add(time.Duration(20+b.rnd.IntN(40)) * time.Minute)
	b.move(o, commerce.Cancelled, at)
	if !paid {
		return
	}
	back := commerce.Payment{Refund: true, Amount: o.Total, Method: o.Payments[0].Method, At: at, DueAt: b.shop.Policies.LastMoment(at, 7)}
	if done := at.Add(50 * time.Hour); done.Before(b.now) {
		back.DoneAt = done
	}
	o.Payments = append(o.Payments, back)
}

// stock counts goods so that what open orders hold is really there.
func (b *builder) stock() {
	held := map[[2]string]int{}
	for _, o := range b.shop.Orders {
		switch o.Status {
		case commerce.Unpaid, commerce.Paid, commerce.Processing, commerce.ReadyForPickup:
			for _, l := range o.Lines {
				held[[2]string{l.SKU, o.Place()}] += l.Quantity
			}
		}
	}
	for i, p := range b.shop.Products {
		for _, s := range p.SKUs {
			free := 15 + b.rnd.IntN(150)
			if i%9 == 8 && b.rnd.IntN(4) == 0 {
				free = 0
			}
			b.count(s.Code, commerce.Warehouse, free, held)
			for k, st := range b.shop.Stores {
				if (i+k)%3 != 0 || string(p.ID) == "running-shoes" || string(p.ID) == "thermos" {
					b.count(s.Code, string(st.ID), b.rnd.IntN(9), held)
				} else if n := held[[2]string{s.Code, string(st.ID)}]; n > 0 {
					b.count(s.Code, string(st.ID), 0, held)
				}
			}
		}
	}
}

func (b *builder) count(sku, place string, free int, held map[[2]string]int) {
	n := held[[2]string{sku, place}]
	b.shop.Stock = append(b.shop.Stock, commerce.Stock{SKU: sku, Place: place, OnHand: free + n, Reserved: n})
}
