package commerce

import (
	"regexp"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// BookRepair has a thing mended.
type BookRepair struct {
	Order, Item, Fault string
	How                string // courier (we fetch it), mail or store
	StoreID            id.Store
}

func (BookRepair) name() string { return "repair_booked" }

func (r BookRepair) decide(d *desk) (*change, error) {
	o, err := d.order(r.Order)
	if err != nil {
		return nil, err
	}
	count, lines, err := o.find([]string{r.Item})
	if err != nil {
		return nil, err
	}
	dec := d.p.CanRepair(*o, *lines[0], d.now)
	if err := dec.Err(); err != nil {
		return nil, err
	}
	if err := d.noneOpen(o, RepairCase, lines[0].ID, "repair_open", "这件商品已经有一张进行中的维修单了。", "This item already has a repair under way."); err != nil {
		return nil, err
	}
	if err := d.storeKnown(r.StoreID); err != nil {
		return nil, err
	}
	c := d.open(RepairCase, o, r.Fault)
	c.How, c.StoreID, c.InWarranty = r.How, r.StoreID, dec.Code == ""
	c.DueAt = d.p.WorkingDays(d.now, d.p.Repair.WorkingDays)
	c.Items = []CaseItem{{LineID: lines[0].ID, SKU: lines[0].SKU, Name: lines[0].Name, Quantity: count[lines[0]], Price: lines[0].Price}}
	return d.caseChange(c, o, Outcome{Decision: dec}), nil
}

// noneOpen refuses a second case of a kind about the same line ("" for the whole order) while one is open or done.
func (d *desk) noneOpen(o *Order, k CaseKind, line, code, zh, en string) error {
	cases, err := d.casesOf(o, k)
	if err != nil {
		return err
	}
	for _, c := range cases {
		about := line == "" || (len(c.Items) > 0 && c.Items[0].LineID == line)
		if about && (c.Open() || (line == "" && c.Status == Done)) {
			return no(code, zh+"（"+c.Number+"）", en+" ("+c.Number+")").Err()
		}
	}
	return nil
}

func (d *desk) storeKnown(sid id.Store) error {
	if sid == "" {
		return nil
	}
	_, err := d.store(sid)
	return err
}

func (d *desk) store(sid id.Store) (Store, error) {
	all, err := d.s.books.Stores(d.ctx)
	for _, s := range all {
		if s.ID == sid {
			return s, nil
		}
	}
	if err != nil {
		return Store{}, err
	}
	return Store{}, errs.New(errs.NotFound, "store_unknown", "There is no store %q.", sid)
}

// RequestInvoice asks for the invoice of an order.
type RequestInvoice struct {
	Order string
	Kind  string // personal or company
	Title string
	TaxID string
	Email string
}

func (RequestInvoice) name() string { return "invoice_requested" }

// A unified social credit code has 18 digits or capitals without I, O, S, V, Z (GB 32100-2015); older tax numbers have 15 or 20.
var taxID = regexp.MustCompile(`^([0-9A-HJ-NPQRTUWXY]{18}|[0-9A-Z]{15}|[0-9A-Z]{20})$`)

func (r RequestInvoice) decide(d *desk) (*change, error) {
	o, err := d.order(r.Order)
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	dec := d.p.CanInvoice(*o, d.now)
	if err := dec.Err(); err != nil {
		return nil, err
	}
	if err := d.noneOpen(o, InvoiceCase, "", "invoice_exists", "这个订单已经申请过发票了", "An invoice was already requested for this order"); err != nil {
		return nil, err
	}
	c := d.open(InvoiceCase, o, "")
	c.Amount = Money{o.Balance(), o.Total.Currency}
	c.Details = map[string]string{"kind": r.Kind, "title": r.Title, "tax_id": r.TaxID, "email": r.Email}
	c.DueAt = d.now.Add(24 * time.Hour)
	return d.caseChange(c, o, Outcome{Decision: dec}), nil
}

func (r RequestInvoice) check() error {
	switch {
	case r.Kind != "personal" && r.Kind != "company":
		return errs.New(errs.Invalid, "invoice_kind", "The kind of invoice is personal or company, not %q.", r.Kind)
	case len(r.Title) > 200 || strings.ContainsAny(r.Title, "\r\n"):
		return errs.New(errs.Invalid, "invoice_title", "The title must be one line of at most 200 bytes.")
	case r.Kind == "company" && (strings.TrimSpace(r.Title) == "" || !taxID.MatchString(r.TaxID)):
		return errs.New(errs.Invalid, "invoice_company", "A company's invoice needs its name and its tax number of 15, 18 or 20 characters.")
	}
	return nil
}

// ProtectPrice pays back what the price of an item fell soon after it was bought. Item "" is the one that fell most.
type ProtectPrice struct{ Order, Item string }

func (ProtectPrice) name() string { return "price_protected" }

func (r ProtectPrice) decide(d *desk) (*change, error) {
	o, m, err := d.orderAndMember(r.Order)
	if err != nil {
		return nil, err
	}
	done, err := d.casesOf(o, ProtectionCase)
	if err != nil {
		return nil, err
	}
	l, now, err := d.fallen(o, r.Item)
	if err != nil {
		return nil, err
	}
	dec := d.p.CanProtect(*o, *l, now, len(done), d.now)
	if err := dec.Err(); err != nil {
		return nil, err
	}
	c := d.open(ProtectionCase, o, "")
	c.Status, c.DueAt = Refunding, d.p.LastMoment(d.now, d.p.Refund.Days)
	c.Items = []CaseItem{{LineID: l.ID, SKU: l.SKU, Name: l.Name, Quantity: l.Open(), Price: l.Price, NewPrice: now}}
	c.Amount.Amount = min((l.Price.Amount-now.Amount)*int64(l.Open()), max(o.Balance(), 0))
	c.Method = o.Payments[0].Method
	d.settle(o, m, c.Method, -c.Amount.Amount, pending)
	return d.caseChange(c, o, Outcome{Member: m, Back: c.Amount, Decision: dec}), nil
}

// fallen finds the line, and what one costs today; with no ref, the line whose price fell most.
func (d *desk) fallen(o *Order, ref string) (*Line, Money, error) {
	var best *Line
	var price Money
	for i := range o.Lines {
		l := &o.Lines[i]
		if ref != "" && l.ID != ref && l.SKU != ref {
			continue
		}
		now, err := d.priceNow(l)
		if err != nil {
			return nil, Money{}, err
		}
		if best == nil || l.Price.Amount-now.Amount > best.Price.Amount-price.Amount {
			best, price = l, now
		}
	}
	if best == nil {
		return nil, Money{}, errs.New(errs.NotFound, "item_unknown", "The order has no item %q.", ref)
	}
	return best, price, nil
}

// priceNow is today's price; what is no longer listed has not become cheaper.
func (d *desk) priceNow(l *Line) (Money, error) {
	p, err := d.s.books.ProductOf(d.ctx, l.SKU)
	if errs.Is(err, errs.NotFound) {
		return l.Price, nil
	}
	s, _ := p.SKU(l.SKU)
	return s.Price, err
}

// ReservePickup puts goods aside in a store.
type ReservePickup struct {
	SKU      string
	Quantity int
	StoreID  id.Store
}

func (ReservePickup) name() string { return "pickup_reserved" }

func (r ReservePickup) decide(d *desk) (*change, error) {
	if r.Quantity < 1 || r.Quantity > 5 {
		return nil, errs.New(errs.Invalid, "quantity_out_of_range", "Between 1 and 5 pieces can be put aside.")
	}
	st, err := d.store(r.StoreID)
	if err != nil {
		return nil, err
	}
	p, err := d.s.books.ProductOf(d.ctx, r.SKU)
	if err != nil {
		return nil, err
	}
	sku, _ := p.SKU(r.SKU)
	if err := d.inStock(string(st.ID), map[string]int{r.SKU: r.Quantity}); err != nil {
		return nil, err
	}
	c := d.open(PickupCase, nil, "")
	c.Status, c.StoreID, c.DueAt = Reserved, st.ID, d.p.LastMoment(d.now, d.p.Pickup.Days)
	c.Items = []CaseItem{{SKU: sku.Code, Name: p.Name, Quantity: r.Quantity, Price: sku.Price}}
	ch := d.caseChange(c, nil, Outcome{Decision: yes(c.DueAt)})
	ch.moves = []Move{{SKU: sku.Code, Place: string(st.ID), Reserved: r.Quantity}}
	return ch, nil
}

// BookAppointment books a time in a store.
type BookAppointment struct {
	StoreID id.Store
	At      time.Time
	Service string
}

func (BookAppointment) name() string { return "appointment_booked" }

func (r BookAppointment) decide(d *desk) (*change, error) {
	st, err := d.store(r.StoreID)
	if err != nil {
		return nil, err
	}
	switch {
	case !r.At.After(d.now) || r.At.After(d.now.AddDate(0, 0, 60)):
		return nil, no("appointment_time", "预约时间要在今后 60 天之内。", "Choose a time within the next 60 days.").Err()
	case !st.OpenAt(r.At):
		return nil, no("store_closed", "那个时间门店不营业。", "The store is closed at that time.").Err()
	}
	c := d.open(AppointmentCase, nil, r.Service)
	c.Status, c.StoreID, c.At = Reserved, st.ID, r.At
	return d.caseChange(c, nil, Outcome{Decision: yes(r.At)}), nil
}
