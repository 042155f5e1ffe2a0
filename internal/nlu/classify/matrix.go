package classify

import (
	"cmp"
	"math"
	"slices"
)

// Limits that keep a model small and training short. Where there is more, the rarest columns go.
const (
	linearBytes = 10 << 20 // labels x columns of the linear part
	netBytes    = 6 << 20  // hidden units x columns of the networks
	maxEntries  = 40 << 20 // non-zero entries of a training matrix
)

// matrix is a training set: rows of column numbers; every column has a weight, every row two norms. Values are binary, since
// a word said twice says no more in a short message.
type matrix struct {
	keys   []uint32  // of columns
	square []float32 // squared weight of columns
	nets   int       // the first columns, which the networks see too
	start  []int
	cols   []int32
	inv    []float32 // 1/norm of rows over all columns
	netInv []float32 // 1/norm of rows over the first nets columns
}

func (m *matrix) rows() int         { return len(m.start) - 1 }
func (m *matrix) row(i int) []int32 { return m.cols[m.start[i]:m.start[i+1]] }

// column is a feature while the vocabulary is chosen.
type column struct {
	key uint32
	df  int32
}

// netView tells what the networks look at: gapped pairs and long grams cost more than they give there.
func netView(k uint32) bool { return k&7 != viewGap && k&7 != viewHan4 }

// smallSet is the number of rows under which no feature is dropped: each phrase counts.
const smallSet = 2000

// minCount is in how many rows a feature must occur.
func minCount(k uint32, rows int) int32 {
	switch {
	case rows < smallSet || k&7 == viewWord || k&7 == viewHan1:
		return 1
	case rows > 40000 && k&7 != viewPair && k&7 != viewHan2:
		return 3
	}
	return 2
}

// buildMatrix reads all texts twice: once to count features, once to write rows of the kept ones.
func buildMatrix(texts []string, labels int, o Options) *matrix {
	var s scratch
	df := map[uint32]int32{}
	for _, t := range texts {
		s.extract(t)
		for _, k := range distinct(s.keys) {
			df[k]++
		}
	}
	m := &matrix{start: []int{0}}
	index := m.choose(df, len(texts), labels, o)
	for _, t := range texts {
		s.extract(t)
		for _, k := range distinct(s.keys) {
			if j, ok := index[k]; ok {
				m.cols = append(m.cols, j)
			}
		}
		m.start = append(m.start, len(m.cols))
	}
	m.norms()
	return m
}

// distinct sorts keys in place and drops repetitions.
func distinct(keys []uint32) []uint32 {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// choose keeps the columns that are frequent enough and fit the limits; those of the networks come first.
func (m *matrix) choose(df map[uint32]int32, rows, labels int, o Options) map[uint32]int32 {
	var net, rest []column
	netWidth := 8 * lanesOf(o.Hidden*o.Nets)
	least := rows
	if o.Small {
		least = max(rows, smallSet)
	}
	for k, n := range df {
		switch {
		case n < minCount(k, least):
		case netView(k) && netWidth > 0:
			net = append(net, column{k, n})
		default:
			rest = append(rest, column{k, n})
		}
	}
	limit := max(linearBytes/lanesOf(labels)/8, 1000)
	net, cut := cutRarest(net, max(netBytes/max(netWidth, 1), 1000))
	rest = append(rest, cut...)
	m.nets = min(len(net), limit)
	rest, _ = cutRarest(rest, max(limit-len(net), 0))
	all := append(net[:m.nets:m.nets], thin(rest)...)
	return m.number(all, rows)
}

// cutRarest sorts by frequency, ties by key so that maps' order leaves no trace, and splits at limit.
func cutRarest(c []column, limit int) (kept, cut []column) {
	slices.SortFunc(c, func(a, b column) int {
		return cmp.Or(cmp.Compare(b.df, a.df), cmp.Compare(a.key, b.key))
	})
	if len(c) <= limit {
		return c, nil
	}
	return c[:limit:limit], c[limit:]
}

// thin drops the rarest columns until the entries of all rows fit into memory.
func thin(c []column) []column {
	total := 0
	for i := range c {
		total += int(c[i].df)
		if total > maxEntries {
			return c[:i]
		}
	}
	return c
}

// number gives columns their place and weight: inverse document frequency times the view's weight.
func (m *matrix) number(all []column, rows int) map[uint32]int32 {
	index := make(map[uint32]int32, len(all))
	for j, c := range all {
		index[c.key] = int32(j)
		w := (math.Log(float64(rows+1)/float64(c.df+1)) + 1) * viewWeight[c.key&7]
		m.keys = append(m.keys, c.key)
		m.square = append(m.square, float32(w*w))
	}
	return index
}

func (m *matrix) norms() {
	for i := range m.rows() {
		all, net := norms(m.row(i), m.square, m.nets)
		m.inv = append(m.inv, all)
		m.netInv = append(m.netInv, net)
	}
}

// norms is one over the length of a row, over all columns and over the networks' columns; 0 for an empty row.
func norms(row []int32, square []float32, nets int) (all, net float32) {
	var a, n float32
	for _, j := range row {
		a += square[j]
		if int(j) < nets {
			n += square[j]
		}
	}
	return invRoot(a), invRoot(n)
}

func invRoot(v float32) float32 {
	if v <= 0 {
		return 0
	}
	return float32(1 / math.Sqrt(float64(v)))
}
