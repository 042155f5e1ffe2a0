package seed

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type catalogueFile struct {
	Categories []struct{ ID, ZH, EN string }
	Axes       map[string]Word
	Values     map[string]struct{ ZH, EN, Hex string }
	Products   []item
}

// item is one entry of products.yaml.
type item struct {
	ID, Code, Cat, ZH, EN, Draw, Guide                        string
	Aliases, Size, Color, Capacity, Scent, Value, Tags, Match []string
	Price, Was                                                int64
	Plus                                                      map[string]int64
	Traits                                                    []commerce.Trait
	Sub, About, Material, Care                                id.Text
}

func readCatalogue() catalogueFile {
	var f catalogueFile
	mustDecode(productsYAML, &f)
	return f
}

func (b *builder) catalogue() {
	f := readCatalogue()
	for _, c := range f.Categories {
		b.shop.Categories = append(b.shop.Categories, commerce.Category{ID: c.ID, Name: id.Text{ZH: c.ZH, EN: c.EN}})
	}
	for i, it := range f.Products {
		p := it.product(f)
		p.ListedAt = b.ago(400-i*5, 10, 0)
		if slices.Contains(it.Tags, "new") {
			p.ListedAt = b.ago(6+i%9, 10, 0)
		}
		p.Rating, p.Reviews = float64(43+b.rnd.IntN(7))/10, 20+b.rnd.IntN(900)
		b.shop.Products = append(b.shop.Products, p)
	}
}

func (it item) product(f catalogueFile) commerce.Product {
	p := commerce.Product{ID: id.Product(it.ID), Category: it.Cat, Name: id.Text{ZH: it.ZH, EN: it.EN}, Subtitle: it.Sub, Description: it.About,
		Material: it.Material, Care: it.Care, Aliases: it.Aliases, Traits: it.Traits, Tags: it.Tags, Matching: it.Match,
		Picture: "/shop/pictures/" + it.ID + ".svg"}
	if it.Guide != "" {
		g := *guides()[it.Guide]
		g.Title = id.Text{ZH: it.ZH + "使用指南", EN: "How to use your " + it.EN}
		p.Guide = &g
	}
	p.Highlights = []id.Text{it.Sub}
	if it.Material.ZH != "" {
		p.Highlights = append(p.Highlights, it.Material)
	}
	skus := []commerce.SKU{{Code: it.Code, ProductID: p.ID, Options: map[string]string{}, Price: commerce.CNY(it.Price), Was: it.Was, OnSale: true}}
	for _, axis := range []struct {
		key    string
		values []string
	}{{"size", it.Size}, {"capacity", it.Capacity}, {"scent", it.Scent}, {"value", it.Value}, {"color", it.Color}} {
		if len(axis.values) == 0 {
			continue
		}
		p.Options = append(p.Options, f.option(axis.key, axis.values))
		skus = it.multiply(skus, axis.key, axis.values)
	}
	p.SKUs = skus
	return p
}

// multiply makes a variant of each variant for each value.
func (it item) multiply(in []commerce.SKU, key string, values []string) (out []commerce.SKU) {
	for _, s := range in {
		for _, v := range values {
			n := s
			n.Code = s.Code + "-" + strings.ToUpper(v)
			n.Options = map[string]string{key: v}
			for k, o := range s.Options {
				n.Options[k] = o
			}
			n.Price.Amount += it.Plus[v]
			if n.Was > 0 {
				n.Was += it.Plus[v]
			}
			out = append(out, n)
		}
	}
	return out
}

func (f catalogueFile) option(key string, values []string) commerce.Option {
	o := commerce.Option{Key: key, Name: id.Text(f.Axes[key])}
	for _, v := range values {
		name := id.Text{ZH: v, EN: v}
		if w, ok := f.Values[v]; ok {
			name = id.Text{ZH: w.ZH, EN: w.EN}
		}
		if key == "value" {
			name = id.Text{ZH: v + " 元", EN: "¥" + v}
		}
		o.Values = append(o.Values, commerce.OptionValue{Value: v, Name: name})
	}
	return o
}

type storesFile struct {
	Services map[string]Word
	Special  []struct {
		Day         string
		Open, Close int
		Why         id.Text
	}
	Stores []struct {
		ID, ZH, EN                      string
		Aliases, Services               []string
		City, Address, Transit, Parking id.Text
		Phone                           string
		At                              [2]float64
		Open, Close                     int
		WeekendClose                    int `yaml:"weekend_close"`
	}
	Staff, Roles []Word
}

func (b *builder) stores() {
	var f storesFile
	mustDecode(storesYAML, &f)
	b.shop.Services = f.Services
	for i, s := range f.Stores {
		st := commerce.Store{ID: id.Store(s.ID), Name: id.Text{ZH: s.ZH, EN: s.EN}, Aliases: s.Aliases, City: s.City, Address: s.Address,
			Transit: s.Transit, Parking: s.Parking, Phone: s.Phone, Latitude: s.At[0], Longitude: s.At[1], Zone: b.shop.Policies.Zone, Services: s.Services}
		for d := range st.Week {
			st.Week[d] = commerce.Hours{Open: s.Open, Close: s.Close}
			if d == int(time.Saturday) || d == int(time.Sunday) || d == int(time.Friday) {
				st.Week[d].Close = s.WeekendClose
			}
		}
		year := b.now.In(b.zone).Year()
		for _, sp := range f.Special {
			for y := year; y <= year+1; y++ {
				st.Special = append(st.Special, commerce.Special{Date: fmt.Sprintf("%d-%s", y, sp.Day), Hours: commerce.Hours{Open: sp.Open, Close: sp.Close}, Why: sp.Why})
			}
		}
		st.Staff = roster(f, i, s.Open, s.Close)
		b.shop.Stores = append(b.shop.Stores, st)
	}
}

// roster gives a store four people in two shifts, with two days off each.
func roster(f storesFile, store, open, shut int) (out []commerce.Employee) {
	half := (open + shut) / 2
	for k := range 4 {
		w := f.Staff[(store*4+k)%len(f.Staff)]
		r := f.Roles[k%len(f.Roles)]
		e := commerce.Employee{Name: id.Text(w), Role: id.Text(r), Shift: commerce.Hours{Open: open, Close: half + 60}, Speaks: []string{"zh"}}
		if k%2 == 1 {
			e.Shift = commerce.Hours{Open: half - 60, Close: shut + 30}
		}
		if k == 0 {
			e.Speaks = append(e.Speaks, "en")
		}
		for d := range 7 {
			if off := (store + 2*k) % 7; d != off && d != (off+1)%7 {
				e.Days = append(e.Days, time.Weekday(d))
			}
		}
		out = append(out, e)
	}
	return out
}
