package seed_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/seed"
)

var now = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func TestSameMomentSameShop(t *testing.T) {
	if !reflect.DeepEqual(seed.Load(now), seed.Load(now)) {
		t.Fatal("two loads differ")
	}
}

func TestAnyMomentMakesAShop(t *testing.T) {
	for h := range 48 {
		at := now.Add(time.Duration(h)*31*time.Minute + time.Duration(h*9)*24*time.Hour)
		s := seed.Load(at)
		for _, o := range s.Orders {
			if o.PlacedAt.After(at) || o.UpdatedAt.After(at) || o.ReceivedAt.After(at) {
				t.Fatalf("at %v: order %s of %s lies in the future", at, o.Number, o.CustomerID)
			}
			for _, sh := range o.Shipments {
				for i, e := range sh.Events {
					if e.At.After(at) || (i > 0 && e.At.Before(sh.Events[i-1].At)) {
						t.Fatalf("at %v: the track of %s runs wild: %v", at, o.Number, sh.Events)
					}
				}
			}
		}
		for _, c := range s.Cases {
			for _, e := range c.Events {
				if e.At.After(at) {
					t.Fatalf("at %v: case %s lies in the future", at, c.Number)
				}
			}
		}
	}
}

func TestSizes(t *testing.T) {
	s := seed.Load(now)
	if len(s.Products) < 60 || len(s.Categories) != 8 || len(s.Stores) != 8 || len(s.Customers) != 200 || len(s.Orders) != 600 {
		t.Fatalf("%d products, %d categories, %d stores, %d customers, %d orders", len(s.Products), len(s.Categories), len(s.Stores), len(s.Customers), len(s.Orders))
	}
	cities := map[string]int{}
	for _, st := range s.Stores {
		cities[st.City.EN]++
		if len(st.Staff) < 3 || st.Phone == "" || st.Address.EN == "" || len(st.OnShift(now)) == 0 {
			t.Errorf("store %s lacks staff, phone or address", st.ID)
		}
	}
	if want := map[string]int{"Hangzhou": 3, "Shanghai": 2, "Beijing": 2, "Chengdu": 1}; !reflect.DeepEqual(cities, want) {
		t.Errorf("cities: %v", cities)
	}
	if err := s.Policies.Check(); err != nil {
		t.Error(err)
	}
}

func TestEveryStateOccurs(t *testing.T) {
	s := seed.Load(now)
	states, cases := map[commerce.OrderStatus]int{}, map[string]int{}
	for _, o := range s.Orders {
		states[o.Status]++
	}
	for _, st := range []commerce.OrderStatus{commerce.Unpaid, commerce.Paid, commerce.Processing, commerce.Shipped, commerce.Delivered,
		commerce.Completed, commerce.Cancelled, commerce.ReadyForPickup, commerce.PickedUp} {
		if states[st] < 5 {
			t.Errorf("%d orders are %s", states[st], st)
		}
	}
	for _, c := range s.Cases {
		cases[string(c.Kind)+" "+string(c.Status)]++
	}
	for _, want := range []string{"return requested", "return in_transit", "return received", "return refunding", "return refunded",
		"exchange requested", "exchange done", "repair repairing", "repair done", "invoice done"} {
		if cases[want] == 0 {
			t.Errorf("no case is %q: %v", want, cases)
		}
	}
}

func TestProductsAreWhole(t *testing.T) {
	s := seed.Load(now)
	guides, known := 0, map[string]bool{}
	for _, p := range s.Products {
		known[string(p.ID)] = true
	}
	for _, p := range s.Products {
		if err := p.Check(); err != nil {
			t.Error(err)
		}
		for what, text := range map[string]id.Text{"name": p.Name, "subtitle": p.Subtitle, "description": p.Description} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s: the %s is not there in both languages", p.ID, what)
			}
		}
		if len(p.Aliases) < 2 {
			t.Errorf("%s has too few aliases", p.ID)
		}
		for _, m := range p.Matching {
			if !known[m] {
				t.Errorf("%s goes with %s, which is not sold", p.ID, m)
			}
		}
		if p.Guide != nil {
			guides++
			if p.Guide.Intro.EN == "" || p.Guide.Intro.ZH == "" || len(p.Guide.Sections) < 1 {
				t.Errorf("the guide of %s is thin", p.ID)
			}
		}
	}
	if guides < 12 {
		t.Errorf("%d guides", guides)
	}
}

func TestMoneyAddsUp(t *testing.T) {
	s := seed.Load(now)
	numbers := map[string]bool{}
	for _, o := range s.Orders {
		if numbers[o.Number] {
			t.Errorf("%s is used twice", o.Number)
		}
		numbers[o.Number] = true
		var goods int64
		for _, l := range o.Lines {
			goods += l.Price.Amount * int64(l.Quantity)
		}
		if goods != o.Goods.Amount || o.Total.Amount != goods-o.Discount.Amount+o.Shipping.Amount {
			t.Errorf("%s does not add up", o.Number)
		}
		if b := o.Balance(); b < 0 || b > o.Total.Amount {
			t.Errorf("%s holds %d of %d", o.Number, b, o.Total.Amount)
		}
	}
	for _, st := range s.Stock {
		if st.Free() < 0 {
			t.Errorf("%s at %s is promised more than there is", st.SKU, st.Place)
		}
	}
}

// TestCast holds what DESIGN.md promises of the three customers.
func TestCast(t *testing.T) {
	s := seed.Load(now)
	find := func(c id.Customer, st commerce.OrderStatus, days int, products ...string) commerce.Order {
		t.Helper()
		for _, o := range s.Orders {
			if o.CustomerID != c || o.Status != st || (days > 0 && int(now.Sub(o.ReceivedAt).Hours()+12)/24 != days) {
				continue
			}
			if has(o, products...) {
				return o
			}
		}
		t.Errorf("%s has no order that is %s (%d days ago) with %v", c, st, days, products)
		return commerce.Order{}
	}
	find("li-na", commerce.Shipped, 0)
	recent := find("li-na", commerce.Delivered, 3, "running-shoes", "thermos")
	old := find("li-na", commerce.Delivered, 40, "rice-cooker")
	find("li-na", commerce.Unpaid, 0)
	if o := find("wang-wei", commerce.ReadyForPickup, 0); o.StoreID != "hz-westlake" {
		t.Errorf("the pick-up waits in %s", o.StoreID)
	}
	find("emma", commerce.Shipped, 0, "desk-lamp")
	find("emma", commerce.Delivered, 5, "backpack", "mug")
	for _, m := range s.Members {
		if m.CustomerID == "li-na" && m.Tier != "gold" {
			t.Errorf("li-na is %s", m.Tier)
		}
	}
	kinds := map[string]bool{}
	for _, c := range s.Cases {
		if c.CustomerID == "wang-wei" {
			kinds[string(c.Kind)+" "+string(c.Status)+" "+c.Items[0].Name.EN] = true
		}
	}
	if !kinds["return refunding Fleece Hoodie"] || !kinds["repair repairing Daybreak Coffee Machine"] {
		t.Errorf("wang-wei's cases: %v", kinds)
	}
	for _, l := range recent.Lines {
		if d := s.Policies.CanReturn(recent, l, commerce.Goods{}, now); !d.Allowed {
			t.Errorf("li-na cannot return %s: %s", l.SKU, d.Reason.EN)
		}
	}
	if d := s.Policies.CanReturn(old, old.Lines[0], commerce.Goods{}, now); d.Allowed || d.Code != "return_too_late" {
		t.Errorf("the rice cooker: %+v", d)
	}
	if d := s.Policies.CanRepair(old, old.Lines[0], now); !d.Allowed || d.Code != "" {
		t.Errorf("the rice cooker's warranty: %+v", d)
	}
}

func has(o commerce.Order, products ...string) bool {
	for _, p := range products {
		found := false
		for _, l := range o.Lines {
			found = found || string(l.ProductID) == p
		}
		if !found {
			return false
		}
	}
	return true
}

func TestWrite(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	start := time.Now()
	s := seed.Load(now)
	loaded := time.Since(start)
	if err := s.Write(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("made in %v, written after %v", loaded, took)
	if took > 10*time.Second {
		t.Errorf("the seed took %v", took)
	}
	orders, err := db.OrdersOf(t.Context(), "li-na", 10)
	if err != nil || len(orders) != 4 {
		t.Fatalf("li-na has %d orders: %v", len(orders), err)
	}
	if err := s.Write(t.Context(), db); err != nil {
		t.Errorf("writing again: %v", err)
	}
}
