package classify

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// OOS is the label of texts that belong to no label. Rows with it are first-class training examples.
const OOS = "oos"

// DefaultScope is the one threshold: below it a text is out of scope.
const DefaultScope = 0.5

// shortlist is how many labels of the linear part the networks look at.
const shortlist = 12

// Scored is a label with its calibrated probability.
type Scored struct {
	Label string
	P     float64
}

// Prediction is what a text was taken for.
type Prediction struct {
	Label      string   // the best label in scope, even when OutOfScope
	P          float64  // calibrated probability that Label is right
	InScope    float64  // probability that the text belongs to any label
	OutOfScope bool     // InScope is under the threshold
	Others     []Scored // runners-up, best first
}

// Model is a trained classifier; immutable.
type Model struct {
	labels []string
	oos    int // index of OOS in labels, or -1
	vocab  vocab
	square []float32
	nets   int // columns the networks see
	linear *grid
	bias   []float32
	hidden *grid // all networks side by side; nil without
	net    net   // output layers of all networks: hidden is the sum of their units
	mix    float32
	heat   float32 // temperature of the blended scores
	scope  scope
	pool   sync.Pool
}

// candidate is a label on the shortlist.
type candidate struct {
	label         int32
	linear, blend float32
	p             float64
}

// Labels are the labels the model knows, OOS excluded, sorted.
func (m *Model) Labels() []string {
	return slices.DeleteFunc(slices.Clone(m.labels), func(l string) bool { return l == OOS })
}

// Predict tells what text is most likely meant as.
func (m *Model) Predict(text string) Prediction {
	s := m.scratch()
	defer m.pool.Put(s)
	known := m.columns(s, text)
	m.rank(s)
	return m.judge(s, known)
}

func (m *Model) scratch() *scratch {
	if s, ok := m.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{stamp: make([]uint32, len(m.square))}
}

// columns fills s.cols with the distinct known columns of text, those of the networks first, and gives the known share of
// its words and Han pairs: what a model has never seen it cannot judge.
func (m *Model) columns(s *scratch, text string) (known float64) {
	s.extract(text)
	s.turn++
	if s.turn == 0 { // the counter went around
		clear(s.stamp)
		s.turn = 1
	}
	s.cols = s.cols[:0]
	seen, total := 0, 0
	for _, k := range s.keys {
		j, ok := m.vocab.find(k)
		if v := k & 7; v == viewWord || v == viewHan2 {
			total++
			if ok {
				seen++
			}
		}
		if ok && s.stamp[j] != s.turn {
			s.stamp[j] = s.turn
			s.cols = append(s.cols, j)
		}
	}
	return float64(seen) / float64(max(total, 1))
}

// rank scores all labels by the linear part and the best of them by the networks; s.best is sorted by the blend.
func (m *Model) rank(s *scratch) {
	all, inNet := norms(s.cols, m.square, m.nets)
	s.scores = grow(s.scores, len(m.labels))
	m.linear.sum(s, s.cols, s.scores)
	s.best = s.best[:0]
	for c, v := range s.scores {
		s.keep(candidate{label: int32(c), linear: v*all + m.bias[c]})
	}
	m.consult(s, inNet)
	slices.SortStableFunc(s.best, func(a, b candidate) int { return cmp.Compare(b.blend, a.blend) })
}

// keep puts c into the shortlist when it belongs there; the shortlist is sorted by linear score.
func (s *scratch) keep(c candidate) {
	n := len(s.best)
	if n == shortlist {
		if c.linear <= s.best[n-1].linear {
			return
		}
		n--
	} else {
		s.best = append(s.best, c)
	}
	for ; n > 0 && s.best[n-1].linear < c.linear; n-- {
		s.best[n] = s.best[n-1]
	}
	s.best[n] = c
}

// consult adds the networks' opinion on the shortlist.
func (m *Model) consult(s *scratch, norm float32) {
	if m.hidden == nil {
		for i := range s.best {
			s.best[i].blend = s.best[i].linear
		}
		return
	}
	s.hidden = grow(s.hidden, m.hidden.width)
	m.hidden.sum(s, netPart(s.cols, m.nets), s.hidden)
	for q, v := range s.hidden {
		s.hidden[q] = max(v*norm*inputScale+m.net.inBias[q], 0)
	}
	for i := range s.best {
		b := &s.best[i]
		b.blend = b.linear + m.mix*m.net.logit(s.hidden, int(b.label))
	}
}

// judge turns the shortlist into a prediction.
func (m *Model) judge(s *scratch, known float64) Prediction {
	calibrate(s.best, m.heat)
	p := Prediction{InScope: 1}
	e := evidenceOf(s.best, m.oos, known)
	p.InScope = m.scope.judge(e)
	p.OutOfScope = p.InScope < DefaultScope
	var rest float64
	for _, b := range s.best {
		if int(b.label) != m.oos {
			rest += b.p
		}
	}
	share := m.share(p.InScope) / max(rest, 1e-9)
	for _, b := range s.best {
		if int(b.label) == m.oos {
			continue
		}
		if p.Label == "" {
			p.Label, p.P = m.labels[b.label], b.p*share
		} else if len(p.Others) < 4 {
			p.Others = append(p.Others, Scored{m.labels[b.label], b.p * share})
		}
	}
	return p
}

// share is the probability mass of all labels in scope.
func (m *Model) share(inScope float64) float64 {
	if m.oos < 0 {
		return 1
	}
	return inScope
}

// calibrate fills p with the softmax of the blended scores over the temperature.
func calibrate(best []candidate, heat float32) {
	if len(best) == 0 {
		return
	}
	top, sum := best[0].blend, 0.0
	for i := range best {
		best[i].p = math.Exp(float64((best[i].blend - top) / heat))
		sum += best[i].p
	}
	for i := range best {
		best[i].p /= sum
	}
}
