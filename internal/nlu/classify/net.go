package classify

import (
	"context"
	"math"
	"math/rand/v2"
)

// net is a small network: sparse binary input, one hidden layer of rectified units, one output per label.
type net struct {
	hidden, labels int
	in             []float32 // columns x hidden
	inBias         []float32
	out            []float32 // labels x hidden
	outBias        []float32
}

// How networks learn; chosen on held-out parts of training sets, the same for every set.
const (
	inputScale  = 3    // input rows have this length
	inputDrop   = 0.5  // columns hidden from a step, so that no single gram is trusted
	hiddenDrop  = 0.3  //
	smoothing   = 0.1  // share of certainty spread over all labels: forgives wrong labels
	rate        = 0.1  // of adagrad (Duchi et al. 2011), one accumulator per column
	maxEpochs   = 12   //
	minEpochs   = 3    // with less than that a network only disturbs
	entryBudget = 20e6 // entries times epochs: about six seconds a network
)

// trainer holds what one network's training needs besides the network.
type trainer struct {
	*net
	m       *matrix
	y       []int32
	rng     *rand.Rand
	rate    float32
	gIn     []float32
	gInBias []float32
	gOut    []float32
	active  []int32
	h, dh   []float32
	mask    []float32
	p       []float32
}

// epochsFor tells how often a training set of so many entries may be looked at; 0 when that is too seldom to help.
func epochsFor(entries int) int {
	n := min(maxEpochs, int(entryBudget/float64(max(entries, 1))))
	if n < minEpochs {
		return 0
	}
	return n
}

// trainNet learns rows of m with labels y.
func trainNet(ctx context.Context, m *matrix, rows []int32, y []int32, labels, hidden int, seed uint64) (*net, error) {
	entries := 0
	for _, r := range rows {
		entries += len(netPart(m.row(int(r)), m.nets))
	}
	epochs := epochsFor(entries)
	if epochs == 0 || hidden == 0 || m.nets == 0 {
		return nil, nil
	}
	t := newTrainer(m, y, labels, hidden, seed)
	order := append([]int32(nil), rows...)
	for e := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		t.rate = rate * (1 - 0.9*float32(e)/float32(epochs))
		for i, r := range order {
			if i&255 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			t.step(int(r))
		}
	}
	return t.net, nil
}

func newTrainer(m *matrix, y []int32, labels, hidden int, seed uint64) *trainer {
	n := &net{hidden: hidden, labels: labels, in: make([]float32, m.nets*hidden), inBias: make([]float32, hidden),
		out: make([]float32, labels*hidden), outBias: make([]float32, labels)}
	rng := rand.New(rand.NewPCG(seed, 99))
	for i := range n.in {
		n.in[i] = float32(rng.NormFloat64()) * 0.1
	}
	for i := range n.out {
		n.out[i] = float32(rng.NormFloat64() / math.Sqrt(float64(hidden)))
	}
	return &trainer{net: n, m: m, y: y, rng: rng, gIn: make([]float32, m.nets), gInBias: make([]float32, hidden),
		gOut: make([]float32, labels), h: make([]float32, hidden), dh: make([]float32, hidden),
		mask: make([]float32, hidden), p: make([]float32, labels)}
}

// netPart is the columns of a row that networks see. Rows are not sorted, so it moves them to
// the front, which changes nothing else, and nothing at all the second time.
func netPart(row []int32, nets int) []int32 {
	k := 0
	for i, j := range row {
		if int(j) >= nets {
			continue
		}
		if i != k {
			row[i], row[k] = row[k], j
		}
		k++
	}
	return row[:k]
}

// step learns from one row: forward with parts hidden, then backward.
func (t *trainer) step(r int) {
	t.active = t.active[:0]
	var length float32
	for _, j := range netPart(t.m.row(r), t.m.nets) {
		if t.rng.Float32() >= inputDrop {
			t.active = append(t.active, j)
			length += t.m.square[j]
		}
	}
	x := invRoot(length) * inputScale
	t.forward(x)
	t.backOut(int(t.y[r]))
	t.backIn(x)
}

func (t *trainer) forward(x float32) {
	copy(t.h, t.inBias)
	for _, j := range t.active {
		v := x * root(t.m.square[j])
		for q, w := range t.in[int(j)*t.hidden : (int(j)+1)*t.hidden] {
			t.h[q] += v * w
		}
	}
	for q, v := range t.h {
		t.mask[q] = 0
		if v > 0 && t.rng.Float32() >= hiddenDrop {
			t.mask[q] = 1 / (1 - float32(hiddenDrop))
		}
		t.h[q] *= t.mask[q]
	}
	t.logits(t.h, t.p)
	softmax(t.p)
}

// backOut moves the output layer against the gradient of the cross entropy with smoothed labels.
func (t *trainer) backOut(label int) {
	clear(t.dh)
	spread := float32(smoothing) / float32(t.labels)
	for c, p := range t.p {
		d := p - spread
		if c == label {
			d -= 1 - smoothing
		}
		if d > -1e-4 && d < 1e-4 {
			continue
		}
		t.gOut[c] += d * d
		s := t.rate * d * invRoot(t.gOut[c]+1e-6)
		w := t.out[c*t.hidden : (c+1)*t.hidden]
		for q, h := range t.h {
			t.dh[q] += d * w[q]
			w[q] -= s * h
		}
		t.outBias[c] -= s * 0.3
	}
}

// backIn moves the input layer.
func (t *trainer) backIn(x float32) {
	var sum float32
	for q := range t.dh {
		t.dh[q] *= t.mask[q]
		d := t.dh[q]
		sum += d * d
		t.gInBias[q] += d * d
		t.inBias[q] -= t.rate * 0.1 * d * invRoot(t.gInBias[q]+1e-6)
	}
	sum /= float32(t.hidden)
	for _, j := range t.active {
		v := x * root(t.m.square[j])
		t.gIn[j] += v * v * sum
		s := t.rate * v * invRoot(t.gIn[j]+1e-6)
		w := t.in[int(j)*t.hidden : (int(j)+1)*t.hidden]
		for q, d := range t.dh {
			w[q] -= s * d
		}
	}
}

func (n *net) logits(h, p []float32) {
	for c := range p {
		p[c] = n.logit(h, c)
	}
}

func (n *net) logit(h []float32, c int) float32 {
	sum := n.outBias[c]
	w := n.out[c*n.hidden : (c+1)*n.hidden]
	for q, v := range h {
		sum += v * w[q]
	}
	return sum
}

func root(v float32) float32 { return float32(math.Sqrt(float64(v))) }

// softmax turns scores into probabilities in place.
func softmax(p []float32) {
	var top, sum float32 = p[0], 0
	for _, v := range p {
		top = max(top, v)
	}
	for i, v := range p {
		p[i] = float32(math.Exp(float64(v - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}
