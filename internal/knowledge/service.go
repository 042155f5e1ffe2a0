package knowledge

import (
	"context"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Poll is how often a node looks for changes that other nodes made; a publish is live everywhere within two seconds.
const Poll = 500 * time.Millisecond

// Options change how a Service works; the zero value is the default.
type Options struct {
	Embedder index.Embedder // nil: words only
	BaseURL  string         // before "/help/..."; "" gives relative addresses
}

// Service is the knowledge of one shop. It is safe for concurrent use.
type Service struct {
	p     Parts
	base  string
	index *index.Index

	feed    sync.Mutex // one reader of the feed at a time
	seen    int64
	indexed map[id.Article][]string // passages of an article that are in the index
}

// New makes a Service with an empty index; Sync fills it.
func New(p Parts, o Options) *Service {
	return &Service{p: p, base: o.BaseURL, index: index.New(o.Embedder), indexed: map[id.Article][]string{}}
}

// feedBatch bounds one read of the feed.
const feedBatch = 2000

// Sync brings the index to what the database says now.
func (s *Service) Sync(ctx context.Context) error {
	s.feed.Lock()
	defer s.feed.Unlock()
	for {
		articles, last, err := s.p.Feed.LiveArticles(ctx, s.seen, feedBatch)
		if err != nil {
			return err
		}
		s.apply(ctx, articles)
		s.seen = max(s.seen, last)
		if len(articles) < feedBatch {
			return nil
		}
	}
}

func (s *Service) apply(ctx context.Context, articles []Article) {
	var remove []string
	var add []index.Doc
	for _, a := range articles {
		remove = append(remove, s.indexed[a.ID]...)
		delete(s.indexed, a.ID)
		if a.Live == 0 {
			continue
		}
		for _, d := range Documents(a, s.base) {
			add = append(add, d)
			s.indexed[a.ID] = append(s.indexed[a.ID], d.ID)
		}
	}
	if len(remove)+len(add) > 0 {
		s.index.Swap(ctx, remove, add)
	}
}

// Run follows the feed until ctx ends.
func (s *Service) Run(ctx context.Context, failed func(error)) {
	for {
		if err := s.Sync(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.p.Clock.After(Poll):
		}
	}
}

func (s *Service) emit(ctx context.Context, typ string, a Article) error {
	if s.p.Events == nil {
		return nil
	}
	return s.p.Events.AppendEvents(ctx, event.Of(typ, "article", string(a.ID), s.p.Clock.Now(), map[string]any{"key": a.Key, "lang": a.Lang, "version": a.Version}))
}
