package classify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// defaultMix is the networks' say before there is evidence for another.
const defaultMix = 0.25

// vote is what voters that had not seen a row said of it.
type vote struct {
	label int32
	known float64
	best  []candidate // linear and net score of the shortlist
}

// Rows predicted by voters that have not seen them are dear (each fold trains anew), so large sets hold out few folds.
const (
	foldsOf    = 5
	enoughHeld = 2500
)

// The margins. Examples with clean labels deserve a strict one; where many are wrong, or where each label has so many that
// words alone cannot part them, a soft one forgives.
const (
	strict, plenty, soft = 2, 0.5, 0.25

	manyPerLabel = 1000
	noisy        = 0.87 // accuracy on held-out rows under which labels are taken to be partly wrong
)

// rehearse collects the votes of voters on rows they have not seen, and settles the margin by them.
func rehearse(ctx context.Context, examples []Example, labels []string, o Options) ([]vote, Options, error) {
	o.margin = strict
	if len(examples) > manyPerLabel*len(labels) {
		o.margin = plenty
	}
	held, err := holdOut(ctx, examples, labels, o)
	if err != nil || share(held) >= noisy {
		return held, o, err
	}
	softer := o
	softer.margin = soft
	again, err := holdOut(ctx, examples, labels, softer)
	if err == nil && share(again) > share(held) {
		return again, softer, nil
	}
	return held, o, err
}

// share is the share of votes that are right under the default mix.
func share(held []vote) float64 {
	m := Model{mix: defaultMix, oos: -1}
	return float64(m.right(held)) / float64(max(len(held), 1))
}

// holdOut trains on parts of the examples and collects the votes on the rest.
func holdOut(ctx context.Context, examples []Example, labels []string, o Options) ([]vote, error) {
	n := len(examples)
	folds := max(1, min(foldsOf, (enoughHeld*foldsOf+n-1)/max(n, 1)))
	order := rand.New(rand.NewPCG(o.Seed, 5)).Perm(n)
	part := make([][]vote, folds)
	single := o
	single.Cores, single.Nets = max(1, o.Cores/folds), 1
	err := parallel(ctx, o.Cores, folds, func(f int) error {
		var seen, rest []Example
		for k, i := range order {
			if k%foldsOf == f {
				rest = append(rest, examples[i])
			} else {
				seen = append(seen, examples[i])
			}
		}
		m, err := fit(ctx, seen, labels, single)
		if err == nil {
			part[f] = m.votes(rest)
		}
		return err
	})
	return slices.Concat(part...), err
}

// votes ranks the texts of rows and keeps the shortlists.
func (m *Model) votes(rows []Example) []vote {
	s := m.scratch()
	defer m.pool.Put(s)
	out := make([]vote, len(rows))
	for i, r := range rows {
		c, _ := slices.BinarySearch(m.labels, r.Label)
		known := m.columns(s, r.Text)
		m.rank(s)
		out[i] = vote{int32(c), known, slices.Clone(s.best)}
		for k := range s.best {
			b := &out[i].best[k]
			b.blend = (b.blend - b.linear) / m.mix // the networks' score by itself
		}
	}
	return out
}

// blended is a copy of v's shortlist under a mix, best first.
func (v vote) blended(mix float32, buf []candidate) []candidate {
	buf = append(buf[:0], v.best...)
	for i := range buf {
		buf[i].blend = buf[i].linear + mix*buf[i].blend
	}
	slices.SortStableFunc(buf, func(a, b candidate) int {
		switch {
		case a.blend > b.blend:
			return -1
		case a.blend < b.blend:
			return 1
		}
		return 0
	})
	return buf
}

// tune fits mix, temperature and scope on votes.
func (m *Model) tune(votes []vote) Report {
	m.tuneMix(votes)
	m.tuneHeat(votes)
	m.tuneScope(votes)
	return m.report(votes)
}

// tuneMix takes the mix with the most right rows; between equals the one nearer to the default.
func (m *Model) tuneMix(votes []vote) {
	m.mix = defaultMix
	if m.hidden == nil {
		return
	}
	most := m.right(votes)
	for _, mix := range []float32{0.15, 0.4, 0.08, 0.7, 1.2, 0.03} {
		t := Model{mix: mix, oos: m.oos}
		if n := t.right(votes); n > most+len(votes)/500 { // a difference that is not chance
			most, m.mix = n, mix
		}
	}
}

// right counts the in-scope rows whose best label in scope is theirs.
func (m *Model) right(votes []vote) int {
	n := 0
	var buf []candidate
	for _, v := range votes {
		buf = v.blended(m.mix, buf)
		if int(v.label) != m.oos && m.best(buf) == v.label {
			n++
		}
	}
	return n
}

// best is the best label in scope.
func (m *Model) best(list []candidate) int32 {
	for _, b := range list {
		if int(b.label) != m.oos {
			return b.label
		}
	}
	return -1
}

// tuneHeat takes the temperature under which the votes' own labels are likeliest (Guo et al. 2017).
func (m *Model) tuneHeat(votes []vote) {
	least := math.Inf(1)
	for h := float32(coolest); h < 2; h *= 1.12 {
		if loss := m.loss(votes, h); loss < least {
			least, m.heat = loss, h
		}
	}
}

// coolest keeps probabilities humble where the held-out rows were all too easy.
const coolest = 0.12

// loss is the mean negative log likelihood; a label off the shortlist counts as one in a thousand.
func (m *Model) loss(votes []vote, heat float32) float64 {
	var sum float64
	var buf []candidate
	for _, v := range votes {
		buf = v.blended(m.mix, buf)
		calibrate(buf, heat)
		p := 0.001
		for _, b := range buf {
			if b.label == v.label {
				p = max(p, b.p)
			}
		}
		sum -= math.Log(p)
	}
	return sum / float64(max(len(votes), 1))
}

// tuneScope learns the judge from oos rows. Without any, a text counts as out of scope as far as its best label is unlikely.
func (m *Model) tuneScope(votes []vote) {
	var in, out []evidence
	for _, v := range votes {
		e := m.evidence(v)
		if int(v.label) == m.oos {
			out = append(out, e)
		} else {
			in = append(in, e)
		}
	}
	switch {
	case len(out) >= 5 && len(in) > 0:
		m.scope = learnScope(in, out)
	case m.oos < 0:
		m.scope = unsure
	default:
		m.scope = everything
	}
}

func (m *Model) evidence(v vote) evidence {
	b := v.blended(m.mix, nil)
	calibrate(b, m.heat)
	return evidenceOf(b, m.oos, v.known)
}

// unsure judges without any example of what is out of scope: a text is let in when the linear part and the probabilities
// speak for a label and most of its words are known; strange words need a strong label.
var unsure = scope{weight: evidence{0, 0, 0, 2, 3, 5}, bias: -5}

func (m *Model) report(votes []vote) Report {
	r := Report{HeldOut: len(votes), Mix: float64(m.mix), Heat: float64(m.heat)}
	var in, right, kept, out, found float64
	for _, v := range votes {
		e := m.evidence(v)
		oos := m.scope.judge(e) < DefaultScope
		if int(v.label) == m.oos {
			out++
			found += one(oos)
			continue
		}
		in++
		ok := m.best(v.blended(m.mix, nil)) == v.label
		right += one(ok)
		kept += one(ok && !oos)
	}
	r.Accuracy, r.InScope = right/max(in, 1), kept/max(in, 1)
	r.OOSRecall = found / max(out, 1)
	return r
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
