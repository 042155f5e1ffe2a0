package learning

import (
	"context"
	"slices"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

const (
	alikeAsked    = 0.5  // likeness of two questions that are the same one
	alikeLeast    = 0.4  // and at least, where knowledge would take one for the other
	alikeAnswered = 0.75 // likeness of two answers that are the same one
	gapMembers    = 500  // signals of a gap that are looked at
	batch         = 1000
)

// Group gives every new signal to the gap it belongs to, or opens one. A question belongs to the gap whose words, as an
// article among all others, would answer it; or to the one whose questions or staff answers are much alike.
func (s *Service) Group(ctx context.Context) error {
	list, err := s.d.Signals.Signals(ctx, SignalFilter{Ungrouped: true, Since: s.d.Now().Add(-s.d.Settings.Window), Limit: batch})
	if err != nil || len(list) == 0 {
		return err
	}
	g, err := s.grouping(ctx)
	if err != nil {
		return err
	}
	for _, sig := range list {
		if err := g.place(ctx, sig); err != nil {
			return err
		}
	}
	if err := g.join(ctx); err != nil {
		return err
	}
	if err := g.keep(ctx); err != nil {
		return err
	}
	if len(list) == batch {
		return s.Group(ctx)
	}
	return nil
}

// bundle is a gap with its members while signals are placed.
type bundle struct {
	gap     Gap
	members []Signal
	fresh   []string // ids that are new here
	gone    bool     // joined with another
}

type grouping struct {
	s       *Service
	trial   *knowledge.Trial
	rare    map[id.Lang]rarity
	bundles []*bundle
	byID    map[string]*bundle
}

func (s *Service) grouping(ctx context.Context) (*grouping, error) {
	gaps, err := s.d.Gaps.Gaps(ctx, GapFilter{Kind: OfKnowledge, Limit: 2000})
	if err != nil {
		return nil, err
	}
	live, err := s.liveArticles(ctx)
	if err != nil {
		return nil, err
	}
	heads := map[id.Lang][]string{}
	for _, a := range live {
		heads[a.Lang] = append(append(heads[a.Lang], a.Content.Title), a.Content.Questions...)
	}
	g := &grouping{s: s, trial: s.d.Library.Trial(ctx), rare: map[id.Lang]rarity{}, byID: map[string]*bundle{}}
	for l, texts := range heads {
		g.rare[l] = rarityOf(texts)
	}
	for _, gap := range gaps {
		b := &bundle{gap: gap}
		if b.members, err = s.d.Signals.Signals(ctx, SignalFilter{Gap: gap.ID, Limit: gapMembers}); err != nil {
			return nil, err
		}
		g.put(ctx, b)
		g.bundles = append(g.bundles, b)
		g.byID[gap.ID] = b
	}
	return g, nil
}

// put makes the trial know a gap as if it were an article.
func (g *grouping) put(ctx context.Context, b *bundle) {
	qs := distinct(questions(b.members))
	if len(qs) == 0 {
		return
	}
	body := central(answers(b.members))
	if body == "" {
		body = qs[0]
	}
	g.trial.Put(ctx, knowledge.Article{ID: id.Article(b.gap.ID), Key: b.gap.ID, Lang: b.gap.Lang, Content: knowledge.Content{Title: qs[0], Questions: qs[1:min(len(qs), 30)], Body: body}})
}

func (g *grouping) place(ctx context.Context, sig Signal) error {
	b, err := g.find(ctx, sig)
	if err != nil {
		return err
	}
	if b == nil {
		b = &bundle{gap: Gap{ID: g.s.d.NewID("gap"), Kind: OfKnowledge, Lang: sig.Lang, State: GapOpen, FirstAt: sig.At, LastAt: sig.At}}
		g.bundles = append(g.bundles, b)
		g.byID[b.gap.ID] = b
	}
	sig.Gap = b.gap.ID
	b.members = append(b.members, sig)
	b.fresh = append(b.fresh, sig.ID)
	g.put(ctx, b)
	return nil
}

func (g *grouping) find(ctx context.Context, sig Signal) (*bundle, error) {
	for _, b := range g.bundles { // the same message under another kind
		for _, m := range b.members {
			if m.Conversation == sig.Conversation && m.Seq == sig.Seq {
				return b, nil
			}
		}
	}
	ans, err := g.trial.Answer(ctx, sig.Text, knowledge.Scope{Language: string(sig.Lang)})
	if err != nil {
		return nil, err
	}
	if ans.Answerable && !ans.Citations[0].Foreign {
		if b := g.byID[string(ans.Citations[0].ArticleID)]; b != nil && !b.gone && g.nearest(b, sig.Text) >= alikeLeast {
			return b, nil
		}
	}
	return g.alike(sig), nil
}

// nearest is the likeness of a text and the member most like it.
func (g *grouping) nearest(b *bundle, text string) (most float64) {
	for _, m := range b.members {
		most = max(most, g.rare[b.gap.Lang].likeness(m.Text, text))
	}
	return most
}

// alike is the gap whose questions or answers are most like the signal's.
func (g *grouping) alike(sig Signal) (best *bundle) {
	most := 0.0
	for _, b := range g.bundles {
		if b.gone || b.gap.Lang != sig.Lang {
			continue
		}
		for _, m := range b.members {
			if l := g.rare[sig.Lang].likeness(m.Text, sig.Text); l >= alikeAsked && l > most {
				best, most = b, l
			}
			if sig.Answer != "" && m.Answer != "" && likeness(m.Answer, sig.Answer) >= alikeAnswered && most < 1 {
				best, most = b, 1
			}
		}
	}
	return best
}

// join puts gaps together to which staff gave the same answer: the words differ, the matter does not.
func (g *grouping) join(ctx context.Context) error {
	for i, a := range g.bundles {
		for _, b := range g.bundles[i+1:] {
			if a.gone || b.gone || a.gap.Lang != b.gap.Lang || b.gap.State != GapOpen || !sameAnswer(a, b) {
				continue
			}
			b.gone = true
			for _, m := range b.members {
				m.Gap = a.gap.ID
				a.members, a.fresh = append(a.members, m), append(a.fresh, m.ID)
			}
		}
	}
	return nil
}

func sameAnswer(a, b *bundle) bool {
	x, y := central(answers(a.members)), central(answers(b.members))
	return x != "" && y != "" && likeness(x, y) >= alikeAnswered
}

// keep writes what changed.
func (g *grouping) keep(ctx context.Context) error {
	return g.s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, b := range g.bundles {
			if b.gone {
				if err := g.s.d.Dropper.DropGap(ctx, b.gap.ID); err != nil {
					return err
				}
				continue
			}
			if len(b.fresh) == 0 {
				continue
			}
			b.gap.count(b.members)
			if err := g.s.d.Gaps.PutGap(ctx, b.gap); err != nil {
				return err
			}
			if err := g.s.d.Signals.AssignSignals(ctx, b.gap.ID, b.fresh...); err != nil {
				return err
			}
		}
		return nil
	})
}

// count makes a gap's figures from its members.
func (g *Gap) count(members []Signal) {
	people, pain, weighed := map[id.Customer]bool{}, 0.0, 0
	g.Signals, g.Answers, g.FirstAt, g.LastAt = 0, 0, members[0].At, members[0].At
	for _, m := range members {
		people[m.Customer] = true
		if m.Answer != "" {
			g.Answers++
		}
		if p := pains[m.Kind]; p > 0 {
			pain, weighed = pain+p, weighed+1
		}
		g.Signals++
		if m.At.Before(g.FirstAt) {
			g.FirstAt = m.At
		}
		if m.At.After(g.LastAt) {
			g.LastAt = m.At
		}
	}
	g.People, g.Pain = len(people), pain/float64(max(weighed, 1))
	g.Impact = float64(g.People) * g.Pain
	qs := distinct(questions(members))
	g.Title, g.Phrasings = clearest(qs), qs[:min(len(qs), 50)]
}

// clearest is the most central question of a length that is easily read.
func clearest(qs []string) string {
	var fit []string
	for _, q := range qs {
		if n := len([]rune(q)); n >= 5 && n <= 80 && asks(q) {
			fit = append(fit, q)
		}
	}
	if len(fit) == 0 {
		fit = qs
	}
	return central(fit)
}

func questions(members []Signal) (out []string) {
	for _, m := range members {
		if m.Text != "" {
			out = append(out, m.Text)
		}
	}
	return out
}

func answers(members []Signal) (out []string) {
	for _, m := range members {
		if m.Answer != "" && !slices.Contains(out, m.Answer) {
			out = append(out, m.Answer)
		}
	}
	return out
}
