package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// MaxQuantity bounds one line of an order.
const MaxQuantity = 999

// Trait is a property of a product that policies look at.
type Trait string

// The traits.
const (
	Custom      Trait = "custom"       // made for one customer
	Hygiene     Trait = "hygiene"      // personal care: no return once opened
	FoodContact Trait = "food_contact" // consumables that touch food: no return once opened
	Underwear   Trait = "underwear"
	GiftCard    Trait = "gift_card"
	Digital     Trait = "digital"    // codes and downloads
	Appliance   Trait = "appliance"  // longer warranty, can be repaired
	Consumable  Trait = "consumable" // filters, refills, accessories: short warranty
)

// Product is something on sale, in one or more variants.
type Product struct {
	ID           id.Product `json:"id"`
	Category     string     `json:"category"`
	Name         id.Text    `json:"name"`
	Description  id.Text    `json:"description"`
	Material     id.Text    `json:"material,omitzero"`
	Care         id.Text    `json:"care,omitzero"`
	Aliases      []string   `json:"aliases,omitempty"` // what people call it, both languages
	Options      []Option   `json:"options,omitempty"`
	Traits       []Trait    `json:"traits,omitempty"`
	Subtitle     id.Text    `json:"subtitle,omitzero"`
	Highlights   []id.Text  `json:"highlights,omitempty"`
	Tags         []string   `json:"tags,omitempty"`     // new, offer, member
	Guide        *Guide     `json:"guide,omitempty"`    // how to use it
	Matching     []string   `json:"matching,omitempty"` // ids of products that go with it
	Picture      string     `json:"picture,omitempty"`  // path or address of the picture
	SKUs         []SKU      `json:"skus"`
	Rating       float64    `json:"rating,omitempty"`
	Reviews      int        `json:"reviews,omitempty"`
	ListedAt     time.Time  `json:"listed_at,omitzero"`
	Discontinued bool       `json:"discontinued,omitempty"`
}

// Option is one axis of variants, such as size or colour.
type Option struct {
	Key    string        `json:"key" yaml:"key"`
	Name   id.Text       `json:"name" yaml:"name"`
	Values []OptionValue `json:"values" yaml:"values"`
}

// OptionValue is one choice on an axis.
type OptionValue struct {
	Value string  `json:"value" yaml:"value"`
	Name  id.Text `json:"name" yaml:"name"`
}

// Guide tells how to use a product.
type Guide struct {
	Title    id.Text   `json:"title" yaml:"title"`
	Intro    id.Text   `json:"intro" yaml:"intro"`
	Sections []Section `json:"sections" yaml:"sections"`
}

// Section is one part of a guide.
type Section struct {
	ID    string    `json:"id" yaml:"id"`
	Title id.Text   `json:"title" yaml:"title"`
	Steps []id.Text `json:"steps" yaml:"steps"`
	Note  id.Text   `json:"note,omitzero" yaml:"note"`
}

// SKU is one variant that can be bought.
type SKU struct {
	Code      string            `json:"sku"`
	ProductID id.Product        `json:"product_id"`
	Options   map[string]string `json:"options,omitempty"`
	Price     Money             `json:"price"`
	Was       int64             `json:"was,omitempty"` // price before a promotion, for show
	OnSale    bool              `json:"on_sale"`       // false: cannot be ordered or exchanged into
}

// Is tells whether the product has a trait.
func (p Product) Is(t Trait) bool { return slices.Contains(p.Traits, t) }

// SKU finds a variant by code.
func (p Product) SKU(code string) (SKU, bool) {
	i := slices.IndexFunc(p.SKUs, func(s SKU) bool { return s.Code == code })
	if i < 0 {
		return SKU{}, false
	}
	return p.SKUs[i], true
}

// Variant finds the variant on sale that has all the given options and otherwise those of like; "" options are ignored.
func (p Product) Variant(like SKU, want map[string]string) (SKU, bool) {
	for _, s := range p.SKUs {
		if s.OnSale && matches(s.Options, like.Options, want) {
			return s, true
		}
	}
	return SKU{}, false
}

func matches(have, like, want map[string]string) bool {
	for k, v := range have {
		need := like[k]
		if w := want[k]; w != "" {
			need = w
		}
		if need != v {
			return false
		}
	}
	return true
}

// OptionText is a variant's options as people read them: "Black, 42".
func (p Product) OptionText(s SKU, l id.Lang) string {
	out, sep := "", map[id.Lang]string{id.ZH: "，", id.EN: ", "}[l]
	for _, o := range p.Options {
		v := s.Options[o.Key]
		if v == "" {
			continue
		}
		if out != "" {
			out += sep
		}
		out += o.label(v, l)
	}
	return out
}

func (o Option) label(v string, l id.Lang) string {
	for _, x := range o.Values {
		if x.Value == v && !x.Name.Empty() {
			return x.Name.In(l)
		}
	}
	return v
}

// From is the lowest price of the variants on sale, or of all when none is.
func (p Product) From() Money {
	var best *SKU
	for i := range p.SKUs {
		s := &p.SKUs[i]
		if best == nil || (s.OnSale && !best.OnSale) || (s.OnSale == best.OnSale && s.Price.Amount < best.Price.Amount) {
			best = s
		}
	}
	if best == nil {
		return Money{}
	}
	return best.Price
}

// Check refuses a product that could not be sold.
func (p Product) Check() error {
	e := errs.New(errs.Invalid, "product_invalid", "The product %q cannot be kept as it is.", p.ID)
	if p.ID == "" {
		e.With("id", "is missing")
	}
	if p.Name.Empty() {
		e.With("name", "is missing in both languages")
	}
	if len(p.SKUs) == 0 {
		e.With("skus", "a product needs at least one variant")
	}
	seen := map[string]bool{}
	for _, s := range p.SKUs {
		if s.Code == "" || seen[s.Code] {
			e.With("skus", "the code "+s.Code+" is empty or used twice")
		}
		seen[s.Code] = true
		if err := s.Price.Check(); err != nil {
			e.With("skus."+s.Code+".price", err.Error())
		}
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}

// Category groups products.
type Category struct {
	ID   string  `json:"id" yaml:"id"`
	Name id.Text `json:"name" yaml:"name"`
}
