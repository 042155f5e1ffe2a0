package learning

import (
	"context"
	"fmt"
	"math"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Itself is who acts when the loop acts by itself.
const Itself = "learning"

const watchMax = 5000

// Watch looks after everything published: what surely hurts is withdrawn, what holds is kept and its hold-out ended.
func (s *Service) Watch(ctx context.Context) error {
	list, err := s.d.Drafts.Drafts(ctx, DraftFilter{State: Published, Limit: 500})
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := s.watch(ctx, d); err != nil {
			return fmt.Errorf("draft %s: %w", d.ID, err)
		}
	}
	return nil
}

func (s *Service) watch(ctx context.Context, d Draft) error {
	w, err := s.figures(ctx, d)
	if err != nil {
		return err
	}
	set := s.d.Settings
	typ := "learning.watched"
	_, err = s.change(ctx, d.ID, d.Version, typ, func(ctx context.Context, d *Draft) error {
		d.Watch = &w
		switch {
		case w.Cited >= set.HarmMin && w.HarmFloor > set.HarmMax:
			reason := fmt.Sprintf("Of %d answers from it, %d were followed by a wish for a person or a bad rating.", w.Cited, w.Harmed)
			if err := s.rollback(ctx, d, Itself, reason); err != nil {
				return err
			}
			return s.emit(ctx, "learning.rolled_back", *d)
		case w.Cited >= set.KeepFrom && s.d.Now().Sub(d.LiveAt) >= set.KeepAge:
			return s.keep(ctx, d)
		}
		return nil
	})
	return err
}

// keep ends the hold-out: everybody gets the article.
func (s *Service) keep(ctx context.Context, d *Draft) error {
	d.State = Kept
	a, err := s.d.Shelf.Article(ctx, d.Article)
	if err != nil || a.Content.Limits.HoldOut == 0 {
		return err
	}
	a.Content.Limits.HoldOut = 0
	_, _, err = s.d.Editor.Import(ctx, knowledge.NewArticle{Key: a.Key, Lang: a.Lang, Content: a.Content}, true, Itself)
	return err
}

// figures compares the conversations that got the article with those of the hold-out that asked the same.
func (s *Service) figures(ctx context.Context, d Draft) (Watch, error) {
	w := Watch{At: s.d.Now(), HoldOut: d.Watch.HoldOut}
	cited, err := s.d.Signals.Signals(ctx, SignalFilter{Article: d.Article, Kind: Cited, Since: d.LiveAt, Limit: watchMax})
	if err != nil {
		return w, err
	}
	for _, c := range cited {
		w.Cited++
		count(&w.Harmed, c.Harmed)
	}
	w.HarmFloor = floor(w.Harmed, w.Cited)
	asked, err := s.d.Signals.Signals(ctx, SignalFilter{Gap: d.Gap, Since: d.LiveAt, Limit: watchMax})
	if err != nil {
		return w, err
	}
	held := map[id.Conversation]bool{} // true: a person had to help
	for _, a := range asked {
		if w.HoldOut > 0 && index.Held(string(d.Article), string(a.Conversation), w.HoldOut) {
			held[a.Conversation] = held[a.Conversation] || a.Kind == HandedOff || a.Kind == StaffAnswer || a.Kind == NoAnswer
		}
	}
	for _, helped := range held {
		w.Held++
		count(&w.HeldSolved, !helped)
	}
	if w.Held > 0 && w.Cited > 0 {
		w.Uplift = 1 - float64(w.Harmed)/float64(w.Cited) - float64(w.HeldSolved)/float64(w.Held)
	}
	return w, nil
}

// floor is the lower end of the Wilson score interval of k out of n at 95 percent (Wilson 1927).
func floor(k, n int) float64 {
	if n == 0 {
		return 0
	}
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	centre, spread := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return math.Max(0, (centre-spread)/(1+z*z/m))
}
