package shopfront

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type list[T any] struct {
	Items []T `json:"items"`
}

type categoryView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"product_count"`
	Image string `json:"image"`
}

type brief struct {
	ProductID  id.Product      `json:"product_id"`
	Name       string          `json:"name"`
	Subtitle   string          `json:"subtitle"`
	CategoryID string          `json:"category_id"`
	Price      commerce.Money  `json:"price"`
	ListPrice  *commerce.Money `json:"list_price,omitempty"`
	Image      string          `json:"image"`
	Tags       []string        `json:"tags"`
	StockText  string          `json:"stock_text"`
	InStock    bool            `json:"in_stock"`
}

type labelled struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type skuView struct {
	SKU     string         `json:"sku"`
	Name    string         `json:"name"`
	Price   commerce.Money `json:"price"`
	InStock bool           `json:"in_stock"`
}

type stockView struct {
	StoreID   id.Store `json:"store_id"`
	Name      string   `json:"name"`
	City      string   `json:"city"`
	Quantity  int      `json:"quantity"`
	StockText string   `json:"stock_text"`
}

type productView struct {
	brief
	CategoryName string      `json:"category_name"`
	Description  string      `json:"description"`
	Highlights   []string    `json:"highlights"`
	Specs        []labelled  `json:"specs"`
	SKUs         []skuView   `json:"skus"`
	Stores       []stockView `json:"stores"`
	HasGuide     bool        `json:"has_guide"`
	WarrantyText string      `json:"warranty_text"`
	ReturnText   string      `json:"return_text"`
	Related      []brief     `json:"related"`
}

func picture(name string) string { return "/shop/pictures/" + name + ".svg" }

func say(l id.Lang, zh, en string) string { return id.Text{ZH: zh, EN: en}.In(l) }

func (f front) categories(r *http.Request, l id.Lang) (any, error) {
	all, err := f.Shop.Products(r.Context())
	if err != nil {
		return nil, err
	}
	out := list[categoryView]{Items: []categoryView{}}
	for _, c := range f.Categories {
		n := 0
		for _, p := range all {
			if p.Category == c.ID {
				n++
			}
		}
		out.Items = append(out.Items, categoryView{c.ID, c.Name.In(l), n, picture("category-" + c.ID)})
	}
	return out, nil
}

// counts maps SKUs to what is free at each place.
type counts map[string]map[string]int

func (f front) counts(ctx context.Context, ps ...commerce.Product) (counts, error) {
	var codes []string
	for _, p := range ps {
		for _, s := range p.SKUs {
			codes = append(codes, s.Code)
		}
	}
	stock, err := f.Shop.Stock(ctx, codes...)
	out := counts{}
	for _, s := range stock {
		if out[s.SKU] == nil {
			out[s.SKU] = map[string]int{}
		}
		out[s.SKU][s.Place] = max(s.Free(), 0)
	}
	return out, err
}

// at is how many of a product's variants are free at a place.
func (c counts) at(p commerce.Product, place string) (n int) {
	for _, s := range p.SKUs {
		n += c[s.Code][place]
	}
	return n
}

func stockText(n int, l id.Lang) string {
	switch {
	case n <= 0:
		return say(l, "暂时缺货", "Out of stock")
	case n <= 5:
		return say(l, "仅剩 "+strconv.Itoa(n)+" 件", "Only "+strconv.Itoa(n)+" left")
	}
	return say(l, "有货", "In stock")
}

func (f front) brief(p commerce.Product, c counts, l id.Lang) brief {
	n := c.at(p, commerce.Warehouse)
	b := brief{ProductID: p.ID, Name: p.Name.In(l), Subtitle: p.Subtitle.In(l), CategoryID: p.Category, Price: p.From(), Image: picture(string(p.ID)),
		Tags: append([]string{}, p.Tags...), StockText: stockText(n, l), InStock: n > 0}
	for _, s := range p.SKUs {
		if s.Price == b.Price && s.Was > s.Price.Amount {
			b.ListPrice = &commerce.Money{Amount: s.Was, Currency: s.Price.Currency}
			break
		}
	}
	return b
}

func (f front) products(r *http.Request, l id.Lang) (any, error) {
	q := r.URL.Query()
	all, err := f.Shop.Products(r.Context())
	if words := strings.TrimSpace(q.Get("q")); words != "" && err == nil {
		all, err = f.Shop.Search(r.Context(), words, len(all))
	}
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(p commerce.Product) bool {
		return (q.Get("category") != "" && p.Category != q.Get("category")) || (q.Get("tag") != "" && !slices.Contains(p.Tags, q.Get("tag")))
	})
	total := len(all)
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 {
		all = all[:min(n, total)]
	}
	c, err := f.counts(r.Context(), all...)
	items := make([]brief, len(all))
	for i, p := range all {
		items[i] = f.brief(p, c, l)
	}
	return struct {
		Items []brief `json:"items"`
		Total int     `json:"total"`
	}{items, total}, err
}

func (f front) product(r *http.Request, l id.Lang) (any, error) {
	ctx := r.Context()
	p, err := f.Shop.Product(ctx, id.Product(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	c, err := f.counts(ctx, p)
	if err != nil {
		return nil, err
	}
	v := productView{brief: f.brief(p, c, l), Description: p.Description.In(l), Highlights: []string{}, Specs: f.specs(p, l), SKUs: []skuView{}, Stores: []stockView{},
		HasGuide: p.Guide != nil, WarrantyText: f.warranty(p, l), ReturnText: f.returns(p, l), Related: []brief{}}
	for _, k := range f.Categories {
		if k.ID == p.Category {
			v.CategoryName = k.Name.In(l)
		}
	}
	for _, h := range p.Highlights {
		v.Highlights = append(v.Highlights, h.In(l))
	}
	for _, s := range p.SKUs {
		v.SKUs = append(v.SKUs, skuView{s.Code, p.OptionText(s, l), s.Price, c[s.Code][commerce.Warehouse] > 0})
	}
	if v.Stores, err = f.storeStock(ctx, p, c, l); err != nil {
		return nil, err
	}
	v.Related, err = f.related(ctx, p, l)
	return v, err
}

func (f front) storeStock(ctx context.Context, p commerce.Product, c counts, l id.Lang) ([]stockView, error) {
	stores, err := f.Shop.Stores(ctx)
	out := []stockView{}
	for _, s := range stores {
		n := c.at(p, string(s.ID))
		out = append(out, stockView{s.ID, s.Name.In(l), s.City.In(l), n, stockText(n, l)})
	}
	return out, err
}

// related are what goes with the product, filled up from its category.
func (f front) related(ctx context.Context, p commerce.Product, l id.Lang) ([]brief, error) {
	all, err := f.Shop.Products(ctx)
	if err != nil {
		return nil, err
	}
	var take []commerce.Product
	for _, matching := range []bool{true, false} {
		for _, o := range all {
			fits := slices.Contains(p.Matching, string(o.ID))
			if len(take) < 4 && o.ID != p.ID && fits == matching && (fits || o.Category == p.Category) {
				take = append(take, o)
			}
		}
	}
	c, err := f.counts(ctx, take...)
	out := []brief{}
	for _, o := range take {
		out = append(out, f.brief(o, c, l))
	}
	return out, err
}

func (f front) specs(p commerce.Product, l id.Lang) []labelled {
	out := []labelled{}
	for _, o := range p.Options {
		var names []string
		for _, v := range o.Values {
			names = append(names, v.Name.In(l))
		}
		out = append(out, labelled{o.Name.In(l), strings.Join(names, " / ")})
	}
	if !p.Material.Empty() {
		out = append(out, labelled{say(l, "材质", "Material"), p.Material.In(l)})
	}
	if !p.Care.Empty() {
		out = append(out, labelled{say(l, "保养", "Care"), p.Care.In(l)})
	}
	return out
}

func (f front) warranty(p commerce.Product, l id.Lang) string {
	n := strconv.Itoa(f.Shop.Policies().WarrantyMonths(p.Traits))
	if n == "0" {
		return say(l, "不适用质保", "No warranty applies")
	}
	return say(l, "质保 "+n+" 个月", n+" months of warranty")
}

// returns words what policy says of a new, unopened piece.
func (f front) returns(p commerce.Product, l id.Lang) string {
	rule, n := f.Shop.Policies().Return, strconv.Itoa(f.Shop.Policies().Return.Days)
	for _, t := range p.Traits {
		if slices.Contains(rule.Never, t) {
			return say(l, "不支持无理由退货", "Cannot be returned without a fault")
		}
		if slices.Contains(rule.Opened, t) {
			return say(l, "未拆封可 "+n+" 天无理由退货", "Return within "+n+" days if unopened")
		}
	}
	return say(l, n+" 天无理由退货", "Return within "+n+" days, no questions asked")
}

var noGuide = errs.New(errs.NotFound, "guide_unknown", "There is no guide for this product.")
