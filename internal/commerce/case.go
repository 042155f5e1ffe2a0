package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// CaseKind is what a case is about.
type CaseKind string

// The kinds.
const (
	ReturnCase      CaseKind = "return"
	ExchangeCase    CaseKind = "exchange"
	RepairCase      CaseKind = "repair"
	InvoiceCase     CaseKind = "invoice"
	ProtectionCase  CaseKind = "price_protection"
	PickupCase      CaseKind = "pickup"      // goods put aside in a store
	AppointmentCase CaseKind = "appointment" // a time with somebody in a store
)

// CaseStatus is where a case stands.
type CaseStatus string

// The statuses; Steps tells which kind uses which.
const (
	Requested  CaseStatus = "requested"
	InTransit  CaseStatus = "in_transit" // goods are on their way to us
	Received   CaseStatus = "received"   // we have the goods
	Refunding  CaseStatus = "refunding"
	Refunded   CaseStatus = "refunded"
	Resent     CaseStatus = "resent" // the new or mended goods are on their way
	Repairing  CaseStatus = "repairing"
	Done       CaseStatus = "done"
	Reserved   CaseStatus = "reserved"
	Withdrawn  CaseStatus = "withdrawn"
	Rejected   CaseStatus = "rejected"
	ExpiredOff CaseStatus = "expired"
)

// Steps lists the moves of each kind of case.
var Steps = map[CaseKind]map[CaseStatus][]CaseStatus{
	ReturnCase: {Requested: {InTransit, Received, Withdrawn, Rejected}, InTransit: {Received, Rejected},
		Received: {Refunding, Rejected}, Refunding: {Refunded}},
	ExchangeCase:    {Requested: {InTransit, Received, Withdrawn, Rejected}, InTransit: {Received, Rejected}, Received: {Resent, Rejected}, Resent: {Done}},
	RepairCase:      {Requested: {InTransit, Received, Withdrawn}, InTransit: {Received}, Received: {Repairing, Rejected}, Repairing: {Resent, Done}, Resent: {Done}},
	InvoiceCase:     {Requested: {Done, Rejected}},
	ProtectionCase:  {Refunding: {Refunded}},
	PickupCase:      {Reserved: {Done, Withdrawn, ExpiredOff}},
	AppointmentCase: {Reserved: {Done, Withdrawn, ExpiredOff}},
}

// Case is one matter that follows an order (or, for pick-ups and appointments, a wish).
type Case struct {
	ID         string            `json:"id"`
	Number     string            `json:"number"`
	Kind       CaseKind          `json:"kind"`
	CustomerID id.Customer       `json:"customer_id"`
	OrderID    id.Order          `json:"order_id,omitempty"`
	OrderNo    string            `json:"order_number,omitempty"`
	Status     CaseStatus        `json:"status"`
	Items      []CaseItem        `json:"items,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	Amount     Money             `json:"amount"`                // refund, difference (negative: we pay), invoice amount
	Method     string            `json:"method,omitempty"`      // payment method the money goes to or comes from
	StoreID    id.Store          `json:"store_id,omitempty"`    // handed in, picked up or met there
	How        string            `json:"how,omitempty"`         // courier, store
	Details    map[string]string `json:"details,omitempty"`     // invoice title, fault, contact ...
	Fee        Money             `json:"fee,omitzero"`          // for the pick-up, already taken off Amount
	Faulty     bool              `json:"faulty,omitempty"`      // returns: the shop's side of the matter
	InWarranty bool              `json:"in_warranty,omitempty"` // repairs
	At         time.Time         `json:"at,omitzero"`           // appointments, pick-ups: when
	DueAt      time.Time         `json:"due_at,omitzero"`       // when we owe the next result
	Events     []CaseEvent       `json:"events"`
	OpenedAt   time.Time         `json:"opened_at"`
	UpdatedAt  time.Time         `json:"updated_at"`
	Version    int64             `json:"version"`
}

// CaseItem is a line, or part of one, that a case is about.
type CaseItem struct {
	LineID   string  `json:"line_id,omitempty"`
	SKU      string  `json:"sku"`
	Name     id.Text `json:"name,omitzero"`
	Quantity int     `json:"quantity"`
	NewSKU   string  `json:"new_sku,omitempty"`  // exchanges
	NewName  id.Text `json:"new_name,omitzero"`  // its variant in words
	Price    Money   `json:"price"`              // for one, as paid
	NewPrice Money   `json:"new_price,omitzero"` // for one of the new
}

// CaseEvent is one step a case made.
type CaseEvent struct {
	At     time.Time  `json:"at"`
	Status CaseStatus `json:"status"`
	Note   id.Text    `json:"note,omitzero"`
}

// Open tells whether the case still moves.
func (c Case) Open() bool { return len(Steps[c.Kind][c.Status]) > 0 }

// To moves the case, or says why it cannot.
func (c *Case) To(s CaseStatus, now time.Time, note id.Text) error {
	if !slices.Contains(Steps[c.Kind][c.Status], s) {
		return errs.New(errs.Conflict, "case_state", "A %s that is %s cannot become %s.", c.Kind, c.Status, s)
	}
	c.Status, c.UpdatedAt = s, now
	c.Events = append(slices.Clone(c.Events), CaseEvent{now, s, note})
	return nil
}

var casePrefix = map[CaseKind]string{ReturnCase: "RT", ExchangeCase: "EX", RepairCase: "RP", InvoiceCase: "FP",
	ProtectionCase: "PP", PickupCase: "PU", AppointmentCase: "AP"}
