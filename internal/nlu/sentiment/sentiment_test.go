package sentiment

import (
	"context"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
)

// reader has a model that knows next to nothing, so that the lexicon speaks.
func reader(t testing.TB) *Reader {
	t.Helper()
	var rows []classify.Example
	for text, label := range map[string]string{"开心 happy": Joy, "订单 order": Neutral, "担心 worried": Worry, "难过 sad": Sadness, "失望 disappointed": Disappointment, "气死 furious": Anger} {
		for range 5 {
			rows = append(rows, classify.Example{Text: text, Label: label})
		}
	}
	m, _, err := classify.Train(context.Background(), rows, classify.Options{Seed: 1, Hidden: 8, Nets: 1})
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(m, views(t, Positive, Negative))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// views is a model of two opinions that knows next to nothing.
func views(t testing.TB, up, down string) *classify.Model {
	t.Helper()
	m, _, err := classify.Train(context.Background(), []classify.Example{{Text: "好", Label: up}, {Text: "good", Label: up}, {Text: "坏", Label: down}, {Text: "bad", Label: down}}, classify.Options{Hidden: -1})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLexiconGrammar(t *testing.T) {
	zh, en := load("zh"), load("en")
	for _, c := range []struct {
		lexicon *lexicon
		better  string
		worse   string
	}{
		{zh, "质量很好", "质量不好"},
		{zh, "很喜欢", "喜欢"},
		{zh, "没有失望", "失望"},
		{zh, "外观一般，但是很好用", "很好用，但是外观一般"},
		{zh, "虽然有点慢，但是服务很好", "虽然服务很好，但是有点慢"},
		{zh, "不差", "差"},
		{zh, "性价比高，值得买", "不值得买"},
		{en, "very good", "good"},
		{en, "not bad", "bad"},
		{en, "good", "not good"},
		{en, "small but great", "great but small"},
		{en, "i love it", "i don't love it"},
		{en, "highly recommend", "would not recommend"},
		{en, "it is a classic", "it is classless"},
	} {
		b, _ := c.lexicon.polarity(c.better)
		w, _ := c.lexicon.polarity(c.worse)
		if b <= w {
			t.Errorf("%q %.2f is not better than %q %.2f", c.better, b, c.worse, w)
		}
	}
}

func TestWordsAreWhole(t *testing.T) {
	for _, text := range []string{"goodness", "badge", "unlikeable", "scrapper"} {
		if sum, hits := load("en").polarity(text); hits != 0 || sum != 0 {
			t.Errorf("%q holds %d entries", text, hits)
		}
	}
}

func TestOpinionsInBothLanguages(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"东西很好，物流也快，五星好评": Positive, "垃圾，用一次就坏，退货还要我出运费": Negative,
		"没什么不满意的，很好用": Positive, "再也不会买了": Negative, "除了慢点，别的都很满意，非常好用": Positive,
		"Great product, works perfectly": Positive, "Terrible, broke after one day": Negative,
		"I don’t recommend it": Negative, "No complaints at all": Positive, "": Positive,
	} {
		got, p := r.Opinion(text)
		if got != want && text != "" || p < 0.5 || p > 1 {
			t.Errorf("%q: %s %.2f, want %s", text, got, p, want)
		}
	}
}

func TestMoods(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{"开心": Joy, "气死": Anger, "担心": Worry, "订单": Neutral, "I am so furious": Anger, "sad": Sadness} {
		if got, i := r.Mood(text); got != want || i < 0 || i > 1 || (got == Neutral) != (i == 0) {
			t.Errorf("%q: %s %.2f, want %s", text, got, i, want)
		}
	}
	_, calm := r.Mood("气死")
	_, loudly := r.Mood("气死！！！")
	if loudly <= calm {
		t.Errorf("shouting is no stronger: %.2f, %.2f", loudly, calm)
	}
}

func TestOtherModelsAreRefused(t *testing.T) {
	m, _, err := classify.Train(context.Background(), []classify.Example{{Text: "a", Label: "happy"}, {Text: "b", Label: "glum"}}, classify.Options{Hidden: -1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(m, views(t, Positive, Negative)); !errs.Is(err, errs.Invalid) {
		t.Errorf("%v", err)
	}
	if _, err := New(reader(t).model, views(t, "up", "down")); !errs.Is(err, errs.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestValenceIsOrdered(t *testing.T) {
	last := 2.0
	for _, e := range []string{Joy, Neutral, Worry, Sadness, Disappointment, Anger} {
		if v := Valence(e); v >= last || v < -1 || v > 1 {
			t.Errorf("%s %v", e, v)
		} else {
			last = v
		}
	}
}

func TestHeadersAreChecked(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a wrong header went unseen")
		}
	}()
	header("nonsense", 3)
}

func FuzzMood(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"", "不不不不好", "not not not good", "\xff\xfe", strings.Repeat("但是", 4000), "’’’"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, i := r.Mood(text)
		if _, ok := valence[e]; !ok || !(i >= 0 && i <= 1) {
			t.Errorf("%q: %s %v", text, e, i)
		}
		if o, p := r.Opinion(text); o != Positive && o != Negative || !(p >= 0.5 && p <= 1) {
			t.Errorf("%q: %s %v", text, o, p)
		}
	})
}

func BenchmarkMood(b *testing.B) {
	r := reader(b)
	b.ReportAllocs()
	for b.Loop() {
		r.Mood("等了一个星期才到，盒子还压坏了，客服也不理人，真的很失望")
	}
}
