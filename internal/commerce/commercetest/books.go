package commercetest

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Books implements commerce.Books in memory.
type Books struct {
	mu sync.Mutex
	d  Data
}

// Data is everything the books hold; tests fill it and look into it.
type Data struct {
	Products []commerce.Product
	Stores   []commerce.Store
	Stock    []commerce.Stock
	Orders   []commerce.Order
	Cases    []commerce.Case
	Members  []commerce.Member
	Coupons  []commerce.Coupon
	Keys     map[string][2]string // print and outcome by customer and key
}

// New makes books that hold d.
func New(d Data) *Books {
	if d.Keys == nil {
		d.Keys = map[string][2]string{}
	}
	return &Books{d: d}
}

// Data is a copy of what the books hold now.
func (b *Books) Data() Data { return clone(b.d) }

// clone copies what requests change; products and stores are only ever replaced whole.
func clone(d Data) (out Data) {
	products, stores := d.Products, d.Stores
	d.Products, d.Stores = nil, nil
	defer func() { out.Products, out.Stores = products, stores }()
	raw, err := json.Marshal(d)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		panic("commercetest: " + err.Error())
	}
	return out
}

type inside struct{}

// InTx implements commerce.Books.
func (b *Books) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(inside{}) != nil {
		return fn(ctx)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	before := clone(b.d)
	err := fn(context.WithValue(ctx, inside{}, true))
	if err != nil {
		b.d = before
	}
	return err
}

func none(code, what, ref string) error {
	return errs.New(errs.NotFound, code, "There is no %s %q.", what, ref)
}

var changed = errs.New(errs.Conflict, "changed_meanwhile", "This was changed in the meantime.")

// Products implements commerce.Catalogue.
func (b *Books) Products(context.Context) ([]commerce.Product, error) { return b.d.Products, nil }

// Product implements commerce.Catalogue.
func (b *Books) Product(_ context.Context, pid id.Product) (commerce.Product, error) {
	for _, p := range b.d.Products {
		if p.ID == pid {
			return p, nil
		}
	}
	return commerce.Product{}, none("product_unknown", "product", string(pid))
}

// ProductOf implements commerce.Catalogue.
func (b *Books) ProductOf(_ context.Context, sku string) (commerce.Product, error) {
	for _, p := range b.d.Products {
		if _, ok := p.SKU(sku); ok {
			return p, nil
		}
	}
	return commerce.Product{}, none("sku_unknown", "variant", sku)
}

// Stores implements commerce.Floor.
func (b *Books) Stores(context.Context) ([]commerce.Store, error) { return b.d.Stores, nil }

// StockOf implements commerce.Floor.
func (b *Books) StockOf(_ context.Context, skus ...string) (out []commerce.Stock, err error) {
	for _, s := range b.d.Stock {
		if slices.Contains(skus, s.SKU) {
			out = append(out, s)
		}
	}
	return out, nil
}

// MoveStock implements commerce.Floor.
func (b *Books) MoveStock(_ context.Context, moves ...commerce.Move) error {
	for _, m := range moves {
		i := slices.IndexFunc(b.d.Stock, func(s commerce.Stock) bool { return s.SKU == m.SKU && s.Place == m.Place })
		if m.Reserved > 0 && (i < 0 || b.d.Stock[i].Free() < m.Reserved) {
			return errs.New(errs.Conflict, "out_of_stock", "There is not enough of %s at %s.", m.SKU, m.Place)
		}
		if i >= 0 {
			b.d.Stock[i].OnHand += m.OnHand
			b.d.Stock[i].Reserved = max(0, b.d.Stock[i].Reserved+m.Reserved)
		}
	}
	return nil
}

// OrdersOf implements commerce.OrderBook.
func (b *Books) OrdersOf(_ context.Context, c id.Customer, limit int) (out []commerce.Order, err error) {
	for _, o := range b.d.Orders {
		if o.CustomerID == c && len(out) < limit {
			out = append(out, o)
		}
	}
	return out, nil
}

// OrderOf implements commerce.OrderBook.
func (b *Books) OrderOf(_ context.Context, c id.Customer, ref string) (commerce.Order, error) {
	for _, o := range b.d.Orders {
		if o.CustomerID == c && (string(o.ID) == ref || slices.Contains(commerce.Numbers(ref), o.Number)) {
			return o, nil
		}
	}
	return commerce.Order{}, none("order_unknown", "order", ref)
}

// OrderNumbered implements commerce.BackOffice.
func (b *Books) OrderNumbered(_ context.Context, number string) (commerce.Order, error) {
	for _, o := range b.d.Orders {
		if o.Number == number {
			return o, nil
		}
	}
	return commerce.Order{}, none("order_unknown", "order", number)
}

// SaveOrder implements commerce.OrderBook.
func (b *Books) SaveOrder(_ context.Context, o commerce.Order) error {
	i := slices.IndexFunc(b.d.Orders, func(x commerce.Order) bool {
		return x.ID == o.ID && x.CustomerID == o.CustomerID && x.Version == o.Version
	})
	if i < 0 {
		return changed
	}
	o.Version++
	b.d.Orders[i] = o
	return nil
}

// CasesOf implements commerce.CaseBook.
func (b *Books) CasesOf(_ context.Context, c id.Customer, limit int) (out []commerce.Case, err error) {
	for _, x := range b.d.Cases {
		if x.CustomerID == c && len(out) < limit {
			out = append(out, x)
		}
	}
	return out, nil
}

// CaseNumbered implements commerce.BackOffice.
func (b *Books) CaseNumbered(_ context.Context, number string) (commerce.Case, error) {
	for _, x := range b.d.Cases {
		if x.Number == number {
			return x, nil
		}
	}
	return commerce.Case{}, none("case_unknown", "request", number)
}

// SaveCase implements commerce.CaseBook.
func (b *Books) SaveCase(_ context.Context, c commerce.Case) error {
	i := slices.IndexFunc(b.d.Cases, func(x commerce.Case) bool { return x.ID == c.ID })
	fresh := c
	fresh.Version++
	switch {
	case i < 0 && c.Version == 0:
		b.d.Cases = append(b.d.Cases, fresh)
	case i >= 0 && b.d.Cases[i].Version == c.Version:
		b.d.Cases[i] = fresh
	default:
		return changed
	}
	return nil
}

// NumberTaken implements commerce.CaseBook.
func (b *Books) NumberTaken(ctx context.Context, number string) (bool, error) {
	_, noOrder := b.OrderNumbered(ctx, number)
	_, noCase := b.CaseNumbered(ctx, number)
	return noOrder == nil || noCase == nil, nil
}

// MemberOf implements commerce.MemberBook.
func (b *Books) MemberOf(_ context.Context, c id.Customer) (commerce.Member, error) {
	for _, m := range b.d.Members {
		if m.CustomerID == c {
			return m, nil
		}
	}
	return commerce.Member{CustomerID: c}, nil
}

// SaveMember implements commerce.MemberBook.
func (b *Books) SaveMember(_ context.Context, m commerce.Member) error {
	i := slices.IndexFunc(b.d.Members, func(x commerce.Member) bool { return x.CustomerID == m.CustomerID })
	if i < 0 {
		b.d.Members = append(b.d.Members, m)
		i = len(b.d.Members) - 1
	} else if b.d.Members[i].Version != m.Version {
		return changed
	}
	m.Version++
	b.d.Members[i] = m
	return nil
}

// CouponsOf implements commerce.MemberBook.
func (b *Books) CouponsOf(_ context.Context, c id.Customer) (out []commerce.Coupon, err error) {
	for _, x := range b.d.Coupons {
		if x.CustomerID == c {
			out = append(out, x)
		}
	}
	return out, nil
}

// AddCoupon implements commerce.CouponBook.
func (b *Books) AddCoupon(_ context.Context, c commerce.Coupon) error {
	b.d.Coupons = append(b.d.Coupons, c)
	return nil
}

// ClaimKey implements commerce.KeyBook.
func (b *Books) ClaimKey(_ context.Context, c id.Customer, key, print string) ([]byte, error) {
	k := string(c) + "\x00" + key
	had, ok := b.d.Keys[k]
	switch {
	case !ok:
		b.d.Keys[k] = [2]string{print}
		return nil, nil
	case had[0] != print:
		return nil, errs.New(errs.Conflict, "key_reused", "This key was already used for another request.")
	}
	return []byte(had[1]), nil
}

// KeepOutcome implements commerce.KeyBook.
func (b *Books) KeepOutcome(_ context.Context, c id.Customer, key string, outcome []byte) error {
	k := string(c) + "\x00" + key
	b.d.Keys[k] = [2]string{b.d.Keys[k][0], string(outcome)}
	return nil
}
