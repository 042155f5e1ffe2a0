package api

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Order is an order as the side panel shows it: the body of an order card and a little more.
type Order struct {
	OrderID    id.Order        `json:"order_id"`
	Number     string          `json:"number"`
	Status     string          `json:"status"`
	StatusText string          `json:"status_text"`
	PlacedAt   time.Time       `json:"placed_at"`
	Total      commerce.Money  `json:"total"`
	Items      []OrderItem     `json:"items"`
	Channel    string          `json:"channel"`
	Store      string          `json:"store,omitempty"`
	Shipments  []OrderShipment `json:"shipments"`
}

// OrderItem is one line of an order.
type OrderItem struct {
	SKU      string         `json:"sku"`
	Name     string         `json:"name"`
	Image    string         `json:"image,omitempty"`
	Quantity int            `json:"quantity"`
	Price    commerce.Money `json:"price"`
}

// OrderShipment is one parcel.
type OrderShipment struct {
	Carrier        string `json:"carrier"`
	TrackingNumber string `json:"tracking_number"`
	StatusText     string `json:"status_text,omitempty"`
}

type ordersOutput struct {
	Body struct {
		Items []Order `json:"items"`
	}
}

func (s *server) customerOrders(ctx context.Context, in *CustomerPath) (*ordersOutput, error) {
	if _, err := s.customerView(ctx, in.ID); err != nil {
		return nil, err
	}
	out := &ordersOutput{}
	out.Body.Items = []Order{}
	if s.Commerce == nil {
		return out, nil
	}
	os, err := s.Commerce.OrdersOf(ctx, in.ID, ordersShown)
	for _, o := range os {
		out.Body.Items = append(out.Body.Items, orderView(o, lang(principal(ctx).Language)))
	}
	return out, err
}

func orderView(o commerce.Order, l id.Lang) Order {
	v := Order{OrderID: o.ID, Number: o.Number, Status: string(o.Status), StatusText: o.Status.Text().In(l), PlacedAt: o.PlacedAt.UTC(), Total: o.Total,
		Items: []OrderItem{}, Channel: string(o.Channel), Store: string(o.StoreID), Shipments: []OrderShipment{}}
	for _, line := range o.Lines {
		name := line.Name.In(l)
		if variant := line.Variant.In(l); variant != "" {
			name += " · " + variant
		}
		v.Items = append(v.Items, OrderItem{SKU: line.SKU, Name: name, Quantity: line.Quantity, Price: line.Price})
	}
	for _, sh := range o.Shipments {
		p := OrderShipment{Carrier: sh.Carrier.In(l), TrackingNumber: sh.Tracking}
		if n := len(sh.Events); n > 0 {
			p.StatusText = sh.Events[n-1].Text.In(l)
		}
		v.Shipments = append(v.Shipments, p)
	}
	return v
}
