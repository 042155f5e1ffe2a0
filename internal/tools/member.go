package tools

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

func (sh shop) refundProgress() tool.Tool {
	f := orderField
	f.Optional = true
	return reading("refund_progress", text("退款进度", "Refund progress"), text("退款到哪一步了，什么时候到账", "How far refunds are and when they are due"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			all, err := sh.mine(s).Refunds(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			m, err := sh.mine(s).Member(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			l, want := s.Language(), commerce.NormalNumber(a.String("order"))
			rows, lines := []any{}, []string{}
			for _, r := range all {
				if (want != "" && r.OrderNo != want && r.Case != want) || len(rows) >= shown {
					continue
				}
				row, told := sh.refundRow(r, &m, l)
				rows, lines = append(rows, row), append(lines, told)
			}
			told := text("没有查到进行中的退款。", "I find no refund.").In(l)
			if len(lines) > 0 {
				told = strings.Join(lines, "\n")
			}
			return tool.Result{Data: map[string]any{"count": len(rows), "refunds": rows, "text": told}, Text: told}, nil
		}, f)
}

func (sh shop) refundRow(r commerce.Refund, m *commerce.Member, l id.Lang) (map[string]any, string) {
	how, due := methodName(m, r.Method), sh.day(r.DueAt)
	number := r.Case
	if number == "" {
		number = r.OrderNo
	}
	var when id.Text
	switch {
	case r.Status == commerce.Refunded:
		d := sh.day(r.DoneAt)
		when = text("已于 "+d.ZH+" 到账", "arrived on "+d.EN)
	case !r.DueAt.IsZero():
		when = text("最晚 "+due.ZH+" 到账", "due by "+due.EN)
	default:
		n := strconv.Itoa(sh.s.Policies().Refund.Days)
		when = text("我们收到商品后 "+n+" 天内退款", "due within "+n+" days after we have the goods")
	}
	row := map[string]any{"number": number, "order": r.OrderNo, "amount_text": r.Amount.Text(l), "status": string(r.Status), "status_text": r.Status.Text().In(l),
		"due_text": when.In(l), "method_text": how.In(l)}
	told := text("订单 "+r.OrderNo+" 的退款 "+r.Amount.Text(id.ZH)+"："+r.Status.Text().ZH+"，"+when.ZH+"，退到"+how.ZH+"。",
		"Refund of "+r.Amount.Text(id.EN)+" for order "+r.OrderNo+": "+strings.ToLower(r.Status.Text().EN)+", "+when.EN+", to "+how.EN+".")
	return row, told.In(l)
}

func (sh shop) repairProgress() tool.Tool {
	return reading("repair_progress", text("维修进度", "Repair progress"), text("维修单到哪一步了", "How far repairs are"), tool.Verified,
		func(ctx context.Context, s tool.Session, _ tool.Args) (tool.Result, error) {
			all, err := sh.mine(s).Cases(ctx, commerce.RepairCase)
			if err != nil {
				return tool.Result{}, err
			}
			rows, l := []any{}, s.Language()
			for _, c := range all {
				row := map[string]any{"number": c.Number, "name": "", "status": string(c.Status), "status_text": c.Status.Text().In(l), "due_text": ""}
				if len(c.Items) > 0 {
					row["name"] = c.Items[0].Name.In(l)
				}
				if d := sh.day(c.DueAt); c.Open() && !d.Empty() {
					row["due_text"] = text("预计 "+d.ZH+" 前完成", "expected by "+d.EN).In(l)
				}
				rows = append(rows, row)
			}
			return tool.Result{Data: map[string]any{"count": len(rows), "repairs": rows}}, nil
		})
}

func (sh shop) membership() tool.Tool {
	return reading("membership", text("会员与优惠券", "Membership and coupons"), text("会员等级、积分和可用的优惠券", "Tier, points and usable coupons"), tool.Verified,
		func(ctx context.Context, s tool.Session, _ tool.Args) (tool.Result, error) {
			m, err := sh.mine(s).Member(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			cs, err := sh.mine(s).Coupons(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			l, p := s.Language(), sh.s.Policies()
			worth := money(p.PointsWorth(m.Points))
			_, next := p.TierFor(m.Spent)
			data := map[string]any{"tier": m.Tier, "tier_text": p.Tier(m.Tier).Name.In(l), "points": m.Points, "expiring_text": "", "coupon_count": len(cs), "next_text": "",
				"points_text": text(strconv.FormatInt(m.Points, 10)+" 积分（可抵 "+worth.ZH+"）", strconv.FormatInt(m.Points, 10)+" points (worth "+worth.EN+")").In(l)}
			if next.ID != "" {
				gap := money(commerce.Money{Amount: next.From - m.Spent, Currency: p.Currency})
				data["next_text"] = text("再消费 "+gap.ZH+" 升级"+next.Name.ZH, gap.EN+" more to become a "+next.Name.EN).In(l)
			}
			var rows []any
			for _, c := range cs {
				rows = append(rows, sh.coupon(c, l))
			}
			if len(cs) > 0 {
				d := sh.day(cs[0].ValidUntil)
				data["expiring_text"] = text("最早一张 "+d.ZH+" 到期", "the first ends on "+d.EN).In(l)
			}
			data["coupons"] = rows
			return tool.Result{Data: data}, nil
		})
}

func (sh shop) coupon(c commerce.Coupon, l id.Lang) map[string]any {
	off, d := money(c.Off), sh.day(c.ValidUntil)
	rule := text(off.ZH+"，无门槛", off.EN+" off any order")
	if c.From.Amount > 0 {
		from := money(c.From)
		rule = text("满 "+from.ZH+" 减 "+off.ZH, off.EN+" off orders from "+from.EN)
	}
	return map[string]any{"title": c.Name.In(l), "code": c.Code, "rule_text": rule.In(l), "expires_text": text(d.ZH+" 前有效", "until "+d.EN).In(l)}
}

func (sh shop) paymentMethods() tool.Tool {
	return reading("payment_methods", text("支付方式", "Payment methods"), text("客户自己的支付方式", "The customer's own ways to pay"), tool.Verified,
		func(ctx context.Context, s tool.Session, a tool.Args) (tool.Result, error) {
			m, err := sh.mine(s).Member(ctx)
			if err != nil {
				return tool.Result{}, err
			}
			l, list := s.Language(), methodsNamed(m.Methods, a.String("words"))
			res := tool.Result{Data: map[string]any{"count": len(list)}}
			var rows []any
			for _, pm := range list {
				row := map[string]any{"method": pm.ID, "name": pm.Name().In(l)}
				if pm.Kind == commerce.GiftBalance {
					row["balance_text"] = pm.Balance.Text(l)
				}
				rows = append(rows, row)
				res.Options = append(res.Options, tool.Option{Value: pm.ID, Label: pm.Name().In(l), Attributes: map[string]string{"kind": string(pm.Kind), "last_four": pm.LastFour}})
			}
			res.Data["methods"] = rows
			return res, nil
		}, wordsField)
}

// kindWords are what people call the kinds of payment methods.
var kindWords = map[commerce.MethodKind][]string{
	commerce.WeChatPay: {"wechat", "微信"}, commerce.Alipay: {"alipay", "支付宝"}, commerce.PayPal: {"paypal", "pay pal"},
	commerce.Card: {"card", "银行卡", "信用卡", "卡"}, commerce.GiftBalance: {"gift card", "gift balance", "礼品卡"}, commerce.Cash: {"cash", "现金"},
}

// methodsNamed narrows to the methods that the words name: by id, by the last figures, by the kind. Nothing named, or nothing
// of that name: all.
func methodsNamed(all []commerce.PaymentMethod, words string) []commerce.PaymentMethod {
	low := strings.ToLower(words)
	top := 0
	for _, pm := range all {
		top = max(top, methodSaid(pm, low))
	}
	return slices.DeleteFunc(slices.Clone(all), func(pm commerce.PaymentMethod) bool { return methodSaid(pm, low) < top })
}

func methodSaid(pm commerce.PaymentMethod, low string) (n int) {
	if low == "" {
		return 0
	}
	if strings.Contains(low, strings.ToLower(pm.ID)) {
		return 1000
	}
	if pm.LastFour != "" && strings.Contains(low, pm.LastFour) {
		n += 100
	}
	for _, w := range append(kindWords[pm.Kind], strings.ToLower(pm.Brand)) {
		if w != "" && strings.Contains(low, w) {
			n = max(n, n/100*100+len(w))
		}
	}
	return n
}
