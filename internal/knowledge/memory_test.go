package knowledge_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/seed"
)

// memory keeps articles for tests of the rules; the real stores pass the suite of storetest.
type memory struct {
	mu       sync.Mutex
	rows     map[id.Article]knowledge.Article
	versions map[id.Article][]knowledge.Version
	changed  map[id.Article]int64
	uses     map[id.Article]knowledge.Use
	last     int64
	down     error
}

func newMemory() *memory {
	return &memory{rows: map[id.Article]knowledge.Article{}, versions: map[id.Article][]knowledge.Version{}, changed: map[id.Article]int64{}, uses: map[id.Article]knowledge.Use{}}
}

func (m *memory) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

func (m *memory) PutArticle(_ context.Context, a knowledge.Article, v knowledge.Version, was int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down != nil {
		return m.down
	}
	if m.rows[a.ID].Version != was {
		return errs.New(errs.Conflict, "article_changed", "changed")
	}
	for _, o := range m.rows {
		if was == 0 && o.Key == a.Key && o.Lang == a.Lang {
			return errs.New(errs.Conflict, "article_exists", "taken")
		}
	}
	m.last++
	m.rows[a.ID], m.changed[a.ID] = a, m.last
	m.versions[a.ID] = append(m.versions[a.ID], v)
	return nil
}

func (m *memory) Article(_ context.Context, aid id.Article) (knowledge.Article, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a, ok := m.rows[aid]; ok {
		return a, nil
	}
	return knowledge.Article{}, errs.New(errs.NotFound, "article_unknown", "none")
}

func (m *memory) ArticleByKey(_ context.Context, key string, lang id.Lang) (knowledge.Article, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.rows {
		if a.Key == key && a.Lang == lang {
			return a, nil
		}
	}
	return knowledge.Article{}, errs.New(errs.NotFound, "article_unknown", "none")
}

func (m *memory) ArticleVersions(_ context.Context, aid id.Article) ([]knowledge.Version, error) {
	return m.versions[aid], nil
}

func (m *memory) Articles(_ context.Context, f knowledge.Filter) (out []knowledge.Article, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.rows {
		if a.ID > f.After && (!f.Live || a.Live > 0) && (f.Lang == "" || a.Lang == f.Lang) && strings.Contains(a.Content.Title, f.Text) {
			out = append(out, m.live(a, f.Live))
		}
	}
	slices.SortFunc(out, func(a, b knowledge.Article) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out[:min(len(out), f.Limit)], nil
}

func (m *memory) live(a knowledge.Article, live bool) knowledge.Article {
	if live && a.Live > 0 {
		a.Content = m.versions[a.ID][a.Live-1].Content
	}
	return a
}

func (m *memory) LiveArticles(_ context.Context, after int64, limit int) (out []knowledge.Article, last int64, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down != nil {
		return nil, after, m.down
	}
	for aid, n := range m.changed {
		if n > after {
			out = append(out, m.live(m.rows[aid], true))
		}
	}
	slices.SortFunc(out, func(a, b knowledge.Article) int { return int(m.changed[a.ID] - m.changed[b.ID]) })
	if out = out[:min(limit, len(out))]; len(out) > 0 {
		after = m.changed[out[len(out)-1].ID]
	}
	return out, after, nil
}

func (m *memory) AddUse(_ context.Context, u knowledge.Use) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := m.uses[u.Article]
	u.Cited, u.Helpful, u.Unhelpful = u.Cited+was.Cited, u.Helpful+was.Helpful, u.Unhelpful+was.Unhelpful
	m.uses[u.Article] = u
	return nil
}

func (m *memory) Uses(context.Context) (map[id.Article]knowledge.Use, error) { return m.uses, nil }

// bench is a service on a memory and a fake clock.
type bench struct {
	*knowledge.Service
	store *memory
	clock *clock.Fake
	t     *testing.T
}

var start = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func newBench(t *testing.T) *bench {
	t.Helper()
	m, c := newMemory(), clock.NewFake(start)
	n := 0
	ids := id.NewMaker(func() time.Time { n++; return start.Add(time.Duration(n) * time.Millisecond) }, nil)
	s := knowledge.New(knowledge.Parts{Store: m, Lister: m, Feed: m, Uses: m, Tx: m, Clock: c, IDs: ids}, knowledge.Options{})
	return &bench{s, m, c, t}
}

// publish keeps one live article.
func (b *bench) publish(key string, lang id.Lang, c knowledge.Content) knowledge.Article {
	b.t.Helper()
	a, err := b.Create(b.t.Context(), knowledge.NewArticle{Key: key, Lang: lang, Content: c}, "test")
	if err == nil {
		a, err = b.Publish(b.t.Context(), a.ID, a.Version, "test", "")
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// answer asks in Chinese, or in English when the question has no Chinese.
func (b *bench) answer(q string, sc knowledge.Scope) knowledge.Answer {
	b.t.Helper()
	a, err := b.Answer(b.t.Context(), q, sc)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// shop is a bench with the demo shop's articles.
func shop(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	all, err := knowledge.ReadFiles(seed.Articles, "articles")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.ImportAll(t.Context(), all, "seed"); err != nil {
		t.Fatal(err)
	}
	if err := b.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

func wantKind(t *testing.T, err error, k errs.Kind) {
	t.Helper()
	if !errs.Is(err, k) {
		t.Fatalf("got %v, want kind %s", err, k)
	}
}
