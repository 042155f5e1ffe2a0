package app

import (
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// greetings by the kind of page somebody looks at; the first that fits the page's address is used.
var greetings = []struct {
	part        string
	greeting    id.Text
	suggestions []id.Text
}{
	{"/orders", id.Text{ZH: "您好，我是小二，AI 智能客服。要查订单、物流或者办理售后吗？", EN: "Hello, I'm Xiaoer, the AI assistant. Is it about an order, a delivery or a return?"}, []id.Text{
		{ZH: "我的订单到哪了", EN: "Where is my order?"}, {ZH: "我要退货", EN: "I want to return something"}, {ZH: "退款什么时候到账", EN: "When will my refund arrive?"}, {ZH: "开发票", EN: "I need an invoice"}}},
	{"/products/", id.Text{ZH: "您好，我是小二，AI 智能客服。关于这款商品，尺码、库存、用法都可以问我。", EN: "Hello, I'm Xiaoer, the AI assistant. Ask me about this product: sizes, stock, how to use it."}, []id.Text{
		{ZH: "哪家门店有货", EN: "Which store has it?"}, {ZH: "怎么选尺码", EN: "Which size should I take?"}, {ZH: "支持七天无理由退货吗", EN: "Can I return it within 7 days?"}}},
	{"/stores", id.Text{ZH: "您好，我是小二，AI 智能客服。想找附近门店，告诉我城市就行。", EN: "Hello, I'm Xiaoer, the AI assistant. Tell me your city and I will find a store."}, []id.Text{
		{ZH: "杭州有哪些门店", EN: "Stores in Hangzhou"}, {ZH: "门店几点关门", EN: "When do stores close?"}, {ZH: "可以到店自提吗", EN: "Can I pick up in store?"}}},
	{"/guides", id.Text{ZH: "您好，我是小二，AI 智能客服。使用上遇到问题了吗？告诉我是哪款商品。", EN: "Hello, I'm Xiaoer, the AI assistant. Having trouble using something? Tell me which product."}, []id.Text{
		{ZH: "咖啡机怎么除垢", EN: "How do I descale the coffee machine?"}, {ZH: "电饭煲怎么清洗", EN: "How do I clean the rice cooker?"}, {ZH: "我要报修", EN: "I need a repair"}}},
	{"", id.Text{ZH: "您好，我是小二，青禾生活的 AI 智能客服。查订单、退换货、选商品、找门店，直接说就行。", EN: "Hello, I'm Xiaoer, the AI assistant of Verdant Living. Orders, returns, products, stores: just ask."}, []id.Text{
		{ZH: "我的订单到哪了", EN: "Where is my order?"}, {ZH: "怎么退货", EN: "How do returns work?"}, {ZH: "附近有门店吗", EN: "Is there a store near me?"}, {ZH: "推荐一个保温杯", EN: "Recommend a thermos"}}},
}

// chatSettings is what the widget shows first, by the page it is on.
func (a *App) chatSettings(page string, l id.Lang) webchat.Settings {
	for _, g := range greetings {
		if strings.Contains(page, g.part) {
			s := webchat.Settings{Title: id.Text{ZH: "小二 · 在线客服", EN: "Xiaoer · Support"}.In(l), Greeting: g.greeting.In(l)}
			for _, x := range g.suggestions {
				s.Suggestions = append(s.Suggestions, x.In(l))
			}
			return s
		}
	}
	return webchat.Settings{}
}
