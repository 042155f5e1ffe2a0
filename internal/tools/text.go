package tools

import (
	"strconv"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// zone is the shop's time zone, for dates in texts.
func (sh shop) zone() *time.Location {
	loc, err := time.LoadLocation(sh.s.Policies().Zone)
	if err != nil {
		return time.FixedZone("CST", 8*3600)
	}
	return loc
}

// day is a date in words.
func (sh shop) day(t time.Time) id.Text {
	if t.IsZero() {
		return id.Text{}
	}
	t = t.In(sh.zone())
	return text(t.Format("1月2日"), t.Format("2 January"))
}

func money(m commerce.Money) id.Text { return text(m.Text(id.ZH), m.Text(id.EN)) }

func money64(m commerce.Money) map[string]any {
	return map[string]any{"amount": m.Amount, "currency": m.Currency}
}

func value(m commerce.Money) tool.Money {
	return tool.Money{Amount: max(m.Amount, 0), Currency: m.Currency}
}

func line(labelZH, labelEN string, v id.Text) tool.Line {
	return tool.Line{Label: text(labelZH, labelEN), Value: v}
}

func plainText(s string) id.Text { return text(s, s) }

// goods names lines with their variants and quantities.
func goods(o *commerce.Order, items []commerce.CaseItem) id.Text {
	var zh, en []string
	for _, it := range items {
		name := it.Name
		if l, ok := o.Line(it.LineID); ok && !l.Variant.Empty() {
			name = text(name.ZH+"（"+l.Variant.ZH+"）", name.EN+" ("+l.Variant.EN+")")
		}
		n := " × " + strconv.Itoa(it.Quantity)
		zh, en = append(zh, name.ZH+n), append(en, name.EN+n)
	}
	return text(strings.Join(zh, "、"), strings.Join(en, ", "))
}

// methodName names a payment method of the customer.
func methodName(m *commerce.Member, methodID string) id.Text {
	if m != nil {
		if pm, ok := m.Method(methodID); ok {
			return pm.Name()
		}
	}
	return text("原支付方式", "the original payment method")
}

// order is an order as flows see it.
func (sh shop) order(o commerce.Order, l id.Lang) map[string]any {
	return map[string]any{"number": o.Number, "status": string(o.Status), "status_text": o.Status.Text().In(l), "placed_text": sh.day(o.PlacedAt).In(l),
		"total_text": o.Total.Text(l), "items_text": o.Summary(l), "count": len(o.Lines)}
}

func picture(pid id.Product) string { return "/shop/pictures/" + string(pid) + ".svg" }

// fullName is a line's name with its variant.
func fullName(x commerce.Line, l id.Lang) string {
	if x.Variant.Empty() {
		return x.Name.In(l)
	}
	if l == id.EN {
		return x.Name.EN + " (" + x.Variant.EN + ")"
	}
	return x.Name.ZH + "（" + x.Variant.ZH + "）"
}
