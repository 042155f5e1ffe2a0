package commerce_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/commerce/commercetest"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/seed"
)

var start = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

type desk struct {
	t     *testing.T
	books *commercetest.Books
	shop  *commerce.Service
	clock *clock.Fake
	keys  int
}

func open(t *testing.T) *desk {
	t.Helper()
	s := seed.Load(start)
	for i := range s.Orders {
		s.Orders[i].Version = 1
	}
	for i := range s.Members {
		s.Members[i].Version = 1
	}
	for i := range s.Cases {
		s.Cases[i].Version = 1
	}
	// A part of the shop is enough, and quick to copy.
	s.Orders, s.Coupons = s.Orders[:160], s.Coupons[:20]
	s.Stock = slices.DeleteFunc(s.Stock, func(st commerce.Stock) bool { return st.Place != commerce.Warehouse && st.Place != "hz-westlake" })
	b := commercetest.New(commercetest.Data{Products: s.Products, Stores: s.Stores, Stock: s.Stock, Orders: s.Orders, Cases: s.Cases, Members: s.Members, Coupons: s.Coupons})
	c := clock.NewFake(start)
	return &desk{t, b, commerce.NewService(b, s.Policies, nil, c.Now, rand.NewChaCha8([32]byte{1})), c, 0}
}

func (d *desk) do(c id.Customer, r commerce.Request) commerce.Outcome {
	d.t.Helper()
	d.keys++
	o, err := d.shop.For(c).Do(d.t.Context(), fmt.Sprint("key", d.keys), r)
	if err != nil {
		d.t.Fatalf("%T: %v", r, err)
	}
	return o
}

// refused wants the code, and nothing changed.
func (d *desk) refused(c id.Customer, r commerce.Request, code string) {
	d.t.Helper()
	before := d.books.Data()
	d.keys++
	_, err := d.shop.For(c).Do(d.t.Context(), fmt.Sprint("key", d.keys), r)
	if errs.CodeOf(err) != code {
		d.t.Fatalf("%+v: %v, want %s", r, err, code)
	}
	if !reflect.DeepEqual(before, d.books.Data()) {
		d.t.Fatalf("%+v was refused but changed something", r)
	}
}

func (d *desk) order(c id.Customer, product string) commerce.Order {
	d.t.Helper()
	all, err := d.shop.For(c).Orders(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, o := range all {
		for _, l := range o.Lines {
			if string(l.ProductID) == product {
				return o
			}
		}
	}
	d.t.Fatalf("%s bought no %s", c, product)
	return commerce.Order{}
}

func (d *desk) stock(sku string) commerce.Stock {
	st, _ := d.shop.Stock(d.t.Context(), sku)
	for _, s := range st {
		if s.Place == commerce.Warehouse {
			return s
		}
	}
	return commerce.Stock{}
}

func TestNobodySeesAnothersThings(t *testing.T) {
	d := open(t)
	theirs := d.order("li-na", "humidifier")
	_, foreign := d.shop.For("emma").Order(t.Context(), theirs.Number)
	_, missing := d.shop.For("emma").Order(t.Context(), "QH999999999999")
	if errs.CodeOf(foreign) != errs.CodeOf(missing) || !errs.Is(foreign, errs.NotFound) {
		t.Errorf("foreign %v, missing %v", foreign, missing)
	}
	for _, r := range []commerce.Request{commerce.CancelOrder{Order: theirs.Number}, commerce.ChangeAddress{Order: theirs.Number, Address: commerce.Address{City: "x", Line1: "y"}},
		commerce.ChangePayment{Order: theirs.Number}, commerce.ModifyItems{Order: theirs.Number}, commerce.ReturnItems{Order: theirs.Number, Items: []string{"1"}},
		commerce.ExchangeItems{Order: theirs.Number}, commerce.BookRepair{Order: theirs.Number}, commerce.RequestInvoice{Order: theirs.Number}, commerce.ProtectPrice{Order: theirs.Number}} {
		d.refused("emma", r, "order_unknown")
	}
	cases, err := d.shop.For("wang-wei").Cases(t.Context())
	if err != nil || len(cases) != 2 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	d.refused("emma", commerce.Withdraw{Case: cases[0].Number}, "case_unknown")
}

func TestWithoutAnIdentityThereIsNothing(t *testing.T) {
	d := open(t)
	for _, sc := range []commerce.Scope{{}, d.shop.For("")} {
		_, e1 := sc.Orders(t.Context())
		_, e2 := sc.Member(t.Context())
		_, e3 := sc.Do(t.Context(), "k", commerce.CancelOrder{})
		_, e4 := sc.Preview(t.Context(), commerce.CancelOrder{})
		_, e5 := sc.Coupons(t.Context())
		_, e6 := sc.Cases(t.Context())
		_, e7 := sc.Refunds(t.Context())
		for _, err := range []error{e1, e2, e3, e4, e5, e6, e7} {
			if !errs.Is(err, errs.Unauthenticated) {
				t.Errorf("%v", err)
			}
		}
	}
}

func TestTheSameKeyGivesTheFirstOutcome(t *testing.T) {
	d := open(t)
	r := commerce.ReturnItems{Order: d.order("li-na", "running-shoes").Number, Items: []string{"1"}, Reason: "other"}
	first, err := d.shop.For("li-na").Do(t.Context(), "k", r)
	if err != nil {
		t.Fatal(err)
	}
	before := d.books.Data()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			again, err := d.shop.For("li-na").Do(t.Context(), "k", r)
			if err != nil || again.Case.Number != first.Case.Number || again.Back != first.Back {
				t.Errorf("again: %+v, %v", again.Case, err)
			}
		})
	}
	wg.Wait()
	if !reflect.DeepEqual(before, d.books.Data()) {
		t.Error("the second time changed something")
	}
	if _, err := d.shop.For("li-na").Do(t.Context(), "k", commerce.RedeemPoints{Points: 100}); errs.CodeOf(err) != "key_reused" {
		t.Errorf("another request under the key: %v", err)
	}
	if _, err := d.shop.For("li-na").Do(t.Context(), "", r); errs.CodeOf(err) != "key_missing" {
		t.Errorf("no key: %v", err)
	}
}

func TestPreviewWritesNothing(t *testing.T) {
	d := open(t)
	before := d.books.Data()
	o, err := d.shop.For("li-na").Preview(t.Context(), commerce.ReturnItems{Order: d.order("li-na", "running-shoes").Number, Items: []string{"1", "2"}})
	if err != nil || o.Back.Amount != 39900+15900 || o.Case.Number != "" {
		t.Errorf("%+v %v", o, err)
	}
	if !reflect.DeepEqual(before, d.books.Data()) {
		t.Error("a preview changed something")
	}
}

func TestCancelPaysBackAndFreesTheGoods(t *testing.T) {
	d := open(t)
	all := d.books.Data()
	for _, o := range all.Orders {
		if o.Status != commerce.Paid {
			continue
		}
		before := d.stock(o.Lines[0].SKU)
		out := d.do(o.CustomerID, commerce.CancelOrder{Order: o.Number, Reason: "no longer needed"})
		if out.Back != o.Total || out.Order.Status != commerce.Cancelled || out.Order.Balance() != 0 {
			t.Errorf("%s: back %v of %v", o.Number, out.Back, o.Total)
		}
		if after := d.stock(o.Lines[0].SKU); after.Free() != before.Free()+o.Lines[0].Quantity {
			t.Errorf("%s: %+v became %+v", o.Number, before, after)
		}
		d.refused(o.CustomerID, commerce.CancelOrder{Order: o.Number}, "already_cancelled")
		refunds, err := d.shop.For(o.CustomerID).Refunds(t.Context())
		if err != nil || len(refunds) == 0 || refunds[0].Amount != o.Total {
			t.Errorf("refunds: %+v %v", refunds, err)
		}
		return
	}
	t.Fatal("the seed has no paid order")
}

func TestReturnFollowsItsWay(t *testing.T) {
	d := open(t)
	o := d.order("li-na", "running-shoes")
	c := d.do("li-na", commerce.ReturnItems{Order: o.Number, Items: []string{"RUN-38-WHITE"}, Reason: "no_longer_wanted"}).Case
	if !strings.HasPrefix(c.Number, "RT260302") || c.Status != commerce.Requested || c.Amount.Amount != 39900 {
		t.Fatalf("%+v", c)
	}
	d.refused("li-na", commerce.ReturnItems{Order: o.Number, Items: []string{"1"}}, "return_settled")
	d.refused("li-na", commerce.ReturnItems{Order: o.Number, Items: []string{"9"}}, "item_unknown")
	d.refused("li-na", commerce.ReturnItems{Order: o.Number}, "items_missing")
	points, _ := d.shop.For("li-na").Member(t.Context())
	for _, s := range []commerce.CaseStatus{commerce.InTransit, commerce.Received, commerce.Refunding, commerce.Refunded} {
		d.clock.Advance(20 * time.Hour)
		got, err := d.shop.Office().MoveCase(t.Context(), c.Number, s, id.Text{})
		if err != nil || got.Status != s {
			t.Fatalf("%s: %v", s, err)
		}
		if s == commerce.Received {
			if due := d.shop.Policies().LastMoment(d.clock.Now(), 7); !got.DueAt.Equal(due) {
				t.Errorf("the refund is due %v, want %v", got.DueAt, due)
			}
			d.refused("li-na", commerce.Withdraw{Case: c.Number}, "withdraw_too_late")
		}
	}
	after, _ := d.shop.For("li-na").Member(t.Context())
	if points.Points-after.Points != 399 {
		t.Errorf("%d points were taken back", points.Points-after.Points)
	}
	refunds, err := d.shop.For("li-na").Refunds(t.Context())
	if err != nil || len(refunds) != 1 || refunds[0].Status != commerce.Refunded || refunds[0].Case != c.Number {
		t.Errorf("%+v %v", refunds, err)
	}
	if got := d.order("li-na", "running-shoes"); got.Balance() != o.Balance()-39900 {
		t.Errorf("the order holds %d", got.Balance())
	}
	if _, err := d.shop.Office().MoveCase(t.Context(), c.Number, commerce.Received, id.Text{}); errs.CodeOf(err) != "case_state" {
		t.Errorf("back to received: %v", err)
	}
}

func TestWithdrawUndoes(t *testing.T) {
	d := open(t)
	o, before := d.order("li-na", "running-shoes"), d.stock("RUN-39-WHITE")
	c := d.do("li-na", commerce.ExchangeItems{Order: o.Number, Swaps: []commerce.Swap{{Item: "1", SKU: "RUN-39-WHITE"}}, Reason: "size"}).Case
	if got := d.stock("RUN-39-WHITE"); got.Free() != before.Free()-1 {
		t.Errorf("the new shoes are not put aside: %+v", got)
	}
	d.do("li-na", commerce.Withdraw{Case: c.Number})
	if got := d.stock("RUN-39-WHITE"); got != before {
		t.Errorf("the new shoes stayed put aside: %+v", got)
	}
	d.do("li-na", commerce.ReturnItems{Order: o.Number, Items: []string{"1"}})
}

func TestExchangeRules(t *testing.T) {
	d := open(t)
	o := d.order("li-na", "running-shoes")
	swap := func(sku string) commerce.ExchangeItems {
		return commerce.ExchangeItems{Order: o.Number, Swaps: []commerce.Swap{{Item: "1", SKU: sku}}}
	}
	d.refused("li-na", swap("THM-500ML-GREEN"), "other_product")
	d.refused("li-na", swap("RUN-38-WHITE"), "same_variant")
	d.refused("li-na", swap("RUN-99-WHITE"), "sku_unknown")
	dearer := commerce.ExchangeItems{Order: o.Number, Swaps: []commerce.Swap{{Item: "2", SKU: "THM-750ML-GREEN"}}}
	cheaper := dearer
	cheaper.Swaps = []commerce.Swap{{Item: "2", SKU: "THM-350ML-GREEN"}}
	d.refused("li-na", cheaper, "method_missing")
	cheaper.Method = "somebody_elses"
	d.refused("li-na", cheaper, "method_unknown")
	m, _ := d.shop.For("li-na").Member(t.Context())
	cheaper.Method = m.Methods[0].ID
	if out := d.do("li-na", cheaper); out.Back.Amount != 3000 || out.Case.Amount.Amount != -3000 {
		t.Errorf("cheaper: %+v", out)
	}
	faulty := swap("RUN-38-WHITE")
	faulty.Goods.Faulty = true
	d.do("li-na", faulty)
}

func TestGiftCardsPayAtOnceAndNeverGoBelowZero(t *testing.T) {
	d := open(t)
	all := d.books.Data()
	for _, o := range all.Orders {
		m, _ := d.shop.For(o.CustomerID).Member(t.Context())
		i := -1
		for k, pm := range m.Methods {
			if pm.Kind == commerce.GiftBalance {
				i = k
			}
		}
		if o.Status != commerce.Paid || i < 0 {
			continue
		}
		card := m.Methods[i]
		r := commerce.ChangePayment{Order: o.Number, Method: card.ID}
		if card.Balance.Amount < o.Total.Amount {
			d.refused(o.CustomerID, r, "gift_card_too_small")
			continue
		}
		out := d.do(o.CustomerID, r)
		if pm, _ := out.Member.Method(card.ID); pm.Balance.Amount != card.Balance.Amount-o.Total.Amount {
			t.Errorf("%s: the card has %v of %v", o.Number, pm.Balance, card.Balance)
		}
	}
}

func TestModifyOnce(t *testing.T) {
	d := open(t)
	o := d.order("li-na", "humidifier")
	m, _ := d.shop.For("li-na").Member(t.Context())
	r := commerce.ModifyItems{Order: o.Number, Swaps: []commerce.Swap{{Item: "1", SKU: "HMD-2L-WHITE"}}, Method: m.Methods[0].ID}
	d.refused("li-na", r, "above_paid") // nothing was paid yet, so nothing goes back
}

func TestProtectRepairInvoice(t *testing.T) {
	d := open(t)
	o := d.order("li-na", "thermos")
	out := d.do("li-na", commerce.ProtectPrice{Order: o.Number})
	if out.Back.Amount != 2000 || out.Order.Payments[len(out.Order.Payments)-1].Case != out.Case.Number {
		t.Errorf("%+v", out)
	}
	d.refused("li-na", commerce.ProtectPrice{Order: o.Number}, "protection_used")
	cooker := d.order("li-na", "rice-cooker")
	rep := commerce.BookRepair{Order: cooker.Number, Item: "1", Fault: "夹生", How: "courier"}
	if out := d.do("li-na", rep); !out.Case.InWarranty || out.Case.DueAt.Format(time.DateOnly) != "2026-03-16" {
		t.Errorf("%+v", out.Case)
	}
	d.refused("li-na", rep, "repair_open")
	d.refused("li-na", commerce.BookRepair{Order: o.Number, Item: "1", StoreID: "moon"}, "store_unknown")
	inv := commerce.RequestInvoice{Order: o.Number, Kind: "personal"}
	if out := d.do("li-na", inv); out.Case.Amount.Amount != o.Total.Amount-2000 {
		t.Errorf("the invoice is over %v", out.Case.Amount)
	}
	d.refused("li-na", inv, "invoice_exists")
	d.refused("li-na", commerce.RequestInvoice{Order: cooker.Number, Kind: "royal"}, "invoice_kind")
	d.refused("li-na", commerce.RequestInvoice{Order: cooker.Number, Kind: "company", Title: "甲公司", TaxID: "123"}, "invoice_company")
	d.refused("li-na", commerce.RequestInvoice{Order: cooker.Number, Kind: "personal", Title: "a\nb"}, "invoice_title")
}

func TestCouponsAndPoints(t *testing.T) {
	d := open(t)
	before, _ := d.shop.For("emma").Coupons(t.Context())
	d.do("emma", commerce.IssueCoupon{Off: commerce.CNY(2000), Reason: "quality"})
	d.do("emma", commerce.IssueCoupon{Off: commerce.CNY(3000), Reason: "attitude"})
	d.refused("emma", commerce.IssueCoupon{Off: commerce.CNY(100)}, "coupon_limit")
	d.refused("emma", commerce.IssueCoupon{Off: commerce.CNY(-100)}, "coupon_amount")
	if after, _ := d.shop.For("emma").Coupons(t.Context()); len(after) != len(before)+2 {
		t.Errorf("%d coupons after %d", len(after), len(before))
	}
	m, _ := d.shop.For("li-na").Member(t.Context())
	out := d.do("li-na", commerce.RedeemPoints{Points: 1000})
	if out.Coupon.Off.Amount != 1000 || out.Member.Points != m.Points-1000 {
		t.Errorf("%+v", out)
	}
	for points, code := range map[int64]string{0: "points_amount", -100: "points_amount", 150: "points_amount", 1 << 40 * 100: "points_too_few"} {
		d.refused("li-na", commerce.RedeemPoints{Points: points}, code)
	}
}

func TestPickupsAndAppointments(t *testing.T) {
	d := open(t)
	for _, st := range d.books.Data().Stock {
		if st.Place == "hz-westlake" && st.Free() >= 2 {
			d.do("emma", commerce.ReservePickup{SKU: st.SKU, Quantity: 2, StoreID: "hz-westlake"})
			d.refused("emma", commerce.ReservePickup{SKU: st.SKU, Quantity: 6, StoreID: "hz-westlake"}, "quantity_out_of_range")
			break
		}
	}
	at := local(2026, 3, 5, 14, 0, 0)
	d.do("emma", commerce.BookAppointment{StoreID: "sh-xuhui", At: at, Service: "fitting"})
	d.refused("emma", commerce.BookAppointment{StoreID: "sh-xuhui", At: local(2026, 3, 5, 4, 0, 0)}, "store_closed")
	d.refused("emma", commerce.BookAppointment{StoreID: "sh-xuhui", At: start.Add(-time.Hour)}, "appointment_time")
	d.refused("emma", commerce.BookAppointment{StoreID: "moon", At: at}, "store_unknown")
}

func TestOrdersMoveInTheOffice(t *testing.T) {
	d := open(t)
	for _, o := range d.books.Data().Orders {
		if o.Status != commerce.Processing || o.Channel != commerce.Online {
			continue
		}
		before, points := d.stock(o.Lines[0].SKU), d.points(o.CustomerID)
		for _, s := range []commerce.OrderStatus{commerce.Shipped, commerce.Delivered, commerce.Completed} {
			if _, err := d.shop.Office().MoveOrder(t.Context(), o.Number, s); err != nil {
				t.Fatal(err)
			}
		}
		if after := d.stock(o.Lines[0].SKU); after.OnHand != before.OnHand-o.Lines[0].Quantity || after.Free() != before.Free() {
			t.Errorf("%+v became %+v", before, after)
		}
		if got := d.points(o.CustomerID) - points; got != o.Total.Amount/100 {
			t.Errorf("%d points for %v", got, o.Total)
		}
		if _, err := d.shop.Office().MoveOrder(t.Context(), o.Number, commerce.Cancelled); errs.CodeOf(err) != "order_state" {
			t.Errorf("cancelling what is completed: %v", err)
		}
		return
	}
	t.Fatal("the seed has no such order")
}

func (d *desk) points(c id.Customer) int64 {
	m, _ := d.shop.For(c).Member(d.t.Context())
	return m.Points
}

func TestRefusalsCarryTheirReason(t *testing.T) {
	d := open(t)
	_, err := d.shop.For("li-na").Preview(t.Context(), commerce.ReturnItems{Order: d.order("li-na", "rice-cooker").Number, Items: []string{"1"}})
	var no *commerce.Refusal
	if !errors.As(err, &no) || no.Code != "return_too_late" || !strings.Contains(no.Reason.ZH, "7 天") || no.Until.IsZero() || !errs.Is(err, errs.Conflict) {
		t.Errorf("%v", err)
	}
}

func TestFetchingAReturnCostsAFee(t *testing.T) {
	d := open(t)
	o := d.order("emma", "backpack")
	back := func(c id.Customer, r commerce.ReturnItems) (back, fee int64) {
		t.Helper()
		out, err := d.shop.For(c).Preview(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return out.Back.Amount, out.Case.Fee.Amount
	}
	r := commerce.ReturnItems{Order: o.Number, Items: []string{"1"}}
	if b, f := back("emma", r); b != 32900-800 || f != 800 {
		t.Errorf("fetched: %d, fee %d", b, f)
	}
	for name, change := range map[string]func(*commerce.ReturnItems){"in a store": func(r *commerce.ReturnItems) { r.How = "store" }, "faulty": func(r *commerce.ReturnItems) { r.Goods.Faulty = true }} {
		free := r
		change(&free)
		if b, f := back("emma", free); b != 32900 || f != 0 {
			t.Errorf("%s: %d, fee %d", name, b, f)
		}
	}
	gold := commerce.ReturnItems{Order: d.order("li-na", "running-shoes").Number, Items: []string{"1"}}
	if _, f := back("li-na", gold); f != 0 {
		t.Errorf("the first of a gold member: %d", f)
	}
	d.do("li-na", gold)
	gold.Items = []string{"2"}
	if _, f := back("li-na", gold); f != 800 {
		t.Errorf("the second in a month: %d", f)
	}
}
