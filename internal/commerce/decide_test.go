package commerce_test

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/seed"
)

var china = time.FixedZone("CST", 8*3600)

func local(y, m, d, h, min, s int) time.Time {
	return time.Date(y, time.Month(m), d, h, min, s, 0, china)
}

func received(at time.Time, traits ...commerce.Trait) (commerce.Order, commerce.Line) {
	l := commerce.Line{ID: "1", SKU: "A", Price: commerce.CNY(10000), Quantity: 1, Traits: traits}
	return commerce.Order{Status: commerce.Delivered, ReceivedAt: at, PaidAt: at.AddDate(0, 0, -2), Total: commerce.CNY(10000), Lines: []commerce.Line{l},
		Payments: []commerce.Payment{{Amount: commerce.CNY(10000), Method: "w"}}}, l
}

func TestSevenDaysEndAtMidnightOfTheSeventh(t *testing.T) {
	p := seed.Policies()
	o, l := received(local(2026, 3, 1, 0, 0, 1))
	for at, want := range map[time.Time]bool{
		local(2026, 3, 1, 0, 0, 2): true, local(2026, 3, 8, 23, 59, 59): true, local(2026, 3, 9, 0, 0, 0): false, local(2026, 3, 9, 0, 0, 1): false,
	} {
		if d := p.CanReturn(o, l, commerce.Goods{}, at.UTC()); d.Allowed != want {
			t.Errorf("at %v: %v", at, d)
		}
	}
	late, _ := received(local(2026, 3, 1, 23, 59, 59))
	if d := p.CanReturn(late, l, commerce.Goods{}, local(2026, 3, 8, 23, 59, 59)); !d.Allowed {
		t.Errorf("received late in the evening: %v", d)
	}
}

// TestReturnDecisions is reliability C16: generated cases around every edge, held against a table of the rule written
// a second time.
func TestReturnDecisions(t *testing.T) {
	p, n := seed.Policies(), 0
	traits := []commerce.Trait{"", commerce.Custom, commerce.Underwear, commerce.GiftCard, commerce.Digital, commerce.Hygiene, commerce.FoodContact, commerce.Appliance}
	for _, trait := range traits {
		for _, g := range []commerce.Goods{{}, {Opened: true}, {Faulty: true}, {Opened: true, Faulty: true}} {
			for _, day := range []int{0, 1, 6, 7, 8, 15, 16, 40} {
				for _, clock := range [][3]int{{0, 0, 0}, {23, 59, 59}} {
					o, l := received(local(2026, 2, 20, 15, 0, 0), trait)
					at := local(2026, 2, 20+day, clock[0], clock[1], clock[2])
					n++
					if d := p.CanReturn(o, l, g, at); d.Allowed != rule(trait, g, day) {
						t.Errorf("%q %+v on day %d at %v: %+v", trait, g, day, clock, d)
					} else if !d.Allowed && (d.Code == "" || d.Reason.ZH == "" || d.Reason.EN == "") {
						t.Errorf("%q %+v on day %d: refused without a reason", trait, g, day)
					}
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d cases", n)
	}
}

func rule(t commerce.Trait, g commerce.Goods, day int) bool {
	switch {
	case t == commerce.GiftCard || t == commerce.Digital:
		return false
	case g.Faulty:
		return day <= 15
	case t == commerce.Custom || t == commerce.Underwear:
		return false
	case g.Opened && (t == commerce.Hygiene || t == commerce.FoodContact):
		return false
	}
	return day <= 7
}

func TestExchangeAndWhatIsNotThereYet(t *testing.T) {
	p := seed.Policies()
	o, l := received(local(2026, 3, 1, 12, 0, 0))
	if d := p.CanExchange(o, l, commerce.Goods{}, local(2026, 3, 16, 23, 59, 59)); !d.Allowed {
		t.Errorf("day 15: %v", d)
	}
	if d := p.CanExchange(o, l, commerce.Goods{}, local(2026, 3, 17, 0, 0, 0)); d.Code != "exchange_too_late" {
		t.Errorf("day 16: %v", d)
	}
	for _, s := range []commerce.OrderStatus{commerce.Unpaid, commerce.Paid, commerce.Processing, commerce.Shipped, commerce.Cancelled, commerce.ReadyForPickup} {
		o.Status = s
		if d := p.CanReturn(o, l, commerce.Goods{}, local(2026, 3, 2, 0, 0, 0)); d.Code != "return_not_received" {
			t.Errorf("%s: %v", s, d)
		}
		if d := p.CanRepair(o, l, local(2026, 3, 2, 0, 0, 0)); d.Code != "repair_not_received" {
			t.Errorf("%s: %v", s, d)
		}
	}
	o.Status, l.Settled = commerce.PickedUp, 1
	if d := p.CanReturn(o, l, commerce.Goods{}, local(2026, 3, 2, 0, 0, 0)); d.Code != "return_settled" {
		t.Errorf("settled: %v", d)
	}
}

func TestCancelAndAddressByState(t *testing.T) {
	p := seed.Policies()
	for s, want := range map[commerce.OrderStatus]string{commerce.Unpaid: "", commerce.Paid: "", commerce.Processing: "cancel_too_late", commerce.Shipped: "cancel_too_late",
		commerce.Delivered: "cancel_too_late", commerce.Completed: "cancel_too_late", commerce.Cancelled: "already_cancelled", commerce.ReadyForPickup: "cancel_too_late"} {
		o := commerce.Order{Status: s, Channel: commerce.Online}
		if d := p.CanCancel(o, "anything"); d.Code != want || d.Allowed != (want == "") {
			t.Errorf("cancelling %s: %v", s, d)
		}
		if d := p.CanChangeAddress(o); d.Allowed != (s == commerce.Unpaid || s == commerce.Paid) {
			t.Errorf("the address of %s: %v", s, d)
		}
	}
	if d := p.CanChangeAddress(commerce.Order{Status: commerce.Paid, Channel: commerce.Pickup}); d.Code != "no_delivery" {
		t.Errorf("a pick-up's address: %v", d)
	}
}

func TestWarranty(t *testing.T) {
	p := seed.Policies()
	for trait, months := range map[commerce.Trait]int{"": 12, commerce.Appliance: 24, commerce.Consumable: 3, commerce.FoodContact: 3, commerce.GiftCard: 0} {
		if got := p.WarrantyMonths([]commerce.Trait{trait}); got != months {
			t.Errorf("%q: %d months", trait, got)
		}
	}
	o, l := received(local(2026, 1, 31, 12, 0, 0), commerce.Appliance)
	if d := p.CanRepair(o, l, local(2028, 1, 31, 23, 59, 59)); !d.Allowed || d.Code != "" {
		t.Errorf("the last day: %v", d)
	}
	if d := p.CanRepair(o, l, local(2028, 2, 1, 0, 0, 0)); !d.Allowed || d.Code != "out_of_warranty" {
		t.Errorf("a day later: %v", d)
	}
}

func TestPriceProtection(t *testing.T) {
	p := seed.Policies()
	o, l := received(local(2026, 3, 3, 12, 0, 0)) // paid on 1 March
	for name, c := range map[string]struct {
		now   time.Time
		price commerce.Money
		count int
		want  string
	}{
		"fell":          {local(2026, 3, 16, 23, 59, 59), commerce.CNY(9000), 0, ""},
		"too late":      {local(2026, 3, 17, 0, 0, 0), commerce.CNY(9000), 0, "protection_too_late"},
		"same":          {local(2026, 3, 5, 0, 0, 0), commerce.CNY(10000), 0, "protection_no_drop"},
		"other money":   {local(2026, 3, 5, 0, 0, 0), commerce.Money{Amount: 1, Currency: "USD"}, 0, "protection_no_drop"},
		"a second time": {local(2026, 3, 5, 0, 0, 0), commerce.CNY(9000), 1, "protection_used"},
	} {
		if d := p.CanProtect(o, l, c.price, c.count, c.now); d.Code != c.want {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func TestShippingPointsTiersInvoices(t *testing.T) {
	p := seed.Policies()
	for goods, fee := range map[int64]int64{9899: 800, 9900: 0, 0: 800, 50000: 0} {
		if got := p.Fee(commerce.CNY(goods)); got.Amount != fee {
			t.Errorf("%d is sent for %v", goods, got)
		}
	}
	if p.PointsFor(commerce.CNY(12999)) != 129 || p.PointsWorth(399).Amount != 300 || p.PointsWorth(-5).Amount != 0 {
		t.Error("points")
	}
	for spent, want := range map[int64][2]string{0: {"silver", "gold"}, 199999: {"silver", "gold"}, 200000: {"gold", "diamond"}, 800000: {"diamond", ""}} {
		at, next := p.TierFor(spent)
		if at.ID != want[0] || next.ID != want[1] {
			t.Errorf("%d makes %s, next %s", spent, at.ID, next.ID)
		}
	}
	o, _ := received(local(2026, 3, 3, 12, 0, 0))
	if d := p.CanInvoice(o, local(2027, 3, 1, 23, 59, 59)); !d.Allowed {
		t.Errorf("a year later: %v", d)
	}
	if d := p.CanInvoice(o, local(2027, 3, 2, 0, 0, 0)); d.Code != "invoice_too_late" {
		t.Errorf("more than a year later: %v", d)
	}
	if d := p.CanInvoice(commerce.Order{Status: commerce.Unpaid}, local(2026, 3, 2, 0, 0, 0)); d.Code != "invoice_unpaid" {
		t.Errorf("nothing paid: %v", d)
	}
}

func TestWorkingDays(t *testing.T) {
	p := seed.Policies()
	if got := p.WorkingDays(local(2026, 3, 6, 10, 0, 0), 10); got.Format(time.DateOnly) != "2026-03-20" {
		t.Errorf("ten working days after a Friday: %v", got)
	}
}

func TestPoliciesCheck(t *testing.T) {
	p := seed.Policies()
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	p.Return.Days, p.Zone, p.Currency = -1, "Nowhere/Land", "RMBY"
	p.Tiers[0].From = 1e9
	if err := p.Check(); err == nil {
		t.Error("rules that contradict themselves passed")
	}
}

func TestCareCouponLimits(t *testing.T) {
	p := seed.Policies()
	for _, c := range []struct {
		off   commerce.Money
		given int64
		want  string
	}{{commerce.CNY(2000), 0, ""}, {commerce.CNY(3000), 2000, ""}, {commerce.CNY(3001), 0, "coupon_limit"}, {commerce.CNY(2000), 3001, "coupon_limit"},
		{commerce.CNY(0), 0, "coupon_amount"}, {commerce.CNY(-5), 0, "coupon_amount"}, {commerce.Money{Amount: 5, Currency: "USD"}, 0, "coupon_amount"}, {commerce.CNY(1 << 62), 1 << 62, "coupon_limit"}} {
		if d := p.CanGive(c.off, c.given); d.Code != c.want {
			t.Errorf("%v after %d: %v", c.off, c.given, d)
		}
	}
}
