package tools

import (
	"context"
	"strconv"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

func (sh shop) listItems() tool.Tool {
	return reading("list_items", text("列出订单里的商品", "List an order's items"), text("订单里的商品，可按用途筛选", "The items of an order, by purpose"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			if err != nil {
				return tool.Result{}, err
			}
			list := narrow(o.Lines, func(l commerce.Line) bool { return sh.lineFits(o, l, a.String("purpose")) },
				func(l commerce.Line) int { return sh.mentioned(ctx, l, a.String("words")) })
			l := s.Language()
			res := tool.Result{Data: map[string]any{"count": len(list)}}
			var rows []any
			for _, x := range list {
				rows = append(rows, map[string]any{"line": x.ID, "name": fullName(x, l), "quantity": x.Quantity, "price_text": x.Price.Text(l)})
				res.Options = append(res.Options, tool.Option{Value: x.ID, Label: fullName(x, l), Detail: x.Price.Text(l) + " × " + strconv.Itoa(x.Quantity),
					Image: picture(x.ProductID), Attributes: sh.attributes(ctx, x.ProductID, x.Name, x.Options)})
			}
			res.Data["items"] = rows
			return res, nil
		}, orderField, purposeField, wordsField)
}

// attributes are the words a customer may use for a product or variant, in both languages.
func (sh shop) attributes(ctx context.Context, pid id.Product, name id.Text, options map[string]string) map[string]string {
	out := map[string]string{"product": name.ZH, "product_en": name.EN, "product_id": string(pid)}
	p, err := sh.s.Product(ctx, pid)
	if err != nil {
		return out
	}
	for i, a := range p.Aliases {
		out["alias"+strconv.Itoa(i)] = a
	}
	for _, o := range p.Options {
		for _, v := range o.Values {
			if v.Value == options[o.Key] {
				out[o.Key], out[o.Key+"_en"], out[o.Key+"_value"] = v.Name.ZH, v.Name.EN, v.Value
			}
		}
	}
	return out
}

func (sh shop) listVariants() tool.Tool {
	return reading("list_variants", text("可换的规格", "Variants to change to"), text("同一商品可以换成的其他规格（有货）", "Other variants of the same product that are in stock"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			o, err := sh.mine(s).Order(ctx, a.String("order"))
			if err != nil {
				return tool.Result{}, err
			}
			x, err := lineOf(o, a.String("item"))
			if err != nil {
				return tool.Result{}, err
			}
			return sh.variants(ctx, o, x, s.Language())
		}, orderField, itemField)
}

func lineOf(o commerce.Order, ref string) (commerce.Line, error) {
	for _, l := range o.Lines {
		if l.ID == ref || l.SKU == ref {
			return l, nil
		}
	}
	return commerce.Line{}, errs.New(errs.NotFound, "item_unknown", "The order has no item %q.", ref)
}

func (sh shop) variants(ctx context.Context, o commerce.Order, x commerce.Line, l id.Lang) (tool.Result, error) {
	p, err := sh.s.Product(ctx, x.ProductID)
	if err != nil {
		return tool.Result{}, err
	}
	free, err := sh.free(ctx, p)
	if err != nil {
		return tool.Result{}, err
	}
	res := tool.Result{Data: map[string]any{"product_text": p.Name.In(l)}}
	var rows []any
	for _, k := range p.SKUs {
		if k.Code == x.SKU || !k.OnSale || free[k.Code][o.Place()] < x.Quantity {
			continue
		}
		label := p.OptionText(k, l)
		rows = append(rows, map[string]any{"sku": k.Code, "name": label, "price_text": k.Price.Text(l)})
		res.Options = append(res.Options, tool.Option{Value: k.Code, Label: label, Detail: differenceText(k.Price.Amount-x.Price.Amount, k.Price).In(l),
			Image: picture(p.ID), Attributes: sh.attributes(ctx, p.ID, p.Name, k.Options)})
	}
	res.Data["variants"], res.Data["count"] = rows, len(rows)
	return res, nil
}

func differenceText(d int64, price commerce.Money) id.Text {
	p := money(price)
	switch {
	case d > 0:
		m := money(commerce.Money{Amount: d, Currency: price.Currency})
		return text(p.ZH+"，需补 "+m.ZH, p.EN+", "+m.EN+" more")
	case d < 0:
		m := money(commerce.Money{Amount: -d, Currency: price.Currency})
		return text(p.ZH+"，退还 "+m.ZH, p.EN+", "+m.EN+" back")
	}
	return p
}

// free maps each variant's places to what can still be promised there.
func (sh shop) free(ctx context.Context, p commerce.Product) (map[string]map[string]int, error) {
	var codes []string
	for _, k := range p.SKUs {
		codes = append(codes, k.Code)
	}
	stock, err := sh.s.Stock(ctx, codes...)
	out := map[string]map[string]int{}
	for _, st := range stock {
		if out[st.SKU] == nil {
			out[st.SKU] = map[string]int{}
		}
		out[st.SKU][st.Place] = max(st.Free(), 0)
	}
	return out, err
}
