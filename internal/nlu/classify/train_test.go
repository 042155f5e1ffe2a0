package classify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// shop makes phrases of four labels in two languages, with oos rows when wanted.
func shop(n int, oos bool) []Example {
	says := map[string][]string{
		"return":  {"我要退货%s", "这个%s想退掉", "I want to return my %s", "send the %s back", "退货退款 %s"},
		"where":   {"我的%s到哪了", "%s的快递在哪里", "where is my %s", "track the %s please", "物流到哪 %s"},
		"price":   {"%s多少钱", "%s什么价格", "how much is the %s", "price of a %s", "%s怎么卖"},
		"invoice": {"给%s开发票", "要一张%s的发票", "send an invoice for the %s", "I need a receipt, %s", "开票 %s"},
	}
	if oos {
		says[OOS] = []string{"明天天气怎么样%s", "写一首关于%s的诗", "who won the %s match", "sing about a %s", "股票 %s 涨了吗"}
	}
	things := []string{"杯子", "跑鞋", "lamp", "backpack", "台灯", "coffee machine", "外套", "phone", "耳机", "sofa"}
	rng := rand.New(rand.NewPCG(1, 2))
	var labels []string
	for _, l := range []string{"return", "where", "price", "invoice", OOS} {
		if says[l] != nil {
			labels = append(labels, l)
		}
	}
	out := make([]Example, n)
	for i := range out {
		l := labels[i%len(labels)]
		out[i] = Example{fmt.Sprintf(says[l][rng.IntN(5)], things[rng.IntN(len(things))]), l}
	}
	return out
}

// quick are options that train in a blink.
var quick = Options{Seed: 1, Hidden: 16, Nets: 1}

func train(t testing.TB, examples []Example, o Options) (*Model, Report) {
	t.Helper()
	m, r, err := Train(context.Background(), examples, o)
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func TestLearnsBothLanguages(t *testing.T) {
	m, r := train(t, shop(400, false), quick)
	for text, want := range map[string]string{
		"我想把这个电饭煲退货": "return", "请问电饭煲多少钱": "price", "我的电饭煲快递到哪了": "where", "麻烦开发票": "invoice",
		"how much is the kettle": "price", "where is my kettle": "where", "I WANT to RETURN the kettle!!": "return",
		"Ｉ ｎｅｅｄ ａ ｒｅｃｅｉｐｔ": "invoice", "w\u200bhere is my par\u200bcel": "where",
	} {
		if p := m.Predict(text); p.Label != want {
			t.Errorf("%q: %s (%.2f), want %s", text, p.Label, p.P, want)
		}
	}
	if r.Accuracy < 0.97 || r.HeldOut == 0 || r.Labels != 4 || r.Examples != 400 {
		t.Errorf("report %+v", r)
	}
}

func TestProbabilitiesAreProbabilities(t *testing.T) {
	for _, oos := range []bool{false, true} {
		m, _ := train(t, shop(400, oos), quick)
		for _, text := range []string{"", " ", "退货", "退货 多少钱", "zzzz qqqq", "明天下雨吗", strings.Repeat("退", 9000)} {
			p := m.Predict(text)
			sum := p.P
			last := p.P
			for _, s := range p.Others {
				if s.P > last+1e-9 {
					t.Errorf("%.20q: runner-up %v is likelier than the one before", text, s)
				}
				sum, last = sum+s.P, s.P
			}
			if p.Label == "" || p.Label == OOS || p.P < 0 || sum > 1+1e-6 || p.InScope < 0 || p.InScope > 1 {
				t.Errorf("%.20q: %+v", text, p)
			}
			if p.OutOfScope != (p.InScope < DefaultScope) {
				t.Errorf("%.20q: the threshold does not decide: %+v", text, p)
			}
		}
	}
}

func TestScopeIsLearntFromOOSRows(t *testing.T) {
	m, r := train(t, shop(600, true), quick)
	if r.OOSRecall < 0.9 || r.InScope < 0.9 {
		t.Errorf("report %+v", r)
	}
	for text, want := range map[string]bool{"后天天气怎么样": true, "who won the hockey match": true, "我要退货手机": false, "price of a hat": false} {
		if p := m.Predict(text); p.OutOfScope != want {
			t.Errorf("%q: out of scope %v (%.2f), want %v", text, p.OutOfScope, p.InScope, want)
		}
	}
	for _, l := range m.Labels() {
		if l == OOS {
			t.Error("oos is listed as a label")
		}
	}
}

func TestScopeWithoutOOSRowsFollowsConfidence(t *testing.T) {
	m, _ := train(t, shop(400, false), quick)
	if p := m.Predict("我要退货手机"); p.OutOfScope {
		t.Errorf("a known wish is out of scope: %+v", p)
	}
	if p := m.Predict("plutonium bicycles hum quietly yonder"); !p.OutOfScope {
		t.Errorf("nonsense is in scope: %+v", p)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	var one, two, other bytes.Buffer
	a, _ := train(t, shop(300, true), quick)
	o := quick
	o.Cores = 1
	b, _ := train(t, shop(300, true), o)
	o.Seed = 9
	c, _ := train(t, shop(300, true), o)
	for m, w := range map[*Model]*bytes.Buffer{a: &one, b: &two, c: &other} {
		if err := m.Write(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same seed gave other bytes")
	}
	if bytes.Equal(one.Bytes(), other.Bytes()) {
		t.Error("another seed gave the same bytes")
	}
}

func TestRefusals(t *testing.T) {
	for name, examples := range map[string][]Example{
		"none": nil, "one label": {{"a", "x"}, {"b", "x"}}, "only oos beside": {{"a", "x"}, {"b", OOS}}, "no label": {{"a", "x"}, {"b", ""}},
	} {
		if _, _, err := Train(context.Background(), examples, quick); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTinySetsTrain(t *testing.T) {
	m, _ := train(t, []Example{{"退货", "return"}, {"price", "price"}}, Options{Hidden: -1})
	if p := m.Predict("退货"); p.Label != "return" {
		t.Errorf("%+v", p)
	}
	m, _ = train(t, []Example{{"", "a"}, {"", "b"}, {"x", OOS}}, quick)
	m.Predict("anything")
}

func TestStopsWhenTold(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := Train(ctx, shop(20000, true), Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestExtraPhrasesTeach(t *testing.T) {
	base := shop(400, false)
	extra := append(base[:len(base):len(base)], Example{"来个拼团", "price"}, Example{"拼团咋弄", "price"}, Example{"我要拼团", "price"})
	m, _ := train(t, extra, quick)
	if p := m.Predict("拼团"); p.Label != "price" {
		t.Errorf("three phrases taught nothing: %+v", p)
	}
}

func TestNoisyLabelsSoftenTheMargin(t *testing.T) {
	examples := shop(600, false)
	rng := rand.New(rand.NewPCG(3, 3))
	for i := range examples {
		if rng.IntN(3) == 0 {
			examples[i].Label = examples[rng.IntN(len(examples))].Label
		}
	}
	m, r := train(t, examples, quick)
	right := 0
	clean := shop(600, false)
	for _, e := range clean {
		if m.Predict(e.Text).Label == e.Label {
			right++
		}
	}
	if right < 560 {
		t.Errorf("%d of 600 right after noise, held out %.3f", right, r.Accuracy)
	}
}
