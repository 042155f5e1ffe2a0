package tau

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// opened is when the benchmark's shop was filled; no rule of it looks at time.
var opened = time.Date(2024, 5, 15, 15, 0, 0, 0, time.UTC)

func usd(dollars float64) commerce.Money {
	return commerce.Money{Amount: int64(math.Round(dollars * 100)), Currency: "USD"}
}

func dollars(m commerce.Money) float64 { return float64(m.Amount) / 100 }

// plenty of everything: the benchmark knows only "available".
const plenty = 1_000_000

// fill writes the benchmark's data into a shop.
func (db database) fill(ctx context.Context, books *store.DB) error {
	var ps []commerce.Product
	var stock []commerce.Stock
	for _, pid := range sortedKeys(db.products) {
		p := db.products[pid].product()
		for _, s := range p.SKUs {
			stock = append(stock, commerce.Stock{SKU: s.Code, Place: commerce.Warehouse, OnHand: plenty})
		}
		ps = append(ps, p)
	}
	var people []customer.Customer
	var members []commerce.Member
	for _, uid := range sortedKeys(db.users) {
		u := db.users[uid]
		people = append(people, customer.Customer{ID: id.Customer(uid), Name: u.Name.First + " " + u.Name.Last, Language: id.EN, Email: u.Email, CreatedAt: opened, UpdatedAt: opened})
		members = append(members, u.member(uid))
	}
	var orders []commerce.Order
	for _, oid := range sortedKeys(db.orders) {
		orders = append(orders, db.orders[oid].order())
	}
	return books.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []func() error{
			func() error { return books.PutProducts(ctx, ps...) },
			func() error { return books.PutStock(ctx, stock...) },
			func() error { return books.PutCustomers(ctx, people...) },
			func() error { return books.PutMembers(ctx, members, nil) },
			func() error { return books.PutOrders(ctx, orders...) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func (p product) product() commerce.Product {
	out := commerce.Product{ID: id.Product(p.ID), Name: id.Text{EN: p.Name}}
	for _, key := range sortedKeys(p.Variants) {
		v := p.Variants[key]
		for _, k := range sortedKeys(v.Options) {
			if !slices.ContainsFunc(out.Options, func(o commerce.Option) bool { return o.Key == k }) {
				out.Options = append(out.Options, commerce.Option{Key: k, Name: id.Text{EN: k}})
			}
		}
		out.SKUs = append(out.SKUs, commerce.SKU{Code: v.ItemID, ProductID: out.ID, Options: v.Options, Price: usd(v.Price), OnSale: v.Available})
	}
	return out
}

func (a address) address() commerce.Address {
	return commerce.Address{Line1: a.Address1, Line2: a.Address2, City: a.City, Province: a.State, Country: a.Country, Postcode: a.Zip}
}

func addressOf(a commerce.Address) address {
	return address{a.Line1, a.Line2, a.City, a.Country, a.Province, a.Postcode}
}

func (u user) member(uid string) commerce.Member {
	m := commerce.Member{CustomerID: id.Customer(uid), Address: u.Address.address(), JoinedAt: opened}
	for _, k := range sortedKeys(u.Methods) {
		pm := u.Methods[k]
		p := commerce.PaymentMethod{ID: pm.ID, Kind: commerce.MethodKind(pm.Source), Brand: pm.Brand, LastFour: pm.LastFour}
		if pm.Balance != nil {
			p.Balance = usd(*pm.Balance)
		}
		m.Methods = append(m.Methods, p)
	}
	return m
}

var statuses = map[string]commerce.OrderStatus{"pending": commerce.Paid, "processed": commerce.Processing, "delivered": commerce.Delivered, "cancelled": commerce.Cancelled}

func (o order) order() commerce.Order {
	out := commerce.Order{ID: id.Order(o.ID), Number: o.ID, CustomerID: id.Customer(o.User), Channel: commerce.Online, Status: statuses[o.Status], Address: o.Address.address(),
		Goods: usd(0), Discount: usd(0), Shipping: usd(0), PlacedAt: opened, PaidAt: opened, UpdatedAt: opened, CancelReason: o.CancelReason}
	if out.Status == commerce.Delivered {
		out.ReceivedAt = opened
	}
	for i, it := range o.Items {
		out.Lines = append(out.Lines, commerce.Line{ID: fmt.Sprint(i + 1), ProductID: id.Product(it.ProductID), SKU: it.ItemID, Name: id.Text{EN: it.Name},
			Options: it.Options, Price: usd(it.Price), Quantity: 1})
		out.Goods.Amount += usd(it.Price).Amount
	}
	out.Total = out.Goods
	for _, f := range o.Fulfillments {
		for i, t := range f.Tracking {
			s := commerce.Shipment{Tracking: t}
			if i == 0 {
				s.SKUs = f.Items
			}
			out.Shipments = append(out.Shipments, s)
		}
	}
	for _, p := range o.Payments {
		out.Payments = append(out.Payments, commerce.Payment{Refund: p.Type == "refund", Amount: usd(p.Amount), Method: p.Method, At: opened, DoneAt: opened})
	}
	return out
}

// orderOf is an order of ours, with the cases that followed from it, in the benchmark's shape.
func orderOf(o commerce.Order, cases []commerce.Case) order {
	out := order{ID: o.Number, User: string(o.CustomerID), Address: addressOf(o.Address), CancelReason: o.CancelReason, Items: []item{}, Fulfillments: []fulfillment{}, Payments: []payment{}}
	for status, ours := range statuses {
		if ours == o.Status {
			out.Status = status
		}
	}
	if o.Modified && o.Status == commerce.Paid {
		out.Status = "pending (item modified)"
	}
	for _, l := range o.Lines {
		out.Items = append(out.Items, item{l.Name.EN, string(l.ProductID), l.SKU, dollars(l.Price), l.Options})
	}
	for _, s := range o.Shipments {
		if len(s.SKUs) == 0 && len(out.Fulfillments) > 0 {
			last := &out.Fulfillments[len(out.Fulfillments)-1]
			last.Tracking = append(last.Tracking, s.Tracking)
			continue
		}
		out.Fulfillments = append(out.Fulfillments, fulfillment{[]string{s.Tracking}, s.SKUs})
	}
	for _, p := range o.Payments {
		kind := "payment"
		if p.Refund {
			kind = "refund"
		}
		out.Payments = append(out.Payments, payment{kind, dollars(p.Amount), p.Method})
	}
	for _, c := range cases {
		if c.OrderID == o.ID {
			out.follow(c)
		}
	}
	return out
}

// follow tells a return or exchange the way the benchmark does: each list sorted on its own.
func (o *order) follow(c commerce.Case) {
	var old, fresh []string
	for _, it := range c.Items {
		for range it.Quantity {
			old, fresh = append(old, it.SKU), append(fresh, it.NewSKU)
		}
	}
	sort.Strings(old)
	sort.Strings(fresh)
	switch c.Kind {
	case commerce.ReturnCase:
		o.Status, o.ReturnItems, o.ReturnMethod = "return requested", old, c.Method
	case commerce.ExchangeCase:
		diff := dollars(c.Amount)
		o.Status, o.ExchangeItems, o.ExchangeNew, o.ExchangeMethod, o.ExchangeDiff = "exchange requested", old, fresh, c.Method, &diff
	}
}

// userOf is a member of ours in the benchmark's shape; who somebody is comes from the customer's row.
func userOf(m commerce.Member, c customer.Customer, before user) user {
	out := before
	out.Email, out.Address, out.Methods = c.Email, addressOf(m.Address), map[string]method{}
	for _, p := range m.Methods {
		pm := method{Source: string(p.Kind), ID: p.ID, Brand: p.Brand, LastFour: p.LastFour}
		if p.Kind == commerce.GiftBalance {
			b := dollars(p.Balance)
			pm.Balance = &b
		}
		out.Methods[p.ID] = pm
	}
	return out
}
