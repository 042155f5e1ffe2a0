package intake

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Person is a customer as a file tells: who they are belongs to the customer noun, the rest to commerce.
type Person struct {
	ID       id.Customer
	Name     string
	Language id.Lang
	Phone    string
	Email    string
	JoinedAt time.Time
}

// Batch is what one file holds.
type Batch struct {
	Products []commerce.Product
	Stock    []commerce.Stock
	Stores   []commerce.Store
	People   []Person
	Members  []commerce.Member
	Orders   []commerce.Order
}

// Size is how many things the batch holds.
func (b Batch) Size() int {
	return len(b.Products) + len(b.Stock) + len(b.Stores) + len(b.People) + len(b.Orders)
}

// Known looks up what a file refers to.
type Known interface {
	ProductOf(ctx context.Context, sku string) (commerce.Product, error)
	MemberOf(ctx context.Context, c id.Customer) (commerce.Member, error)
	NumberTaken(ctx context.Context, number string) (bool, error)
}

// kind is how one sort of file is read.
type kind struct {
	columns, needed []string
	read            func(ctx context.Context, rows []row, rep *report, known Known, b *Batch) error
}

func cols(s string) []string { return strings.Fields(s) }

var kinds = map[string]kind{
	"products": {cols("product_id category name_zh name_en subtitle_zh subtitle_en description_zh description_en material_zh material_en aliases traits tags sku options price was currency on_sale"),
		cols("product_id sku price"), readProducts},
	"stock": {cols("sku place on_hand reserved"), cols("sku place on_hand"), readStock},
	"stores": {cols("store_id name_zh name_en aliases city_zh city_en address_zh address_en transit_zh transit_en parking_zh parking_en phone latitude longitude zone services hours weekend_hours"),
		cols("store_id phone hours"), readStores},
	"customers": {cols("customer_id name language phone email tier points spent currency joined_at"), cols("customer_id name"), readCustomers},
	"orders": {cols("number customer_id channel store_id status placed_at paid_at shipped_at received_at currency sku quantity price shipping discount payment_method carrier tracking name phone line1 line2 district city province country postcode"),
		cols("number customer_id status placed_at sku quantity price"), readOrders},
}

// Read reads one file: what is products, stock, stores, customers or orders, format csv or json.
func Read(ctx context.Context, what, format string, in io.Reader, known Known) (Batch, error) {
	k, ok := kinds[what]
	if !ok {
		return Batch{}, errs.New(errs.Invalid, "import_kind", "%q cannot be imported; choose products, stock, stores, customers or orders.", what)
	}
	rep := newReport()
	rows, err := readRows(format, in, k.columns, k.needed, rep)
	if err != nil {
		return Batch{}, err
	}
	if rep.count > 0 && len(rows) == 0 {
		return Batch{}, rep.result()
	}
	var b Batch
	if err := k.read(ctx, rows, rep, known, &b); err != nil {
		return Batch{}, err
	}
	if err := rep.result(); err != nil {
		return Batch{}, err
	}
	return b, nil
}

func readProducts(_ context.Context, rows []row, rep *report, _ Known, b *Batch) error {
	at, owner := map[id.Product]int{}, map[string]string{}
	for _, raw := range rows {
		r := reader{raw, rep}
		pid := id.Product(r.text("product_id"))
		i, seen := at[pid]
		if !seen {
			i = len(b.Products)
			at[pid] = i
			p := commerce.Product{ID: pid, Category: r.text("category"), Name: r.both("name"), Subtitle: r.both("subtitle"), Description: r.both("description"),
				Material: r.both("material"), Aliases: r.list("aliases"), Tags: r.list("tags")}
			for _, t := range r.list("traits") {
				p.Traits = append(p.Traits, commerce.Trait(t))
			}
			if p.Name.Empty() {
				rep.add(r.at, "name_zh", "a product needs a name in one language at least")
			}
			b.Products = append(b.Products, p)
		}
		s := commerce.SKU{Code: r.text("sku"), ProductID: pid, Options: r.pairs("options"), Price: r.money("price"), Was: r.money("was").Amount, OnSale: r.bool("on_sale", true)}
		if where, twice := owner[s.Code]; twice {
			rep.add(r.at, "sku", "%q was on %s already", s.Code, where)
		}
		owner[s.Code] = r.at
		b.Products[i].SKUs = append(b.Products[i].SKUs, s)
	}
	for i := range b.Products {
		b.Products[i].Options = axes(b.Products[i])
	}
	return nil
}

// axes are the options that a product's variants use, in the order they turn up.
func axes(p commerce.Product) (out []commerce.Option) {
	index := map[string]int{}
	seen := map[string]bool{}
	for _, s := range p.SKUs {
		for _, key := range sorted(s.Options) {
			i, ok := index[key]
			if !ok {
				i = len(out)
				index[key] = i
				out = append(out, commerce.Option{Key: key, Name: id.Text{ZH: key, EN: key}})
			}
			if v := s.Options[key]; !seen[key+"="+v] {
				seen[key+"="+v] = true
				out[i].Values = append(out[i].Values, commerce.OptionValue{Value: v, Name: id.Text{ZH: v, EN: v}})
			}
		}
	}
	return out
}

func readStock(ctx context.Context, rows []row, rep *report, known Known, b *Batch) error {
	seen := map[string]string{}
	for _, raw := range rows {
		r := reader{raw, rep}
		s := commerce.Stock{SKU: r.text("sku"), Place: r.text("place"), OnHand: r.int("on_hand", 0, 1_000_000_000), Reserved: r.int("reserved", 0, 1_000_000_000)}
		if s.Reserved > s.OnHand {
			rep.add(r.at, "reserved", "%d are reserved, but only %d are there", s.Reserved, s.OnHand)
		}
		if where, twice := seen[s.SKU+"\x00"+s.Place]; twice {
			rep.add(r.at, "sku", "%s at %s was on %s already", s.SKU, s.Place, where)
		}
		seen[s.SKU+"\x00"+s.Place] = r.at
		if _, err := product(ctx, known, r, s.SKU); err != nil {
			return err
		}
		b.Stock = append(b.Stock, s)
	}
	return nil
}

// product looks a SKU up; an unknown one is a mistake of the file.
func product(ctx context.Context, known Known, r reader, sku string) (commerce.Product, error) {
	p, err := known.ProductOf(ctx, sku)
	if errs.Is(err, errs.NotFound) {
		r.rep.add(r.at, "sku", "%q is not a variant of any product; import the products first", sku)
		return p, nil
	}
	return p, err
}

func readStores(_ context.Context, rows []row, rep *report, _ Known, b *Batch) error {
	seen := map[id.Store]string{}
	for _, raw := range rows {
		r := reader{raw, rep}
		s := commerce.Store{ID: id.Store(r.text("store_id")), Name: r.both("name"), Aliases: r.list("aliases"), City: r.both("city"), Address: r.both("address"),
			Transit: r.both("transit"), Parking: r.both("parking"), Phone: r.text("phone"), Latitude: r.float("latitude", -90, 90), Longitude: r.float("longitude", -180, 180),
			Zone: r.text("zone"), Services: r.list("services")}
		if where, twice := seen[s.ID]; twice {
			rep.add(r.at, "store_id", "%q was on %s already", s.ID, where)
		}
		seen[s.ID] = r.at
		if s.Zone == "" {
			s.Zone = "Asia/Shanghai"
		} else if _, err := time.LoadLocation(s.Zone); err != nil {
			rep.add(r.at, "zone", "%q is not a time zone such as Asia/Shanghai", s.Zone)
		}
		for d := range s.Week {
			s.Week[d] = r.hours("hours")
			if weekend := d == 0 || d == 6; weekend && r.text("weekend_hours") != "" {
				s.Week[d] = r.hours("weekend_hours")
			}
		}
		b.Stores = append(b.Stores, s)
	}
	return nil
}

func readCustomers(ctx context.Context, rows []row, rep *report, known Known, b *Batch) error {
	seen := map[string]string{}
	for _, raw := range rows {
		r := reader{raw, rep}
		c := r.text("customer_id")
		if where, twice := seen[c]; twice {
			rep.add(r.at, "customer_id", "%q was on %s already", c, where)
		}
		seen[c] = r.at
		p := Person{ID: id.Customer(c), Name: r.text("name"), Language: id.ParseLang(r.text("language")), Phone: r.text("phone"), Email: r.text("email"), JoinedAt: r.time("joined_at")}
		b.People = append(b.People, p)
		m, err := known.MemberOf(ctx, p.ID) // payment methods and address of a member we have stay
		if err != nil {
			return err
		}
		m.Tier, m.Points, m.Spent, m.JoinedAt = r.text("tier"), int64(r.int("points", 0, 1_000_000_000)), r.money("spent").Amount, p.JoinedAt
		b.Members = append(b.Members, m)
	}
	return nil
}
