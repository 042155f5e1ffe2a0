package shopfront

import (
	"net/http"
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type storeView struct {
	StoreID  id.Store `json:"store_id"`
	Name     string   `json:"name"`
	City     string   `json:"city"`
	Address  string   `json:"address"`
	Phone    string   `json:"phone"`
	Hours    string   `json:"hours_text"`
	OpenNow  bool     `json:"open_now"`
	Services []string `json:"services"`
}

func (f front) stores(r *http.Request, l id.Lang) (any, error) {
	all, err := f.Shop.Stores(r.Context())
	out, now := list[storeView]{Items: []storeView{}}, f.Shop.Now()
	for _, s := range all {
		h, why := s.On(now)
		text := say(l, "今天 ", "Today ") + h.String()
		if h.String() == "" {
			text = say(l, "今天休息", "Closed today")
		}
		if !why.Empty() {
			text += say(l, "（", " (") + why.In(l) + say(l, "）", ")")
		}
		v := storeView{s.ID, s.Name.In(l), s.City.In(l), s.Address.In(l), s.Phone, text, s.OpenAt(now), []string{}}
		for _, k := range s.Services {
			v.Services = append(v.Services, f.Services[k].In(l))
		}
		out.Items = append(out.Items, v)
	}
	return out, err
}

type guideBrief struct {
	ProductID id.Product `json:"product_id"`
	Title     string     `json:"title"`
	Name      string     `json:"name"`
	Image     string     `json:"image"`
}

type sectionView struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Steps []string `json:"steps"`
	Note  string   `json:"note,omitempty"`
}

type guideView struct {
	ProductID id.Product    `json:"product_id"`
	Title     string        `json:"title"`
	Intro     string        `json:"intro"`
	Sections  []sectionView `json:"sections"`
}

func (f front) guides(r *http.Request, l id.Lang) (any, error) {
	all, err := f.Shop.Products(r.Context())
	out := list[guideBrief]{Items: []guideBrief{}}
	for _, p := range all {
		if p.Guide != nil {
			out.Items = append(out.Items, guideBrief{p.ID, p.Guide.Title.In(l), p.Name.In(l), picture(string(p.ID))})
		}
	}
	return out, err
}

func (f front) guide(r *http.Request, l id.Lang) (any, error) {
	p, err := f.Shop.Product(r.Context(), id.Product(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	if p.Guide == nil {
		return nil, noGuide
	}
	v := guideView{p.ID, p.Guide.Title.In(l), p.Guide.Intro.In(l), []sectionView{}}
	for _, s := range p.Guide.Sections {
		sv := sectionView{s.ID, s.Title.In(l), []string{}, s.Note.In(l)}
		for _, t := range s.Steps {
			sv.Steps = append(sv.Steps, t.In(l))
		}
		v.Sections = append(v.Sections, sv)
	}
	return v, nil
}

type orderItem struct {
	ProductID id.Product     `json:"product_id"`
	SKU       string         `json:"sku"`
	Name      string         `json:"name"`
	Image     string         `json:"image"`
	Quantity  int            `json:"quantity"`
	Price     commerce.Money `json:"price"`
}

type trackEvent struct {
	At    time.Time `json:"at"`
	Text  string    `json:"text"`
	Place string    `json:"place,omitempty"`
}

type shipmentView struct {
	Carrier    string       `json:"carrier"`
	Tracking   string       `json:"tracking_number"`
	StatusText string       `json:"status_text"`
	ETA        *time.Time   `json:"eta,omitempty"`
	Events     []trackEvent `json:"events"`
}

type pickupView struct {
	StoreID   id.Store `json:"store_id"`
	StoreName string   `json:"store_name"`
	Code      string   `json:"code,omitempty"`
}

type sequel struct {
	Kind       string `json:"kind"`
	Number     string `json:"number"`
	StatusText string `json:"status_text"`
}

type orderView struct {
	OrderID    id.Order             `json:"order_id"`
	Number     string               `json:"number"`
	Kind       commerce.Channel     `json:"kind"`
	Status     commerce.OrderStatus `json:"status"`
	StatusText string               `json:"status_text"`
	PlacedAt   time.Time            `json:"placed_at"`
	Total      commerce.Money       `json:"total"`
	Items      []orderItem          `json:"items"`
	Shipment   *shipmentView        `json:"shipment,omitempty"`
	Pickup     *pickupView          `json:"pickup,omitempty"`
	AfterSales []sequel             `json:"after_sales,omitempty"`
}

func (f front) orders(r *http.Request, l id.Lang) (any, error) {
	who := f.customer(r)
	if who == "" {
		return nil, errs.New(errs.Unauthenticated, "login_needed", "Log in to see orders.")
	}
	mine := f.Shop.For(who)
	all, err := mine.Orders(r.Context())
	if err != nil {
		return nil, err
	}
	cases, err := mine.Cases(r.Context(), commerce.ReturnCase, commerce.ExchangeCase, commerce.RepairCase, commerce.ProtectionCase)
	if err != nil {
		return nil, err
	}
	stores, err := f.Shop.Stores(r.Context())
	out := list[orderView]{Items: []orderView{}}
	for _, o := range all {
		out.Items = append(out.Items, view(o, cases, stores, l))
	}
	return out, err
}

func view(o commerce.Order, cases []commerce.Case, stores []commerce.Store, l id.Lang) orderView {
	v := orderView{OrderID: o.ID, Number: o.Number, Kind: o.Channel, Status: o.Status, StatusText: o.Status.Text().In(l), PlacedAt: o.PlacedAt, Total: o.Total}
	for _, x := range o.Lines {
		name := x.Name.In(l)
		if !x.Variant.Empty() {
			name += say(l, "（", " (") + x.Variant.In(l) + say(l, "）", ")")
		}
		v.Items = append(v.Items, orderItem{x.ProductID, x.SKU, name, picture(string(x.ProductID)), x.Quantity, x.Price})
	}
	if n := len(o.Shipments); n > 0 {
		v.Shipment = shipment(o, o.Shipments[n-1], l)
	}
	if i := slices.IndexFunc(stores, func(s commerce.Store) bool { return s.ID == o.StoreID }); o.Channel == commerce.Pickup && i >= 0 {
		v.Pickup = &pickupView{o.StoreID, stores[i].Name.In(l), o.PickupCode}
	}
	for _, c := range cases {
		if c.OrderID == o.ID {
			kind := string(c.Kind)
			if c.Kind == commerce.ProtectionCase {
				kind = "refund"
			}
			v.AfterSales = append(v.AfterSales, sequel{kind, c.Number, c.Kind.Text().In(l) + say(l, "：", ": ") + c.Status.Text().In(l)})
		}
	}
	return v
}

func shipment(o commerce.Order, s commerce.Shipment, l id.Lang) *shipmentView {
	v := &shipmentView{Carrier: s.Carrier.In(l), Tracking: s.Tracking, StatusText: o.Status.Text().In(l), Events: []trackEvent{}}
	if !s.ETA.IsZero() && o.Status == commerce.Shipped {
		v.ETA = &s.ETA
	}
	for _, e := range slices.Backward(s.Events) {
		v.Events = append(v.Events, trackEvent{e.At, e.Text.In(l), e.Place.In(l)})
	}
	return v
}
