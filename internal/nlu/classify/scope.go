package classify

import "math"

// evidence is what speaks for a text being in scope.
type evidence [6]float64

// evidenceOf reads the calibrated shortlist: how strong the best label is, how far ahead of the next and of oos, how sure
// the linear part is by itself, how sure the probabilities are, and how much of the text is known at all.
func evidenceOf(best []candidate, oos int, known float64) evidence {
	var first, second, out, linear float64 = -4, -4, -4, -4
	var p float64
	for _, b := range best {
		v := float64(b.blend)
		switch {
		case int(b.label) == oos:
			out = v
		case first == -4:
			first, p = v, b.p
		case second == -4:
			second = v
		}
		if int(b.label) != oos {
			linear = max(linear, float64(b.linear))
		}
	}
	ahead := 0.0
	if oos >= 0 {
		ahead = clamp(first - out)
	}
	return evidence{clamp(first), clamp(first - second), ahead, clamp(linear), p, known}
}

func clamp(v float64) float64 { return max(min(v, 8), -8) }

// scope is a logistic judge of evidence.
type scope struct {
	weight evidence
	bias   float64
}

func (s scope) judge(e evidence) float64 {
	z := s.bias
	for i, w := range s.weight {
		z += w * e[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// oosShare is how many of the messages a service gets are taken to be out of scope when the threshold is fitted: with fewer
// it would let everything in, with more it would turn shoppers away.
const oosShare = 0.2

// learnScope fits the judge on evidence of rows the voters had not seen, by Newton's method with a small ridge.
func learnScope(in, out []evidence) scope {
	x := append(append([]evidence(nil), in...), out...)
	w := make([]float64, len(x))
	y := make([]float64, len(x))
	for i := range x {
		w[i], y[i] = oosShare/float64(len(out)), 0
		if i < len(in) {
			w[i], y[i] = (1-oosShare)/float64(len(in)), 1
		}
	}
	return newton(x, y, w)
}

const dims = len(evidence{}) + 1

// newton solves the weighted, ridged logistic regression.
func newton(x []evidence, y, w []float64) scope {
	const ridge = 1e-4
	var s scope
	for range 30 {
		var g [dims]float64
		var h [dims][dims]float64
		for i, e := range x {
			p := s.judge(e)
			f := [dims]float64{1}
			copy(f[1:], e[:])
			for a := range f {
				g[a] += w[i] * (p - y[i]) * f[a]
				for b := range f {
					h[a][b] += w[i] * p * (1 - p) * f[a] * f[b]
				}
			}
		}
		for a := range dims {
			h[a][a] += ridge
			if a > 0 {
				g[a] += ridge * s.weight[a-1]
			}
		}
		d := solve(h, g)
		s.bias -= d[0]
		for a := range s.weight {
			s.weight[a] -= d[a+1]
		}
	}
	return s
}

// solve is Gaussian elimination with pivoting.
func solve(h [dims][dims]float64, g [dims]float64) [dims]float64 {
	for c := range dims {
		p := c
		for r := c + 1; r < dims; r++ {
			if math.Abs(h[r][c]) > math.Abs(h[p][c]) {
				p = r
			}
		}
		h[c], h[p], g[c], g[p] = h[p], h[c], g[p], g[c]
		for r := c + 1; r < dims; r++ {
			f := h[r][c] / h[c][c]
			for k := c; k < dims; k++ {
				h[r][k] -= f * h[c][k]
			}
			g[r] -= f * g[c]
		}
	}
	for c := dims - 1; c >= 0; c-- {
		for k := c + 1; k < dims; k++ {
			g[c] -= h[c][k] * g[k]
		}
		g[c] /= h[c][c]
	}
	return g
}
