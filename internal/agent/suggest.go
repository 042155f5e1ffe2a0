package agent

import "github.com/xiaoer-cs/xiaoer/internal/id"

// guidance are the questions that often come next, by the topic of the message.
var guidance = map[string][]id.Text{
	"product":    {{ZH: "哪些门店有货", EN: "Which stores have it"}, {ZH: "可以退换吗", EN: "Can I return it"}},
	"policy":     {{ZH: "我要退货", EN: "I want to return something"}, {ZH: "我要换货", EN: "I want to exchange something"}},
	"order":      {{ZH: "物流到哪了", EN: "Where is my parcel"}, {ZH: "我要取消订单", EN: "Cancel my order"}},
	"logistics":  {{ZH: "物流到哪了", EN: "Where is my parcel"}, {ZH: "我要改地址", EN: "Change the delivery address"}},
	"payment":    {{ZH: "退款进度", EN: "How is my refund going"}, {ZH: "怎么开发票", EN: "How do I get an invoice"}},
	"aftersales": {{ZH: "退款进度", EN: "How is my refund going"}, {ZH: "保修多久", EN: "How long is the warranty"}},
	"member":     {{ZH: "我的积分", EN: "My points"}, {ZH: "我的优惠券", EN: "My coupons"}},
	"store":      {{ZH: "附近的门店", EN: "Stores near me"}, {ZH: "门店有货吗", EN: "Is it in stock in a store"}},
}

// after are the suggestions under an answer.
func (t *turn) after() []string {
	var out []string
	for _, s := range guidance[t.u.Topic] {
		out = append(out, s.In(t.lang))
	}
	if len(out) == 0 {
		return t.common()
	}
	return append(out, t.personQuick())
}

// common is what most people want.
func (t *turn) common() []string {
	return []string{t.pick("查订单", "Check my order"), t.pick("退换货", "Return or exchange"), t.pick("附近的门店", "Stores near me"), t.personQuick()}
}

func (t *turn) personQuick() string { return t.pick("转人工", "Talk to a person") }
