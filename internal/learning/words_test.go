package learning

import (
	"math"
	"strings"
	"testing"
)

func TestExtractKeepsWhatIsForEverybody(t *testing.T) {
	for in, want := range map[string]string{
		"您好，杯子可以免费刻字，最多 8 个字。还有其他问题吗？":                                "杯子可以免费刻字，最多 8 个字。",
		"亲，稍等。您的手机号 13812345678 已登记。刻字需要两天。":                          "刻字需要两天。",
		"Hi Emma, engraving is free. Have a nice day!":                "Engraving is free.",
		"Sure, you can leave bags at the desk. Is that all right?":    "You can leave bags at the desk.",
		"订单 20260301123456 已备注。":                                      "",
		"好的":                                                          "",
		"Let me check. We open at 10:00. Mail me at a@b.example now.": "We open at 10:00.",
	} {
		if got := Extract(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestLikenessWeighsRareWords(t *testing.T) {
	heads := []string{"is there parking at the store", "is there a gift shop in the store", "is there a fitting room in the store", "what is in the store", "is it open"}
	r := rarityOf(heads)
	same, other := r.likeness("is there wifi in the store", "does the store have wifi"), r.likeness("is there wifi in the store", "is there a toilet in the store")
	if same <= other {
		t.Errorf("the same question %.2f, another one %.2f", same, other)
	}
	if likeness("杯子能刻字吗", "杯子能刻字吗") < 0.999 || likeness("", "a") != 0 || likeness("门店几点开门", "refund") != 0 {
		t.Error("edges of likeness")
	}
}

func TestComposeAgreesAndDisagrees(t *testing.T) {
	body, notes := compose([]string{"刻字免费，需要两天。", "刻字免费，需要两天。请在下单时备注内容。", "刻字免费，需要两天。请在下单时备注内容。", "我们也卖贺卡和信封。"})
	if !strings.Contains(body, "刻字免费") || !strings.Contains(body, "备注内容") || strings.Contains(body, "贺卡") || len(notes) != 0 {
		t.Errorf("%q %q", body, notes)
	}
	if _, notes = compose([]string{"签收后 7 天内可以刻字。", "签收后 3 天内可以刻字。"}); len(notes) != 1 {
		t.Errorf("a contradiction must be told: %q", notes)
	}
	if body, _ = compose(nil); body != "" {
		t.Errorf("nothing said gives %q", body)
	}
}

func TestQuestions(t *testing.T) {
	for text, want := range map[string]bool{"可以带狗进店吗": true, "how do I join": true, "Do you ship": true, "好的谢谢你": false, "thanks a lot": false, "吗": false, "is it?": true} {
		if asks(text) != want {
			t.Errorf("%q asks: %v", text, !want)
		}
	}
	if got := distinct([]string{"Can I?", "can i", "Other"}); len(got) != 2 {
		t.Errorf("%q", got)
	}
	if got := clearest([]string{"狗", "可以带狗进店吗", "可以带狗狗进店里吗"}); !strings.Contains(got, "进店") {
		t.Errorf("%q", got)
	}
}

func TestFloorIsCautious(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want float64
	}{{0, 0, 0}, {0, 10, 0}, {8, 8, 0.676}, {1, 8, 0.022}, {20, 20, 0.839}} {
		if got := floor(c.k, c.n); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%d of %d: %.3f, want %.3f", c.k, c.n, got, c.want)
		}
	}
}
