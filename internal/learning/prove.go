package learning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

const (
	pastMax   = 500 // answered questions of the past that are asked again
	leaveOut  = 8   // phrasings that are asked with themselves taken out of the draft
	listMax   = 50  // changes kept of each kind
	stolenMax = 5   // questions nothing should answer that a draft may answer, beside a two-hundredth of the suite
)

// Prove asks past questions and the whole suite of a copy of the index, with the draft and without it, and keeps both.
func (s *Service) Prove(ctx context.Context, did, by string) (Draft, error) {
	d, err := s.d.Drafts.Draft(ctx, did)
	if err != nil {
		return d, err
	}
	if err := d.may("be proved", Drafted, Proved, Failed); err != nil {
		return d, err
	}
	if d.Kind == FlowChange {
		return d, errs.New(errs.Conflict, "flow_proposal", "A proposal about a flow is proved by the flow's own tests; accept or reject it.")
	}
	if err := d.Content.Check(); err != nil {
		return d, errs.Wrap(err, errs.Invalid, "draft_incomplete", "Nobody answered this question yet: write title and body first.")
	}
	p, err := s.prove(ctx, d)
	if err != nil {
		return d, err
	}
	return s.change(ctx, did, d.Version, "learning.proved", func(ctx context.Context, d *Draft) error {
		d.Proof, d.State = &p, Failed
		if p.Passed {
			d.State = Proved
		}
		return nil
	})
}

// question is one that is asked twice. Keys: the articles that answer it; nothing should when there are none.
type question struct {
	Case
	source string
}

// trying asks everything of both copies.
type trying struct {
	draft         Draft
	keys          map[id.Article]string
	before, after *knowledge.Trial
	own           map[string]bool // the gap's questions, which are judged by themselves
	right, kept   int
	stolen        []Change
	p             Proof
}

func (s *Service) prove(ctx context.Context, d Draft) (Proof, error) {
	a := d.asArticle()
	t := &trying{draft: d, own: map[string]bool{}, before: s.d.Library.Trial(ctx), after: s.d.Library.Trial(ctx, a)}
	t.p = Proof{At: s.d.Now(), Newly: []Change{}, Changed: []Change{}, Worse: []Change{}, Clashes: []Clash{}, Objection: []id.Text{}}
	live, err := s.liveArticles(ctx)
	if err != nil {
		return t.p, err
	}
	t.keys = map[id.Article]string{a.ID: a.Key}
	for _, l := range live {
		t.keys[l.ID] = l.Key
	}
	if err := t.gap(ctx, s); err != nil {
		return t.p, err
	}
	qs, err := s.suite(ctx, live, t.keys)
	if err != nil {
		return t.p, err
	}
	for _, q := range qs {
		if q.source == "past" && t.own[q.Text] {
			continue
		}
		if err := t.ask(ctx, q); err != nil {
			return t.p, err
		}
	}
	found, err := s.d.Library.Clashes(ctx, a)
	if err != nil {
		return t.p, err
	}
	for _, f := range found {
		t.p.Clashes = append(t.p.Clashes, Clash{f.Kind, f.Other, f.Detail})
	}
	return t.verdict(), nil
}

// gap asks the ways the question was asked; some of them with that very phrasing taken out, to see whether other words
// would be understood too.
func (t *trying) gap(ctx context.Context, s *Service) error {
	a := t.draft.asArticle()
	members, err := s.d.Signals.Signals(ctx, SignalFilter{Gap: t.draft.Gap, Limit: gapMembers})
	if err != nil {
		return err
	}
	unseen, tried := 0, 0
	for _, q := range distinct(questions(members)) {
		t.own[q] = true
		before, after, err := t.both(ctx, q, t.draft.Lang)
		if err != nil {
			return err
		}
		t.p.Asked++
		count(&t.p.Before, before.Answerable)
		mine := t.from(after) == a.ID
		count(&t.p.After, mine)
		if t.from(before) != a.ID && mine {
			t.p.Newly = list(t.p.Newly, Change{q, "gap", said(before), said(after)})
		}
		if tried < leaveOut {
			tried++
			ok, err := t.without(ctx, s, q)
			if err != nil {
				return err
			}
			count(&unseen, ok)
		}
	}
	t.p.Unseen = float64(unseen) / float64(max(tried, 1))
	return nil
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

func list(l []Change, c Change) []Change {
	if len(l) < listMax {
		return append(l, c)
	}
	return l
}

// without asks a question of the draft that does not hold it.
func (t *trying) without(ctx context.Context, s *Service, q string) (bool, error) {
	a := t.draft.asArticle()
	a.Content.Questions = slices.DeleteFunc(slices.Clone(a.Content.Questions), func(x string) bool { return x == q })
	if a.Content.Title == q && len(a.Content.Questions) > 0 {
		a.Content.Title, a.Content.Questions = a.Content.Questions[0], a.Content.Questions[1:]
	}
	ans, err := s.d.Library.Trial(ctx, a).Answer(ctx, q, knowledge.Scope{Language: string(t.draft.Lang)})
	return ans.Answerable, err
}

func (t *trying) both(ctx context.Context, q string, lang id.Lang) (before, after knowledge.Answer, err error) {
	sc := knowledge.Scope{Language: string(lang)}
	if before, err = t.before.Answer(ctx, q, sc); err != nil {
		return before, after, err
	}
	after, err = t.after.Answer(ctx, q, sc)
	return before, after, err
}

// ask compares the answers to one question of the suite.
func (t *trying) ask(ctx context.Context, q question) error {
	sc := knowledge.Scope{Language: string(q.Lang)}
	after, err := t.after.Answer(ctx, q.Text, sc)
	if err != nil {
		return err
	}
	a := t.ok(q, after)
	count(&t.kept, a)
	if a && t.from(after) != t.draft.asArticle().ID { // rightly answered by another article: so it was before
		t.p.Suite++
		t.right++
		return nil
	}
	before, err := t.before.Answer(ctx, q.Text, sc)
	if err != nil {
		return err
	}
	b := t.ok(q, before)
	count(&t.right, b)
	t.p.Suite++
	c := Change{q.Text, q.source, said(before), said(after)}
	wrong := !a && (b || !before.Answerable && after.Answerable) // it was right, or rightly silent at least
	switch {
	case wrong && len(q.Keys) == 0:
		t.stolen = append(t.stolen, c)
		t.p.Changed = list(t.p.Changed, c)
	case wrong:
		t.p.Worse = list(t.p.Worse, c)
	case !b && a:
		t.p.Newly = list(t.p.Newly, c)
	case t.from(before) != t.from(after):
		t.p.Changed = list(t.p.Changed, c)
	}
	return nil
}

// ok tells whether an answer is the right one: from one of the articles that answer it, or none when nothing does.
func (t *trying) ok(q question, a knowledge.Answer) bool {
	if len(q.Keys) == 0 {
		return !a.Answerable
	}
	return a.Answerable && slices.Contains(q.Keys, t.keys[a.Citations[0].ArticleID])
}

func (t *trying) from(a knowledge.Answer) id.Article {
	if !a.Answerable {
		return ""
	}
	return a.Citations[0].ArticleID
}

func said(a knowledge.Answer) string {
	if !a.Answerable {
		return ""
	}
	return a.Citations[0].Title + ": " + short(a.Text)
}

// verdict names every reason against the draft.
func (t *trying) verdict() Proof {
	p := &t.p
	p.RateFrom, p.RateTo = float64(t.right)/float64(max(p.Suite, 1)), float64(t.kept)/float64(max(p.Suite, 1))
	object := func(yes bool, zh, en string, args ...any) {
		if yes {
			p.Objection = append(p.Objection, id.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)})
		}
	}
	object(len(t.draft.Notes) > 0, "客服的说法不一致：%s", "Staff said different things: %s", strings.Join(t.draft.Notes, "; "))
	object(2*p.After < p.Asked || p.After == 0, "这个缺口的 %d 个问题只答出 %d 个", "Of the gap's %d questions it answers only %d", p.Asked, p.After)
	object(len(p.Worse) > 0, "%d 个原本答对的问题变差了", "%d questions that were answered well get worse", len(p.Worse))
	object(len(t.stolen) > stolenMax+p.Suite/200, "它回答了 %d 个不该由它回答的问题", "It answers %d questions that nothing should answer", len(t.stolen))
	for _, c := range p.Clashes {
		object(c.Kind == knowledge.Contradiction, "与已发布的文章矛盾：%s", "It contradicts a live article: %s", c.Detail)
		object(c.Kind == knowledge.Duplicate && t.draft.Kind == NewArticle, "与已发布的文章重复：%s", "A live article says the same: %s", c.Detail)
	}
	p.Passed = len(p.Objection) == 0
	return *p
}

func (s *Service) liveArticles(ctx context.Context) (all []knowledge.Article, err error) {
	for after := id.Article(""); ; {
		next, err := s.d.Shelf.Articles(ctx, knowledge.Filter{Live: true, After: after, Limit: 500})
		if err != nil {
			return nil, err
		}
		if all = append(all, next...); len(next) < 500 {
			return all, nil
		}
		after = next[len(next)-1].ID
	}
}

// suiteMax bounds the articles' own questions that are asked.
const suiteMax = 1200

// suite is every question that must stay as it is: the shop's own suite, the articles' own questions, and what was asked
// and answered lately.
func (s *Service) suite(ctx context.Context, live []knowledge.Article, keys map[id.Article]string) (out []question, err error) {
	for _, c := range s.d.Suite {
		if c.Lang == "" {
			c.Lang = languageOf(c.Text)
		}
		out = append(out, question{c, "suite"})
	}
	var own []question
	for _, a := range live {
		for _, q := range append([]string{a.Content.Title}, a.Content.Questions...) {
			own = append(own, question{Case{q, a.Lang, []string{a.Key}}, "article"})
		}
	}
	for i := 0; i < len(own); i += 1 + len(own)/suiteMax { // evenly from all of them
		out = append(out, own[i])
	}
	past, err := s.d.Past.AnsweredLately(ctx, pastMax)
	if err != nil {
		return nil, err
	}
	hurt, err := s.hurt(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range turnsOf(past) {
		if hurt[t.Understanding.Original] {
			continue
		}
		if key := keys[t.article()]; key != "" && t.answered() && t.confidence() >= unsure {
			out = append(out, question{Case{t.Understanding.Original, t.lang(), []string{key}}, "past"})
		}
	}
	return out, nil
}

// hurt are questions whose answer made customers want a person or rate it badly: it need not stay as it is.
func (s *Service) hurt(ctx context.Context) (map[string]bool, error) {
	list, err := s.d.Signals.Signals(ctx, SignalFilter{Kind: Cited, Since: s.d.Now().Add(-s.d.Settings.Window), Limit: watchMax})
	out := map[string]bool{}
	for _, c := range list {
		if c.Harmed {
			out[c.Text] = true
		}
	}
	return out, err
}
