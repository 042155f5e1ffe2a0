package ticket

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// ShopperView is a ticket as its customer sees it: the body of the ticket card.
type ShopperView struct {
	TicketID   id.Ticket     `json:"ticket_id"`
	Number     string        `json:"number"`
	Title      string        `json:"title"`
	Status     Status        `json:"status"`
	StatusText string        `json:"status_text"`
	Department string        `json:"department"`
	DueAt      *time.Time    `json:"due_at,omitempty"`
	Events     []ShopperLine `json:"events"`
}

// ShopperLine is one public event in the shopper's words.
type ShopperLine struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

var shopperStatus = map[Status]id.Text{
	Fresh:   {ZH: "已受理", EN: "Received"},
	Open:    {ZH: "处理中", EN: "Being worked on"},
	Pending: {ZH: "等您回复", EN: "Waiting for you"},
	Solved:  {ZH: "已解决", EN: "Solved"},
	Closed:  {ZH: "已结束", EN: "Finished"},
}

// View builds what the customer sees, from public entries alone.
func (s *Service) View(t Ticket, entries []Entry, l id.Lang) ShopperView {
	v := ShopperView{TicketID: t.ID, Number: t.Number, Title: t.Title, Status: t.Status, StatusText: shopperStatus[t.Status].In(l),
		Department: Departments[t.Department].In(l), Events: []ShopperLine{}}
	if due := t.Clocks.Resolve.At(s.d.Policy.Hours, 100); !due.IsZero() {
		v.DueAt = &due
	}
	for _, e := range entries {
		if text := shopperText(e, l); e.Public && text != "" {
			v.Events = append(v.Events, ShopperLine{e.At, text})
		}
	}
	return v
}

// shopperText words an entry without names of staff.
func shopperText(e Entry, l id.Lang) string {
	switch e.Kind {
	case Opened:
		return id.Text{ZH: "我们收到了您的问题", EN: "We received your request"}.In(l)
	case Comment:
		if e.Actor.Kind == ByCustomer {
			return id.Text{ZH: "您：", EN: "You: "}.In(l) + e.Text
		}
		return e.Text
	case Moved:
		return shopperStatus[Status(e.Data["to"])].In(l)
	case Merged:
		return id.Text{ZH: "已并入工单 ", EN: "Joined to ticket "}.In(l) + e.Data["into"]
	}
	return ""
}

// Mine lists a customer's own tickets as the customer sees them, newest first.
func (s *Service) Mine(ctx context.Context, customer id.Customer, l id.Lang) ([]ShopperView, error) {
	if customer == "" {
		return []ShopperView{}, nil
	}
	ts, err := s.List(ctx, Scope{Customer: customer}, Query{Limit: 20})
	if err != nil {
		return nil, err
	}
	out := make([]ShopperView, 0, len(ts))
	for _, t := range ts {
		es, err := s.d.Timeline.TicketEntries(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, s.View(t, es, l))
	}
	return out, nil
}

// MyTicket is one of the customer's own tickets; any other looks missing.
func (s *Service) MyTicket(ctx context.Context, customer id.Customer, tid id.Ticket, l id.Lang) (ShopperView, error) {
	if customer == "" {
		return ShopperView{}, errNoTicket()
	}
	t, es, err := s.Get(ctx, Scope{Customer: customer}, tid)
	if err != nil {
		return ShopperView{}, err
	}
	return s.View(t, es, l), nil
}
