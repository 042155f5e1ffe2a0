package knowledge

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Store keeps articles and their versions.
type Store interface {
	// PutArticle writes the article's row and its version a.Version; was is the version that the caller saw (0: none yet).
	// It is a Conflict when the row has moved on, or when key and language are taken.
	PutArticle(ctx context.Context, a Article, v Version, was int) error
	// Article is NotFound without one.
	Article(ctx context.Context, aid id.Article) (Article, error)
	// ArticleVersions gives the history, oldest first.
	ArticleVersions(ctx context.Context, aid id.Article) ([]Version, error)
}

// Lister finds articles.
type Lister interface {
	// Articles gives the rows that match, by id, starting after f.After.
	Articles(ctx context.Context, f Filter) ([]Article, error)
	// ArticleByKey is NotFound without one.
	ArticleByKey(ctx context.Context, key string, lang id.Lang) (Article, error)
}

// Feed is what indexes follow.
type Feed interface {
	// LiveArticles gives what changed after a number, in the order of commits, with the live content, and the last number.
	// An article without live version comes with Live 0.
	LiveArticles(ctx context.Context, after int64, limit int) ([]Article, int64, error)
}

// UseStore counts how articles serve.
type UseStore interface {
	// AddUse adds to an article's counters.
	AddUse(ctx context.Context, u Use) error
	// Uses gives the counters of all articles that have any.
	Uses(ctx context.Context) (map[id.Article]Use, error)
}

// Transactor runs a function in one durable transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(context.Context) error) error
}

// Clock tells the time and wakes the feed's reader.
type Clock interface {
	Now() time.Time
	After(time.Duration) <-chan time.Time
}

// Filter narrows a list; zero fields do not.
type Filter struct {
	Lang     id.Lang
	Status   Status
	Category string
	Text     string // part of the title or key
	Live     bool   // only what answers
	After    id.Article
	Limit    int
}

// Use counts: citations, thumbs, and when last.
type Use struct {
	Article                   id.Article
	Cited, Helpful, Unhelpful int
	LastAt                    time.Time
}

// Parts is what a Service is built from. Events may be nil.
type Parts struct {
	Store  Store
	Lister Lister
	Feed   Feed
	Uses   UseStore
	Tx     Transactor
	Events event.Appender
	Clock  Clock
	IDs    *id.Maker
}
