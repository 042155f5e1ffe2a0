package commerce

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Office is the shop's own side: the warehouse, the workshop and the cashier move things on here. It reaches every
// customer, so only staff routes and the systems behind the shop get one; the agent never does.
type Office struct{ s *Service }

// Office gives the shop's own side.
func (s *Service) Office() Office { return Office{s} }

// MoveOrder moves an order on. What leaves is taken from stock; what arrives earns points.
func (f Office) MoveOrder(ctx context.Context, number string, to OrderStatus) (o Order, err error) {
	s := f.s
	err = s.books.InTx(ctx, func(ctx context.Context) error {
		if o, err = s.books.OrderNumbered(ctx, NormalNumber(number)); err != nil {
			return err
		}
		if err := o.To(to, s.now()); err != nil {
			return err
		}
		if err := s.leave(ctx, o); err != nil {
			return err
		}
		if o.Has() && (to == Delivered || to == PickedUp) {
			if err := s.earn(ctx, o.CustomerID, o.Balance()); err != nil {
				return err
			}
		}
		if err := s.books.SaveOrder(ctx, o); err != nil {
			return err
		}
		return s.tellOffice(ctx, "order_"+string(to), string(o.ID), o.CustomerID, o.Number)
	})
	return o, err
}

// leave takes what was in reserve out of stock when it goes, and frees it when it will not.
func (s *Service) leave(ctx context.Context, o Order) error {
	var moves []Move
	for _, l := range o.Lines {
		switch o.Status {
		case Shipped, PickedUp:
			moves = append(moves, Move{SKU: l.SKU, Place: o.Place(), OnHand: -l.Quantity, Reserved: -l.Quantity})
		case Cancelled:
			moves = append(moves, Move{SKU: l.SKU, Place: o.Place(), Reserved: -l.Quantity})
		}
	}
	return s.books.MoveStock(ctx, moves...)
}

// earn adds (or takes back) the points of an amount and sets the tier anew.
func (s *Service) earn(ctx context.Context, c id.Customer, amount int64) error {
	m, err := s.books.MemberOf(ctx, c)
	if err != nil {
		return err
	}
	n := s.policies.PointsFor(Money{max(amount, -amount), s.policies.Currency})
	if amount < 0 {
		n = -n
	}
	m.Points, m.Spent = max(0, m.Points+n), max(0, m.Spent+amount)
	if at, _ := s.policies.TierFor(m.Spent); at.ID != "" {
		m.Tier = at.ID
	}
	return s.books.SaveMember(ctx, m)
}

// MoveCase moves a case on. When the goods of a return are received, the refund becomes due; when it is paid, it is
// booked on the order and its points are taken back.
func (f Office) MoveCase(ctx context.Context, number string, to CaseStatus, note id.Text) (c Case, err error) {
	s := f.s
	err = s.books.InTx(ctx, func(ctx context.Context) error {
		if c, err = s.books.CaseNumbered(ctx, NormalNumber(number)); err != nil {
			return err
		}
		now := s.now()
		if err := c.To(to, now, note); err != nil {
			return err
		}
		if c.Kind == ReturnCase && to == Received {
			c.DueAt = s.policies.LastMoment(now, s.policies.Refund.Days)
		}
		if err := s.settleCase(ctx, &c); err != nil {
			return err
		}
		if err := s.books.SaveCase(ctx, c); err != nil {
			return err
		}
		return s.tellOffice(ctx, string(c.Kind)+"_"+string(to), string(c.OrderID), c.CustomerID, c.Number)
	})
	return c, err
}

// settleCase books what a step of a case does to its order.
func (s *Service) settleCase(ctx context.Context, c *Case) error {
	paying := c.Kind == ReturnCase && c.Status == Refunding
	paid := c.Status == Refunded
	undone := (c.Status == Rejected || c.Status == Withdrawn) && (c.Kind == ReturnCase || c.Kind == ExchangeCase)
	if !paying && !paid && !undone {
		return nil
	}
	d := &desk{ctx, s, c.CustomerID, s.now(), s.policies}
	if undone {
		ch := &change{Outcome: Outcome{Case: c}}
		if err := d.undo(ch); err != nil {
			return err
		}
		ch.Case = nil
		return s.write(ctx, ch)
	}
	o, m, err := d.orderAndMember(string(c.OrderID))
	if err != nil {
		return err
	}
	if paying {
		d.settle(o, m, c.Method, -min(c.Amount.Amount, max(o.Balance(), 0)), c.Number)
	} else {
		d.arrive(o, c.Number)
	}
	if err := s.write(ctx, &change{Outcome: Outcome{Order: o, Member: m}}); err != nil {
		return err
	}
	if paying {
		return s.earn(ctx, c.CustomerID, -c.Amount.Amount)
	}
	return nil
}

// arrive marks the refunds of a case as done.
func (d *desk) arrive(o *Order, caseNo string) {
	for i := range o.Payments {
		if p := &o.Payments[i]; p.Refund && p.Case == caseNo && p.DoneAt.IsZero() {
			p.DoneAt = d.now
		}
	}
}

func (s *Service) tellOffice(ctx context.Context, what, order string, c id.Customer, number string) error {
	if s.events == nil {
		return nil
	}
	return s.events.AppendEvents(ctx, event.Of("commerce."+what, "order", order, s.now(), map[string]any{"customer_id": c, "number": number}))
}
