package commerce

import (
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// order loads one of the customer's orders, as a copy to be changed.
func (d *desk) order(ref string) (*Order, error) {
	o, err := d.s.books.OrderOf(d.ctx, d.who, ref)
	if err != nil {
		return nil, err
	}
	return o.copy(), nil
}

func (d *desk) member() (*Member, error) {
	m, err := d.s.books.MemberOf(d.ctx, d.who)
	if err != nil {
		return nil, err
	}
	return m.copy(), nil
}

func (d *desk) orderAndMember(ref string) (*Order, *Member, error) {
	o, err := d.order(ref)
	if err != nil {
		return nil, nil, err
	}
	m, err := d.member()
	return o, m, err
}

// casesOf lists the customer's cases of a kind about an order.
func (d *desk) casesOf(o *Order, k CaseKind) (out []Case, err error) {
	all, err := d.s.books.CasesOf(d.ctx, d.who, most)
	for _, c := range all {
		if c.OrderID == o.ID && c.Kind == k {
			out = append(out, c)
		}
	}
	return out, err
}

// maxItems bounds how many items one request names.
const maxItems = 100

// find gives the lines that refs name, each a line id or a SKU; a SKU named twice means two lines, or two pieces.
func (o *Order) find(refs []string) (map[*Line]int, []*Line, error) {
	if len(refs) == 0 || len(refs) > maxItems {
		return nil, nil, errs.New(errs.Invalid, "items_missing", "Name 1 to %d items of the order.", maxItems)
	}
	count, order := map[*Line]int{}, []*Line(nil)
	for _, ref := range refs {
		l := o.pick(ref, count)
		if l == nil {
			return nil, nil, errs.New(errs.NotFound, "item_unknown", "The order has no (further) item %q.", ref)
		}
		if count[l] == 0 {
			order = append(order, l)
		}
		count[l]++
	}
	return count, order, nil
}

func (o *Order) pick(ref string, taken map[*Line]int) *Line {
	var settled *Line // named, but gone: policy will say so in better words than "unknown"
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.ID != ref && l.SKU != ref {
			continue
		}
		if taken[l] < l.Open() {
			return l
		}
		if taken[l] == 0 && settled == nil {
			settled = l
		}
	}
	return settled
}

// swap is a Swap that was looked up.
type swap struct {
	line    *Line
	product Product
	to      SKU
}

func (s swap) variant() id.Text {
	return id.Text{ZH: s.product.OptionText(s.to, id.ZH), EN: s.product.OptionText(s.to, id.EN)}
}

// swaps looks variants up: same product, on sale, in stock, and a line at most once. same allows the variant it already is.
func (d *desk) swaps(o *Order, in []Swap, same bool) ([]swap, error) {
	var refs []string
	for _, s := range in {
		refs = append(refs, s.Item)
	}
	count, _, err := o.find(refs)
	if err != nil {
		return nil, err
	}
	for l, n := range count {
		if n > 1 {
			return nil, errs.New(errs.Invalid, "item_twice", "The item %q is named twice.", l.ID)
		}
	}
	taken, out := map[*Line]int{}, []swap(nil)
	need := map[string]int{}
	for _, s := range in {
		l := o.pick(s.Item, taken)
		taken[l]++
		w, err := d.swap(l, s.SKU, same || d.p.Modify.SameVariant)
		if err != nil {
			return nil, err
		}
		need[w.to.Code] += l.Open()
		out = append(out, w)
	}
	return out, d.inStock(o.Place(), need)
}

func (d *desk) swap(l *Line, sku string, same bool) (swap, error) {
	p, err := d.s.books.ProductOf(d.ctx, sku)
	if err != nil {
		return swap{}, err
	}
	to, _ := p.SKU(sku)
	switch {
	case p.ID != l.ProductID:
		return swap{}, no("other_product", "只能换成同一商品的其他规格。", "It can only become another variant of the same product.").Err()
	case !to.OnSale:
		return swap{}, no("variant_not_available", "这个规格现在买不到了。", "This variant is not available.").Err()
	case to.Price.Currency != l.Price.Currency:
		return swap{}, errs.New(errs.Invalid, "currency_mixed", "The prices are in different currencies.")
	case sku == l.SKU && !same:
		return swap{}, no("same_variant", "新规格和原来的一样。", "That is the variant it already is.").Err()
	}
	return swap{l, p, to}, nil
}

// inStock tells whether a place has what is needed.
func (d *desk) inStock(place string, need map[string]int) error {
	for sku, n := range need {
		stock, err := d.s.books.StockOf(d.ctx, sku)
		if err != nil {
			return err
		}
		free := 0
		for _, s := range stock {
			if s.Place == place {
				free += s.Free()
			}
		}
		if free < n {
			return no("out_of_stock", "这个规格目前没有库存。", "This variant is out of stock at the moment.").Err()
		}
	}
	return nil
}

func difference(swaps []swap) (sum int64) {
	for _, s := range swaps {
		sum += (s.to.Price.Amount - s.line.Price.Amount) * int64(s.line.Open())
	}
	return sum
}
