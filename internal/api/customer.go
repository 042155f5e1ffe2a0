package api

import (
	"context"
	"net/http"
	"sort"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// Customer is the side panel's head.
type Customer struct {
	ID         id.Customer    `json:"id"`
	Name       string         `json:"name"`
	Tier       string         `json:"tier,omitempty"`
	Points     int64          `json:"points"`
	Language   id.Lang        `json:"language"`
	Phone      string         `json:"phone,omitempty" doc:"Masked without the permission customer.secrets"`
	Email      string         `json:"email,omitempty" doc:"Masked without the permission customer.secrets"`
	City       string         `json:"city,omitempty"`
	CreatedAt  time.Time      `json:"created_at"`
	Stage      string         `json:"stage,omitempty" doc:"Where on the journey: presale, insale, aftersale"`
	Visitor    bool           `json:"visitor"`
	Identities []Identity     `json:"identities"`
	Coupons    []Coupon       `json:"coupons"`
	Counts     CustomerCounts `json:"counts"`
}

// Identity is a customer's handle on a channel.
type Identity struct {
	Channel string `json:"channel"`
	Handle  string `json:"handle"`
}

// Coupon is a coupon the customer can use.
type Coupon struct {
	Name      string    `json:"name"`
	ExpiresAt time.Time `json:"expires_at"`
}

// CustomerCounts count what there is of a customer, within what the asker may see.
type CustomerCounts struct {
	Conversations int `json:"conversations"`
	Orders        int `json:"orders"`
	Tickets       int `json:"tickets"`
}

// CustomerPath names the customer of a route.
type CustomerPath struct {
	ID id.Customer `path:"id" maxLength:"64"`
}

type customerOutput struct{ Body Customer }

func (s *server) customerRoutes() {
	tag := []string{"Customers"}
	route(s, huma.Operation{OperationID: "get-customer", Method: http.MethodGet, Path: "/customers/{id}", Summary: "A customer", Tags: tag}, s.getCustomer)
	route(s, huma.Operation{OperationID: "customer-orders", Method: http.MethodGet, Path: "/customers/{id}/orders", Summary: "A customer's orders, newest first", Tags: tag}, s.customerOrders)
	route(s, huma.Operation{OperationID: "customer-timeline", Method: http.MethodGet, Path: "/customers/{id}/timeline", Summary: "What happened with a customer, newest first", Tags: tag}, s.customerTimeline)
}

func (s *server) getCustomer(ctx context.Context, in *CustomerPath) (*customerOutput, error) {
	c, err := s.customerView(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &customerOutput{c}, nil
}

const ordersShown = 50

func (s *server) customerView(ctx context.Context, cid id.Customer) (Customer, error) {
	if s.People == nil {
		return Customer{}, errPart("customers")
	}
	c, err := s.People.Customer(ctx, cid)
	if errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "customer_unknown", "There is no such customer.")
	}
	if err != nil {
		return Customer{}, err
	}
	p := principal(ctx)
	out := Customer{ID: c.ID, Name: c.Name, Language: c.Language, Phone: c.Phone, Email: c.Email, CreatedAt: c.CreatedAt.UTC(), Visitor: c.Visitor, Identities: []Identity{}, Coupons: []Coupon{}}
	if !p.Role.May(staff.CustomerSecrets) {
		out.Phone, out.Email = maskPhone(c.Phone), maskEmail(c.Email)
	}
	if err := s.addIdentities(ctx, p, &out); err != nil {
		return Customer{}, err
	}
	if err := s.addDealings(ctx, p, &out); err != nil {
		return Customer{}, err
	}
	return out, s.addCounts(ctx, p, &out)
}

func (s *server) addIdentities(ctx context.Context, p staff.Principal, out *Customer) error {
	ids, err := s.People.IdentitiesOf(ctx, out.ID)
	for _, i := range ids {
		h := i.Handle
		if !p.Role.May(staff.CustomerSecrets) {
			h = maskHandle(h)
		}
		out.Identities = append(out.Identities, Identity{i.Channel, h})
	}
	return err
}

// addDealings adds what the shop knows; a customer it does not know simply has none.
func (s *server) addDealings(ctx context.Context, p staff.Principal, out *Customer) error {
	if s.Commerce == nil {
		return nil
	}
	m, err := s.Commerce.MemberOf(ctx, out.ID)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	out.Tier, out.Points, out.City = m.Tier, m.Points, m.Address.City
	cs, err := s.Commerce.CouponsOf(ctx, out.ID)
	if err != nil {
		return err
	}
	for _, c := range cs {
		if c.UsableAt(s.Now()) {
			out.Coupons = append(out.Coupons, Coupon{c.Name.In(lang(p.Language)), c.ValidUntil.UTC()})
		}
	}
	orders, err := s.Commerce.OrdersOf(ctx, out.ID, ordersShown)
	out.Counts.Orders = len(orders)
	out.Stage = stageOf(orders)
	return err
}

// stageOf places the customer on the journey by the newest order: none is before a sale, one under way is within it.
func stageOf(orders []commerce.Order) string {
	if len(orders) == 0 {
		return "presale"
	}
	switch orders[0].Status {
	case commerce.Unpaid, commerce.Paid, commerce.Processing, commerce.Shipped, commerce.ReadyForPickup:
		return "insale"
	}
	return "aftersale"
}

func (s *server) addCounts(ctx context.Context, p staff.Principal, out *Customer) error {
	if s.Tickets != nil && p.Role.May(staff.TicketRead) {
		n, err := s.Tickets.Counts(ctx, ticketScope(p), ticket.Query{Customer: out.ID})
		if err != nil {
			return err
		}
		for _, k := range n {
			out.Counts.Tickets += k
		}
	}
	if s.Inbox == nil || !p.Role.May(staff.ConversationRead) {
		return nil
	}
	n, err := s.Inbox.InboxCounts(ctx, inboxScope(p), conversation.InboxFilter{Customer: out.ID})
	out.Counts.Conversations = n[conversation.Everything] + n[conversation.Done]
	return err
}

func (s *server) tier(ctx context.Context, cid id.Customer) string {
	if s.Commerce == nil {
		return ""
	}
	m, err := s.Commerce.MemberOf(ctx, cid)
	if err != nil {
		return "" // an inbox line without its tier is better than no inbox
	}
	return m.Tier
}

func maskPhone(s string) string {
	if len(s) < 9 {
		return strings.Repeat("*", len(s))
	}
	return s[:len(s)-8] + "****" + s[len(s)-4:]
}

func maskEmail(s string) string {
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" {
		return maskHandle(s)
	}
	return string([]rune(name)[:1]) + "***@" + host
}

func maskHandle(s string) string {
	r := []rune(s)
	if len(r) <= 4 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:2]) + "***" + string(r[len(r)-2:])
}

// TimelineItem is something that happened with a customer.
type TimelineItem struct {
	At     time.Time `json:"at"`
	Kind   string    `json:"kind" enum:"conversation,ticket,order,event,contact"`
	Title  string    `json:"title"`
	Detail string    `json:"detail,omitempty"`
	Ref    *Ref      `json:"ref,omitempty"`
}

type timelineOutput struct {
	Body struct {
		Items []TimelineItem `json:"items"`
	}
}

// customerTimeline merges what the asker may see, newest first.
func (s *server) customerTimeline(ctx context.Context, in *CustomerPath) (*timelineOutput, error) {
	if _, err := s.customerView(ctx, in.ID); err != nil {
		return nil, err
	}
	out := &timelineOutput{}
	out.Body.Items = []TimelineItem{}
	for _, part := range []func(context.Context, staff.Principal, id.Customer) ([]TimelineItem, error){s.conversationItems, s.ticketItems, s.orderItems} {
		items, err := part(ctx, principal(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, items...)
	}
	sort.SliceStable(out.Body.Items, func(i, j int) bool { return out.Body.Items[i].At.After(out.Body.Items[j].At) })
	return out, nil
}

func (s *server) conversationItems(ctx context.Context, p staff.Principal, cid id.Customer) (out []TimelineItem, err error) {
	if s.Inbox == nil || !p.Role.May(staff.ConversationRead) {
		return nil, nil
	}
	for _, v := range []conversation.View{conversation.Everything, conversation.Done} {
		rows, err := s.Inbox.InboxRows(ctx, inboxScope(p), conversation.InboxFilter{View: v, Customer: cid, Limit: ordersShown})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, TimelineItem{At: r.CreatedAt.UTC(), Kind: "conversation", Title: r.Channel, Detail: r.LastText, Ref: &Ref{"conversation", string(r.ID)}})
		}
	}
	return out, nil
}

func (s *server) ticketItems(ctx context.Context, p staff.Principal, cid id.Customer) (out []TimelineItem, err error) {
	if s.Tickets == nil || !p.Role.May(staff.TicketRead) {
		return nil, nil
	}
	ts, err := s.Tickets.List(ctx, ticketScope(p), ticket.Query{Customer: cid, Limit: ordersShown})
	for _, t := range ts {
		out = append(out, TimelineItem{At: t.CreatedAt.UTC(), Kind: "ticket", Title: t.Number + " " + t.Title, Detail: ticket.Names[t.Status].In(lang(p.Language)), Ref: &Ref{"ticket", string(t.ID)}})
	}
	return out, err
}

func (s *server) orderItems(ctx context.Context, p staff.Principal, cid id.Customer) (out []TimelineItem, err error) {
	if s.Commerce == nil || !p.Role.May(staff.OrderRead) {
		return nil, nil
	}
	os, err := s.Commerce.OrdersOf(ctx, cid, ordersShown)
	for _, o := range os {
		out = append(out, TimelineItem{At: o.PlacedAt.UTC(), Kind: "order", Title: o.Number, Detail: o.Status.Text().In(lang(p.Language)), Ref: &Ref{"order", string(o.ID)}})
	}
	return out, err
}
