package index

import (
	"context"
	"hash/fnv"
)

// Doc is one passage with the head of its article.
type Doc struct {
	ID        string
	Group     string // the article: results name a group once
	Key       string // what translations of one article share
	Lang      string // "zh" or "en"; "" matches every language
	Title     string
	Questions []string // other ways to ask for it
	Text      string
	URL       string
	Scope     Scope
}

// Scope limits where and when a document holds; an empty list or a zero time means no limit.
type Scope struct {
	Stores, Regions, Tiers, Channels []string
	From, Until                      int64 // unix milliseconds; From included, Until not
	HoldOut                          int   // percent of the askers who do not get it, so that what it brings can be compared
	HoldKey                          string
}

// Query is one question with its asker's scope.
type Query struct {
	Text    string
	Lang    string // preferred language; documents in another one come after it and are flagged
	Only    bool   // leave documents in other languages out
	Store   string
	Region  string
	Tier    string
	Channel string
	Who     string // the conversation; "" is in no hold-out
	Now     int64  // unix milliseconds
	Limit   int
}

// Result is one document found.
type Result struct {
	Doc      *Doc
	Score    float64 // comparable between queries: about the share of the question's weight that the document carries
	Foreign  bool    // not in the preferred language
	Evidence Evidence
}

// Embedder turns texts into vectors of one length. It is optional.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	Dimensions() int
}

// visible tells whether the asker may see a document now. A limited fact is not told to an asker of unknown scope.
func (s *Scope) visible(q *Query) bool {
	if s.From != 0 && q.Now < s.From || s.Until != 0 && q.Now >= s.Until {
		return false
	}
	if s.HoldOut > 0 && Held(s.HoldKey, q.Who, s.HoldOut) {
		return false
	}
	return allows(s.Stores, q.Store) && allows(s.Regions, q.Region) && allows(s.Tiers, q.Tier) && allows(s.Channels, q.Channel)
}

func allows(list []string, v string) bool {
	if len(list) == 0 {
		return true
	}
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// Held tells whether an asker is in the hold-out of a key: always the same answer, about percent of a hundred askers.
func Held(key, who string, percent int) bool {
	if who == "" {
		return false
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(key + "/" + who))
	return int(h.Sum32()>>8%100) < percent
}
