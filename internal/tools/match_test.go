package tools_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// having is the customer's order that has a product.
func (b bench) having(who id.Customer, product string) commerce.Order {
	b.t.Helper()
	all, err := b.shop.For(who).Orders(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, o := range all {
		for _, l := range o.Lines {
			if string(l.ProductID) == product {
				return o
			}
		}
	}
	b.t.Fatalf("%s has no order with %s", who, product)
	return commerce.Order{}
}

func TestItemsAreFoundByWords(t *testing.T) {
	b := newBench(t)
	s := b.session("li-na", id.ZH)
	o := b.having("li-na", "running-shoes")
	shoe, cup := o.Lines[0], o.Lines[1]
	p, err := b.shop.Product(t.Context(), shoe.ProductID)
	if err != nil {
		t.Fatal(err)
	}
	fresh := ""
	for _, k := range p.SKUs {
		if k.Options["size"] == "39" && k.Options["color"] == shoe.Options["color"] {
			fresh = k.Code
		}
	}
	for things, want := range map[string]string{
		"跑鞋\n保温杯":                        fmt.Sprintf("[%s %s] [] ", shoe.ID, cup.ID),
		"running shoes {'size': '38'}":   fmt.Sprintf("[%s] [] ", shoe.ID),
		"running shoes {'size': '44'}":   "[] [] running shoes",
		"跑鞋 => {'size': '39'}":           fmt.Sprintf("[%s] [%s=%s] ", shoe.ID, shoe.ID, fresh),
		"跑鞋 => 39":                       fmt.Sprintf("[%s] [%s=%s] ", shoe.ID, shoe.ID, fresh),
		"跑鞋 => ":                         fmt.Sprintf("[%s] [%s=%s] ", shoe.ID, shoe.ID, shoe.SKU),
		"跑鞋 => 大一点的":                     fmt.Sprintf("[%s] [] 跑鞋", shoe.ID),
		"跑鞋 => {'size': '99'}":           fmt.Sprintf("[%s] [] 跑鞋", shoe.ID),
		"跑鞋\n跑鞋":                         fmt.Sprintf("[%s] [] 跑鞋", shoe.ID),
		"电饭煲":                            "[] [] 电饭煲",
		"  \n":                           "[] [] ",
		"thermos => {'flavour': 'mint'}": fmt.Sprintf("[%s] [] thermos", cup.ID),
	} {
		r := b.read(s, "match_items", tool.Args{"order": o.Number, "things": things})
		items, changes := fmt.Sprint(r.Data["items"]), fmt.Sprint(r.Data["changes"])
		if got := items + " " + changes + " " + fmt.Sprint(r.Data["unclear"]); got != want {
			t.Errorf("%q: %q instead of %q", things, got, want)
		}
		if said := fmt.Sprint(r.Data["unclear_text"]); (said == "") != (r.Data["unclear"] == "") {
			t.Errorf("%q: says %q", things, said)
		}
	}
}

func TestSeveralItemsGoBackTogether(t *testing.T) {
	b := newBench(t)
	s := b.session("emma", id.EN)
	o := b.having("emma", "backpack")
	r := b.read(s, "match_items", tool.Args{"order": "#" + o.Number, "things": "backpack\nmug"})
	e := b.do(s, "return_items", tool.Args{"order": o.Number, "items": r.Data["items"], "reason": "no_longer_wanted"})
	if e.State != tool.Done || !strings.Contains(e.Summary.EN, "Backpack") || !strings.Contains(e.Summary.EN, "Mug") {
		t.Errorf("%+v", e)
	}
}

func TestPaymentMethodsByName(t *testing.T) {
	b := newBench(t)
	s := b.session("li-na", id.ZH)
	all := b.read(s, "payment_methods", tool.Args{})
	for _, o := range all.Options {
		r := b.read(s, "payment_methods", tool.Args{"words": "退到" + o.Value})
		if len(r.Options) != 1 || r.Options[0].Value != o.Value {
			t.Errorf("%s: %v", o.Value, r.Options)
		}
	}
	if r := b.read(s, "payment_methods", tool.Args{"words": "比特币"}); len(r.Options) != len(all.Options) {
		t.Errorf("an unknown name: %v", r.Options)
	}
}

func TestAddressInParts(t *testing.T) {
	b := newBench(t)
	s := b.session("li-na", id.ZH)
	o := b.having("li-na", "humidifier")
	e := b.do(s, "change_address", tool.Args{"order": o.Number, "address": "{'address1': '文一路 5 号', 'address2': '2 幢', 'city': '杭州市', 'state': '浙江省', 'zip': '310012'}"})
	got, err := b.shop.For("li-na").Order(t.Context(), o.Number)
	if err != nil || e.State != tool.Done || got.Address.Line1 != "文一路 5 号" || got.Address.Line2 != "2 幢" || got.Address.Postcode != "310012" || got.Address.Name == "" {
		t.Errorf("%+v %v", got.Address, err)
	}
}
