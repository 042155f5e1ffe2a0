package gate

import (
	"math"
	"slices"
)

// Example is one decision with its right answer.
type Example struct {
	X      []float64
	Yes    bool
	Weight float64
}

// Settings of the fit, chosen by cross-validation over the examples.
const (
	rounds   = 160
	depth    = 3
	rate     = 0.08
	smooth   = 6.0 // added to the weight of a leaf: small leaves say little
	leafMin  = 25.0
	cutsEach = 24
)

// Fit grows trees one after another, each on what the ones before it left (Friedman, Greedy function approximation:
// a gradient boosting machine, 2001), with Newton steps in the leaves.
func Fit(set []Example) Model {
	yes, all := 0.0, 0.0
	for _, e := range set {
		all += e.Weight
		if e.Yes {
			yes += e.Weight
		}
	}
	m := Model{Bias: round(math.Log(yes / (all - yes)))}
	g := grower{set: set, cuts: cutsOf(set), grad: make([]float64, len(set)), hess: make([]float64, len(set))}
	g.sort()
	odds, every := make([]float64, len(set)), make([]int, len(set))
	for i := range odds {
		odds[i], every[i] = m.Bias, i
	}
	for range rounds {
		for i, e := range set {
			p := sigmoid(odds[i])
			g.grad[i], g.hess[i] = e.Weight*(flag(e.Yes)-p), e.Weight*p*(1-p)
		}
		g.tree = nil
		g.grow(every, depth)
		m.Trees = append(m.Trees, g.tree)
		last := Model{Trees: [][]Node{g.tree}}
		for i, e := range set {
			odds[i] += last.odds(e.X)
		}
	}
	return m
}

// cutsOf gives the places where a feature may be cut: its quantiles.
func cutsOf(set []Example) [][]float64 {
	out := make([][]float64, len(set[0].X))
	for f := range out {
		v := make([]float64, len(set))
		for i, e := range set {
			v[i] = e.X[f]
		}
		slices.Sort(v)
		for k := 1; k < cutsEach; k++ {
			out[f] = append(out[f], round(v[k*len(v)/cutsEach]))
		}
		out[f] = slices.Compact(out[f])
	}
	return out
}

type grower struct {
	set        []Example
	cuts       [][]float64
	bins       [][]uint8 // of each feature and example: how many cuts are at or below its value
	grad, hess []float64
	tree       []Node
}

// sort puts every value into its bin once.
func (g *grower) sort() {
	g.bins = make([][]uint8, len(g.cuts))
	for f, cuts := range g.cuts {
		g.bins[f] = make([]uint8, len(g.set))
		for i, e := range g.set {
			b, found := slices.BinarySearch(cuts, e.X[f])
			if found {
				b++
			}
			g.bins[f][i] = uint8(b)
		}
	}
}

// grow adds a subtree for some examples and gives its place.
func (g *grower) grow(in []int, levels int) int {
	at := len(g.tree)
	g.tree = append(g.tree, Node{Feature: -1})
	if f, cut, ok := g.best(in); ok && levels > 0 {
		low, high := g.part(in, f, cut)
		l, h := g.grow(low, levels-1), g.grow(high, levels-1)
		g.tree[at] = Node{Feature: f, Cut: cut, Low: l, High: h}
		return at
	}
	grad, hess := g.sums(in)
	g.tree[at].Value = round(rate * grad / (hess + smooth))
	return at
}

func (g *grower) sums(in []int) (grad, hess float64) {
	for _, i := range in {
		grad, hess = grad+g.grad[i], hess+g.hess[i]
	}
	return grad, hess
}

func (g *grower) part(in []int, f int, cut float64) (low, high []int) {
	for _, i := range in {
		if g.set[i].X[f] < cut {
			low = append(low, i)
		} else {
			high = append(high, i)
		}
	}
	return low, high
}

// best finds the cut that explains most.
func (g *grower) best(in []int) (feature int, cut float64, ok bool) {
	grad, hess := g.sums(in)
	top := gain(grad, hess) + 1e-6
	for f, cuts := range g.cuts {
		gs, hs, ns := make([]float64, len(cuts)+1), make([]float64, len(cuts)+1), make([]float64, len(cuts)+1)
		for _, i := range in {
			b := g.bins[f][i]
			gs[b], hs[b], ns[b] = gs[b]+g.grad[i], hs[b]+g.hess[i], ns[b]+1
		}
		var gl, hl, nl float64
		for b, c := range cuts {
			gl, hl, nl = gl+gs[b], hl+hs[b], nl+ns[b]
			if nl < leafMin || float64(len(in))-nl < leafMin {
				continue
			}
			if x := gain(gl, hl) + gain(grad-gl, hess-hl); x > top {
				top, feature, cut, ok = x, f, c, true
			}
		}
	}
	return feature, cut, ok
}

func gain(grad, hess float64) float64 { return grad * grad / (hess + smooth) }

// round keeps the file short and the same on every machine.
func round(x float64) float64 { return math.Round(x*1e5) / 1e5 }
