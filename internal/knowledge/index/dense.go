package index

import (
	"context"
	"math"
	"sort"
)

// embedBatch bounds one call of the Embedder.
const embedBatch = 64

// embed fills the vectors of a segment. When the Embedder fails, the segment has none and is found by words only.
func (s *segment) embed(ctx context.Context, e Embedder) {
	if e == nil || len(s.docs) == 0 {
		return
	}
	vectors := make([][]float32, 0, len(s.docs))
	for from := 0; from < len(s.docs); from += embedBatch {
		var texts []string
		for _, d := range s.docs[from:min(len(s.docs), from+embedBatch)] {
			texts = append(texts, d.Title+"\n"+d.Text)
		}
		v, err := e.Embed(ctx, texts)
		if err != nil || len(v) != len(texts) {
			return
		}
		vectors = append(vectors, v...)
	}
	for i := range vectors {
		if vectors[i] = unit(vectors[i], e.Dimensions()); vectors[i] == nil {
			return
		}
	}
	s.vectors = vectors
}

// adopt takes vectors made earlier; all or none.
func (s *segment) adopt(byID map[string][]float32) {
	vectors := make([][]float32, len(s.docs))
	for i := range s.docs {
		v, ok := byID[s.docs[i].ID]
		if !ok {
			return
		}
		vectors[i] = v
	}
	s.vectors = vectors
}

// unit scales v to length one; nil when it has the wrong size or no length.
func unit(v []float32, dim int) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if len(v) != dim || sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x / float32(math.Sqrt(sum))
	}
	return out
}

// nearest ranks the visible documents by cosine.
func (s *snapshot) nearest(v []float32, q *Query, k int) (out []scored) {
	for si, seg := range s.segs {
		for i, w := range seg.vectors {
			if !s.dead[si].has(i) && seg.docs[i].Scope.visible(q) && !(q.Only && seg.docs[i].Lang != q.Lang) {
				out = append(out, scored{si, i, dot(v, w)})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	return out[:min(k, len(out))]
}

func dot(a, b []float32) (s float32) {
	for i, x := range a {
		s += x * b[i]
	}
	return s
}

// fuse joins the ranking by words with the one by vectors: reciprocal rank fusion (Cormack, Clarke, Büttcher 2009).
func (x *Index) fuse(ctx context.Context, s *snapshot, q *Query, words []scored) []scored {
	if x.emb == nil {
		return words
	}
	v, err := x.emb.Embed(ctx, []string{q.Text})
	if err != nil || len(v) != 1 {
		return words
	}
	u := unit(v[0], x.emb.Dimensions())
	if u == nil {
		return words
	}
	return reciprocal(words, s.nearest(u, q, len(words)+candidates))
}

// rrfK is the constant of the paper.
const rrfK = 60

// reciprocal fuses two rankings; the score stays on the scale of the first.
func reciprocal(words, dense []scored) []scored {
	type place struct{ seg, doc int }
	sum, all := map[place]float64{}, map[place]scored{}
	for _, list := range [][]scored{dense, words} {
		for rank, c := range list {
			p := place{c.seg, c.doc}
			sum[p] += 1 / float64(rrfK+rank+1)
			all[p] = c
		}
	}
	out := make([]scored, 0, len(all))
	for _, c := range all {
		out = append(out, c)
	}
	top := float32(0)
	for _, c := range words {
		top = max(top, c.score)
	}
	for i, c := range out {
		out[i].score = max(top, 1) * float32(sum[place{c.seg, c.doc}]*rrfK/2)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		return a.score > b.score || a.score == b.score && (a.seg < b.seg || a.seg == b.seg && a.doc < b.doc)
	})
	return out
}
