package index

import (
	"math"
	"strings"
)

// term is a token of the query with its weight in each field.
type term struct {
	token
	idf        float64
	weight     float64 // of the query: repeated and weak tokens, synonyms
	head, body float32 // idf times weight times field weight, over the mass of its view
	idle       bool    // too common to choose candidates by; it still counts when they are read again
	expanded   bool    // a synonym or near spelling, not the shopper's own word
	of         []int   // the own terms that an expanded one stands for
}

// termSet collects the terms of one query.
type termSet struct {
	snap  *snapshot
	terms []term
	at    map[uint64]int
}

// queryTerms analyses a question against a snapshot.
func (s *snapshot) queryTerms(text string) *termSet {
	folded := Fold(text)
	ts := &termSet{snap: s, at: map[uint64]int{}}
	ts.words(folded)
	s.nearSpellings(folded, func(typed string, t token) { ts.expand(typed, t, typoWeight) })
	eachConcept(folded, ts.concept)
	s.weigh(ts.terms)
	return ts
}

// words adds the shopper's own words. What only frames the question is weak, and so are two characters that meet where
// one phrase ends and the next begins: they are no word.
func (ts *termSet) words(folded string) {
	span, at := spans(folded), 0
	eachToken(folded, func(t token) {
		if t.class == uni || t.class == bi {
			if i := strings.Index(folded[max(0, at-8):], t.text); i >= 0 {
				from := max(0, at-8) + i
				a, z := span[from], span[from+len(t.text)-1]
				t.weak = t.weak || a < 0 || z < 0 || a != z
				at = from + len(t.text)
			}
		}
		ts.own(t)
	})
}

// concept adds a concept, which stands for the words that named it.
func (ts *termSet) concept(p phrase) {
	if _, ok := ts.at[p.key]; ok {
		return
	}
	i := len(ts.terms)
	ts.at[p.key] = i
	t := term{token: token{key: p.key, text: p.name, class: concept}, weight: conceptWeight, idf: ts.snap.idf(p.key)}
	eachToken(p.text, func(o token) {
		if j, ok := ts.at[o.key]; ok && !ts.terms[j].expanded && o.class != gram {
			t.of = append(t.of, j)
		}
	})
	ts.terms = append(ts.terms, t)
}

// own adds a word of the shopper; a second mention counts, a tenth hardly.
func (ts *termSet) own(t token) {
	if i, ok := ts.at[t.key]; ok {
		ts.terms[i].weight += classWeight(t) / 3
		return
	}
	ts.at[t.key] = len(ts.terms)
	ts.terms = append(ts.terms, term{token: t, weight: classWeight(t), idf: ts.snap.idf(t.key)})
}

// expand adds a token in place of the words that were typed.
func (ts *termSet) expand(typed string, t token, w float64) {
	i, ok := ts.at[t.key]
	if ok && !ts.terms[i].expanded {
		return
	}
	if !ok {
		i = len(ts.terms)
		ts.at[t.key] = i
		ts.terms = append(ts.terms, term{token: t, expanded: true, idf: ts.snap.idf(t.key)})
	}
	ts.terms[i].weight = math.Max(ts.terms[i].weight, w)
	eachToken(typed, func(o token) {
		if j, ok := ts.at[o.key]; ok && !ts.terms[j].expanded {
			ts.terms[i].of = append(ts.terms[i].of, j)
		}
	})
}

func classWeight(t token) float64 {
	w := 1.0
	if t.class == uni {
		w = uniWeight
	}
	if t.weak {
		w *= weakWeight
	}
	return w
}

// weigh divides each view by its own mass, so that many n-grams do not outvote a few words.
func (s *snapshot) weigh(terms []term) {
	var words, grams float64
	for _, t := range terms {
		if t.expanded {
			continue
		}
		m := t.idf * t.weight
		if t.class != gram {
			words += m
		}
		if t.class == gram || t.class == bi || t.class == concept {
			grams += m
		}
	}
	words, grams = math.Max(words, 1e-9), math.Max(grams, 1e-9)
	for i := range terms {
		t := &terms[i]
		t.idle = t.weak && t.idf < idleBelow && s.live > idleFrom
		m := t.idf * t.weight
		if t.class != gram {
			t.head += float32(m * headWord / words)
			t.body += float32(m * bodyWord / words)
		}
		if t.class == gram || t.class == bi || t.class == concept {
			t.head += float32(m * headGram / grams)
			t.body += float32(m * bodyGram / grams)
		}
	}
}

// idf is the weight of rarity (Robertson, Sparck Jones), never negative.
func (s *snapshot) idf(key uint64) float64 {
	df := float64(s.df(key))
	return math.Log(1 + (float64(s.live)-math.Min(df, float64(s.live))+0.5)/(df+0.5))
}

func (s *snapshot) df(key uint64) (n int) {
	for _, seg := range s.segs {
		_, df := seg.find(key)
		n += int(df)
	}
	return n
}

// nearSpellings looks for words that the corpus has in place of words that it lacks: one letter off, joined or split.
func (s *snapshot) nearSpellings(folded string, f func(typed string, t token)) {
	prev := ""
	eachRun(folded, func(run string, cjk bool) {
		if cjk {
			prev = ""
			return
		}
		run = strings.ReplaceAll(run, "'", "")
		if prev != "" {
			s.offer(prev+" "+run, Stem(prev+run), f)
		}
		prev = run
		if len(run) >= 4 && !stopWords[run] && s.df(hash(word, Stem(run))) == 0 {
			s.respell(run, f)
		}
	})
}

func (s *snapshot) respell(run string, f func(string, token)) {
	for _, w := range s.oneOff(Stem(run)) {
		s.offer(run, w, f)
	}
	for i := 3; i+3 <= len(run); i++ {
		a, b := Stem(run[:i]), Stem(run[i:])
		if s.df(hash(word, a)) > 0 && s.df(hash(word, b)) > 0 {
			s.offer(run, a, f)
			s.offer(run, b, f)
		}
	}
}

func (s *snapshot) offer(typed, w string, f func(string, token)) {
	if k := hash(word, w); s.df(k) > 0 {
		f(typed, token{key: k, text: w, class: word})
	}
}
