package index_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

func search(x *index.Index, text string) (ids []string) {
	for _, r := range x.Search(context.Background(), index.Query{Text: text, Limit: 10}) {
		ids = append(ids, r.Doc.ID)
	}
	return ids
}

func filled(docs ...index.Doc) *index.Index {
	x := index.New(nil)
	x.Put(context.Background(), docs...)
	return x
}

var help = []index.Doc{
	{ID: "return", Lang: "zh", Title: "七天无理由退货", Text: "签收后七天内可以退货。"},
	{ID: "ship", Lang: "zh", Title: "运费怎么收", Text: "满 99 元包邮，不满收 8 元。"},
	{ID: "thermos", Lang: "zh", Title: "保温杯怎么清洗", Text: "用温水清洗，不能进洗碗机。"},
	{ID: "invoice", Lang: "en", Title: "How do I get an invoice?", Text: "Press Invoice under My orders."},
	{ID: "warranty", Lang: "en", Title: "How long is the warranty?", Text: "Appliances have twelve months of warranty."},
	{ID: "descale", Lang: "en", Title: "Descaling the coffee machine", Text: "Use citric acid, never vinegar."},
}

func first(t *testing.T, x *index.Index, q, want string) {
	t.Helper()
	if got := search(x, q); len(got) == 0 || got[0] != want {
		t.Errorf("%q finds %v, want %s first", q, got, want)
	}
}

func TestWordsSynonymsAndTypingErrors(t *testing.T) {
	x := filled(help...)
	for q, want := range map[string]string{
		"退货": "return", "我想把东西退掉": "return", "邮费多少": "ship", "杯子怎么洗": "thermos", "退貨": "return", // traditional
		"invoices": "invoice", "invoce": "invoice", "is it guaranteed": "warranty", "waranty": "warranty", "warrnaty": "warranty", "limescale": "descale", "coffeemachine": "descale",
		"ＩＮＶＯＩＣＥ": "invoice", // full width
	} {
		first(t, x, q, want)
	}
}

func TestAConceptFindsTheOtherLanguage(t *testing.T) {
	x := filled(help[0], help[4])
	res := x.Search(t.Context(), index.Query{Text: "warranty", Lang: "zh", Limit: 5})
	if len(res) == 0 || res[0].Doc.ID != "warranty" || !res[0].Foreign {
		t.Fatalf("%+v", res)
	}
	if res := x.Search(t.Context(), index.Query{Text: "warranty", Lang: "zh", Only: true, Limit: 5}); len(res) != 0 && res[0].Doc.ID == "warranty" {
		t.Fatal("Only must leave other languages out")
	}
}

func TestPutReplacesAndRemoveRemoves(t *testing.T) {
	x := filled(help...)
	x.Put(t.Context(), index.Doc{ID: "ship", Title: "停车", Text: "停车免费两小时。"})
	if x.Len() != len(help) {
		t.Fatalf("%d documents", x.Len())
	}
	first(t, x, "停车", "ship")
	if got := search(x, "包邮"); len(got) > 0 && got[0] == "ship" {
		t.Error("the old text is still found")
	}
	x.Remove("ship", "unknown")
	if got := search(x, "停车"); len(got) > 0 && got[0] == "ship" || x.Len() != len(help)-1 {
		t.Fatalf("removed, yet %v", got)
	}
	if _, ok := x.Get("ship", index.Query{}); ok {
		t.Fatal("Get finds what was removed")
	}
}

func TestManySmallPutsAreMerged(t *testing.T) {
	x := index.New(nil)
	for i := range 500 {
		x.Put(t.Context(), index.Doc{ID: fmt.Sprint(i), Title: fmt.Sprintf("article number n%d", i), Text: "text"})
		if i%3 == 0 {
			x.Remove(fmt.Sprint(i / 2))
		}
	}
	want := 0
	for i := range 500 {
		if _, ok := x.Get(fmt.Sprint(i), index.Query{}); ok {
			want++
			first(t, x, fmt.Sprintf("n%d", i), fmt.Sprint(i))
		}
	}
	if x.Len() != want {
		t.Fatalf("Len %d, want %d", x.Len(), want)
	}
}

func TestSameInputSameOrder(t *testing.T) {
	docs := []index.Doc{}
	for i := range 200 {
		docs = append(docs, index.Doc{ID: fmt.Sprint(i), Text: "the same words in every document"})
	}
	a, b := search(filled(docs...), "same words"), search(filled(docs...), "same words")
	if strings.Join(a, " ") != strings.Join(b, " ") || len(a) != 10 {
		t.Fatalf("%v, then %v", a, b)
	}
}

func TestSearchesSeeAllOrNothing(t *testing.T) {
	x := filled(index.Doc{ID: "a1", Title: "parking"}, index.Doc{ID: "a2", Title: "parking"})
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 300 {
				got := search(x, "parking")
				if len(got) != 2 || got[0][0] != got[1][0] {
					t.Errorf("a torn view: %v", got)
					return
				}
			}
		}()
	}
	for i := range 300 {
		out, in := "a", "b"
		if i%2 == 1 {
			out, in = "b", "a"
		}
		x.Swap(t.Context(), []string{out + "1", out + "2"}, []index.Doc{{ID: in + "1", Title: "parking"}, {ID: in + "2", Title: "parking"}})
	}
	wg.Wait()
}

func TestOddQueries(t *testing.T) {
	x := filled(help...)
	for _, q := range []string{"", " ", "？！", "\x00\xff", strings.Repeat("退货", 100_000), strings.Repeat("word ", 100_000), "😀", "'", "''''", "a", "é", "\u200b"} {
		search(x, q)
	}
	if got := index.New(nil).Search(t.Context(), index.Query{Text: "x", Limit: 3}); got != nil {
		t.Fatalf("an empty index finds %v", got)
	}
}

func TestAGroupIsNamedOnce(t *testing.T) {
	x := filled(index.Doc{ID: "1", Group: "g", Title: "parking fee"}, index.Doc{ID: "2", Group: "g", Title: "parking places"}, index.Doc{ID: "3", Group: "h", Title: "parking"})
	if got := search(x, "parking"); len(got) != 2 {
		t.Fatalf("%v", got)
	}
}

// topics is an Embedder of two dimensions: about animals or not. It fails on demand.
type topics struct{ fail bool }

func (topics) Dimensions() int { return 2 }

func (e topics) Embed(_ context.Context, texts []string) ([][]float32, error) {
	if e.fail {
		return nil, errors.New("no model")
	}
	out := make([][]float32, len(texts))
	for i, s := range texts {
		out[i] = []float32{0.1, 1}
		if strings.Contains(s, "cat") || strings.Contains(s, "kitten") {
			out[i] = []float32{1, 0.1}
		}
	}
	return out, nil
}

func TestAnEmbedderFindsWhatSharesNoWord(t *testing.T) {
	docs := []index.Doc{{ID: "cat", Text: "cat food"}, {ID: "tea", Text: "green tea"}}
	x := index.New(topics{})
	x.Put(t.Context(), docs...)
	first(t, x, "kitten", "cat")
	if got := search(filled(docs...), "kitten"); len(got) != 0 {
		t.Fatalf("without vectors: %v", got)
	}
	x = index.New(topics{fail: true})
	x.Put(t.Context(), docs...)
	first(t, x, "green tea", "tea")
}

func TestStem(t *testing.T) {
	for a, b := range map[string]string{"returns": "returned", "returning": "return", "policies": "policy", "boxes": "box", "shipping": "ship", "stopped": "stop", "payments": "payment", "repairs": "repaired", "invoices": "invoice"} {
		if index.Stem(a) != index.Stem(b) {
			t.Errorf("%s gives %s, %s gives %s", a, index.Stem(a), b, index.Stem(b))
		}
	}
	for _, w := range []string{"bus", "this", "glass", "sing", "red", "退货"} {
		if got := index.Stem(w); got != w {
			t.Errorf("%s gives %s", w, got)
		}
	}
}

func TestSentences(t *testing.T) {
	got := index.Sentences("第一句。第二句！3.5 升够用。\nOne thing. Two e.g. things? End")
	want := []string{"第一句。", "第二句！", "3.5 升够用。", "One thing.", "Two e.g.", "things?", "End"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Fatalf("%q", got)
	}
}

func FuzzSearch(f *testing.F) {
	x := filled(help...)
	f.Add("退货 return 99")
	f.Fuzz(func(_ *testing.T, q string) {
		search(x, q)
		filled(index.Doc{ID: "x", Title: q, Text: q})
	})
}
