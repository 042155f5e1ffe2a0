package tools

import (
	"context"
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Tickets opens and shows tickets.
type Tickets interface {
	Open(ctx context.Context, by ticket.Actor, r ticket.Request) (t ticket.Ticket, opened bool, err error)
	Mine(ctx context.Context, customer id.Customer, l id.Lang) ([]ticket.ShopperView, error)
	MyTicket(ctx context.Context, customer id.Customer, tid id.Ticket, l id.Lang) (ticket.ShopperView, error)
}

// Deps is what the tools stand on. Tickets and Events may be nil: then their tools are left out.
type Deps struct {
	Shop    *commerce.Service
	Tickets Tickets
	Events  event.Appender
	Now     func() time.Time
}

// All makes the built-in tools.
func All(d Deps) []tool.Tool {
	shop := shop{d.Shop}
	out := []tool.Tool{shop.listOrders(), shop.getOrder(), shop.trackOrder(), shop.listItems(), shop.listVariants(), shop.refundProgress(),
		shop.repairProgress(), shop.membership(), shop.findStores(), shop.storeStock(), shop.findProducts(), shop.paymentMethods(), shop.matchItems(),
		shop.cancelOrder(), shop.changeAddress(), shop.changeDefaultAddress(), shop.changePayment(), shop.modifyItems(), shop.returnItems(),
		shop.exchangeItem(), shop.exchangeItems(), shop.bookRepair(), shop.requestInvoice(), shop.protectPrice(), shop.compensate(),
		shop.redeemPoints(), shop.reservePickup(), shop.bookAppointment(), shop.withdraw()}
	if d.Tickets != nil {
		out = append(out, openTicket(d), listTickets(d))
	}
	if d.Events != nil {
		out = append(out, recordFeedback(d))
	}
	return out
}

// shop makes the tools that stand on commerce.
type shop struct{ s *commerce.Service }

// mine is the session's own part of the shop.
func (sh shop) mine(s tool.Session) commerce.Scope { return sh.s.For(s.Customer()) }

func text(zh, en string) id.Text { return id.Text{ZH: zh, EN: en} }

func schema(fields ...tool.Field) *jsonschema.Schema { return tool.Object(fields...) }

// read is a tool that only looks.
type read struct {
	spec tool.Spec
	run  func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error)
}

func reading(name string, title, about id.Text, min tool.Assurance, run func(context.Context, tool.Session, tool.Args) (tool.Result, error), fields ...tool.Field) read {
	return read{tool.Spec{Name: name, Title: title, Text: about, MinAssurance: min, Schema: schema(fields...)}, run}
}

// Spec implements tool.Tool.
func (r read) Spec() tool.Spec { return r.spec }

// Plan implements tool.Tool: a read has nothing to plan.
func (r read) Plan(context.Context, tool.Session, tool.Args) (tool.Plan, error) {
	return tool.Plan{}, nil
}

// Run implements tool.Tool.
func (r read) Run(ctx context.Context, s tool.Session, p tool.Plan, _ string) (tool.Result, error) {
	res, err := r.run(ctx, s, p.Args)
	return res, refuse(err)
}

// write is a tool that asks commerce to do something.
type write struct {
	spec tool.Spec
	// request makes the commerce request of the arguments.
	request func(ctx context.Context, s tool.Session, a tool.Args) (commerce.Request, error)
	// plan renders what it would come to: summary, lines, amount and what the business key hangs on.
	plan func(ctx context.Context, o commerce.Outcome, a tool.Args) (tool.Plan, error)
	// tell words what it came to.
	tell func(ctx context.Context, o commerce.Outcome, l id.Lang) (tool.Result, error)
	shop shop
}

func writing(name string, title, about id.Text, undo string, fields ...tool.Field) tool.Spec {
	return tool.Spec{Name: name, Title: title, Text: about, Write: true, Local: true, MinAssurance: tool.Verified, Schema: schema(fields...), Undo: undo}
}

// Spec implements tool.Tool.
func (w write) Spec() tool.Spec { return w.spec }

// Plan implements tool.Tool.
func (w write) Plan(ctx context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
	r, err := w.request(ctx, s, a)
	if err != nil {
		return tool.Plan{}, refuse(err)
	}
	o, err := w.shop.mine(s).Preview(ctx, r)
	if err != nil {
		return tool.Plan{}, refuse(err)
	}
	p, err := w.plan(ctx, o, a)
	p.BusinessKey = w.spec.Name + ":" + p.BusinessKey
	return p, refuse(err)
}

// Run implements tool.Tool.
func (w write) Run(ctx context.Context, s tool.Session, p tool.Plan, key string) (tool.Result, error) {
	r, err := w.request(ctx, s, p.Args)
	if err != nil {
		return tool.Result{}, refuse(err)
	}
	o, err := w.shop.mine(s).Do(ctx, key, r)
	if err != nil {
		return tool.Result{}, refuse(err)
	}
	return w.tell(ctx, o, s.Language())
}
