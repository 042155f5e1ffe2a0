package learneval

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/evals"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
)

// suite is the share of the shipped answers suite that is answered from a right article.
func (p *play) suite(ctx context.Context) (float64, error) {
	keys, err := p.keys(ctx)
	if err != nil {
		return 0, err
	}
	right, n := 0, 0
	for _, file := range [][]byte{evals.AnswersDev, evals.AnswersHeldOut} {
		qs, err := measure.ReadQuestions(bytes.NewReader(file), "")
		if err != nil {
			return 0, err
		}
		for _, q := range qs {
			a, err := p.Knowledge().Answer(ctx, q.Text, knowledge.Scope{})
			if err != nil {
				return 0, err
			}
			n++
			if a.Answerable == (len(q.IDs) > 0) && (!a.Answerable || slices.Contains(q.IDs, keys[a.Citations[0].ArticleID])) {
				right++
			}
		}
	}
	return share(right, n), nil
}

func (p *play) keys(ctx context.Context) (map[id.Article]string, error) {
	out := map[id.Article]string{}
	all, err := p.Knowledge().Articles(ctx, knowledge.Filter{Live: true, Limit: 500})
	for _, a := range all {
		out[a.ID] = a.Key
	}
	return out, err
}

// gapOf is the gap in which a topic's questions are.
func (p *play) gapOf(ctx context.Context, t Topic) (learning.Gap, error) {
	gaps, err := p.Learning().Gaps(ctx, learning.GapFilter{Kind: learning.OfKnowledge, State: learning.GapOpen, Limit: 1000})
	if err != nil {
		return learning.Gap{}, err
	}
	for _, g := range gaps {
		if slices.ContainsFunc(t.Ask, func(q string) bool { return slices.Contains(g.Phrasings, q) }) {
			return g, nil
		}
	}
	return learning.Gap{}, errs.New(errs.NotFound, "gap_missing", "No gap holds the questions of %q.", t.Name)
}

// harmfulDraft edits a draft until it is plain wrong: proof must fail, and accepting must be refused.
func (p *play) harmfulDraft(ctx context.Context) error {
	l, h := p.Learning(), p.script.Harmful
	g, err := p.gapOf(ctx, p.script.unanswered()[0])
	if err != nil {
		return err
	}
	d, err := l.Draft(ctx, g.ID, "eval")
	if err != nil {
		return err
	}
	if d, err = l.Edit(ctx, d.ID, 0, knowledge.Content{Title: h.Title, Questions: h.Questions, Body: h.Body, Category: "learned"}, "eval"); err != nil {
		return err
	}
	if d, err = l.Prove(ctx, d.ID, "eval"); err != nil {
		return err
	}
	_, err = l.Accept(ctx, d.ID, 0, "eval")
	p.r.HarmfulDraftCaught = d.State == learning.Failed && len(d.Proof.Worse)+len(d.Proof.Clashes) > 0 && errs.Is(err, errs.Conflict)
	for _, o := range d.Proof.Objection {
		p.r.Reasons = append(p.r.Reasons, o.EN)
	}
	_, err = l.Reject(ctx, d.ID, 0, "eval", "wrong")
	return err
}

// harmfulPublish publishes an answer that passes its proof and helps nobody: customers ask for a person after it. The loop
// must take it back by itself.
func (p *play) harmfulPublish(ctx context.Context) error {
	l, topic := p.Learning(), p.script.unanswered()[1]
	g, err := p.gapOf(ctx, topic)
	if err != nil {
		return err
	}
	d, err := l.Draft(ctx, g.ID, "eval")
	if err != nil {
		return err
	}
	c := knowledge.Content{Title: topic.Ask[0], Questions: topic.Ask[1:], Body: id.Text{ZH: "这件事请自行想办法，小店不作说明。", EN: "Please find out for yourself."}.In(topic.Language), Category: "learned"}
	if _, err = l.Edit(ctx, d.ID, 0, c, "eval"); err != nil {
		return err
	}
	if d, err = l.Prove(ctx, d.ID, "eval"); err != nil {
		return err
	}
	if d.State != learning.Proved { // never live: there is nothing to roll back, and nothing is shown
		p.r.Reasons = append(p.r.Reasons, "the draft that was to be published did not pass its proof")
		return nil
	}
	if d, err = l.Accept(ctx, d.ID, 0, "eval"); err != nil {
		return err
	}
	if err := p.annoyed(ctx, topic); err != nil {
		return err
	}
	if d, err = l.Find(ctx, d.ID); err != nil {
		return err
	}
	a, err := p.Knowledge().Article(ctx, d.Article)
	p.r.HarmfulPublishRolledBack = d.State == learning.RolledBack && a.Live == 0
	p.r.Reasons = append(p.r.Reasons, d.Reason)
	return err
}

// annoyed customers ask, read the answer and want a person.
func (p *play) annoyed(ctx context.Context, t Topic) error {
	if err := p.Knowledge().Sync(ctx); err != nil {
		return err
	}
	for n := range 20 {
		talk, err := p.visit(ctx, t.Language)
		if err != nil {
			return err
		}
		for _, text := range []string{t.Ask[n%len(t.Ask)], person(t.Language)} {
			if _, err := p.say(ctx, talk, text); err != nil {
				return err
			}
		}
	}
	p.clock.Advance(time.Hour)
	return p.Learning().Collect(ctx)
}
