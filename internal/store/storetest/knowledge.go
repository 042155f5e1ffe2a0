package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// KnowledgeStore is what the suite needs.
type KnowledgeStore interface {
	knowledge.Store
	knowledge.Lister
	knowledge.Feed
	knowledge.UseStore
	knowledge.Transactor
}

// Knowledge is the contract of the knowledge stores.
func Knowledge(t *testing.T, s KnowledgeStore) {
	ctx := t.Context()
	a, v := article("art_1", "returns", id.ZH)
	t.Run("a new article is read back whole", func(t *testing.T) {
		must(t, s.PutArticle(ctx, a, v, 0))
		got, err := s.Article(ctx, a.ID)
		must(t, err)
		if got.Content.Title != a.Content.Title || got.Content.Limits.Stores[0] != "hz-1" || !got.Content.ValidFrom.Equal(a.Content.ValidFrom) || got.Version != 1 {
			t.Fatalf("got %+v", got)
		}
		byKey, err := s.ArticleByKey(ctx, "returns", id.ZH)
		must(t, err)
		if byKey.ID != a.ID {
			t.Fatalf("by key: %+v", byKey)
		}
	})
	t.Run("key and language are unique", func(t *testing.T) {
		b, bv := article("art_2", "returns", id.ZH)
		wantKind(t, s.PutArticle(ctx, b, bv, 0), errs.Conflict)
		b.Lang = id.EN
		must(t, s.PutArticle(ctx, b, bv, 0))
	})
	t.Run("an edit of an old version is a conflict and changes nothing", func(t *testing.T) {
		next, nv := a, v
		next.Version, nv.Number = 2, 2
		must(t, s.PutArticle(ctx, next, nv, 1))
		wantKind(t, s.PutArticle(ctx, next, nv, 1), errs.Conflict)
		vs, err := s.ArticleVersions(ctx, a.ID)
		must(t, err)
		if len(vs) != 2 || vs[1].Number != 2 {
			t.Fatalf("versions %+v", vs)
		}
	})
	t.Run("unknown is not found", func(t *testing.T) {
		_, err := s.Article(ctx, "art_none")
		wantKind(t, err, errs.NotFound)
		_, err = s.ArticleVersions(ctx, "art_none")
		wantKind(t, err, errs.NotFound)
	})
	t.Run("the feed gives the live content, and says when there is none", func(t *testing.T) { knowledgeFeed(ctx, t, s) })
	t.Run("a failed transaction leaves no trace in the feed", func(t *testing.T) { knowledgeRollback(ctx, t, s) })
	t.Run("lists are filtered and paged", func(t *testing.T) { knowledgeLists(ctx, t, s) })
	t.Run("uses add up", func(t *testing.T) { knowledgeUses(ctx, t, s) })
}

func article(aid id.Article, key string, lang id.Lang) (knowledge.Article, knowledge.Version) {
	c := knowledge.Content{Title: "Title " + key, Category: "returns", Body: "Body.", Limits: knowledge.Limits{Stores: []string{"hz-1"}}, ValidFrom: Start}
	a := knowledge.Article{ID: aid, Key: key, Lang: lang, Status: knowledge.Draft, Version: 1, Content: c, CreatedAt: Start, UpdatedAt: Start}
	return a, knowledge.Version{Number: 1, Status: knowledge.Draft, Content: c, At: Start}
}

func knowledgeFeed(ctx context.Context, t *testing.T, s KnowledgeStore) {
	_, last, err := s.LiveArticles(ctx, 0, 100)
	must(t, err)
	a, err := s.Article(ctx, "art_1")
	must(t, err)
	was := a.Version
	a.Version, a.Live, a.Status, a.Content.Title = was+1, was+1, knowledge.Published, "Live title"
	must(t, s.PutArticle(ctx, a, knowledge.Version{Number: a.Version, Status: a.Status, Content: a.Content, At: Start}, was))
	got, next, err := s.LiveArticles(ctx, last, 100)
	must(t, err)
	if len(got) != 1 || got[0].Content.Title != "Live title" || got[0].Live != a.Live || next <= last {
		t.Fatalf("feed %+v after %d is %d", got, last, next)
	}
	was, a.Version, a.Live, a.Status = a.Version, a.Version+1, 0, knowledge.Withdrawn
	must(t, s.PutArticle(ctx, a, knowledge.Version{Number: a.Version, Status: a.Status, Content: a.Content, At: Start}, was))
	got, _, err = s.LiveArticles(ctx, next, 100)
	must(t, err)
	if len(got) != 1 || got[0].Live != 0 || got[0].Content.Title != "" {
		t.Fatalf("a withdrawn article must come without content: %+v", got)
	}
}

func knowledgeRollback(ctx context.Context, t *testing.T, s KnowledgeStore) {
	_, last, err := s.LiveArticles(ctx, 0, 100)
	must(t, err)
	a, v := article("art_9", "rolled-back", id.ZH)
	stop := errs.New(errs.Invalid, "stop", "stop")
	err = s.InTx(ctx, func(ctx context.Context) error {
		must(t, s.PutArticle(ctx, a, v, 0))
		return stop
	})
	wantKind(t, err, errs.Invalid)
	got, _, err := s.LiveArticles(ctx, last, 100)
	must(t, err)
	if len(got) != 0 {
		t.Fatalf("feed shows %+v", got)
	}
}

func knowledgeLists(ctx context.Context, t *testing.T, s KnowledgeStore) {
	for filter, want := range map[*knowledge.Filter]int{
		{Limit: 10}: 2, {Limit: 1}: 1, {Limit: 10, Lang: id.EN}: 1, {Limit: 10, Status: knowledge.Withdrawn}: 1,
		{Limit: 10, Text: "TITLE"}: 2, {Limit: 10, Text: "live t"}: 1, {Limit: 10, Text: "%"}: 0, {Limit: 10, Category: "none"}: 0, {Limit: 10, Live: true}: 0, {Limit: 10, After: "art_1"}: 1,
	} {
		got, err := s.Articles(ctx, *filter)
		must(t, err)
		if len(got) != want {
			t.Errorf("%+v gives %d articles, want %d", *filter, len(got), want)
		}
	}
}

func knowledgeUses(ctx context.Context, t *testing.T, s KnowledgeStore) {
	later := Start.Add(time.Hour)
	must(t, s.AddUse(ctx, knowledge.Use{Article: "art_1", Cited: 2, LastAt: later}))
	must(t, s.AddUse(ctx, knowledge.Use{Article: "art_1", Cited: 1, Helpful: 1, LastAt: Start}))
	got, err := s.Uses(ctx)
	must(t, err)
	if u := got["art_1"]; u.Cited != 3 || u.Helpful != 1 || !u.LastAt.Equal(later) {
		t.Fatalf("uses %+v", got)
	}
}

func wantKind(t *testing.T, err error, k errs.Kind) {
	t.Helper()
	if !errs.Is(err, k) {
		t.Fatalf("got error %v, want kind %s", err, k)
	}
}
