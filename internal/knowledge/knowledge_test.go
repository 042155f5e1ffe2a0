package knowledge_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

var wrapping = knowledge.Content{Title: "可以礼品包装吗？", Category: "gifts", Questions: []string{"包装多少钱"}, Body: "礼品包装每件 10 元。\n\n钻石会员免费。"}

func TestLifeOfAnArticle(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	a, err := b.Create(ctx, knowledge.NewArticle{Key: "gift-wrap", Lang: id.ZH, Content: wrapping}, "li")
	if err != nil || a.Status != knowledge.Draft || a.Live != 0 {
		t.Fatalf("%v %+v", err, a)
	}
	if b.answer("礼品包装多少钱", knowledge.Scope{}).Answerable {
		t.Fatal("a draft must not answer")
	}
	if a, err = b.Submit(ctx, a.ID, a.Version, "li"); err != nil || a.Status != knowledge.Review {
		t.Fatalf("%v %+v", err, a)
	}
	if a, err = b.Publish(ctx, a.ID, a.Version, "wang", ""); err != nil || a.Live != a.Version {
		t.Fatalf("%v %+v", err, a)
	}
	ans := b.answer("礼品包装多少钱", knowledge.Scope{})
	if !ans.Answerable || !strings.Contains(ans.Text, "每件 10 元") || ans.Citations[0].URL != "/help/zh/gift-wrap" {
		t.Fatalf("%+v", ans)
	}
	if a, err = b.Withdraw(ctx, a.ID, a.Version, "wang", "old"); err != nil || a.Live != 0 {
		t.Fatalf("%v %+v", err, a)
	}
	if b.answer("礼品包装多少钱", knowledge.Scope{}).Answerable {
		t.Fatal("a withdrawn article must not answer")
	}
	_, err = b.Passage(ans.Citations[0].PassageID, knowledge.Scope{})
	wantKind(t, err, errs.NotFound)
	_, err = b.Submit(ctx, a.ID, a.Version, "li")
	wantKind(t, err, errs.Conflict)
}

func TestAnEditWaitsUntilItIsPublished(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	a := b.publish("gift-wrap", id.ZH, wrapping)
	dearer := wrapping
	dearer.Body = "礼品包装每件 20 元。"
	edited, err := b.Edit(ctx, a.ID, a.Version, dearer, "li", "new price")
	if err != nil {
		t.Fatal(err)
	}
	if got := b.answer("礼品包装多少钱", knowledge.Scope{}); !strings.Contains(got.Text, "10 元") {
		t.Fatalf("the live version must stay: %q", got.Text)
	}
	if _, err = b.Edit(ctx, a.ID, a.Version, dearer, "wang", ""); !errs.Is(err, errs.Conflict) {
		t.Fatalf("an edit of an old version: %v", err)
	}
	if _, err = b.Publish(ctx, a.ID, edited.Version, "wang", ""); err != nil {
		t.Fatal(err)
	}
	if got := b.answer("礼品包装多少钱", knowledge.Scope{}); !strings.Contains(got.Text, "20 元") {
		t.Fatalf("%q", got.Text)
	}
	if _, err = b.Restore(ctx, a.ID, a.Version, "wang", "wrong price"); err != nil {
		t.Fatal(err)
	}
	if got := b.answer("礼品包装多少钱", knowledge.Scope{}); !strings.Contains(got.Text, "10 元") {
		t.Fatalf("after the way back: %q", got.Text)
	}
	vs, err := b.Versions(ctx, a.ID)
	if err != nil || len(vs) != 5 {
		t.Fatalf("%v: %d versions", err, len(vs))
	}
}

func TestWhatIsNotValidIsNotRetrieved(t *testing.T) {
	b := newBench(t)
	with := func(f func(*knowledge.Content)) knowledge.Content {
		c := wrapping
		f(&c)
		return c
	}
	b.publish("expired", id.ZH, with(func(c *knowledge.Content) { c.ValidUntil = start }))
	b.publish("future", id.ZH, with(func(c *knowledge.Content) { c.ValidFrom = start.Add(time.Hour) }))
	b.publish("diamond", id.ZH, with(func(c *knowledge.Content) { c.Limits.Tiers = []string{"diamond"} }))
	b.publish("shop", id.ZH, with(func(c *knowledge.Content) { c.Limits.Stores = []string{"hz-1"}; c.Limits.Channels = []string{"store"} }))
	find := func(sc knowledge.Scope) (keys []string) {
		hits, err := b.Search(t.Context(), "礼品包装多少钱", sc, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			keys = append(keys, strings.TrimPrefix(h.URL, "/help/zh/"))
		}
		return keys
	}
	for _, c := range []struct {
		scope knowledge.Scope
		want  string
	}{
		{knowledge.Scope{}, ""}, {knowledge.Scope{Tier: "diamond"}, "diamond"}, {knowledge.Scope{Tier: "gold"}, ""},
		{knowledge.Scope{Store: "hz-1"}, ""}, {knowledge.Scope{Store: "hz-1", Channel: "store"}, "shop"},
		{knowledge.Scope{Now: start.Add(-time.Minute)}, "expired"}, {knowledge.Scope{Now: start.Add(time.Hour)}, "future"},
	} {
		if got := strings.Join(find(c.scope), " "); got != c.want {
			t.Errorf("%+v finds %q, want %q", c.scope, got, c.want)
		}
	}
}

func TestTheOtherLanguageStandsInAndIsFlagged(t *testing.T) {
	b := newBench(t)
	b.publish("gift-wrap", id.ZH, wrapping)
	hits, err := b.Search(t.Context(), "gift wrap price", knowledge.Scope{Language: "en"}, 5)
	if err != nil || len(hits) != 1 || !hits[0].Foreign {
		t.Fatalf("%v %+v", err, hits)
	}
	b.publish("gift-wrap", id.EN, knowledge.Content{Title: "Do you wrap gifts?", Body: "Gift wrap is CNY 10 an item."})
	hits, _ = b.Search(t.Context(), "gift wrap price", knowledge.Scope{Language: "en"}, 5)
	if len(hits) != 2 || hits[0].Foreign || !hits[1].Foreign {
		t.Fatalf("%+v", hits)
	}
}

func TestAnotherNodeFollowsTheFeed(t *testing.T) {
	b := newBench(t)
	other := knowledge.New(knowledge.Parts{Feed: b.store, Clock: b.clock}, knowledge.Options{})
	a := b.publish("gift-wrap", id.ZH, wrapping)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { other.Run(ctx, func(error) {}); close(done) }()
	found := func() bool {
		got, err := other.Answer(t.Context(), "礼品包装多少钱", knowledge.Scope{})
		return err == nil && got.Answerable
	}
	wait(t, found)
	if _, err := b.Withdraw(t.Context(), a.ID, a.Version, "w", ""); err != nil {
		t.Fatal(err)
	}
	wait(t, func() bool { b.clock.Advance(knowledge.Poll); return !found() })
	stop()
	<-done
}

// wait yields until something that another goroutine does has happened.
func wait(t *testing.T, ok func() bool) {
	t.Helper()
	for range 1_000_000 {
		if ok() {
			return
		}
	}
	t.Fatal("it did not happen")
}

func TestABrokenFeedKeepsTheOldIndex(t *testing.T) {
	b := newBench(t)
	b.publish("gift-wrap", id.ZH, wrapping)
	b.store.down = errs.New(errs.Unavailable, "store_unavailable", "down")
	if err := b.Sync(t.Context()); !errs.Is(err, errs.Unavailable) {
		t.Fatal(err)
	}
	if !b.answer("礼品包装多少钱", knowledge.Scope{}).Answerable {
		t.Fatal("the index must go on")
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	for name, n := range map[string]knowledge.NewArticle{
		"key":   {Key: "Bad Key", Content: wrapping},
		"title": {Content: knowledge.Content{Body: "x"}},
		"body":  {Content: knowledge.Content{Title: "x", Body: "  "}},
		"long":  {Content: knowledge.Content{Title: strings.Repeat("长", 201), Body: "x"}},
		"dates": {Content: knowledge.Content{Title: "x", Body: "x", ValidFrom: start, ValidUntil: start}},
		"many":  {Content: knowledge.Content{Title: "x", Body: "x", Questions: make([]string, 51)}},
	} {
		if _, err := b.Create(ctx, n, "t"); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(b.store.rows) != 0 {
		t.Fatal("something was kept")
	}
	_, err := b.Answer(ctx, "  ", knowledge.Scope{})
	wantKind(t, err, errs.Invalid)
	_, err = b.Search(ctx, "x", knowledge.Scope{}, 0)
	wantKind(t, err, errs.Invalid)
}

func TestImportTwiceChangesNothing(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	n := knowledge.NewArticle{Key: "gift-wrap", Lang: id.ZH, Content: wrapping}
	for i, want := range []knowledge.Outcome{knowledge.Added, knowledge.Unchanged} {
		a, o, err := b.Import(ctx, n, true, "t")
		if err != nil || o != want || a.Live == 0 {
			t.Fatalf("%d: %v %s %+v", i, err, o, a)
		}
	}
	n.Content.Body = "现在免费。"
	if _, o, err := b.Import(ctx, n, true, "t"); err != nil || o != knowledge.Changed {
		t.Fatalf("%v %s", err, o)
	}
	if got := b.answer("礼品包装多少钱", knowledge.Scope{}); !strings.Contains(got.Text, "免费") {
		t.Fatal(got.Text)
	}
}

func TestPassages(t *testing.T) {
	body := "开头一段。\n\n## 第一节\n\n- 甲\n- **乙** 见[这里](https://example.com/a)\n\n| 列 | 值 |\n|---|---|\n| 丙 | 丁 |\n\n## 第二节\n\n" + strings.Repeat("这是一句不太短的话，用来凑够长度。", 60)
	ps := knowledge.Passages(body)
	if len(ps) < 4 || ps[0].Heading != "" || ps[1].Heading != "第一节" || !strings.Contains(ps[1].Text, "乙 见这里") || !strings.Contains(ps[1].Text, "丙 · 丁") {
		t.Fatalf("%+v", ps)
	}
	for _, p := range ps {
		if n := len([]rune(p.Text)); n > 650 {
			t.Errorf("a passage of %d characters", n)
		}
	}
}

func TestReadFileRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"noext": "x", "no.md": "---\ntitle: x\n---\nx", "key.fr.md": "---\ntitle: x\n---\nx", "key.zh.md": "no front", "a.zh.md": "---\ntitle: [\n---\nx",
		"b.zh.md": "---\ntitle: x\nvalid_from: soon\n---\nx", "c.zh.md": "---\ntitle: x\n---\n",
	} {
		if _, err := knowledge.ReadFile(name, []byte(text)); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
