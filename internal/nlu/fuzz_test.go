package nlu_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
)

func FuzzUnderstand(f *testing.F) {
	for _, s := range benchMessages {
		f.Add(s, "date")
	}
	for _, s := range []string{"", "\xff\xfe", "第二个", "0", "\u202e转\u200b人工", "三百五", "一万亿亿亿亿亿亿", "99999999999999999999999999", "1.1.1.1.1.1.1.1", "Feb 30 2026", "99/99/9999",
		"转转转转转转转转转转转转转转转转转转", "e\u0301\u0301\u0301\u0301", strings.Repeat("的", 3000), strings.Repeat("1 ", 500), strings.Repeat("不是", 200), strings.Repeat("no it's ", 200)} {
		f.Add(s, "order")
	}
	e := engine()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text, asked string) {
		start := time.Now()
		u := e.Understand(text, nlu.Context{Now: now, Asked: asked, Flow: "return", Options: shown["shoes"], Emotions: []float64{0.5, -2}})
		if took := time.Since(start); took > 200*time.Millisecond { // far above the promise of 10 ms: the fuzzer shares its cores
			t.Fatalf("%q took %v", text, took)
		}
		valid(t, u)
	})
}

// valid checks everything an Understanding promises.
func valid(t *testing.T, u nlu.Understanding) {
	t.Helper()
	for name, p := range map[string]float64{"category_p": u.CategoryP, "intent_p": u.IntentP, "intensity": u.Intensity, "urgency": u.Urgency, "shift": (u.EmotionShift + 1) / 2} {
		if !(p >= 0 && p <= 1) {
			t.Errorf("%s is %v", name, p)
		}
	}
	labels := nlu.IntentLabels()
	if !slices.Contains(labels, u.Intent) || !slices.Contains(nlu.Categories(), u.Category) || !slices.Contains(nlu.Topics(), u.Topic) || !slices.Contains(nlu.Emotions(), u.Emotion) {
		t.Errorf("labels: %s %s %s %s", u.Intent, u.Category, u.Topic, u.Emotion)
	}
	if u.Language != "zh" && u.Language != "en" {
		t.Errorf("language %q", u.Language)
	}
	if len(u.Segments) == 0 || len(u.Intents) > 5 {
		t.Errorf("%d segments, %d intents", len(u.Segments), len(u.Intents))
	}
	inside := func(what string, start, end int) {
		if start < 0 || start > end || end > len(u.Original) {
			t.Errorf("%s at %d:%d of %d", what, start, end, len(u.Original))
		}
	}
	for _, s := range u.Segments {
		inside("segment", s.Start, s.End)
	}
	for _, f := range u.Findings {
		inside("finding "+f.Kind, f.Start, f.End)
	}
	last := 0
	for _, x := range u.Entities {
		inside("entity "+x.Kind, x.Start, x.End)
		if !slices.Contains(entity.Kinds(), x.Kind) || x.Value == "" || x.Start < last || u.Original[x.Start:x.End] != x.Text {
			t.Errorf("entity %+v after %d", x, last)
		}
		last = x.End
	}
}

// floods are texts made to be slow.
var floods = map[string]string{
	"one Han":    strings.Repeat("的", 2700),
	"wishes":     strings.Repeat("转不是", 900),
	"digits":     strings.Repeat("1 ", 4000),
	"spoken":     strings.Repeat("一", 2700),
	"words":      strings.Repeat("no it's not ", 680),
	"at":         strings.Repeat("a@", 4000),
	"addresses":  strings.Repeat("1 a st ", 1100),
	"marks":      "a" + strings.Repeat("\u0301", 4000),
	"clauses":    strings.Repeat("退货,", 2000),
	"names":      strings.Repeat("我叫王", 900),
	"plates":     strings.Repeat("京a1", 1600),
	"numbers":    strings.Repeat("12.5块", 1000),
	"levels":     strings.Repeat("省市区路号", 540),
	"cyrillic":   strings.Repeat("аb", 2700),
	"emoji":      strings.Repeat("😀", 2000),
	"ampersands": strings.Repeat("& ", 4000),
}

func TestFloodsAreCheap(t *testing.T) {
	e := engine()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	for name, text := range floods {
		best := time.Hour
		for range 3 { // the least of three, for the machine may be busy
			start := time.Now()
			valid(t, e.Understand(text, nlu.Context{Now: now, Asked: "date", Options: shown["orders"]}))
			best = min(best, time.Since(start))
		}
		t.Logf("%s: %v", name, best)
		if best > 400*time.Millisecond { // far above what the measurements tell, for the race detector and a busy machine
			t.Errorf("%s takes %v", name, best)
		}
	}
}
