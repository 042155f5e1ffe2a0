package shipped

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/corpus"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/sentiment"
)

// A shipped file that does not come from the corpus would be a model nobody can explain.
func TestFilesAreWhatTheCorpusGives(t *testing.T) {
	for set, file := range map[corpus.Set][]byte{corpus.Intents: intents, corpus.Emotions: emotions, corpus.Reviews: reviews} {
		m, _, err := Train(context.Background(), set)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), file) {
			t.Errorf("%s.model is not what the corpus gives; run: go generate ./internal/nlu/shipped", set)
		}
	}
}

func TestHeldOutAccuracy(t *testing.T) {
	m := Intents()
	right := share(corpus.HeldOut(corpus.Intents), func(text string) string {
		p := m.Predict(text)
		if p.OutOfScope {
			return classify.OOS
		}
		return p.Label
	})
	moods := share(corpus.HeldOut(corpus.Emotions), func(text string) string { e, _ := Moods().Mood(text); return e })
	views := share(corpus.HeldOut(corpus.Reviews), func(text string) string { o, _ := Moods().Opinion(text); return o })
	t.Logf("intents %.4f, emotions %.4f, reviews %.4f", right, moods, views)
	if right < 0.95 || moods < 0.9 || views < 0.9 {
		t.Errorf("intents %.4f, emotions %.4f, reviews %.4f", right, moods, views)
	}
}

func share(phrases []corpus.Phrase, judge func(string) string) float64 {
	n := 0
	for _, p := range phrases {
		if judge(p.Text) == p.Label {
			n++
		}
	}
	return float64(n) / float64(len(phrases))
}

func TestFilesAreSmallAndReadFast(t *testing.T) {
	if n := Bytes(corpus.Intents) + Bytes(corpus.Emotions); n > 6<<20 {
		t.Errorf("%d bytes of models", n)
	}
	start := time.Now()
	if _, err := classify.Read(bytes.NewReader(intents)); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("reading took %v", took)
	}
}

func TestOpinionsAndMoodsOfEverydayMessages(t *testing.T) {
	for text, want := range map[string]string{"五星好评，下次还来": sentiment.Positive, "垃圾东西，退钱": sentiment.Negative, "Love it, thank you!": sentiment.Positive, "worst purchase ever": sentiment.Negative} {
		if got, _ := Moods().Opinion(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
	for text, want := range map[string]string{"气死我了，你们到底管不管！": sentiment.Anger, "请问几点开门": sentiment.Neutral, "I'm worried it won't arrive in time": sentiment.Worry} {
		if got, _ := Moods().Mood(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func BenchmarkReadIntents(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := classify.Read(bytes.NewReader(intents)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIntents(b *testing.B) {
	m := Intents()
	b.ReportAllocs()
	for b.Loop() {
		m.Predict("我昨天买的那个保温杯想退货，怎么操作呀，麻烦你了谢谢")
	}
}

// Reviews in a freer style than the corpus, most of them with hardly a word of praise or blame.
func TestOpinionsOfFreshReviews(t *testing.T) {
	f, err := os.Open("../testdata/reviews_heldout.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n, right := map[string]float64{}, map[string]float64{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var r struct{ Text, Label, Lang string }
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		n[r.Lang]++
		if got, _ := Moods().Opinion(r.Text); got == r.Label {
			right[r.Lang]++
		}
	}
	for lang, least := range map[string]float64{"zh": 0.82, "en": 0.85} {
		t.Logf("%s: %.0f reviews, %.3f", lang, n[lang], right[lang]/n[lang])
		if n[lang] < 150 || right[lang]/n[lang] < least {
			t.Errorf("%s: %.0f reviews, %.3f right, want %.2f", lang, n[lang], right[lang]/n[lang], least)
		}
	}
}
