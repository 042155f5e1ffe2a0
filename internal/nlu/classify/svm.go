package classify

import "math/rand/v2"

// biasUnit is the constant input that lets the solver learn an offset.
const biasUnit = 0.5

// svm solves one label against the rest: squared hinge with L2 by dual coordinate descent with shrinking (Hsieh et al. 2008,
// "A Dual Coordinate Descent Method for Large-scale Linear SVM"). The weights it gives are already multiplied with the
// columns' weights, so that a score is a plain sum over a row's columns times the row's norm.
type svm struct {
	m     *matrix
	rows  []int32 // of m, that take part
	sign  []int8  // +1 or -1 per row of rows
	diag  float32 // 0.5/C
	v     []float32
	bias  float32
	alpha []float32
	order []int32
}

const svmRounds = 15

func (p *svm) solve(seed uint64) (weights []float32, bias float32) {
	p.v = make([]float32, len(p.m.square))
	p.alpha = make([]float32, len(p.rows))
	p.order = make([]int32, len(p.rows))
	for i := range p.order {
		p.order[i] = int32(i)
	}
	rng := rand.New(rand.NewPCG(seed, 7))
	active := len(p.rows)
	for round := range svmRounds {
		rng.Shuffle(active, func(i, j int) { p.order[i], p.order[j] = p.order[j], p.order[i] })
		var worst float32
		active, worst = p.sweep(active, round > 0)
		if worst < 0.05 {
			if active == len(p.rows) {
				break
			}
			active = len(p.rows) // settled without the shrunk rows: look at them once more
		}
	}
	return p.v, p.bias * biasUnit
}

// sweep visits the active rows once; rows far on the right side are put aside when shrink is set.
func (p *svm) sweep(active int, shrink bool) (int, float32) {
	var worst float32
	for k := 0; k < active; k++ {
		i := p.order[k]
		g := p.gradient(i)
		if p.alpha[i] == 0 && g > 0 {
			if shrink && g > 0.3 {
				active--
				p.order[k], p.order[active] = p.order[active], p.order[k]
				k--
			}
			continue
		}
		worst = max(worst, g, -g)
		p.step(i, g)
	}
	return active, worst
}

func (p *svm) gradient(i int32) float32 {
	r := int(p.rows[i])
	var sum float32
	for _, j := range p.m.row(r) {
		sum += p.v[j]
	}
	return float32(p.sign[i])*(sum*p.m.inv[r]+p.bias*biasUnit) - 1 + p.alpha[i]*p.diag
}

func (p *svm) step(i int32, g float32) {
	old := p.alpha[i]
	p.alpha[i] = max(old-g/(1+biasUnit*biasUnit+p.diag), 0)
	d := (p.alpha[i] - old) * float32(p.sign[i])
	if d == 0 {
		return
	}
	p.bias += d * biasUnit
	r := int(p.rows[i])
	d *= p.m.inv[r]
	for _, j := range p.m.row(r) {
		p.v[j] += d * p.m.square[j]
	}
}
