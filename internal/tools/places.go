package tools

import (
	"context"
	"strconv"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

var cityField = tool.Field{Name: "city", Text: text("城市", "City"), MaxLen: 60, Optional: true}

var storeField = tool.Field{Name: "store", Text: text("门店编号或名称", "A store's id or name"), MaxLen: 120, Optional: true}

var productField = tool.Field{Name: "product", Text: text("商品编号或名称", "A product's id or name"), MaxLen: 400}

func (sh shop) findStores() tool.Tool {
	f := productField
	f.Optional = true
	return reading("find_stores", text("找门店", "Find stores"), text("门店地址、电话和营业时间", "Stores with address, phone and opening hours"), tool.Anonymous,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			list, err := sh.s.StoresNamed(ctx, a.String("store"), a.String("city"))
			if err != nil {
				return tool.Result{}, err
			}
			var stock map[string]int
			if w := a.String("product"); w != "" {
				if _, stock, err = sh.stockOf(ctx, w); err != nil {
					return tool.Result{}, err
				}
			}
			res := sh.storeList(list, stock, s.Language())
			res.Data["city_text"] = a.String("city")
			return res, nil
		}, cityField, storeField, f)
}

// storeList shows stores; stock (may be nil) is how many of the product each has.
func (sh shop) storeList(list []commerce.Store, stock map[string]int, l id.Lang) tool.Result {
	res := tool.Result{Data: map[string]any{"count": len(list)}}
	rows, card := []any{}, []map[string]any{}
	for _, st := range list[:min(len(list), shown)] {
		row := map[string]any{"store_id": st.ID, "name": st.Name.In(l), "address": st.Address.In(l), "phone": st.Phone, "phone_text": st.Phone,
			"hours_text": sh.hours(st).In(l), "parking_text": st.Parking.In(l), "transit_text": st.Transit.In(l)}
		if stock != nil {
			row["stock_text"] = stockText(stock[string(st.ID)]).In(l)
		}
		rows, card = append(rows, row), append(card, row)
		res.Options = append(res.Options, tool.Option{Value: string(st.ID), Label: st.Name.In(l), Detail: st.Address.In(l),
			Attributes: map[string]string{"city": st.City.ZH, "city_en": st.City.EN}})
		for i, a := range st.Aliases {
			res.Options[len(res.Options)-1].Attributes["alias"+strconv.Itoa(i)] = a
		}
	}
	res.Data["stores"] = rows
	if len(card) > 0 {
		res.Cards = []tool.Card{{Kind: "store", Title: text("门店", "Stores").In(l), Body: map[string]any{"stores": card}}}
	}
	return res
}

// hours says when a store is open today, and whether it is now.
func (sh shop) hours(st commerce.Store) id.Text {
	h, why := st.On(sh.s.Now())
	if h.String() == "" {
		return text("今天休息", "closed today")
	}
	out := text("今天 "+h.String(), "today "+h.String())
	if !why.Empty() {
		out = text(out.ZH+"（"+why.ZH+"）", out.EN+" ("+why.EN+")")
	}
	if st.OpenAt(sh.s.Now()) {
		return text(out.ZH+" · 营业中", out.EN+" · open now")
	}
	return text(out.ZH+" · 现在未营业", out.EN+" · closed now")
}

func stockText(n int) id.Text {
	switch {
	case n <= 0:
		return text("无货", "out of stock")
	case n <= 2:
		return text("仅剩 "+strconv.Itoa(n)+" 件", "only "+strconv.Itoa(n)+" left")
	}
	return text("有货", "in stock")
}

// stockOf finds the product that words name, and how much of it (all variants, or the one named) each place has.
func (sh shop) stockOf(ctx context.Context, words string) (commerce.Product, map[string]int, error) {
	found, err := sh.s.Named(ctx, words)
	if err != nil {
		return commerce.Product{}, nil, err
	}
	if len(found) == 0 {
		return commerce.Product{}, nil, errs.New(errs.NotFound, "product_unknown", "There is no product %.60q.", words)
	}
	free, err := sh.free(ctx, found[0])
	places := map[string]int{}
	for code, by := range free {
		if _, exact := found[0].SKU(words); exact && code != words {
			continue
		}
		for place, n := range by {
			places[place] += n
		}
	}
	return found[0], places, err
}

func (sh shop) storeStock() tool.Tool {
	return reading("store_stock", text("查门店库存", "Check stock"), text("哪些门店有货，网上有没有货", "Which stores have a product, and whether it is in stock online"), tool.Anonymous,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			p, places, err := sh.stockOf(ctx, a.String("product"))
			if err != nil {
				return tool.Result{}, err
			}
			list, err := sh.s.StoresNamed(ctx, a.String("store"), a.String("city"))
			if err != nil {
				return tool.Result{}, err
			}
			var have []commerce.Store
			for _, st := range list {
				if places[string(st.ID)] > 0 {
					have = append(have, st)
				}
			}
			l := s.Language()
			res := sh.storeList(have, places, l)
			online := text("网上有货，可以送货到家", "It is in stock online")
			if places[commerce.Warehouse] <= 0 {
				online = text("网上暂时缺货", "It is out of stock online at the moment")
			}
			res.Data["product_text"], res.Data["online_text"] = p.Name.In(l), online.In(l)
			return res, nil
		}, productField, storeField, cityField)
}

func (sh shop) findProducts() tool.Tool {
	return reading("find_products", text("找商品", "Find products"), text("按名称或描述找在售商品", "Finds products by name or description"), tool.Anonymous,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			limit := a.Int("limit")
			if limit <= 0 {
				limit = 5
			}
			list, err := sh.s.Named(ctx, a.String("words"))
			if err == nil && len(list) == 0 {
				list, err = sh.s.Search(ctx, a.String("words"), limit)
			}
			if err != nil {
				return tool.Result{}, err
			}
			return sh.productList(ctx, list[:min(len(list), limit)], s.Language())
		}, tool.Field{Name: "words", Text: text("要找什么", "What to look for"), MaxLen: 2000},
		tool.Field{Name: "limit", Text: text("最多几个", "How many at most"), Kind: "integer", Min: 1, Max: 20, Optional: true})
}

func (sh shop) productList(ctx context.Context, list []commerce.Product, l id.Lang) (tool.Result, error) {
	res := tool.Result{Data: map[string]any{"count": len(list)}}
	rows, card := []any{}, []map[string]any{}
	for _, p := range list {
		free, err := sh.free(ctx, p)
		if err != nil {
			return tool.Result{}, err
		}
		online := 0
		for _, by := range free {
			online += by[commerce.Warehouse]
		}
		price, stock := p.From(), stockText(online).In(l)
		rows = append(rows, map[string]any{"product_id": p.ID, "name": p.Name.In(l), "price_text": price.Text(l), "stock_text": stock, "subtitle_text": p.Subtitle.In(l)})
		card = append(card, map[string]any{"product_id": p.ID, "sku": p.SKUs[0].Code, "name": p.Name.In(l), "image": picture(p.ID), "price": money64(price),
			"stock_text": stock, "url": "/shop/products/" + string(p.ID)})
		res.Options = append(res.Options, tool.Option{Value: string(p.ID), Label: p.Name.In(l), Detail: price.Text(l), Image: picture(p.ID), Attributes: sh.attributes(ctx, p.ID, p.Name, nil)})
	}
	res.Data["products"] = rows
	if len(card) > 0 {
		res.Cards = []tool.Card{{Kind: "product", Title: text("商品", "Products").In(l), Body: map[string]any{"products": card}}}
	}
	return res, nil
}
