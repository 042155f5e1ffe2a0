package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Policies are a retailer's rules as data. A limit of zero days means: no limit in time.
type Policies struct {
	Name       string         `yaml:"name"`
	Zone       string         `yaml:"zone"`     // whose midnight ends a day
	Currency   string         `yaml:"currency"` // of everything the shop sells
	Cancel     CancelRule     `yaml:"cancel"`
	Address    StateRule      `yaml:"address"`
	Modify     StateRule      `yaml:"modify"`
	Payment    StateRule      `yaml:"payment"`
	Return     ReturnRule     `yaml:"return"`
	Exchange   ReturnRule     `yaml:"exchange"`
	Warranty   WarrantyRule   `yaml:"warranty"`
	Protection ProtectionRule `yaml:"price_protection"`
	Shipping   ShippingRule   `yaml:"shipping"`
	Refund     RefundRule     `yaml:"refund"`
	Invoice    InvoiceRule    `yaml:"invoice"`
	Pickup     PickupRule     `yaml:"pickup"`
	Repair     RepairRule     `yaml:"repair"`
	Points     PointsRule     `yaml:"points"`
	Tiers      []Tier         `yaml:"tiers"`
	Coupons    CouponRule     `yaml:"coupons"`
}

// CancelRule tells which orders may be cancelled, and for which reasons; no list means any reason.
type CancelRule struct {
	States  []OrderStatus `yaml:"states"`
	Reasons []string      `yaml:"reasons"`

	Unmodified bool `yaml:"unmodified"` // not once its items were changed
}

// StateRule tells in which states something may be changed. Once: only before the items were modified.
type StateRule struct {
	States []OrderStatus `yaml:"states"`
	Once   bool          `yaml:"once"`

	NeedMethod  bool `yaml:"need_method"`  // the payment method must be named even when nothing is to be paid
	SameVariant bool `yaml:"same_variant"` // a variant may be "changed" into itself
}

// ReturnRule rules returns, and exchanges.
type ReturnRule struct {
	Days        int     `yaml:"days"`         // after the day of receipt
	QualityDays int     `yaml:"quality_days"` // when the goods are faulty
	Never       []Trait `yaml:"never"`        // not even unopened
	Opened      []Trait `yaml:"opened"`       // not once opened
	OneRequest  bool    `yaml:"one_request"`  // an order takes one return or exchange, ever
	NeedMethod  bool    `yaml:"need_method"`  // the payment method must be named
	PickupFee   int64   `yaml:"pickup_fee"`   // taken off the refund when a courier fetches goods that are simply not liked

	FreePickup []string `yaml:"free_pickup"` // tiers with one free pick-up in a calendar month
}

// WarrantyRule gives the months of warranty by trait.
type WarrantyRule struct {
	Months     int `yaml:"months"`
	Appliance  int `yaml:"appliance"`
	Consumable int `yaml:"consumable"`
}

// ProtectionRule: a price that falls within Days of paying is made good, PerOrder times.
type ProtectionRule struct {
	Days     int `yaml:"days"`
	PerOrder int `yaml:"per_order"`
}

// ShippingRule: what sending costs.
type ShippingRule struct {
	FreeFrom int64 `yaml:"free_from"`
	Fee      int64 `yaml:"fee"`
}

// RefundRule: days after the goods came back until the money is due.
type RefundRule struct {
	Days int `yaml:"days"`
}

// InvoiceRule: months after payment in which an invoice can be asked for.
type InvoiceRule struct {
	Months int `yaml:"months"`
}

// PickupRule: days that goods wait in a store.
type PickupRule struct {
	Days int `yaml:"days"`
}

// RepairRule: working days a repair takes at most.
type RepairRule struct {
	WorkingDays int `yaml:"working_days"`
}

// PointsRule: points earned for each whole unit paid, and how many are worth one unit.
type PointsRule struct {
	PerUnit int64 `yaml:"per_unit"`
	Worth   int64 `yaml:"worth"`
}

// Tier is a level of membership, reached by spending From (minor units) in twelve months.
type Tier struct {
	ID   string  `yaml:"id"`
	Name id.Text `yaml:"name"`
	From int64   `yaml:"from"`
}

// CouponRule bounds what may be given away without a person.
type CouponRule struct {
	MaxOff    int64 `yaml:"max_off"`    // one coupon
	MaxIn30   int64 `yaml:"max_in_30"`  // sum for one customer within 30 days
	ValidDays int   `yaml:"valid_days"` // how long it can be used
}

// Decision is what policy says to a wish.
type Decision struct {
	Allowed bool
	Code    string    // stable: why not
	Reason  id.Text   // for people
	Until   time.Time // the last moment at which it is, or was, allowed; zero without a limit
}

// Refusal is a Decision that is no, as an error.
type Refusal struct{ Decision }

// Error is the reason in English.
func (r *Refusal) Error() string { return r.Code + ": " + r.Reason.EN }

// Unwrap classifies a refusal as a Conflict: the state of things does not allow it.
func (r *Refusal) Unwrap() error {
	return &errs.Error{Kind: errs.Conflict, Code: r.Code, Message: r.Reason.EN}
}

// Err is nil when allowed, else a *Refusal.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	return &Refusal{d}
}

func yes(until time.Time) Decision { return Decision{Allowed: true, Until: until} }

func no(code, zh, en string) Decision {
	return Decision{Code: code, Reason: id.Text{ZH: zh, EN: en}}
}

func (d Decision) until(t time.Time) Decision { d.Until = t; return d }

// LastMoment is the end of the day that lies n days after from, on the retailer's clock: the day of receipt itself does
// not count (Consumer Rights Protection Law art. 25; Interim Measures on seven-day returns, art. 10).
func (p Policies) LastMoment(from time.Time, n int) time.Time {
	d := from.In(location(p.Zone))
	return time.Date(d.Year(), d.Month(), d.Day()+n+1, 0, 0, 0, 0, d.Location()).Add(-time.Millisecond)
}

// WorkingDays is t moved on by n days that are neither Saturday nor Sunday.
func (p Policies) WorkingDays(t time.Time, n int) time.Time {
	d := t.In(location(p.Zone))
	for n > 0 {
		d = d.AddDate(0, 0, 1)
		if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
			n--
		}
	}
	return d
}

// Fee is what sending goods of this value costs.
func (p Policies) Fee(goods Money) Money {
	if goods.Amount >= p.Shipping.FreeFrom {
		return Money{0, goods.Currency}
	}
	return Money{p.Shipping.Fee, goods.Currency}
}

// PointsFor is how many points a payment earns: whole units only.
func (p Policies) PointsFor(paid Money) int64 { return max(paid.Amount, 0) / 100 * p.Points.PerUnit }

// PointsWorth is what points are worth, whole units only.
func (p Policies) PointsWorth(points int64) Money {
	if p.Points.Worth <= 0 || points <= 0 {
		return Money{0, p.Currency}
	}
	return Money{points / p.Points.Worth * 100, p.Currency}
}

// TierFor is the tier for a twelve-month spending, and the next one up (empty id at the top).
func (p Policies) TierFor(spent int64) (at, next Tier) {
	for _, t := range p.Tiers {
		if spent >= t.From {
			at = t
		} else if next.ID == "" {
			next = t
		}
	}
	return at, next
}

// Tier finds a tier by id.
func (p Policies) Tier(tierID string) Tier {
	i := slices.IndexFunc(p.Tiers, func(t Tier) bool { return t.ID == tierID })
	if i < 0 {
		return Tier{ID: tierID}
	}
	return p.Tiers[i]
}

// WarrantyMonths is the warranty of goods with these traits.
func (p Policies) WarrantyMonths(traits []Trait) int {
	switch {
	case slices.Contains(traits, GiftCard), slices.Contains(traits, Digital):
		return 0
	case slices.Contains(traits, Consumable), slices.Contains(traits, FoodContact):
		return p.Warranty.Consumable
	case slices.Contains(traits, Appliance):
		return p.Warranty.Appliance
	}
	return p.Warranty.Months
}

// Check refuses rules that contradict themselves.
func (p Policies) Check() error {
	e := errs.New(errs.Invalid, "policies_invalid", "The policies cannot be used as they are.")
	for name, n := range map[string]int{"return.days": p.Return.Days, "exchange.days": p.Exchange.Days, "warranty.months": p.Warranty.Months,
		"price_protection.days": p.Protection.Days, "refund.days": p.Refund.Days, "invoice.months": p.Invoice.Months,
		"pickup.days": p.Pickup.Days, "repair.working_days": p.Repair.WorkingDays} {
		if n < 0 || n > 3660 {
			e.With(name, "must lie between 0 and 3660")
		}
	}
	if len(p.Currency) != 3 {
		e.With("currency", "must be a code of three letters")
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "" {
		e.With("zone", "must be a time zone such as Asia/Shanghai")
	}
	if !slices.IsSortedFunc(p.Tiers, func(a, b Tier) int { return int(a.From - b.From) }) {
		e.With("tiers", "must be ordered from the lowest spending to the highest")
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}
