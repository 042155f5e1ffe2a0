package commerce

import (
	"slices"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// OrderStatus is where an order stands.
type OrderStatus string

// The statuses.
const (
	Unpaid         OrderStatus = "unpaid"
	Paid           OrderStatus = "paid"
	Processing     OrderStatus = "processing" // picked and packed: too late to change
	Shipped        OrderStatus = "shipped"
	Delivered      OrderStatus = "delivered"
	Completed      OrderStatus = "completed"
	Cancelled      OrderStatus = "cancelled"
	ReadyForPickup OrderStatus = "ready_for_pickup"
	PickedUp       OrderStatus = "picked_up"
)

var orderMoves = map[OrderStatus][]OrderStatus{
	Unpaid:         {Paid, Cancelled},
	Paid:           {Processing, Cancelled},
	Processing:     {Shipped, ReadyForPickup},
	Shipped:        {Delivered},
	Delivered:      {Completed},
	ReadyForPickup: {PickedUp, Cancelled}, // cancelled: not fetched in time
}

// Channel tells how an order was placed.
type Channel string

// The channels of sale.
const (
	Online  Channel = "online"
	InStore Channel = "store"
	Pickup  Channel = "pickup" // bought online, fetched in a store
)

// Order is one purchase.
type Order struct {
	ID           id.Order    `json:"id"`
	Number       string      `json:"number"`
	CustomerID   id.Customer `json:"customer_id"`
	Channel      Channel     `json:"channel"`
	StoreID      id.Store    `json:"store_id,omitempty"` // sold or fetched there
	Status       OrderStatus `json:"status"`
	Lines        []Line      `json:"lines"`
	Goods        Money       `json:"goods"`    // sum of the lines
	Discount     Money       `json:"discount"` // coupons and points
	Shipping     Money       `json:"shipping"`
	Total        Money       `json:"total"`
	Address      Address     `json:"address,omitzero"`
	Payments     []Payment   `json:"payments,omitempty"`
	Shipments    []Shipment  `json:"shipments,omitempty"`
	PickupCode   string      `json:"pickup_code,omitempty"`
	PickupUntil  time.Time   `json:"pickup_until,omitzero"`
	CancelReason string      `json:"cancel_reason,omitempty"`
	Modified     bool        `json:"modified,omitempty"` // its items were changed once
	Note         string      `json:"note,omitempty"`
	PlacedAt     time.Time   `json:"placed_at"`
	PaidAt       time.Time   `json:"paid_at,omitzero"`
	ShippedAt    time.Time   `json:"shipped_at,omitzero"`
	ReceivedAt   time.Time   `json:"received_at,omitzero"` // delivered, picked up, or sold over the counter
	UpdatedAt    time.Time   `json:"updated_at"`
	Version      int64       `json:"version"`
}

// Line is one position of an order.
type Line struct {
	ID        string            `json:"id"` // unique within the order
	ProductID id.Product        `json:"product_id"`
	SKU       string            `json:"sku"`
	Name      id.Text           `json:"name"`
	Options   map[string]string `json:"options,omitempty"`
	Variant   id.Text           `json:"variant,omitzero"` // the options in words
	Price     Money             `json:"price"`            // paid for one
	Quantity  int               `json:"quantity"`
	Traits    []Trait           `json:"traits,omitempty"` // as they were when it was sold
	Warranty  int               `json:"warranty,omitempty"`
	Settled   int               `json:"settled,omitempty"` // how many are in a return or an exchange
}

// Is tells whether the line's product had a trait when it was sold.
func (l Line) Is(t Trait) bool { return slices.Contains(l.Traits, t) }

// Open is how many of the line can still be returned or exchanged.
func (l Line) Open() int { return l.Quantity - l.Settled }

// Address is where goods go.
type Address struct {
	Name     string `json:"name,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Line1    string `json:"line1,omitempty"`
	Line2    string `json:"line2,omitempty"`
	District string `json:"district,omitempty"`
	City     string `json:"city,omitempty"`
	Province string `json:"province,omitempty"`
	Country  string `json:"country,omitempty"`
	Postcode string `json:"postcode,omitempty"`
}

// Text is the address on one line, in the order its country writes it.
func (a Address) Text() string {
	if a.Country == "" || a.Country == "CN" || a.Country == "中国" {
		return strings.TrimSpace(a.Province + a.City + a.District + a.Line1 + a.Line2 + " " + a.Name + " " + a.Phone)
	}
	parts := slices.DeleteFunc([]string{a.Name, a.Line1, a.Line2, a.District, a.City, a.Province + " " + a.Postcode, a.Country},
		func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(parts, ", ")
}

// Check refuses an address nothing could be sent to.
func (a Address) Check() error {
	if strings.TrimSpace(a.Line1) == "" || strings.TrimSpace(a.City) == "" {
		return errs.New(errs.Invalid, "address_incomplete", "The address needs at least a city and a street.")
	}
	for _, s := range []string{a.Name, a.Phone, a.Line1, a.Line2, a.District, a.City, a.Province, a.Country, a.Postcode} {
		if len(s) > 300 {
			return errs.New(errs.Invalid, "address_too_long", "A field of the address is longer than 300 bytes.")
		}
	}
	return nil
}

// Payment is money that moved for an order: towards us, or back.
type Payment struct {
	Refund bool      `json:"refund,omitempty"`
	Amount Money     `json:"amount"`
	Method string    `json:"method"` // id of the customer's payment method
	At     time.Time `json:"at"`
	DoneAt time.Time `json:"done_at,omitzero"` // zero: on its way
	DueAt  time.Time `json:"due_at,omitzero"`
	Case   string    `json:"case,omitempty"` // number of the case that caused it
}

// Shipment is one parcel with its track.
type Shipment struct {
	Carrier  id.Text      `json:"carrier"`
	Tracking string       `json:"tracking"`
	SKUs     []string     `json:"skus,omitempty"`
	ETA      time.Time    `json:"eta,omitzero"`
	Events   []TrackEvent `json:"events,omitempty"`
}

// TrackEvent is one entry of a track.
type TrackEvent struct {
	At    time.Time `json:"at"`
	Text  id.Text   `json:"text"`
	Place id.Text   `json:"place,omitzero"`
}

// To moves the order to a status, or says why it cannot.
func (o *Order) To(s OrderStatus, now time.Time) error {
	if !slices.Contains(orderMoves[o.Status], s) {
		return errs.New(errs.Conflict, "order_state", "An order that is %s cannot become %s.", o.Status, s)
	}
	o.Status, o.UpdatedAt = s, now
	switch s {
	case Paid:
		o.PaidAt = now
	case Shipped:
		o.ShippedAt = now
	case Delivered, PickedUp:
		o.ReceivedAt = now
	}
	return nil
}

// PaidBy is the net amount a method has paid so far, refunds taken off.
func (o Order) PaidBy(method string) int64 {
	var n int64
	for _, p := range o.Payments {
		if p.Method == method {
			n += p.signed()
		}
	}
	return n
}

// Balance is the net amount paid by all methods.
func (o Order) Balance() int64 {
	var n int64
	for _, p := range o.Payments {
		n += p.signed()
	}
	return n
}

func (p Payment) signed() int64 {
	if p.Refund {
		return -p.Amount.Amount
	}
	return p.Amount.Amount
}

// Line finds a line by id.
func (o Order) Line(lineID string) (*Line, bool) {
	for i := range o.Lines {
		if o.Lines[i].ID == lineID {
			return &o.Lines[i], true
		}
	}
	return nil, false
}

// Place is where the order's goods come from.
func (o Order) Place() string {
	if o.StoreID != "" {
		return string(o.StoreID)
	}
	return Warehouse
}

// Has tells whether the customer has the goods.
func (o Order) Has() bool {
	return o.Status == Delivered || o.Status == Completed || o.Status == PickedUp
}

// copy is a copy that shares nothing which a change would touch.
func (o Order) copy() *Order {
	o.Lines, o.Payments = slices.Clone(o.Lines), slices.Clone(o.Payments)
	return &o
}

// Numbers are the ways the books may keep a number that a customer wrote with or without the sign #.
func Numbers(ref string) []string {
	n := strings.TrimPrefix(NormalNumber(ref), "#")
	return []string{n, "#" + n}
}

// NormalNumber is a number as the books keep it: capital letters, without spaces and dashes around the digits.
func NormalNumber(s string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "　", "").Replace(strings.TrimSpace(s)))
}
