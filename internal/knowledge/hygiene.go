package knowledge

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Kinds of findings.
const (
	Duplicate          = "duplicate"           // two articles say the same: merge or withdraw one
	Contradiction      = "contradiction"       // two articles give other numbers in the same sentence
	Stale              = "stale"               // not looked at for a year
	Unused             = "unused"              // live for three months and never cited
	Expired            = "expired"             // its time is over: withdraw it or give it a new one
	DeadLink           = "dead_link"           // links to a help page that is not there
	MissingTranslation = "missing_translation" // lives in one language only
	Unhelpful          = "unhelpful"           // more thumbs down than up
)

// Finding is one thing to mend. Fix is what one key can do about it: withdraw, translate, review, or "" when a person must.
type Finding struct {
	Kind    string     `json:"kind"`
	Article id.Article `json:"article_id"`
	Other   id.Article `json:"other_id,omitempty"`
	Title   string     `json:"title"`
	Detail  string     `json:"detail"`
	Fix     string     `json:"fix,omitempty"`
}

const (
	staleAfter  = 365 * 24 * time.Hour
	unusedAfter = 90 * 24 * time.Hour
)

// Inspect looks through the live articles and lists what should be mended, by kind and title.
func (s *Service) Inspect(ctx context.Context) ([]Finding, error) {
	all, err := s.live(ctx)
	if err != nil {
		return nil, err
	}
	uses, err := s.p.Uses.Uses(ctx)
	if err != nil {
		return nil, err
	}
	i := inspection{now: s.p.Clock.Now(), all: all, uses: uses, keys: map[string]map[id.Lang]bool{}}
	return i.run(ctx), nil
}

// live reads every live article.
func (s *Service) live(ctx context.Context) (all []Article, err error) {
	for after := id.Article(""); ; {
		page, err := s.Articles(ctx, Filter{Live: true, After: after, Limit: 500})
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); len(page) < 500 {
			return all, nil
		}
		after = page[len(page)-1].ID
	}
}

type inspection struct {
	now   time.Time
	all   []Article
	uses  map[id.Article]Use
	keys  map[string]map[id.Lang]bool
	found []Finding
}

func (i *inspection) run(ctx context.Context) []Finding {
	for _, a := range i.all {
		if i.keys[a.Key] == nil {
			i.keys[a.Key] = map[id.Lang]bool{}
		}
		i.keys[a.Key][a.Lang] = true
	}
	for _, a := range i.all {
		i.age(a)
		i.links(a)
		if len(i.keys[a.Key]) == 1 {
			i.add(MissingTranslation, a, "", "translate", "There is no %s version.", other(a.Lang))
		}
	}
	i.pairs(ctx)
	sort.SliceStable(i.found, func(x, y int) bool {
		a, b := i.found[x], i.found[y]
		return a.Kind < b.Kind || a.Kind == b.Kind && a.Title < b.Title
	})
	return i.found
}

func (i *inspection) add(kind string, a Article, o id.Article, fix, format string, args ...any) {
	i.found = append(i.found, Finding{kind, a.ID, o, a.Content.Title, fmt.Sprintf(format, args...), fix})
}

func other(l id.Lang) id.Lang {
	if l == id.ZH {
		return id.EN
	}
	return id.ZH
}

func (i *inspection) age(a Article) {
	u, age := i.uses[a.ID], i.now.Sub(a.UpdatedAt)
	switch until := a.Content.ValidUntil; {
	case !until.IsZero() && !i.now.Before(until):
		i.add(Expired, a, "", "withdraw", "It was valid until %s.", until.Format(time.DateOnly))
	case age > staleAfter:
		i.add(Stale, a, "", "review", "It was last changed %d days ago.", int(age.Hours()/24))
	}
	if u.Cited == 0 && i.now.Sub(a.CreatedAt) > unusedAfter {
		i.add(Unused, a, "", "withdraw", "It was never cited in %d days.", int(i.now.Sub(a.CreatedAt).Hours()/24))
	}
	if u.Unhelpful >= 3 && u.Unhelpful > u.Helpful {
		i.add(Unhelpful, a, "", "review", "%d found it unhelpful, %d helpful.", u.Unhelpful, u.Helpful)
	}
}

var helpLink = regexp.MustCompile(`\(/help/(zh|en)/([a-z0-9-]+)\)`)

func (i *inspection) links(a Article) {
	for _, m := range helpLink.FindAllStringSubmatch(a.Content.Body, -1) {
		if !i.keys[m[2]][id.Lang(m[1])] {
			i.add(DeadLink, a, "", "review", "It links to /help/%s/%s, which is not there.", m[1], m[2])
		}
	}
}

// A pair is near when each finds the other by its title; like sentences are then compared.
const (
	nearHead      = 0.75 // likeness of heads that ask the same
	likeSentences = 0.75
)

// pairs compares every article with the ones of its language that are found by its title.
func (i *inspection) pairs(ctx context.Context) {
	n := i.neighbours(ctx)
	for _, a := range i.all {
		n.compare(ctx, a, a.Content.Title)
	}
}

// near compares one article with those found by its title or by one of its questions.
func (i *inspection) near(ctx context.Context, a Article) {
	n := i.neighbours(ctx)
	for _, q := range append([]string{a.Content.Title}, a.Content.Questions...) {
		n.compare(ctx, a, q)
	}
}

// neighbours finds articles by what they are about.
type neighbours struct {
	i    *inspection
	ix   *index.Index
	byID map[string]Article
	done map[[2]id.Article]bool
}

func (i *inspection) neighbours(ctx context.Context) *neighbours {
	n := &neighbours{i, index.New(nil), map[string]Article{}, map[[2]id.Article]bool{}}
	var docs []index.Doc
	for _, a := range i.all {
		n.byID[string(a.ID)] = a
		docs = append(docs, index.Doc{ID: string(a.ID), Key: a.Key, Lang: string(a.Lang), Title: a.Content.Title, Questions: a.Content.Questions, Text: a.Content.Body})
	}
	n.ix.Put(ctx, docs...)
	return n
}

func (n *neighbours) compare(ctx context.Context, a Article, by string) {
	for _, r := range n.ix.Search(ctx, index.Query{Text: by, Lang: string(a.Lang), Only: true, Limit: 6}) {
		b := n.byID[r.Doc.ID]
		pair := [2]id.Article{min(a.ID, b.ID), max(a.ID, b.ID)}
		if a.ID != b.ID && !n.done[pair] {
			n.done[pair] = true
			n.i.compare(a, b, r.Evidence.Head)
		}
	}
}

func (i *inspection) compare(a, b Article, head float64) {
	if a.Content.Limits.disjoint(b.Content.Limits) {
		return
	}
	x, y := facts(a.Content.Body), facts(b.Content.Body)
	same, clash := 0, ""
	for _, s := range x {
		for _, t := range y {
			if s.like(t) < likeSentences {
				continue
			}
			same++
			if len(s.numbers) > 0 && len(t.numbers) > 0 && !slices.Equal(s.numbers, t.numbers) {
				clash = s.text + " / " + t.text
			}
		}
	}
	switch {
	case clash != "":
		i.add(Contradiction, a, b.ID, "", "%s", clash)
	case head >= nearHead || same*2 > min(len(x), len(y)) && same > 0:
		i.add(Duplicate, a, b.ID, "withdraw", "%q says much the same.", b.Content.Title)
	}
}

// disjoint tells that no asker sees both.
func (l Limits) disjoint(m Limits) bool {
	apart := func(a, b []string) bool {
		return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
	}
	return apart(l.Stores, m.Stores) || apart(l.Regions, m.Regions) || apart(l.Tiers, m.Tiers) || apart(l.Channels, m.Channels)
}

// fact is a sentence: its numbers, and the character pairs of the rest.
type fact struct {
	text    string
	numbers []string
	pairs   map[string]bool
}

var number = regexp.MustCompile(`\d+(?:[.:,]\d+)*`)

func facts(body string) (out []fact) {
	for _, p := range Passages(body) {
		for _, s := range index.Sentences(p.Text) {
			f := fact{text: s, numbers: number.FindAllString(s, -1), pairs: map[string]bool{}}
			rs := []rune(strings.Join(strings.Fields(number.ReplaceAllString(index.Fold(s), "#")), ""))
			for n := range max(0, len(rs)-1) {
				f.pairs[string(rs[n:n+2])] = true
			}
			if len(f.pairs) > 5 {
				out = append(out, f)
			}
		}
	}
	return out
}

// like is the Dice coefficient of the pairs.
func (f fact) like(g fact) float64 {
	n := 0
	for p := range f.pairs {
		if g.pairs[p] {
			n++
		}
	}
	return 2 * float64(n) / float64(len(f.pairs)+len(g.pairs))
}

// Cited counts that an article was cited; Rated that a reader found it helpful or not.
func (s *Service) Cited(ctx context.Context, aid id.Article) error {
	return s.p.Uses.AddUse(ctx, Use{Article: aid, Cited: 1, LastAt: s.p.Clock.Now()})
}

// Rated counts a reader's verdict.
func (s *Service) Rated(ctx context.Context, aid id.Article, helpful bool) error {
	u := Use{Article: aid, Unhelpful: 1, LastAt: s.p.Clock.Now()}
	if helpful {
		u.Helpful, u.Unhelpful = 1, 0
	}
	return s.p.Uses.AddUse(ctx, u)
}
