package knowledge

import (
	"context"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Scope is who asks, and when. A zero Now is the clock's.
type Scope struct {
	Store, Region, Tier, Channel string
	Language                     string
	Conversation                 string // "" is in no hold-out
	Now                          time.Time
}

// Citation is an exact passage.
type Citation struct {
	ArticleID id.Article `json:"article_id"`
	PassageID id.Passage `json:"passage_id"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	URL       string     `json:"url"`
	Foreign   bool       `json:"foreign,omitempty"` // in the other language
}

// Answer is what knowledge can say to a question. Text is made of exact sentences of the cited passages.
type Answer struct {
	Answerable bool       `json:"answerable"`
	Confidence float64    `json:"confidence"`
	Text       string     `json:"text"`
	Citations  []Citation `json:"citations,omitempty"`
	Near       []Hit      `json:"near,omitempty"` // near questions, when it cannot answer
}

// Hit is one passage found.
type Hit struct {
	PassageID id.Passage `json:"passage_id"`
	ArticleID id.Article `json:"article_id"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	URL       string     `json:"url"`
	Score     float64    `json:"score"`
	Foreign   bool       `json:"foreign,omitempty"`
}

// near is how many near questions are offered.
const near = 3

// Answer decides whether the passages answer the question, and says their exact sentences if so.
func (s *Service) Answer(ctx context.Context, question string, sc Scope) (Answer, error) {
	if strings.TrimSpace(question) == "" {
		return Answer{}, errs.New(errs.Invalid, "empty_question", "A question is needed.")
	}
	found := s.index.Search(ctx, s.query(question, sc, 10))
	p := Confidence(question, found)
	if p < Threshold {
		return Answer{Confidence: p, Near: hits(found[:min(near, len(found))])}, nil
	}
	best := found[0]
	return Answer{Answerable: true, Confidence: p, Text: excerpt(best.Doc.Text, best.Evidence.Sentence), Citations: []Citation{cite(best)}}, nil
}

// Search finds passages, one for each article, best first.
func (s *Service) Search(ctx context.Context, query string, sc Scope, limit int) ([]Hit, error) {
	if limit <= 0 || limit > 100 {
		return nil, errs.New(errs.Invalid, "bad_limit", "The limit must be 1 to 100.")
	}
	return hits(s.index.Search(ctx, s.query(query, sc, limit))), nil
}

// Passage gives a cited passage; NotFound when its article was changed or withdrawn since, or is not for this asker.
func (s *Service) Passage(pid id.Passage, sc Scope) (Citation, error) {
	d, ok := s.index.Get(string(pid), s.query("", sc, 1))
	if !ok {
		return Citation{}, errs.New(errs.NotFound, "passage_unknown", "This passage is no longer valid.")
	}
	return cite(index.Result{Doc: d}), nil
}

func (s *Service) query(text string, sc Scope, limit int) index.Query {
	if sc.Now.IsZero() {
		sc.Now = s.p.Clock.Now()
	}
	lang := sc.Language
	if lang != "" {
		lang = string(id.ParseLang(lang))
	}
	return index.Query{Text: text, Lang: lang, Store: sc.Store, Region: sc.Region, Tier: sc.Tier, Channel: sc.Channel, Who: sc.Conversation, Now: sc.Now.UnixMilli(), Limit: limit}
}

func cite(r index.Result) Citation {
	return Citation{ArticleID: id.Article(r.Doc.Group), PassageID: id.Passage(r.Doc.ID), Title: r.Doc.Title, Text: r.Doc.Text, URL: r.Doc.URL, Foreign: r.Foreign}
}

func hits(rs []index.Result) []Hit {
	out := make([]Hit, len(rs))
	for i, r := range rs {
		out[i] = Hit{id.Passage(r.Doc.ID), id.Article(r.Doc.Group), r.Doc.Title, r.Doc.Text, r.Doc.URL, r.Score, r.Foreign}
	}
	return out
}

// A short passage is said whole: rules have their exceptions in the next sentence. Of a longer one, the best sentence
// with its neighbours.
const (
	excerptWhole  = 780 // bytes
	excerptAround = 2
)

func excerpt(text string, best int) string {
	if len(text) <= excerptWhole {
		return text
	}
	ss := index.Sentences(text)
	if best >= len(ss) {
		return text
	}
	from, to := max(0, best-1), min(len(ss), best+1+excerptAround)
	sep := ""
	if ss[from][len(ss[from])-1] < 0x80 {
		sep = " "
	}
	return strings.Join(ss[from:to], sep)
}
