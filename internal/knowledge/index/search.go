package index

import (
	"container/heap"
	"context"
	"encoding/binary"
	"sort"
	"sync"
	"unicode/utf8"
)

// scored is a document of a segment with its score.
type scored struct {
	seg, doc int
	score    float32
}

type minHeap []scored

func (h minHeap) Len() int { return len(h) }
func (h minHeap) Less(i, j int) bool {
	if h[i].score != h[j].score {
		return h[i].score < h[j].score
	}
	return h[i].seg > h[j].seg || h[i].seg == h[j].seg && h[i].doc > h[j].doc
}
func (h minHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *minHeap) Push(x any)   { *h = append(*h, x.(scored)) }
func (h *minHeap) Pop() any     { o := *h; x := o[len(o)-1]; *h = o[:len(o)-1]; return x }

var accumulators = sync.Pool{New: func() any { b := make([]float32, segmentMax); return &b }}

// candidates gives the best documents that the asker may see, best first.
func (s *snapshot) candidates(terms []term, q *Query, k int) []scored {
	buf := accumulators.Get().(*[]float32)
	defer accumulators.Put(buf)
	h := make(minHeap, 0, k+1)
	for si, seg := range s.segs {
		acc := (*buf)[:len(seg.docs)]
		clear(acc)
		for i := range terms {
			if !terms[i].idle {
				seg.accumulate(acc, &terms[i])
			}
		}
		s.collect(&h, si, acc, q, k)
	}
	out := make([]scored, len(h))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(&h).(scored)
	}
	return out
}

func (s *snapshot) collect(h *minHeap, si int, acc []float32, q *Query, k int) {
	seg, dead := s.segs[si], s.dead[si]
	for i, sc := range acc {
		if sc <= 0 || len(*h) == k && sc <= (*h)[0].score*foreignCost {
			continue
		}
		d := &seg.docs[i]
		if dead.has(i) || !d.Scope.visible(q) {
			continue
		}
		if d.Lang != "" && q.Lang != "" && d.Lang != q.Lang {
			if q.Only {
				continue
			}
			sc *= foreignCost
		}
		if len(*h) < k {
			heap.Push(h, scored{si, i, sc})
		} else if sc > (*h)[0].score {
			(*h)[0] = scored{si, i, sc}
			heap.Fix(h, 0)
		}
	}
}

// accumulate adds one term's share to every document that holds it.
func (s *segment) accumulate(acc []float32, t *term) {
	list, _ := s.find(t.key)
	doc := uint64(0)
	for len(list) > 0 {
		d, n := uint64(list[0]), 1
		if d >= 0x80 {
			d, n = binary.Uvarint(list)
		}
		doc += d >> 1
		tf := byte(once)
		if d&1 == 0 {
			tf, n = list[n], n+1
		}
		acc[doc] += s.share(doc, tf, t)
		list = list[n:]
	}
}

func (s *segment) share(doc uint64, tf byte, t *term) (x float32) {
	body := t.body
	if hn := s.headNorm[doc]; hn == 0 {
		body *= bareBody
	} else if tf >= 16 {
		h := float32(tf>>4) / hn
		x = t.head * h * (k1 + 1) / (h + k1)
	}
	if b := float32(tf & 15); b > 0 {
		b /= s.bodyNorm[doc]
		x += body * b * (k1 + 1) / (b + k1)
	}
	return x
}

// Search finds the documents that answer a question best, one for each group, best first.
func (x *Index) Search(ctx context.Context, q Query) []Result {
	s := x.cur.Load()
	if s.live == 0 || q.Limit <= 0 {
		return nil
	}
	q.Text = clip(q.Text)
	if q.Lang == "" {
		q.Lang = languageOf(q.Text)
	}
	ts := s.queryTerms(q.Text)
	cand := s.candidates(ts.terms, &q, max(candidates, 2*q.Limit))
	cand = x.fuse(ctx, s, &q, cand)
	return s.rank(ts, cand, &q)
}

// rank reads the candidates again and keeps the best of each group.
func (s *snapshot) rank(ts *termSet, cand []scored, q *Query) []Result {
	r, out := s.newReading(ts), make([]Result, 0, len(cand))
	for i, c := range cand {
		d := &s.segs[c.seg].docs[c.doc]
		res := Result{Doc: d, Foreign: d.Lang != "" && q.Lang != "" && d.Lang != q.Lang}
		base := float64(c.score)
		if res.Foreign {
			base /= foreignCost // the candidates' order has it already
		}
		if res.Evidence.Base = base; i < reread {
			res.Evidence = r.read(d, base)
		}
		if res.Score = res.Evidence.final(); res.Foreign {
			res.Score *= foreignCost
		}
		out = append(out, res)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Score > out[j].Score })
	return firstOfGroup(out, q.Limit)
}

func firstOfGroup(rs []Result, limit int) []Result {
	seen, out := map[string]bool{}, rs[:0]
	for _, r := range rs {
		g := r.Doc.Group
		if g == "" {
			g = "id:" + r.Doc.ID
		}
		if !seen[g] && len(out) < limit {
			seen[g] = true
			out = append(out, r)
		}
	}
	return out
}

// clip bounds the work that one query can cause.
func clip(text string) string {
	if len(text) <= queryMax {
		return text
	}
	cut := queryMax
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}

// languageOf guesses the language of a question: Chinese as soon as it has a Chinese character.
func languageOf(text string) string {
	for _, r := range text {
		if isCJK(r) {
			return "zh"
		}
	}
	return "en"
}
