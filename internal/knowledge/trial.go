package knowledge

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Trial is the knowledge as it would be with other articles: a copy in memory, asked without side effects.
type Trial struct{ s *Service }

// Trial copies what is live now and puts content over it; a content with the id of a live article takes its place.
func (s *Service) Trial(ctx context.Context, with ...Article) *Trial {
	s.feed.Lock()
	copied := s.index.Copy()
	var remove []string
	for _, a := range with {
		remove = append(remove, s.indexed[a.ID]...)
	}
	s.feed.Unlock()
	var add []index.Doc
	for _, a := range with {
		a.Live = max(a.Live, 1)
		a.Content.Limits.HoldOut = 0
		add = append(add, Documents(a, s.base)...)
	}
	copied.Swap(ctx, remove, add)
	return &Trial{&Service{p: s.p, base: s.base, index: copied, indexed: map[id.Article][]string{}}}
}

// Put adds documents of an article, or takes its former ones' place.
func (t *Trial) Put(ctx context.Context, a Article) {
	a.Live = 1
	docs := Documents(a, "")
	var now []string
	for _, d := range docs {
		now = append(now, d.ID)
	}
	t.s.index.Swap(ctx, t.s.indexed[a.ID], docs)
	t.s.indexed[a.ID] = now
}

// Answer is what the Trial would say.
func (t *Trial) Answer(ctx context.Context, question string, sc Scope) (Answer, error) {
	return t.s.Answer(ctx, question, sc)
}

// Clashes lists what hygiene finds between an article that is not live yet and the live ones.
func (s *Service) Clashes(ctx context.Context, a Article) ([]Finding, error) {
	all, err := s.live(ctx)
	if err != nil {
		return nil, err
	}
	i := inspection{now: s.p.Clock.Now(), keys: map[string]map[id.Lang]bool{}}
	for _, x := range all {
		if x.ID != a.ID {
			i.all = append(i.all, x)
		}
	}
	i.all = append(i.all, a)
	i.near(ctx, a)
	return i.found, nil
}
