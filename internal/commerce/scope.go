package commerce

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Scope is the shop as one customer sees it. Its zero value reaches nothing.
type Scope struct {
	s        *Service
	customer id.Customer
}

// most bounds lists of a customer's things.
const most = 200

func (sc Scope) check() error {
	if sc.s == nil || sc.customer == "" {
		return errs.New(errs.Unauthenticated, "no_identity", "Without knowing who asks, there is nothing to show.")
	}
	return nil
}

// Orders lists the customer's orders, newest first.
func (sc Scope) Orders(ctx context.Context) ([]Order, error) {
	if err := sc.check(); err != nil {
		return nil, err
	}
	return sc.s.books.OrdersOf(ctx, sc.customer, most)
}

// Order finds one of the customer's orders by id or number.
func (sc Scope) Order(ctx context.Context, ref string) (Order, error) {
	if err := sc.check(); err != nil {
		return Order{}, err
	}
	return sc.s.books.OrderOf(ctx, sc.customer, ref)
}

// Member is the customer's membership.
func (sc Scope) Member(ctx context.Context) (Member, error) {
	if err := sc.check(); err != nil {
		return Member{}, err
	}
	return sc.s.books.MemberOf(ctx, sc.customer)
}

// Coupons lists the customer's coupons that can be used now, soonest to end first.
func (sc Scope) Coupons(ctx context.Context) ([]Coupon, error) {
	if err := sc.check(); err != nil {
		return nil, err
	}
	all, err := sc.s.books.CouponsOf(ctx, sc.customer)
	now := sc.s.now()
	all = slices.DeleteFunc(all, func(c Coupon) bool { return !c.UsableAt(now) })
	slices.SortFunc(all, func(a, b Coupon) int { return a.ValidUntil.Compare(b.ValidUntil) })
	return all, err
}

// Cases lists the customer's cases of the given kinds (all when none is given), newest first.
func (sc Scope) Cases(ctx context.Context, kinds ...CaseKind) ([]Case, error) {
	if err := sc.check(); err != nil {
		return nil, err
	}
	all, err := sc.s.books.CasesOf(ctx, sc.customer, most)
	if len(kinds) > 0 {
		all = slices.DeleteFunc(all, func(c Case) bool { return !slices.Contains(kinds, c.Kind) })
	}
	return all, err
}

// Refunds lists money on its way back to the customer, and what arrived, newest first.
func (sc Scope) Refunds(ctx context.Context) ([]Refund, error) {
	orders, err := sc.Orders(ctx)
	if err != nil {
		return nil, err
	}
	cases, err := sc.Cases(ctx, ReturnCase)
	if err != nil {
		return nil, err
	}
	var out []Refund
	paid := map[string]bool{}
	for _, o := range orders {
		for _, p := range o.Payments {
			if p.Refund && p.Amount.Amount > 0 {
				paid[p.Case] = true
				out = append(out, refundOf(o, p))
			}
		}
	}
	for _, c := range cases {
		if c.Open() && !paid[c.Number] {
			out = append(out, Refund{OrderNo: c.OrderNo, Case: c.Number, Amount: c.Amount, Method: c.Method, Status: c.Status, At: c.OpenedAt, DueAt: c.DueAt})
		}
	}
	slices.SortStableFunc(out, func(a, b Refund) int { return b.At.Compare(a.At) })
	return out, nil
}

func refundOf(o Order, p Payment) Refund {
	r := Refund{OrderNo: o.Number, Case: p.Case, Amount: p.Amount, Method: p.Method, Status: Refunding, At: p.At, DueAt: p.DueAt, DoneAt: p.DoneAt}
	if !p.DoneAt.IsZero() {
		r.Status = Refunded
	}
	return r
}

// Outcome is what a request came to, or would come to.
type Outcome struct {
	Order    *Order   `json:"order,omitempty"`
	Case     *Case    `json:"case,omitempty"`
	Coupon   *Coupon  `json:"coupon,omitempty"`
	Member   *Member  `json:"member,omitempty"`
	Back     Money    `json:"back,omitzero"` // to the customer
	Pay      Money    `json:"pay,omitzero"`  // from the customer
	Decision Decision `json:"decision"`
}

// Request is something a customer may ask to be done. The types in the files request_*.go are all there are.
type Request interface {
	name() string
	// decide asks policy and works out the change; it writes nothing.
	decide(d *desk) (*change, error)
}

// change is all that a request writes.
type change struct {
	Outcome
	prefix string // of the number the new case gets; "" when it has one
	moves  []Move
}

// desk is where a request is decided: who asks, when, by which rules, with which books.
type desk struct {
	ctx context.Context
	s   *Service
	who id.Customer
	now time.Time
	p   Policies
}

func (sc Scope) desk(ctx context.Context) *desk {
	return &desk{ctx, sc.s, sc.customer, sc.s.now(), sc.s.policies}
}

// Preview decides a request and tells what it would come to. Nothing is written, and no number is given.
func (sc Scope) Preview(ctx context.Context, r Request) (Outcome, error) {
	if err := sc.check(); err != nil {
		return Outcome{}, err
	}
	c, err := r.decide(sc.desk(ctx))
	if err != nil {
		return Outcome{}, err
	}
	return c.Outcome, nil
}

// Do decides a request anew and carries it out, whole or not at all. The same key again gives the first outcome.
func (sc Scope) Do(ctx context.Context, key string, r Request) (out Outcome, err error) {
	if err := sc.check(); err != nil {
		return Outcome{}, err
	}
	if key == "" || len(key) > 200 {
		return Outcome{}, errs.New(errs.Invalid, "key_missing", "A change needs an idempotency key of 1 to 200 bytes.")
	}
	err = sc.s.books.InTx(ctx, func(ctx context.Context) error {
		before, err := sc.s.books.ClaimKey(ctx, sc.customer, key, printOf(r))
		if err != nil {
			return err
		}
		if before != nil {
			return json.Unmarshal(before, &out)
		}
		out, err = sc.carryOut(ctx, key, r)
		return err
	})
	return out, err
}

func (sc Scope) carryOut(ctx context.Context, key string, r Request) (Outcome, error) {
	c, err := r.decide(sc.desk(ctx))
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.s.write(ctx, c); err != nil {
		return Outcome{}, err
	}
	kept, err := json.Marshal(c.Outcome)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.s.tell(ctx, r.name(), c.Outcome, sc.customer); err != nil {
		return Outcome{}, err
	}
	return c.Outcome, sc.s.books.KeepOutcome(ctx, sc.customer, key, kept)
}

// printOf tells requests under one key apart.
func printOf(r Request) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %#v", r.name(), r))
	return hex.EncodeToString(sum[:12])
}

func (s *Service) write(ctx context.Context, c *change) (err error) {
	if c.Case != nil && c.prefix != "" {
		if c.Case.Number, err = s.number(ctx, c.prefix); err != nil {
			return err
		}
		c.Case.ID = c.Case.Number
		for i := range orderPayments(c.Order) {
			if p := &c.Order.Payments[i]; p.Case == pending {
				p.Case = c.Case.Number
			}
		}
	}
	if err := s.books.MoveStock(ctx, c.moves...); err != nil {
		return err
	}
	if c.Order != nil {
		if err := s.books.SaveOrder(ctx, *c.Order); err != nil {
			return err
		}
	}
	if c.Member != nil {
		if err := s.books.SaveMember(ctx, *c.Member); err != nil {
			return err
		}
	}
	if c.Coupon != nil {
		if err := s.books.AddCoupon(ctx, *c.Coupon); err != nil {
			return err
		}
	}
	if c.Case != nil {
		return s.books.SaveCase(ctx, *c.Case)
	}
	return nil
}

// pending stands for the number a case will get when it is written.
const pending = "pending"

func orderPayments(o *Order) []Payment {
	if o == nil {
		return nil
	}
	return o.Payments
}

func (s *Service) tell(ctx context.Context, what string, o Outcome, c id.Customer) error {
	if s.events == nil {
		return nil
	}
	subject, sid := "customer", string(c)
	data := map[string]any{"customer_id": c}
	if o.Order != nil {
		subject, sid = "order", string(o.Order.ID)
		data["order_number"] = o.Order.Number
	}
	if o.Case != nil {
		data["case_number"], data["kind"] = o.Case.Number, o.Case.Kind
	}
	if o.Back.Amount > 0 {
		data["back"] = o.Back
	}
	return s.events.AppendEvents(ctx, event.Of("commerce."+what, subject, sid, s.now(), data))
}
