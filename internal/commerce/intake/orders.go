package intake

import (
	"context"
	"fmt"
	"slices"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

func sorted(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var statuses = []string{"unpaid", "paid", "processing", "shipped", "delivered", "completed", "cancelled", "ready_for_pickup", "picked_up"}

func readOrders(ctx context.Context, rows []row, rep *report, known Known, b *Batch) error {
	at := map[string]int{}
	for _, raw := range rows {
		r := reader{raw, rep}
		number := commerce.NormalNumber(r.text("number"))
		i, seen := at[number]
		if !seen {
			o, err := order(ctx, r, number, known)
			if err != nil {
				return err
			}
			i = len(b.Orders)
			at[number] = i
			b.Orders = append(b.Orders, o)
		}
		if err := b.addLine(ctx, i, r, known); err != nil {
			return err
		}
	}
	for i := range b.Orders {
		total(&b.Orders[i], rep)
	}
	return nil
}

func order(ctx context.Context, r reader, number string, known Known) (commerce.Order, error) {
	o := commerce.Order{ID: id.Order("ord_" + number), Number: number, CustomerID: id.Customer(r.text("customer_id")), Channel: commerce.Online,
		StoreID: id.Store(r.text("store_id")), Status: commerce.OrderStatus(r.oneOf("status", statuses...)), PlacedAt: r.time("placed_at"), PaidAt: r.time("paid_at"),
		ShippedAt: r.time("shipped_at"), ReceivedAt: r.time("received_at"), Shipping: r.money("shipping"), Discount: r.money("discount")}
	o.UpdatedAt = o.PlacedAt
	if r.text("channel") != "" {
		o.Channel = commerce.Channel(r.oneOf("channel", "online", "store", "pickup"))
	}
	o.Address = commerce.Address{Name: r.text("name"), Phone: r.text("phone"), Line1: r.text("line1"), Line2: r.text("line2"), District: r.text("district"),
		City: r.text("city"), Province: r.text("province"), Country: r.text("country"), Postcode: r.text("postcode")}
	if o.Has() && o.ReceivedAt.IsZero() {
		r.rep.add(r.at, "received_at", "is needed for an order that is %s", o.Status)
	}
	if o.Status != commerce.Unpaid && o.Status != commerce.Cancelled && o.PaidAt.IsZero() {
		r.rep.add(r.at, "paid_at", "is needed for an order that is %s", o.Status)
	}
	if t := r.text("tracking"); t != "" {
		o.Shipments = []commerce.Shipment{{Carrier: id.Text{ZH: r.text("carrier"), EN: r.text("carrier")}, Tracking: t}}
	}
	taken, err := known.NumberTaken(ctx, number)
	if err != nil {
		return o, err
	}
	if taken { // replacing it would lose what has happened to it since
		r.rep.add(r.at, "number", "%q exists already", number)
	}
	m, err := known.MemberOf(ctx, o.CustomerID)
	if err == nil && m.Version == 0 {
		r.rep.add(r.at, "customer_id", "%q is not a customer; import the customers first", o.CustomerID)
	}
	if !o.PaidAt.IsZero() {
		method := r.text("payment_method")
		if method == "" {
			method = "unknown"
		}
		o.Payments = []commerce.Payment{{Method: method, At: o.PaidAt, DoneAt: o.PaidAt}}
	}
	return o, err
}

func (b *Batch) addLine(ctx context.Context, i int, r reader, known Known) error {
	o := &b.Orders[i]
	if id.Customer(r.text("customer_id")) != o.CustomerID {
		r.rep.add(r.at, "customer_id", "differs from the first row of order %s", o.Number)
	}
	p, err := product(ctx, known, r, r.text("sku"))
	if err != nil {
		return err
	}
	s, _ := p.SKU(r.text("sku"))
	o.Lines = append(o.Lines, commerce.Line{ID: fmt.Sprint(len(o.Lines) + 1), ProductID: p.ID, SKU: r.text("sku"), Name: p.Name, Options: s.Options,
		Variant: id.Text{ZH: p.OptionText(s, id.ZH), EN: p.OptionText(s, id.EN)}, Price: r.money("price"), Quantity: r.int("quantity", 1, commerce.MaxQuantity), Traits: p.Traits})
	return nil
}

// total sums an order up; currencies must agree, and a discount cannot be more than the goods.
func total(o *commerce.Order, rep *report) {
	fail := func(why string) { rep.add("order "+o.Number, "", "%s", why) }
	o.Goods = commerce.Money{Currency: o.Shipping.Currency}
	for _, l := range o.Lines {
		v, err := l.Price.Times(l.Quantity)
		if err == nil {
			v, err = o.Goods.Add(v)
		}
		if err != nil {
			fail(message(err))
			return
		}
		o.Goods = v
	}
	o.Total = commerce.Money{Amount: o.Goods.Amount - o.Discount.Amount + o.Shipping.Amount, Currency: o.Goods.Currency}
	if o.Discount.Amount > o.Goods.Amount {
		fail("the discount is more than the goods cost")
	}
	if err := o.Total.Check(); err != nil {
		fail(message(err))
	}
	for i := range o.Payments {
		o.Payments[i].Amount = o.Total
	}
}

func message(err error) string {
	if e, ok := err.(*errs.Error); ok {
		return e.Message
	}
	return err.Error()
}
