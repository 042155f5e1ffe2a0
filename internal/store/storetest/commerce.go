package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Commerce is the contract of commerce.Books, Loader and HistoryLoader.
func Commerce(t *testing.T) {
	for name, test := range map[string]func(*testing.T, Env){
		"goods": commerceGoods, "stock": commerceStock, "orders": commerceOrders, "cases": commerceCases,
		"members": commerceMembers, "keys": commerceKeys, "undone": commerceUndone,
	} {
		t.Run(name, func(t *testing.T) { Each(t, test) })
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Fatalf("got %v, want the code %s", err, code)
	}
}

func mug() commerce.Product {
	return commerce.Product{ID: "mug", Category: "drinkware", Name: id.Text{ZH: "马克杯", EN: "Mug"},
		SKUs: []commerce.SKU{{Code: "MUG-W", ProductID: "mug", Price: commerce.CNY(3900), OnSale: true}, {Code: "MUG-B", ProductID: "mug", Price: commerce.CNY(4200), OnSale: true}}}
}

func commerceGoods(t *testing.T, e Env) {
	cup := mug()
	cup.ID, cup.SKUs = "cup", []commerce.SKU{{Code: "CUP", ProductID: "cup", Price: commerce.CNY(100)}}
	must(t, e.DB.PutProducts(e.Ctx, mug(), cup))
	must(t, e.DB.PutStores(e.Ctx, commerce.Store{ID: "hz", Name: id.Text{ZH: "杭州店"}}))
	all, err := e.DB.Products(e.Ctx)
	if must(t, err); len(all) != 2 || all[0].ID != "mug" || all[0].Name.EN != "Mug" {
		t.Fatalf("products: %+v", all)
	}
	p, err := e.DB.ProductOf(e.Ctx, "MUG-B")
	if must(t, err); p.ID != "mug" {
		t.Fatalf("the variant's product: %+v", p)
	}
	_, err = e.DB.ProductOf(e.Ctx, "NO")
	wantCode(t, err, "sku_unknown")
	_, err = e.DB.Product(e.Ctx, "no")
	wantCode(t, err, "product_unknown")
	changed := mug()
	changed.SKUs = changed.SKUs[:1]
	must(t, e.DB.PutProducts(e.Ctx, changed))
	_, err = e.DB.ProductOf(e.Ctx, "MUG-B")
	wantCode(t, err, "sku_unknown")
	stolen := mug()
	stolen.ID = "thief"
	if err := e.DB.PutProducts(e.Ctx, stolen); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a SKU went to a second product: %v", err)
	}
	stores, err := e.DB.Stores(e.Ctx)
	if must(t, err); len(stores) != 1 || stores[0].ID != "hz" {
		t.Fatalf("stores: %+v", stores)
	}
}

func commerceStock(t *testing.T, e Env) {
	must(t, e.DB.PutStock(e.Ctx, commerce.Stock{SKU: "A", Place: "warehouse", OnHand: 3}, commerce.Stock{SKU: "A", Place: "hz", OnHand: 1}))
	reserve := commerce.Move{SKU: "A", Place: "warehouse", Reserved: 1}
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := 0
	for range 8 {
		wg.Go(func() {
			if err := e.DB.MoveStock(e.Ctx, reserve); err == nil {
				mu.Lock()
				got++
				mu.Unlock()
			}
		})
	}
	if wg.Wait(); got != 3 {
		t.Fatalf("%d of 3 pieces were promised", got)
	}
	wantCode(t, e.DB.MoveStock(e.Ctx, reserve), "out_of_stock")
	must(t, e.DB.MoveStock(e.Ctx, commerce.Move{SKU: "A", Place: "warehouse", OnHand: -1, Reserved: -1}))
	must(t, e.DB.MoveStock(e.Ctx, commerce.Move{SKU: "A", Place: "warehouse", Reserved: -9}))
	must(t, e.DB.MoveStock(e.Ctx, commerce.Move{SKU: "never counted", Place: "warehouse", Reserved: -1}))
	st, err := e.DB.StockOf(e.Ctx, "A", "B")
	if must(t, err); len(st) != 2 || st[1] != (commerce.Stock{SKU: "A", Place: "warehouse", OnHand: 2}) {
		t.Fatalf("stock: %+v", st)
	}
}

func order(c id.Customer, number string) commerce.Order {
	return commerce.Order{ID: id.Order("ord_" + number), Number: number, CustomerID: c, Status: commerce.Paid, PlacedAt: Start,
		Goods: commerce.CNY(3900), Total: commerce.CNY(4700), Lines: []commerce.Line{{ID: "1", SKU: "MUG-W", Quantity: 1, Price: commerce.CNY(3900)}}}
}

func commerceOrders(t *testing.T, e Env) {
	must(t, e.DB.SaveOrder(e.Ctx, order("li", "QH1")))
	must(t, e.DB.PutOrders(e.Ctx, order("li", "QH2"), order("wang", "QH3")))
	list, err := e.DB.OrdersOf(e.Ctx, "li", 10)
	if must(t, err); len(list) != 2 {
		t.Fatalf("li has %d orders", len(list))
	}
	for _, ref := range []string{"ord_QH1", "qh 1", "QH-1"} {
		if _, err := e.DB.OrderOf(e.Ctx, "li", ref); err != nil {
			t.Fatalf("%s: %v", ref, err)
		}
	}
	_, missing := e.DB.OrderOf(e.Ctx, "li", "QH9")
	_, foreign := e.DB.OrderOf(e.Ctx, "li", "QH3")
	wantCode(t, missing, "order_unknown")
	wantCode(t, foreign, "order_unknown")
	o, err := e.DB.OrderOf(e.Ctx, "li", "QH1")
	must(t, err)
	o.Status = commerce.Cancelled
	must(t, e.DB.SaveOrder(e.Ctx, o))
	wantCode(t, e.DB.SaveOrder(e.Ctx, o), "changed_meanwhile")
	o.CustomerID, o.Version = "wang", o.Version+1
	wantCode(t, e.DB.SaveOrder(e.Ctx, o), "changed_meanwhile")
	if err := e.DB.SaveOrder(e.Ctx, order("emma", "QH1")); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a number was given twice: %v", err)
	}
	n, err := e.DB.OrderNumbered(e.Ctx, "QH3")
	if must(t, err); n.CustomerID != "wang" || !n.PlacedAt.Equal(Start) {
		t.Fatalf("order: %+v", n)
	}
	found, err := e.DB.OrdersLike(e.Ctx, "h2", 5)
	if must(t, err); len(found) != 1 {
		t.Fatalf("search found %d", len(found))
	}
}

func commerceCases(t *testing.T, e Env) {
	c := commerce.Case{ID: "RT1", Number: "RT1", Kind: commerce.ReturnCase, CustomerID: "li", Status: commerce.Requested, OpenedAt: Start}
	must(t, e.DB.SaveCase(e.Ctx, c))
	other := c
	other.ID, other.Number, other.CustomerID = "RT2", "RT2", "wang"
	must(t, e.DB.PutCases(e.Ctx, other))
	list, err := e.DB.CasesOf(e.Ctx, "li", 10)
	if must(t, err); len(list) != 1 || list[0].Version != 1 {
		t.Fatalf("cases: %+v", list)
	}
	must(t, list[0].To(commerce.Received, Start, id.Text{EN: "here"}))
	must(t, e.DB.SaveCase(e.Ctx, list[0]))
	wantCode(t, e.DB.SaveCase(e.Ctx, list[0]), "changed_meanwhile")
	got, err := e.DB.CaseNumbered(e.Ctx, "RT1")
	if must(t, err); got.Status != commerce.Received || len(got.Events) != 1 {
		t.Fatalf("case: %+v", got)
	}
	_, err = e.DB.CaseNumbered(e.Ctx, "RT9")
	wantCode(t, err, "case_unknown")
	taken, err := e.DB.NumberTaken(e.Ctx, "RT2")
	free, err2 := e.DB.NumberTaken(e.Ctx, "RT9")
	if must(t, errors.Join(err, err2)); !taken || free {
		t.Fatalf("taken %v, free %v", taken, free)
	}
}

func commerceMembers(t *testing.T, e Env) {
	m, err := e.DB.MemberOf(e.Ctx, "li")
	if must(t, err); m.CustomerID != "li" || m.Version != 0 {
		t.Fatalf("an unknown member: %+v", m)
	}
	m.Points, m.Methods = 120, []commerce.PaymentMethod{{ID: "gift_1", Kind: commerce.GiftBalance, Balance: commerce.CNY(500)}}
	must(t, e.DB.SaveMember(e.Ctx, m))
	m, err = e.DB.MemberOf(e.Ctx, "li")
	if must(t, err); m.Points != 120 || m.Methods[0].Balance.Amount != 500 || m.Version != 1 {
		t.Fatalf("member: %+v", m)
	}
	must(t, e.DB.SaveMember(e.Ctx, m))
	wantCode(t, e.DB.SaveMember(e.Ctx, m), "changed_meanwhile")
	coupon := commerce.Coupon{ID: "c1", CustomerID: "li", Code: "ABC", ValidUntil: Start}
	must(t, e.DB.AddCoupon(e.Ctx, coupon))
	if err := e.DB.AddCoupon(e.Ctx, commerce.Coupon{ID: "c2", CustomerID: "wang", Code: "ABC"}); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a code was given twice: %v", err)
	}
	must(t, e.DB.PutMembers(e.Ctx, []commerce.Member{{CustomerID: "wang"}}, []commerce.Coupon{coupon}))
	cs, err := e.DB.CouponsOf(e.Ctx, "li")
	if must(t, err); len(cs) != 1 || !cs[0].ValidUntil.Equal(Start) {
		t.Fatalf("coupons: %+v", cs)
	}
}

func commerceKeys(t *testing.T, e Env) {
	before, err := e.DB.ClaimKey(e.Ctx, "li", "k", "print")
	if must(t, err); before != nil {
		t.Fatal("a new key had an outcome")
	}
	must(t, e.DB.KeepOutcome(e.Ctx, "li", "k", []byte(`{"a":1}`)))
	before, err = e.DB.ClaimKey(e.Ctx, "li", "k", "print")
	if must(t, err); string(before) != `{"a":1}` {
		t.Fatalf("outcome %q", before)
	}
	_, err = e.DB.ClaimKey(e.Ctx, "li", "k", "another")
	wantCode(t, err, "key_reused")
	before, err = e.DB.ClaimKey(e.Ctx, "wang", "k", "another")
	if must(t, err); before != nil {
		t.Fatal("keys of two customers met")
	}
}

func commerceUndone(t *testing.T, e Env) {
	err := e.DB.InTx(e.Ctx, func(ctx context.Context) error {
		must(t, e.DB.PutProducts(ctx, mug()))
		must(t, e.DB.SaveOrder(ctx, order("li", "QH1")))
		if _, err := e.DB.ClaimKey(ctx, "li", "k", "p"); err != nil {
			return err
		}
		return errors.New("changed my mind")
	})
	if err == nil {
		t.Fatal("the transaction went through")
	}
	all, err := e.DB.Products(e.Ctx)
	if must(t, err); len(all) != 0 {
		t.Fatal("products stayed")
	}
	_, err = e.DB.OrderOf(e.Ctx, "li", "QH1")
	wantCode(t, err, "order_unknown")
}
