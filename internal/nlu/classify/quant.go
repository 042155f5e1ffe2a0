package classify

import (
	"math"
)

// grid is a table of weights, one byte each, with one scale for all: a row per column of the vocabulary, a byte per output.
// Rows are added eight bytes at a time: the even and the odd bytes of a word spread over four lanes of 16 bits, which hold
// the sum of 256 rows before they must be emptied.
type grid struct {
	width int // outputs
	lanes int // words per row
	scale float32
	words []uint64
}

const (
	zero     = 128 // the byte that stands for weight 0
	fullRows = 256
	evens    = 0x00FF00FF00FF00FF
)

func lanesOf(width int) int { return (width + 7) / 8 }

// newGrid makes an empty grid whose scale holds weights up to top.
func newGrid(rows, width int, top float32) *grid {
	g := &grid{width: width, lanes: lanesOf(width), scale: top / 127}
	g.words = make([]uint64, rows*g.lanes)
	return g
}

// set writes one weight; what is over the scale is clipped.
func (g *grid) set(row, out int, v float32) {
	q := int64(zero)
	if g.scale > 0 {
		q += int64(math.RoundToEven(float64(max(min(v/g.scale, 127), -127))))
	}
	shift := uint(out%8) * 8
	w := &g.words[row*g.lanes+out/8]
	*w = *w&^(0xFF<<shift) | uint64(q)<<shift
}

// sum adds the rows of cols, unscaled, into out[:width].
func (g *grid) sum(s *scratch, cols []int32, out []float32) {
	s.lanes = grow(s.lanes, 2*g.lanes)
	s.wide = grow(s.wide, 8*g.lanes)
	clear(s.wide)
	for i := 0; i < len(cols); i += fullRows {
		g.part(s.lanes, cols[i:min(i+fullRows, len(cols))])
		g.empty(s.lanes, s.wide)
	}
	offset := int32(zero * len(cols))
	for q := range out[:g.width] {
		out[q] = float32(s.wide[q]-offset) * g.scale
	}
}

func (g *grid) part(acc []uint64, cols []int32) {
	clear(acc)
	for _, j := range cols {
		row := g.words[int(j)*g.lanes : (int(j)+1)*g.lanes]
		acc := acc[:2*len(row)]
		for k, w := range row {
			acc[2*k] += w & evens
			acc[2*k+1] += w >> 8 & evens
		}
	}
}

func (g *grid) empty(acc []uint64, wide []int32) {
	for k := range g.lanes {
		a, b := acc[2*k], acc[2*k+1]
		for q := 0; q < 8; q += 2 {
			wide[8*k+q] += int32(a & 0xFFFF)
			wide[8*k+q+1] += int32(b & 0xFFFF)
			a >>= 16
			b >>= 16
		}
	}
}

// grow gives a slice of length n, reusing s.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// clip is the value that all but a few in ten thousand of the non-zero weights stay under: the scale of a grid.
func clip(weights [][]float32) float32 {
	var top float32
	for _, w := range weights {
		for _, v := range w {
			top = max(top, v, -v)
		}
	}
	if top == 0 {
		return 0
	}
	const bins = 2048
	var hist [bins + 1]int
	total := 0
	for _, w := range weights {
		for _, v := range w {
			if v != 0 {
				hist[int(max(v, -v)/top*bins)]++
				total++
			}
		}
	}
	over := 0
	for b := bins; b > 0; b-- {
		if over += hist[b]; over*10000 > total {
			return top * float32(b+1) / bins
		}
	}
	return top
}
