package learning

import (
	"context"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

func (s *Service) emit(ctx context.Context, typ string, d Draft) error {
	if s.d.Events == nil {
		return nil
	}
	return s.d.Events.AppendEvents(ctx, event.Of(typ, "draft", d.ID, s.d.Now(), map[string]any{"gap": d.Gap, "state": d.State, "article": d.Article, "reason": d.Reason}))
}

// Accept publishes a proved draft as a version of an article, with a hold-out. was is the version that was looked at.
func (s *Service) Accept(ctx context.Context, did string, was int, by string) (Draft, error) {
	return s.change(ctx, did, was, "learning.accepted", func(ctx context.Context, d *Draft) error {
		if d.Kind == FlowChange {
			if err := d.may("be accepted", Drafted); err != nil {
				return err
			}
			d.State, d.Reviewer = Accepted, by
			return s.settle(ctx, d.Gap, GapClosed, "")
		}
		if d.State != Proved {
			return errs.New(errs.Conflict, "not_proved", "Only a proved draft can be published; this one is %s.", d.State)
		}
		return s.publish(ctx, d, by)
	})
}

// publish is called inside the transaction of the move; the index follows the feed after it.
func (s *Service) publish(ctx context.Context, d *Draft, by string) error {
	n := knowledge.NewArticle{Key: d.key(), Lang: d.Lang, Content: d.Content}
	if d.Kind == NewArticle {
		n.Content.Limits.HoldOut = s.d.Settings.HoldOut
	} else {
		live, err := s.d.Shelf.Article(ctx, d.Article)
		if err != nil {
			return err
		}
		n.Key = live.Key
	}
	a, _, err := s.d.Editor.Import(ctx, n, true, by)
	if err != nil {
		return err
	}
	d.State, d.Reviewer, d.Article, d.LiveAt = Published, by, a.ID, s.d.Now()
	d.Watch = &Watch{At: d.LiveAt, HoldOut: n.Content.Limits.HoldOut}
	return s.settle(ctx, d.Gap, GapClosed, a.ID)
}

// Reject keeps a draft from becoming anything; the reason is kept and the gap is open again.
func (s *Service) Reject(ctx context.Context, did string, was int, by, reason string) (Draft, error) {
	if strings.TrimSpace(reason) == "" {
		return Draft{}, errs.New(errs.Invalid, "reason_missing", "Say why it is rejected, so that the next draft can be better.").With("body.reason", "write a reason")
	}
	return s.change(ctx, did, was, "learning.rejected", func(ctx context.Context, d *Draft) error {
		if err := d.may("be rejected", Drafted, Proved, Failed); err != nil {
			return err
		}
		d.State, d.Reviewer, d.Reason = Rejected, by, reason
		return s.settle(ctx, d.Gap, GapOpen, "")
	})
}

// Rollback takes back what a draft published; the gap is open again.
func (s *Service) Rollback(ctx context.Context, did string, was int, by, reason string) (Draft, error) {
	return s.change(ctx, did, was, "learning.rolled_back", func(ctx context.Context, d *Draft) error {
		if err := d.may("be rolled back", Published, Kept); err != nil {
			return err
		}
		return s.rollback(ctx, d, by, reason)
	})
}

func (s *Service) rollback(ctx context.Context, d *Draft, by, reason string) error {
	a, err := s.d.Shelf.Article(ctx, d.Article)
	if err != nil {
		return err
	}
	switch {
	case d.Kind == Phrases:
		err = s.withoutPhrases(ctx, a, *d, by)
	case a.Live != 0:
		_, err = s.d.Editor.Withdraw(ctx, a.ID, a.Version, by, reason)
	}
	if err != nil {
		return err
	}
	d.State, d.Reason = RolledBack, reason
	return s.settle(ctx, d.Gap, GapOpen, "")
}

// withoutPhrases publishes the article as it is now, without the questions that the draft brought.
func (s *Service) withoutPhrases(ctx context.Context, a knowledge.Article, d Draft, by string) error {
	a.Content.Questions = slices.DeleteFunc(slices.Clone(a.Content.Questions), func(q string) bool {
		return slices.Contains(d.Content.Questions, q) && !slices.Contains(d.Had, q)
	})
	_, _, err := s.d.Editor.Import(ctx, knowledge.NewArticle{Key: a.Key, Lang: a.Lang, Content: a.Content}, true, by)
	return err
}

// settle moves a gap; a gap that is gone meanwhile is no error.
func (s *Service) settle(ctx context.Context, gid string, to GapState, aid id.Article) error {
	g, err := s.d.Gaps.Gap(ctx, gid)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	g.State, g.Article = to, aid
	return s.d.Gaps.PutGap(ctx, g)
}
