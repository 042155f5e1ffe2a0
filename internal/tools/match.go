package tools

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/request"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// becomes parts what a thing is from what it is to become, in the words handed to match_items.
const becomes = "=>"

// matchItems finds the lines, and the variants they are to become, that the customer named in words.
func (sh shop) matchItems() tool.Tool {
	return reading("match_items", text("按客户的说法找商品", "Find items by the customer's words"),
		text("把客户说的几件商品（和想换成的规格）对应到订单里的行和 SKU", "Matches several things, and the variants they are to become, with the lines of an order"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			if err != nil {
				return tool.Result{}, err
			}
			m := matcher{shop: sh, order: o, products: map[id.Product]commerce.Product{}, chosen: a.String("chosen")}
			for _, l := range o.Lines {
				if p, err := sh.s.Product(ctx, l.ProductID); err == nil {
					m.products[l.ProductID] = p
				}
			}
			m.all(strings.Split(a.String("things"), "\n"))
			return m.result(s.Language()), nil
		}, orderField, tool.Field{Name: "things", Text: text("每行一件；要换规格的写成 “原来 => 换成”", "One thing a line; what is to become another variant as OLD => NEW"), MaxLen: 4000},
		tool.Field{Name: "chosen", Text: text("客户为没说清的那件选的行号", "The line chosen for the thing that was not clear"), MaxLen: 80, Optional: true})
}

// matcher matches words with an order's lines.
type matcher struct {
	shop     shop
	order    commerce.Order
	products map[id.Product]commerce.Product
	chosen   string
	taken    []string
	items    []any
	changes  []any
	unclear  string // the first thing that was not found or could be several
	variant  bool   // its line is known, but not what it is to become
}

func (m *matcher) all(things []string) {
	for _, t := range things {
		words, to, swap := strings.Cut(t, becomes)
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		l, ok := m.line(words, strings.Count(strings.Join(things, "\n"), words))
		if !ok {
			m.missed(words, false)
			continue
		}
		m.taken = append(m.taken, l.ID)
		m.items = append(m.items, l.ID)
		if swap {
			if sku, ok := m.becomes(l, strings.TrimSpace(to)); ok {
				m.changes = append(m.changes, l.ID+"="+sku)
			} else {
				m.missed(words, true)
			}
		}
	}
}

func (m *matcher) missed(words string, variant bool) {
	if m.unclear == "" {
		m.unclear, m.variant = request.Plain(words), variant
	}
}

// line is the one line that words name; several of the same variant, or as many as are named, are as good as one.
func (m *matcher) line(words string, times int) (commerce.Line, bool) {
	list := m.named(words)
	switch {
	case len(list) == 0:
		return commerce.Line{}, false
	case len(list) <= times || slices.IndexFunc(list, func(l commerce.Line) bool { return l.SKU != list[0].SKU }) < 0:
		return list[0], true
	}
	if i := slices.IndexFunc(list, func(l commerce.Line) bool { return l.ID == m.chosen }); i >= 0 {
		m.chosen = ""
		return list[i], true
	}
	return commerce.Line{}, false
}

// named lists the lines that are left and that words name best: by product, then by options.
func (m *matcher) named(words string) []commerce.Line {
	plain, pairs := request.Plain(words), request.Pairs(words)
	top, out := 0, []commerce.Line(nil)
	for _, l := range m.order.Lines {
		p, ok := m.products[l.ProductID]
		if !ok {
			p = commerce.Product{ID: l.ProductID, Name: l.Name}
		}
		n := p.Mentioned(plain) * 100
		if n == 0 || slices.Contains(m.taken, l.ID) {
			continue
		}
		fit, ok := fits(p, l.Options, pairs, plain)
		if !ok {
			continue
		}
		switch n += fit; {
		case n > top:
			top, out = n, []commerce.Line{l}
		case n == top:
			out = append(out, l)
		}
	}
	return out
}

// fits counts the options that are named; not ok when one is said to be something else.
func fits(p commerce.Product, have, pairs map[string]string, words string) (n int, ok bool) {
	for key, v := range have {
		if said := pairs[strings.ToLower(key)]; said != "" {
			if !means(p, key, v, said) {
				return 0, false
			}
			n++
		} else if len(pairs) == 0 && spoken(p, key, v, words) > 0 {
			n++
		}
	}
	return n, true
}

// means tells whether a word names an option's value, by its code or by its name.
func means(p commerce.Product, key, value, word string) bool {
	return slices.ContainsFunc(valueNames(p, key, value), func(n string) bool { return strings.EqualFold(n, strings.TrimSpace(word)) })
}

func valueNames(p commerce.Product, key, value string) []string {
	out := []string{value}
	for _, o := range p.Options {
		for _, v := range o.Values {
			if o.Key == key && v.Value == value {
				out = append(out, v.Name.ZH, v.Name.EN)
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// spoken is the length of the longest name of the value that a text holds as a whole word.
func spoken(p commerce.Product, key, value, text string) (n int) {
	for _, name := range valueNames(p, key, value) {
		if holdsWord(text, name) {
			n = max(n, utf8.RuneCountInString(name))
		}
	}
	return n
}

func holdsWord(text, w string) bool {
	text, w = strings.ToLower(text), strings.ToLower(w)
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 || w == "" {
			return false
		}
		i += from
		if end := i + len(w); (i == 0 || !joined(text[i-1], w[0])) && (end == len(text) || !joined(w[len(w)-1], text[end])) {
			return true
		}
		from = i + 1
	}
}

// joined tells whether two signs belong to one Latin word.
func joined(a, b byte) bool {
	latin := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	return latin(a) && latin(b)
}

// becomes is the variant that a line is to become; what the words leave open stays as it is.
func (m *matcher) becomes(l commerce.Line, to string) (string, bool) {
	p, ok := m.products[l.ProductID]
	if !ok {
		return "", false
	}
	want, ok := wanted(p, l, to)
	if !ok {
		return "", false
	}
	found := ""
	for _, k := range p.SKUs {
		if same(k.Options, l.Options, want) && (found == "" || k.OnSale) {
			found = k.Code
		}
	}
	return found, found != ""
}

func same(have, like, want map[string]string) bool {
	for key, v := range have {
		need, ok := want[key]
		if !ok {
			need = like[key]
		}
		if need != v {
			return false
		}
	}
	return true
}

// wanted reads the options to change; not ok when words are there but name none, or one that does not exist.
func wanted(p commerce.Product, l commerce.Line, to string) (map[string]string, bool) {
	out, pairs := map[string]string{}, request.Pairs(to)
	if to == "" {
		return out, true
	}
	for _, o := range p.Options {
		said, best := pairs[strings.ToLower(o.Key)], 0
		for _, name := range []string{o.Name.ZH, o.Name.EN} {
			if said == "" {
				said = pairs[strings.ToLower(name)]
			}
		}
		for _, v := range valuesOf(p, o.Key) {
			switch n := spoken(p, o.Key, v, to); {
			case said != "" && means(p, o.Key, v, said):
				out[o.Key], best = v, 1000
			case len(pairs) == 0 && n > best:
				out[o.Key], best = v, n
			}
		}
		if said != "" && best == 0 {
			return nil, false
		}
	}
	return out, len(out) > 0
}

// valuesOf lists the values an option has among the variants.
func valuesOf(p commerce.Product, key string) (out []string) {
	for _, k := range p.SKUs {
		if v := k.Options[key]; v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func (m *matcher) result(l id.Lang) tool.Result {
	why := ""
	if m.unclear != "" {
		t := text("「"+m.unclear+"」我没有在这个订单里对上是哪一件，我们一件一件来。", "I cannot tell which item of this order “"+m.unclear+"” is, so let us go one by one.")
		if m.variant {
			t = text("「"+m.unclear+"」想换成的规格我没有对上，请从列表里选。", "I cannot find the variant you would like for “"+m.unclear+"”; please pick it from the list.")
		}
		why = t.In(l)
	}
	return tool.Result{Data: map[string]any{"count": len(m.items), "items": m.items, "changes": m.changes, "unclear": m.unclear, "unclear_text": why}}
}
