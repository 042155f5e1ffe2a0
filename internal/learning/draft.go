package learning

import (
	"context"
	"fmt"
	"slices"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

const (
	phrasingsMax = 30
	agreed       = 2    // staff answers that must say a sentence for it to be added to the central one
	alikeSaid    = 0.65 // likeness of a staff answer and a passage that says the same
)

// Draft makes a draft for a gap from what staff said to it. Where nobody said anything, the body is left for a person.
func (s *Service) Draft(ctx context.Context, gid, by string) (Draft, error) {
	g, err := s.d.Gaps.Gap(ctx, gid)
	if err != nil {
		return Draft{}, err
	}
	if g.State == GapDrafted {
		return Draft{}, errs.New(errs.Conflict, "gap_drafted", "There is a draft for this gap already; edit or reject it.")
	}
	now := s.d.Now()
	d := Draft{ID: s.d.NewID("drf"), Gap: g.ID, Lang: g.Lang, State: Drafted, Author: by, Version: 1, CreatedAt: now, UpdatedAt: now}
	if err := s.fill(ctx, &d, g); err != nil {
		return Draft{}, err
	}
	g.State = GapDrafted
	return d, s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.d.Gaps.PutGap(ctx, g); err != nil {
			return err
		}
		if err := s.d.Drafts.PutDraft(ctx, d, 0); err != nil {
			return err
		}
		return s.emit(ctx, "learning.drafted", d)
	})
}

func (s *Service) fill(ctx context.Context, d *Draft, g Gap) (err error) {
	if g.Kind == OfFlow {
		d.Kind = FlowChange
		d.Proposal, err = s.propose(ctx, g)
		return err
	}
	members, err := s.d.Signals.Signals(ctx, SignalFilter{Gap: g.ID, Limit: gapMembers})
	if err != nil {
		return err
	}
	d.Kind, d.Content = NewArticle, s.article(g, members, d)
	return s.existing(ctx, d, g)
}

// article is made of the customers' questions and staff's sentences.
func (s *Service) article(g Gap, members []Signal, d *Draft) knowledge.Content {
	c := knowledge.Content{Title: g.Title, Category: "learned", Source: "learning"}
	for _, q := range distinct(questions(members)) {
		if clean, _ := guard.Redact(q); q != g.Title && clean == q && !longNo.MatchString(q) && len(c.Questions) < phrasingsMax {
			c.Questions = append(c.Questions, q)
		}
	}
	var all []string
	for _, m := range members {
		if m.Answer != "" {
			all = append(all, m.Answer)
		}
	}
	c.Body, d.Notes = compose(all)
	return c
}

// compose takes the answer most like the others and adds sentences that several say and it does not. Where staff
// contradict each other, a person has to settle it.
func compose(all []string) (body string, notes []string) {
	body = central(all)
	said := index.Sentences(body)
	for _, a := range all {
		if x, y, ok := disagree(body, a); ok {
			notes = append(notes, x+" / "+y)
		}
		for _, sentence := range index.Sentences(a) {
			n := 0
			for _, other := range all {
				if slices.ContainsFunc(index.Sentences(other), func(o string) bool { return likeness(o, sentence) >= alikeAnswered }) {
					n++
				}
			}
			if n >= agreed && !slices.ContainsFunc(said, func(o string) bool { return likeness(o, sentence) >= alikeAsked }) {
				said = append(said, sentence)
			}
		}
	}
	return join(said), distinct(notes)
}

// existing turns a draft into new phrases where an article says already what staff said: it was only not found.
func (s *Service) existing(ctx context.Context, d *Draft, g Gap) error {
	aid := g.Article
	if aid == "" && d.Content.Body != "" {
		hits, err := s.d.Library.Search(ctx, d.Content.Body, knowledge.Scope{Language: string(d.Lang)}, 5)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if !h.Foreign && likeness(h.Text, d.Content.Body) >= alikeSaid {
				aid = h.ArticleID
				break
			}
		}
	}
	if aid == "" {
		return nil
	}
	a, err := s.d.Shelf.Article(ctx, aid)
	if errs.Is(err, errs.NotFound) || err == nil && (a.Live == 0 || a.Lang != d.Lang) {
		return nil
	}
	if err != nil {
		return err
	}
	phrasings := append([]string{d.Content.Title}, d.Content.Questions...)
	d.Kind, d.Article, d.Had = Phrases, a.ID, a.Content.Questions
	d.Content = a.Content
	d.Content.Questions = append(slices.Clone(a.Content.Questions), phrasings...)
	d.Content.Questions = distinct(d.Content.Questions)
	d.Content.Questions = d.Content.Questions[:min(len(d.Content.Questions), 50)]
	return nil
}

// Edit replaces a draft's words; it must be proved again.
func (s *Service) Edit(ctx context.Context, did string, was int, c knowledge.Content, by string) (Draft, error) {
	return s.change(ctx, did, was, "learning.edited", func(ctx context.Context, d *Draft) error {
		if err := d.may("be edited", Drafted, Proved, Failed); err != nil {
			return err
		}
		if d.Kind == FlowChange {
			return errs.New(errs.Conflict, "flow_proposal", "A proposal about a flow has no words to edit; accept or reject it.")
		}
		if err := c.Check(); err != nil {
			return err
		}
		d.Content, d.State, d.Proof, d.Notes, d.Author = c, Drafted, nil, nil, by
		return nil
	})
}

// may is a Conflict unless the draft is in one of the states.
func (d *Draft) may(do string, in ...DraftState) error {
	if slices.Contains(in, d.State) {
		return nil
	}
	return errs.New(errs.Conflict, "draft_state", "A draft that is %s cannot %s.", d.State, do)
}

// change reads, changes and writes one draft in one transaction; was 0 means whatever is there.
func (s *Service) change(ctx context.Context, did string, was int, typ string, f func(context.Context, *Draft) error) (d Draft, err error) {
	err = s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if d, err = s.d.Drafts.Draft(ctx, did); err != nil {
			return err
		}
		if was != 0 && was != d.Version {
			return errs.New(errs.Conflict, "draft_changed", "Somebody changed this draft to version %d; load it again.", d.Version)
		}
		if err := f(ctx, &d); err != nil {
			return err
		}
		return s.put(ctx, &d, typ)
	})
	return d, err
}

// put writes a changed draft as its next version and tells of it.
func (s *Service) put(ctx context.Context, d *Draft, typ string) error {
	was := d.Version
	d.Version, d.UpdatedAt = was+1, s.d.Now()
	if err := s.d.Drafts.PutDraft(ctx, *d, was); err != nil {
		return err
	}
	return s.emit(ctx, typ, *d)
}

// key names the article of a draft.
func (d Draft) key() string { return fmt.Sprintf("learned-%s", lastOf(d.ID)) }

func lastOf(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '_' {
			return s[i+1:]
		}
	}
	return s
}

// asArticle is the article a draft would be.
func (d Draft) asArticle() knowledge.Article {
	a := knowledge.Article{ID: d.Article, Key: d.key(), Lang: d.Lang, Content: d.Content, Live: 1}
	if a.ID == "" {
		a.ID = id.Article("art_draft." + d.ID)
	}
	return a
}
