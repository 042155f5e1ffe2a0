package seed

import (
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
)

//go:embed policies.yaml
var policiesYAML []byte

//go:embed products.yaml
var productsYAML []byte

//go:embed stores.yaml
var storesYAML []byte

//go:embed guides.yaml
var guidesYAML []byte

// Shop is the whole demo shop in memory. The same moment gives the same shop, to the last digit.
type Shop struct {
	Policies   commerce.Policies
	Categories []commerce.Category
	Services   map[string]Word // what stores offer, in words
	Products   []commerce.Product
	Stores     []commerce.Store
	Stock      []commerce.Stock
	Customers  []customer.Customer
	Members    []commerce.Member
	Coupons    []commerce.Coupon
	Orders     []commerce.Order
	Cases      []commerce.Case
}

// Word is a term in both languages.
type Word struct {
	ZH string `yaml:"zh"`
	EN string `yaml:"en"`
}

// Policies are the demo shop's rules.
func Policies() commerce.Policies {
	var p commerce.Policies
	mustDecode(policiesYAML, &p)
	return p
}

// Load makes the shop as it stands at now. The files are part of the binary and checked by tests, so it cannot fail.
func Load(now time.Time) Shop {
	b := &builder{now: now, rnd: rand.New(rand.NewPCG(7, 2026)), numbers: map[string]bool{}}
	b.shop.Policies = Policies()
	b.zone, _ = time.LoadLocation(b.shop.Policies.Zone)
	if b.zone == nil {
		b.zone = time.FixedZone("CST", 8*3600)
	}
	b.catalogue()
	b.stores()
	b.cast()
	b.crowd(200)
	b.history(600)
	b.afterSales()
	b.stock()
	b.tiers()
	return b.shop
}

// builder makes a shop step by step; everything random comes from rnd.
type builder struct {
	shop    Shop
	now     time.Time
	zone    *time.Location
	rnd     *rand.Rand
	numbers map[string]bool
	homes   map[string]commerce.Address // by customer
	random  int                         // index of the first order that is nobody's in particular
}

// ago is a moment some days before now at an hour and minute of the local clock, never after now.
func (b *builder) ago(days, hour, minute int) time.Time {
	d := b.now.In(b.zone)
	t := time.Date(d.Year(), d.Month(), d.Day()-days, hour, minute, 0, 0, b.zone)
	if t.After(b.now) {
		t = b.now.Add(-time.Duration(1+minute%50) * time.Minute)
	}
	return t.UTC()
}

// number makes an order's or a case's number of a day.
func (b *builder) number(prefix string, at time.Time) string {
	for {
		n := fmt.Sprintf("%s%s%06d", prefix, at.In(b.zone).Format("060102"), b.rnd.IntN(1_000_000))
		if !b.numbers[n] {
			b.numbers[n] = true
			return n
		}
	}
}

func pick[T any](b *builder, list []T) T { return list[b.rnd.IntN(len(list))] }

func mustDecode(raw []byte, into any) {
	if err := yaml.Unmarshal(raw, into); err != nil {
		panic("seed: " + err.Error())
	}
}

var guides = sync.OnceValue(func() map[string]*commerce.Guide {
	m := map[string]*commerce.Guide{}
	mustDecode(guidesYAML, &m)
	return m
})

// Books is where a shop is written to.
type Books interface {
	commerce.Loader
	commerce.HistoryLoader
	PutCustomers(ctx context.Context, cs ...customer.Customer) error
	InTx(ctx context.Context, fn func(context.Context) error) error
}

// Write puts the shop into the books, whole or not at all, in one transaction.
func (s Shop) Write(ctx context.Context, b Books) error {
	return b.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []func() error{
			func() error { return b.PutProducts(ctx, s.Products...) },
			func() error { return b.PutStores(ctx, s.Stores...) },
			func() error { return b.PutStock(ctx, s.Stock...) },
			func() error { return b.PutCustomers(ctx, s.Customers...) },
			func() error { return b.PutMembers(ctx, s.Members, s.Coupons) },
			func() error { return b.PutOrders(ctx, s.Orders...) },
			func() error { return b.PutCases(ctx, s.Cases...) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}
