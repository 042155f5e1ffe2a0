package knowledge

import (
	"context"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// NewArticle is what is needed to create one.
type NewArticle struct {
	Key     string // "": made from the id
	Lang    id.Lang
	Content Content
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, n NewArticle, by string) (Article, error) {
	a := Article{ID: id.Article(s.p.IDs.New("art")), Key: n.Key, Lang: n.Lang, Status: Draft, Version: 1, Content: n.Content, Author: by}
	if a.Key == "" {
		a.Key = strings.ReplaceAll(string(a.ID), "_", "-")
	}
	if a.Lang == "" {
		a.Lang = id.ZH
	}
	if err := checkKey(a.Key); err != nil {
		return Article{}, err
	}
	if err := a.Content.Check(); err != nil {
		return Article{}, err
	}
	a.CreatedAt = s.p.Clock.Now()
	return s.put(ctx, a, 0, "", "article.created")
}

// Edit keeps new content as the next version; was is the version that the editor had before the eyes. What is live stays.
func (s *Service) Edit(ctx context.Context, aid id.Article, was int, c Content, by, note string) (Article, error) {
	if err := c.Check(); err != nil {
		return Article{}, err
	}
	return s.change(ctx, aid, was, "article.edited", note, func(a *Article) error {
		a.Content, a.Author, a.Status = c, by, Draft
		return nil
	})
}

// Submit asks for review.
func (s *Service) Submit(ctx context.Context, aid id.Article, was int, by string) (Article, error) {
	return s.move(ctx, aid, was, Review, by, "")
}

// Publish makes the newest version live.
func (s *Service) Publish(ctx context.Context, aid id.Article, was int, by, note string) (Article, error) {
	return s.move(ctx, aid, was, Published, by, note)
}

// Withdraw takes an article out of every answer.
func (s *Service) Withdraw(ctx context.Context, aid id.Article, was int, by, note string) (Article, error) {
	return s.move(ctx, aid, was, Withdrawn, by, note)
}

// Restore makes the content of an older version the newest and publishes it: the way back from a bad change.
func (s *Service) Restore(ctx context.Context, aid id.Article, number int, by, note string) (Article, error) {
	vs, err := s.p.Store.ArticleVersions(ctx, aid)
	if err != nil {
		return Article{}, err
	}
	for _, v := range vs {
		if v.Number == number {
			return s.change(ctx, aid, 0, "article.published", note, func(a *Article) error {
				a.Content, a.Author, a.Status, a.Live = v.Content, by, Published, a.Version+1
				return nil
			})
		}
	}
	return Article{}, errs.New(errs.NotFound, "version_unknown", "Article %s has no version %d.", aid, number)
}

func (s *Service) move(ctx context.Context, aid id.Article, was int, to Status, by, note string) (Article, error) {
	return s.change(ctx, aid, was, "article."+string(to), note, func(a *Article) error {
		if err := a.Status.Next(to); err != nil {
			return err
		}
		a.Status, a.Author = to, by
		switch to {
		case Published:
			a.Live = a.Version + 1
		case Withdrawn:
			a.Live = 0
		}
		return nil
	})
}

// change reads, changes and writes one article in one transaction; was 0 means "whatever is there".
func (s *Service) change(ctx context.Context, aid id.Article, was int, typ, note string, f func(*Article) error) (out Article, err error) {
	err = s.p.Tx.InTx(ctx, func(ctx context.Context) error {
		a, err := s.p.Store.Article(ctx, aid)
		if err != nil {
			return err
		}
		if was != 0 && was != a.Version {
			return errs.New(errs.Conflict, "article_changed", "Somebody changed this article to version %d; load it again.", a.Version)
		}
		seen := a.Version
		if err := f(&a); err != nil {
			return err
		}
		a.Version = seen + 1
		out, err = s.write(ctx, a, seen, note, typ)
		return err
	})
	return s.settled(out, err)
}

func (s *Service) put(ctx context.Context, a Article, was int, note, typ string) (out Article, err error) {
	err = s.p.Tx.InTx(ctx, func(ctx context.Context) error {
		out, err = s.write(ctx, a, was, note, typ)
		return err
	})
	return s.settled(out, err)
}

func (s *Service) write(ctx context.Context, a Article, was int, note, typ string) (Article, error) {
	a.UpdatedAt = s.p.Clock.Now()
	v := Version{Number: a.Version, Status: a.Status, Content: a.Content, Author: a.Author, Note: note, At: a.UpdatedAt}
	if err := s.p.Store.PutArticle(ctx, a, v, was); err != nil {
		return Article{}, err
	}
	return a, s.emit(ctx, typ, a)
}

// settled brings this node's index up to date after a change. The feed's reader would do it too, a little later: so a
// failure here is no failure of the change. It looks at what is committed: inside a caller's transaction that is nothing yet.
func (s *Service) settled(a Article, err error) (Article, error) {
	if err != nil {
		return Article{}, err
	}
	_ = s.Sync(context.Background())
	return a, nil
}

// Article gives one article at its newest version.
func (s *Service) Article(ctx context.Context, aid id.Article) (Article, error) {
	return s.p.Store.Article(ctx, aid)
}

// ByKey gives the article of a key in a language.
func (s *Service) ByKey(ctx context.Context, key string, lang id.Lang) (Article, error) {
	return s.p.Lister.ArticleByKey(ctx, key, lang)
}

// Versions gives an article's history, oldest first.
func (s *Service) Versions(ctx context.Context, aid id.Article) ([]Version, error) {
	return s.p.Store.ArticleVersions(ctx, aid)
}

// Articles lists.
func (s *Service) Articles(ctx context.Context, f Filter) ([]Article, error) {
	if f.Limit <= 0 || f.Limit > 500 {
		f.Limit = 500
	}
	return s.p.Lister.Articles(ctx, f)
}
