package nlu_test

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

// benchMessages are about thirty characters long, as messages are.
var benchMessages = []string{
	"你好,我上周三买的那双黑色跑鞋42码有点小,想换大一码可以吗",
	"我的订单XE202611200012到哪了,怎么三天了还没有更新物流呢",
	"请问杭州西湖店今天几点关门呀,店里还有电饭煲现货吗,谢谢",
	"Where is my order, it was due on Friday",
	"I'd like to return the blue backpack please",
	"你们客服态度太差了,打了三次电话都没人理我,我要投诉你们",
}

func BenchmarkUnderstand(b *testing.B) {
	e := engine()
	c := nlu.Context{Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	for _, m := range benchMessages {
		e.Understand(m, c)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		e.Understand(benchMessages[i%len(benchMessages)], c)
	}
}
