package index

import (
	"math"
	"strings"
)

// Evidence is what the second reading found: how well a document carries a question. Shares are of the question's
// informative weight (rarity), between 0 and 1.
type Evidence struct {
	Base     float64    // first score
	Coverage float64    // found anywhere in the document
	Head     float64    // symmetric likeness with the title or one of the questions, the best one
	HeadHas  float64    // share of the question found in that head
	Heads    [3]float64 // likeness of the three best heads: many ways to ask that are all near are a better sign than one
	Joint    float64    // found in the title and the best sentence together
	Sentence int        // the best sentence of the body
	Missing  []string
	MissIDF  float64 // weight of the heaviest missing word, over the question's weight
	Numbers  bool    // a number of the question is missing
	Concepts float64 // share of the question's concepts found in title and best sentence together; 1 without concepts
	InHead   float64 // share of them found in the best head
	MissIdea float64 // weight of the heaviest missing concept, over the question's weight
	Unknown  float64 // share of the question that stands nowhere in the index
	KnownIn  float64 // share of the rest found in title and best sentence together
	KnownHas float64 // share of the rest found in the best head
	Terms    int     // informative words and concepts of the question
}

// reading is one query's second look at candidates.
type reading struct {
	snap  *snapshot
	terms []term
	at    map[uint64]int
	own   []int // informative own terms: words and bigrams; characters only when the question has no bigram
	mass  float64
	idf   map[uint64]float64

	replaced []bool // own terms that an expanded one or a concept stands for
}

func (s *snapshot) newReading(ts *termSet) *reading {
	r := &reading{snap: s, terms: ts.terms, at: ts.at, idf: map[uint64]float64{}}
	for i, t := range ts.terms {
		if !t.expanded && t.class != gram {
			r.own = append(r.own, i)
			r.mass += t.idf * t.weight
		}
	}
	r.mass = math.Max(r.mass, 1e-9)
	r.replaced = make([]bool, len(ts.terms))
	for _, t := range ts.terms {
		for _, j := range t.of {
			r.replaced[j] = r.replaced[j] || s.df(t.key) > 0
		}
	}
	return r
}

// hits marks which own terms a text holds: 1 for the word itself, less for one that stands for it.
func (r *reading) hits(folded string, into []float64) {
	eachToken(folded, func(t token) { r.hit(t.key, into) })
	eachConcept(folded, func(p phrase) { r.hit(p.key, into) })
}

func (r *reading) hit(key uint64, into []float64) {
	i, ok := r.at[key]
	if !ok {
		return
	}
	if !r.terms[i].expanded {
		into[i] = 1
	}
	for _, j := range r.terms[i].of {
		into[j] = math.Max(into[j], standIn)
	}
}

// standIn is how much a synonym or a near spelling counts of the word itself.
const standIn = 0.75

func (r *reading) share(hits []float64) (x float64) {
	for _, i := range r.own {
		x += r.terms[i].idf * r.terms[i].weight * hits[i]
	}
	return x / r.mass
}

// concepts is the share of the question's concepts that are hit.
func (r *reading) concepts(hits []float64) float64 {
	var has, all float64
	for _, i := range r.own {
		if t := &r.terms[i]; t.class == concept {
			all += t.idf
			has += t.idf * hits[i]
		}
	}
	if all == 0 {
		return 1
	}
	return has / all
}

// read compares the question with one document.
func (r *reading) read(d *Doc, base float64) Evidence {
	e := Evidence{Base: base}
	all := make([]float64, len(r.terms))
	for _, h := range append([]string{d.Title}, d.Questions...) {
		r.readHead(Fold(h), all, &e)
	}
	title := make([]float64, len(r.terms))
	r.hits(Fold(d.Title), title)
	for n, sentence := range Sentences(d.Text) {
		hit := append([]float64(nil), title...)
		r.hits(Fold(sentence), hit)
		if x := r.share(hit); x > e.Joint {
			e.Joint, e.Sentence, e.Concepts = x, n, r.concepts(hit)
		}
		for i, h := range hit {
			all[i] = math.Max(all[i], h)
		}
	}
	e.Coverage, e.Unknown = r.share(all), r.unknown()
	known := math.Max(1-e.Unknown, 0.05)
	e.KnownIn, e.KnownHas = math.Min(1, e.Joint/known), math.Min(1, e.HeadHas/known)
	for _, i := range r.own {
		if t := &r.terms[i]; !t.weak && t.class != uni {
			e.Terms++
		}
	}
	r.missing(all, &e)
	return e
}

// unknown is the share of words that no document has, and no word that stands for them.
func (r *reading) unknown() (x float64) {
	for _, i := range r.own {
		if t := &r.terms[i]; r.snap.df(t.key) == 0 && !r.replaced[i] {
			x += t.idf * t.weight
		}
	}
	return x / r.mass
}

func (r *reading) readHead(head string, all []float64, e *Evidence) {
	hit := make([]float64, len(r.terms))
	r.hits(head, hit)
	has := r.share(hit)
	for i, h := range hit {
		all[i] = math.Max(all[i], h)
	}
	e.InHead = math.Max(e.InHead, r.concepts(hit))
	like := likeness(has*r.mass, r.mass, r.headMass(head))
	if like > e.Head {
		e.Head, e.HeadHas = like, has
	}
	for i := range e.Heads {
		if like > e.Heads[i] {
			e.Heads[i], like = like, e.Heads[i]
		}
	}
}

// likeness is the Dice coefficient of two weighted sets.
func likeness(common, a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return math.Min(1, 2*common/(a+b))
}

func (r *reading) headMass(folded string) (m float64) {
	eachToken(folded, func(t token) {
		if t.class == gram {
			return
		}
		idf, ok := r.idf[t.key]
		if !ok {
			idf = r.snap.idf(t.key)
			r.idf[t.key] = idf
		}
		m += idf * classWeight(t)
	})
	eachConcept(folded, func(p phrase) { m += r.snap.idf(p.key) * conceptWeight })
	return m
}

func (r *reading) missing(all []float64, e *Evidence) {
	for _, i := range r.own {
		t := &r.terms[i]
		if all[i] > 0 || t.weak || t.class == uni {
			continue
		}
		e.Missing = append(e.Missing, t.text)
		if t.class == concept {
			e.MissIdea = math.Max(e.MissIdea, t.idf*t.weight/r.mass)
		}
		e.MissIDF = math.Max(e.MissIDF, t.idf*t.weight/r.mass)
		if t.text[0] >= '0' && t.text[0] <= '9' {
			e.Numbers = true
		}
	}
}

// final is the linear combination that orders the candidates.
func (e *Evidence) final() float64 {
	return rerankBase*e.Base + rerankHead*e.Head + rerankJoint*e.Joint + rerankCover*e.Coverage
}

// Sentences splits a text after its full stops and at line ends.
func Sentences(text string) (out []string) {
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(text[start:end]); s != "" {
			out = append(out, s)
		}
		start = end
	}
	for i, r := range text {
		switch r {
		case '\n', '。', '！', '？', '；':
			cut(i + len(string(r)))
		case '.', '!', '?':
			if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n' {
				cut(i + 1)
			}
		}
	}
	cut(len(text))
	return out
}
