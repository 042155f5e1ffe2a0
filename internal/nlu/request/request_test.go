package request_test

import (
	"reflect"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/request"
)

func TestRead(t *testing.T) {
	item := func(w string) request.Item { return request.Item{Words: w} }
	swap := func(w, to string) request.Item { return request.Item{Words: w, To: to, Swap: true} }
	for text, want := range map[string][]request.Request{
		"Cancel order #A1203 because no longer needed.": {{Act: request.Cancel, Order: "A1203", Reason: "no longer needed"}},
		"Please cancel order AB123456 since I ordered by mistake. Cancel order AB123457 because it was too slow.": {
			{Act: request.Cancel, Order: "AB123456", Reason: "ordered by mistake"}, {Act: request.Cancel, Order: "AB123457", Reason: "too slow"}},
		"Return #K9001 via paypal_1234: Desk Lamp; Tea Pot; ": {{Act: request.Return, Order: "K9001", Method: "paypal_1234", Items: []request.Item{item("Desk Lamp"), item("Tea Pot")}}},
		"I'd like to return the desk lamp and the tea pot from order #K9001, refund to my gift card": {
			{Act: request.Return, Order: "K9001", Method: "gift card", Items: []request.Item{item("desk lamp"), item("tea pot")}}},
		"For #K9001, exchange Kite {'tail length': '2 m', 'color': 'red'} to {'color': 'blue'}; Desk Lamp {'bulb': '5W'} to {}; via credit_card_77001. For #K9002, change payment to gift_card_10023.": {
			{Act: request.Exchange, Order: "K9001", Method: "credit_card_77001", Items: []request.Item{swap("Kite {'tail length': '2 m', 'color': 'red'}", "{'color': 'blue'}"), swap("Desk Lamp {'bulb': '5W'}", "")}},
			{Act: request.Payment, Order: "K9002", Method: "gift_card_10023"}},
		"For #K9002, change address to {'address1': '1 Hill Rd', 'city': 'York'} (same as #K9004). For #K9002, modify Kite {'color': 'red'} to {'color': 'blue'}; via paypal_55512.": {
			{Act: request.Address, Order: "K9002", Address: "{'address1': '1 Hill Rd', 'city': 'York'}"},
			{Act: request.Modify, Order: "K9002", Method: "paypal_55512", Items: []request.Item{swap("Kite {'color': 'red'}", "{'color': 'blue'}")}}},
		"请把订单 XE2603010001 里的保温杯和台灯退掉，退到支付宝": {{Act: request.Return, Order: "XE2603010001", Method: "支付宝", Items: []request.Item{item("保温杯"), item("台灯")}}},
		"把订单XE2603010001里的T恤换成白色 L 码，跑鞋换成 42 码": {
			{Act: request.Exchange, Order: "XE2603010001", Items: []request.Item{swap("T恤", "白色 L 码"), swap("跑鞋", "42 码")}}},
		"取消订单 XE2603010001，因为买错了。取消订单 XE2603010002":             {{Act: request.Cancel, Order: "XE2603010001", Reason: "买错了"}, {Act: request.Cancel, Order: "XE2603010002"}},
		"订单 XE2603010001 的支付方式改成微信支付":                           {{Act: request.Payment, Order: "XE2603010001", Method: "微信支付"}},
		"请把订单 XE2603010001 的地址改成杭州市西湖区文三路 1 号":                  {{Act: request.Address, Order: "XE2603010001", Address: "杭州市西湖区文三路 1 号"}},
		"I already cancelled order #A1203, where is my refund?": nil,
		"Can I cancel order #A1203?":                            nil,
		"我取消了订单 XE2603010001，退款多久到账":                            nil,
		"订单 XE2603010001 退款进度":                                  nil,
		"cancel my order":                                       nil,
		"hello there":                                           nil,
	} {
		got, _ := request.Read(text)
		for i := range got {
			if got[i].Start < 0 || got[i].End > len(text) || got[i].Start >= got[i].End {
				t.Errorf("%q: place %d-%d", text, got[i].Start, got[i].End)
			}
			got[i].Start, got[i].End = 0, 0
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n have %+v\n want %+v", text, got, want)
		}
	}
}

func TestPairs(t *testing.T) {
	for text, want := range map[string]map[string]string{
		`{'Color': 'red', "size": "M"}`:  {"color": "red", "size": "M"},
		`{'inlay': "5' long"}`:           {"inlay": "5' long"},
		"colour: red, size: M":           {"colour": "red", "size": "M"},
		"颜色：白色，尺码：L":                     {"颜色": "白色", "尺码": "L"},
		"{}":                             {},
		"white, size L":                  nil,
		"{'bagged/bagless': 'bagless' }": {"bagged/bagless": "bagless"},
	} {
		if got := request.Pairs(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v instead of %v", text, got, want)
		}
	}
}

func TestRestIsKept(t *testing.T) {
	list, rest := request.Read("Hi! Cancel order #A1203. When do you open?")
	if len(list) != 1 || len(rest) != 2 || rest[1] != "When do you open?" {
		t.Errorf("%+v %q", list, rest)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("For #K9001, exchange Kite {'a': 'b'} to {}; via credit_card_77001.")
	f.Add("把订单XE2603010001里的T恤换成白色")
	f.Add("{(}'# return 123456789")
	f.Fuzz(func(t *testing.T, s string) {
		list, _ := request.Read(s)
		for _, r := range list {
			if r.Order == "" || r.Start > r.End || r.End > len(s) {
				t.Errorf("%q: %+v", s, r)
			}
		}
	})
}
