package agent

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// inFull asks in full what people ask in three words ("your return policy?"), where the words of the question and those
// of the answer hardly meet.
var inFull = map[string]id.Text{
	"ask_return_policy":   {ZH: "七天无理由退货有什么条件", EN: "How do returns work, how many days"},
	"ask_exchange_policy": {ZH: "换货有什么条件，多少天内可以换", EN: "How do exchanges work, how many days"},
	"ask_warranty_policy": {ZH: "保修多久，保修范围是什么", EN: "How long is the warranty and what does it cover"},
	"ask_shipping_fee":    {ZH: "运费多少，满多少包邮", EN: "How much is shipping, when is it free"},
	"ask_shipping_time":   {ZH: "下单后多久发货，几天能到", EN: "How long does delivery take"},
	"ask_refund_time":     {ZH: "退款多久到账", EN: "How long does a refund take"},
	"ask_membership":      {ZH: "会员有什么好处，怎么升级", EN: "What are the benefits of membership levels"},
	"ask_points_rule":     {ZH: "积分怎么获得，怎么用", EN: "How do I earn and use points"},
	"ask_coupon_rule":     {ZH: "优惠券怎么用，有什么规则", EN: "How do coupons work"},
	"ask_invoice_policy":  {ZH: "怎么开发票", EN: "How do I get an invoice"},
	"ask_payment":         {ZH: "支持哪些付款方式", EN: "Which payment methods do you accept"},
	"ask_privacy":         {ZH: "你们怎么保护个人信息", EN: "How do you protect my personal data"},
	"ask_store_hours":     {ZH: "门店几点营业", EN: "What are the opening hours of the stores"},
}

// generic tells a question that holds nothing but its intent: asked in full, it is still the same question. A longer one
// may be about something the rule does not say.
func (t *turn) generic(q string) bool {
	if t.u.IntentP < 0.9 || t.u.OutOfScope || len(t.u.Entities) > 0 || len(t.u.Segments) > 1 {
		return false
	}
	return utf8.RuneCountInString(q) <= 14 || len(strings.Fields(q)) <= 6 && utf8.RuneCountInString(q) <= 40 && t.lang == id.EN
}

// know asks knowledge, and once more in full where that is safe.
func (t *turn) know(ctx context.Context, q string) (knowledge.Answer, error) {
	sc := t.scope()
	ans, err := t.agent.d.Knowledge.Answer(ctx, q, sc)
	if full, ok := inFull[t.u.Intent]; ok && err == nil && !ans.Answerable && t.generic(q) {
		again, err := t.agent.d.Knowledge.Answer(ctx, full.In(t.lang), sc)
		if err == nil && again.Answerable {
			t.rec.because("按意图补全了问题："+full.ZH, "the question was asked in full by its intent: "+full.EN)
			return again, nil
		}
	}
	return ans, err
}

// scope is for whom an answer must be valid.
func (t *turn) scope() knowledge.Scope {
	return knowledge.Scope{Channel: t.who.Channel, Language: string(t.lang), Conversation: string(t.in.Conversation.ID), Now: t.in.At}
}
