package knowledge_test

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

func inspect(t *testing.T, b *bench) map[string][]knowledge.Finding {
	t.Helper()
	fs, err := b.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]knowledge.Finding{}
	for _, f := range fs {
		out[f.Kind] = append(out[f.Kind], f)
	}
	return out
}

func both(b *bench, key string, zh, en knowledge.Content) {
	b.publish(key, id.ZH, zh)
	b.publish(key, id.EN, en)
}

func TestContradictionsAndDuplicates(t *testing.T) {
	b := newBench(t)
	both(b, "a", knowledge.Content{Title: "退款多久到账", Body: "退款在收到退货后 7 天内原路退回。"}, knowledge.Content{Title: "Refund time", Body: "Refunds go back within 7 days of the goods' return."})
	both(b, "b", knowledge.Content{Title: "退款时间", Body: "退款在收到退货后 15 天内原路退回。"}, knowledge.Content{Title: "Opening hours of the shops", Body: "Shops are open from ten to ten all week."})
	both(b, "c", knowledge.Content{Title: "停车优惠", Body: "消费满 200 元免费停车两小时。"}, knowledge.Content{Title: "When do the shops open", Body: "Shops are open from ten to ten all week."})
	got := inspect(t, b)
	if len(got[knowledge.Contradiction]) != 1 || got[knowledge.Contradiction][0].Title != "退款多久到账" {
		t.Errorf("contradictions %+v", got[knowledge.Contradiction])
	}
	if len(got[knowledge.Duplicate]) != 1 || got[knowledge.Duplicate][0].Fix != "withdraw" {
		t.Errorf("duplicates %+v", got[knowledge.Duplicate])
	}
}

func TestRulesOfDifferentStoresDoNotContradict(t *testing.T) {
	b := newBench(t)
	for store, hours := range map[string]string{"hz-1": "每天 10 点开门，22 点关门。", "sh-1": "每天 9 点开门，21 点关门。"} {
		c := knowledge.Content{Title: "营业时间", Body: hours, Limits: knowledge.Limits{Stores: []string{store}}}
		b.publish("hours-"+store, id.ZH, c)
	}
	if got := inspect(t, b); len(got[knowledge.Contradiction])+len(got[knowledge.Duplicate]) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestAgeUseLinksAndTranslations(t *testing.T) {
	b := newBench(t)
	a := b.publish("gift-wrap", id.ZH, knowledge.Content{Title: "包装", Body: "见[礼品卡](/help/zh/gift-card)和[自己](/help/zh/gift-wrap)。"})
	b.publish("summer", id.ZH, knowledge.Content{Title: "夏季活动", Body: "全场九折。", ValidUntil: start.Add(24 * time.Hour)})
	got := inspect(t, b)
	if len(got[knowledge.MissingTranslation]) != 2 || len(got[knowledge.DeadLink]) != 1 || len(got[knowledge.Unused]) != 0 || len(got[knowledge.Stale]) != 0 {
		t.Fatalf("%+v", got)
	}
	if err := b.Cited(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	for _, helpful := range []bool{false, false, true, false} {
		if err := b.Rated(t.Context(), a.ID, helpful); err != nil {
			t.Fatal(err)
		}
	}
	b.clock.Advance(400 * 24 * time.Hour)
	got = inspect(t, b)
	if len(got[knowledge.Stale]) != 1 || len(got[knowledge.Expired]) != 1 || len(got[knowledge.Unused]) != 1 || got[knowledge.Unused][0].Title != "夏季活动" || len(got[knowledge.Unhelpful]) != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestTheShopIsClean(t *testing.T) {
	for kind, fs := range inspect(t, shop(t)) {
		t.Errorf("%s: %+v", kind, fs)
	}
}
