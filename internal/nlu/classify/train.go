package classify

import (
	"context"
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Example is one labelled text.
type Example struct {
	Text  string `json:"text"`
	Label string `json:"label"`
}

// Options steer training. The zero value is right for every set; the fields make models smaller or repeatable differently.
type Options struct {
	Seed   uint64
	Hidden int  // units of one network; 0 is 128, negative trains no networks
	Nets   int  // networks; 0 is 2
	Small  bool // keeps only features seen twice, whatever the size of the set
	Cores  int  // parallel work; 0 is 2

	margin float32 // the solver's C: how dear an example on the wrong side is
}

// Report tells how training went.
type Report struct {
	Examples, Labels, Columns int
	HeldOut                   int     // rows predicted by voters that had not seen them
	Accuracy                  float64 // on those rows, in scope, out-of-scope decision not counted
	OOSRecall                 float64 // on those rows; 0 without oos rows
	InScope                   float64 // share of in-scope rows both let in and right
	Mix, Heat                 float64
	Epochs                    int
	Took                      time.Duration
}

// Train learns examples. It stops with ctx's error when told to.
func Train(ctx context.Context, examples []Example, o Options) (*Model, Report, error) {
	o = o.filled()
	labels, err := labelsOf(examples)
	if err != nil {
		return nil, Report{}, err
	}
	held, o, err := rehearse(ctx, examples, labels, o)
	if err != nil {
		return nil, Report{}, err
	}
	m, err := fit(ctx, examples, labels, o)
	if err != nil {
		return nil, Report{}, err
	}
	r := m.tune(held)
	r.Examples, r.Labels, r.Columns = len(examples), len(labels), len(m.square)
	return m, r, nil
}

func (o Options) filled() Options {
	if o.Hidden == 0 {
		o.Hidden = 128
	}
	o.Hidden = max(o.Hidden, 0)
	if o.Nets <= 0 {
		o.Nets = 2
	}
	if o.Cores <= 0 {
		o.Cores = 2
	}
	return o
}

// labelsOf are the distinct labels, sorted.
func labelsOf(examples []Example) ([]string, error) {
	seen := map[string]bool{}
	for i, e := range examples {
		if e.Label == "" {
			return nil, errs.New(errs.Invalid, "label_missing", "example %d has no label; give every example one", i+1)
		}
		seen[e.Label] = true
	}
	labels := make([]string, 0, len(seen))
	for l := range seen {
		labels = append(labels, l)
	}
	slices.Sort(labels)
	inScope := len(labels)
	if seen[OOS] {
		inScope--
	}
	if inScope < 2 {
		return nil, errs.New(errs.Invalid, "too_few_labels", "training needs examples of at least two labels, got %d", inScope)
	}
	return labels, nil
}

// fit trains the voters; mix, temperature and scope are left at plain values.
func fit(ctx context.Context, examples []Example, labels []string, o Options) (*Model, error) {
	texts := make([]string, len(examples))
	y := make([]int32, len(examples))
	rows := make([]int32, len(examples))
	for i, e := range examples {
		c, _ := slices.BinarySearch(labels, e.Label)
		texts[i], y[i], rows[i] = e.Text, int32(c), int32(i)
	}
	x := buildMatrix(texts, len(labels), o)
	m := &Model{labels: labels, oos: slices.Index(labels, OOS), vocab: newVocab(x.keys), square: x.square, nets: x.nets,
		mix: defaultMix, heat: 1, scope: everything}
	if o.Cores > o.Nets { // a lone network leaves a core to the linear part
		return m, m.fitBoth(ctx, x, rows, y, o)
	}
	nets, err := fitNets(ctx, x, rows, y, len(labels), o)
	if err != nil {
		return nil, err
	}
	m.setNets(nets)
	return m, m.fitLinear(ctx, x, rows, y, o)
}

// fitBoth trains the networks and the linear part side by side. Both only read the rows, once the networks' columns stand first.
func (m *Model) fitBoth(ctx context.Context, x *matrix, rows, y []int32, o Options) error {
	netsFirst(x, rows)
	var nets []*net
	linear := o
	linear.Cores = o.Cores - o.Nets
	err := parallel(ctx, 2, 2, func(i int) (err error) {
		if i == 0 {
			nets, err = fitNets(ctx, x, rows, y, len(m.labels), o)
			return err
		}
		return m.fitLinear(ctx, x, rows, y, linear)
	})
	if err == nil {
		m.setNets(nets)
	}
	return err
}

// netsFirst moves the networks' columns of all rows to the front, once, since goroutines share the rows.
func netsFirst(x *matrix, rows []int32) {
	for i := range rows {
		netPart(x.row(i), x.nets)
	}
}

// everything lets every text in: there was nothing to learn a judge from.
var everything = scope{bias: 8}

// fitNets trains the networks side by side.
func fitNets(ctx context.Context, x *matrix, rows, y []int32, labels int, o Options) ([]*net, error) {
	netsFirst(x, rows)
	nets := make([]*net, o.Nets)
	err := parallel(ctx, o.Cores, o.Nets, func(i int) (err error) {
		nets[i], err = trainNet(ctx, x, rows, y, labels, o.Hidden, o.Seed+uint64(i)+1)
		return err
	})
	if err != nil || nets[0] == nil {
		return nil, err
	}
	return nets, nil
}

// setNets joins networks into one wide hidden grid and one output layer.
func (m *Model) setNets(nets []*net) {
	if len(nets) == 0 {
		return
	}
	h, k := nets[0].hidden, len(nets)
	var all [][]float32
	for _, n := range nets {
		for j := range m.nets {
			w := root(m.square[j])
			for q := range h {
				n.in[j*h+q] *= w
			}
		}
		all = append(all, n.in)
	}
	m.hidden = newGrid(m.nets, h*k, clip(all))
	m.net = net{hidden: h * k, labels: len(m.labels), inBias: make([]float32, h*k),
		out: make([]float32, len(m.labels)*h*k), outBias: make([]float32, len(m.labels))}
	for i, n := range nets {
		m.place(n, i*h, k)
	}
}

func (m *Model) place(n *net, at, k int) {
	for j := range m.nets {
		for q := range n.hidden {
			m.hidden.set(j, at+q, n.in[j*n.hidden+q])
		}
	}
	copy(m.net.inBias[at:], n.inBias)
	for c := range n.labels {
		for q := range n.hidden {
			m.net.out[c*m.net.hidden+at+q] = n.out[c*n.hidden+q] / float32(k)
		}
		m.net.outBias[c] += n.outBias[c] / float32(k)
	}
}

// fitLinear trains one linear machine per label.
func (m *Model) fitLinear(ctx context.Context, x *matrix, rows, y []int32, o Options) error {
	m.bias = make([]float32, len(m.labels))
	all := make([][]float32, len(m.labels))
	err := parallel(ctx, o.Cores, len(m.labels), func(c int) error {
		p := svm{m: x, rows: rows, sign: make([]int8, len(rows)), diag: 0.5 / o.margin}
		for i := range rows {
			p.sign[i] = -1
			if y[rows[i]] == int32(c) {
				p.sign[i] = 1
			}
		}
		all[c], m.bias[c] = p.solve(o.Seed + uint64(c))
		return nil
	})
	if err != nil {
		return err
	}
	m.linear = newGrid(len(m.square), len(m.labels), clip(all))
	for c, w := range all {
		for j, v := range w {
			m.linear.set(j, c, v)
		}
	}
	return nil
}
