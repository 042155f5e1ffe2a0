package measure

import (
	"context"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Report is what one run found; the keys are stable.
type Report struct {
	Task                string  `json:"task"`
	N                   int     `json:"n"`
	Answerable          int     `json:"answerable"`
	Unanswerable        int     `json:"unanswerable"`
	Passages            int     `json:"passages"`
	RecallAt1           float64 `json:"recall_at_1"`
	RecallAt3           float64 `json:"recall_at_3"`
	RecallAt10          float64 `json:"recall_at_10"`
	MRR                 float64 `json:"mrr"`
	NDCGAt10            float64 `json:"ndcg_at_10"`
	AnswerablePrecision float64 `json:"answerable_precision"`
	AnswerableRecall    float64 `json:"answerable_recall"`
	RefusedAnswerable   float64 `json:"refused_answerable"`   // share of answerable questions that were refused
	RefusedUnanswerable float64 `json:"refused_unanswerable"` // share of the others
	QueryP50            float64 `json:"query_p50_ms"`
	QueryP99            float64 `json:"query_p99_ms"`
	IndexSeconds        float64 `json:"index_seconds"`
	IndexBytes          int64   `json:"index_bytes"`
}

// Run is one measurement. Elapsed starts a stopwatch; Accept is the gate that decides whether the found documents answer.
type Run struct {
	Passages  []index.Doc
	Questions []Question
	Elapsed   func() func() time.Duration
	Accept    func(question string, found []index.Result) bool
	Remove    bool                                             // ask every question once more with its passages taken out
	Each      func(q Question, rank int, found []index.Result) // optional: sees every question
}

type tally struct {
	r1, r3, r10, mrr, ndcg       float64
	answerable, accepted, wrongs int
	refusedNone                  int
	times                        []time.Duration
}

// Do indexes, asks and counts.
func (r *Run) Do(ctx context.Context) Report {
	ix := index.New(nil)
	stop := r.Elapsed()
	ix.Put(ctx, r.Passages...)
	rep := Report{Task: "answers", N: len(r.Questions), Passages: len(r.Passages), IndexSeconds: stop().Seconds(), IndexBytes: ix.Bytes()}
	if !r.Remove {
		r.Passages = nil // the index has them: at 100,000 passages the list alone is worth sparing
	}
	var t tally
	for _, q := range r.Questions {
		stop := r.Elapsed()
		found := ix.Search(ctx, index.Query{Text: q.Text, Limit: 10})
		accepted := r.Accept(q.Text, found)
		t.times = append(t.times, stop())
		rank := t.count(q, found, accepted)
		if r.Each != nil {
			r.Each(q, rank, found)
		}
	}
	if r.Remove {
		r.removed(ctx, &t)
	}
	t.report(&rep)
	return rep
}

// removed asks the questions of every passage with that passage not there: then nothing answers them.
func (r *Run) removed(ctx context.Context, t *tally) {
	groups, order := map[string][]Question{}, []string{}
	for _, q := range r.Questions {
		name := strings.Join(q.IDs, "\n")
		if _, ok := groups[name]; !ok {
			order = append(order, name)
		}
		groups[name] = append(groups[name], Question{q.ID, q.Text, nil})
	}
	for _, name := range order {
		ix := index.New(nil)
		ix.Put(ctx, without(r.Passages, strings.Split(name, "\n"))...)
		for _, q := range groups[name] {
			found := ix.Search(ctx, index.Query{Text: q.Text, Limit: 10})
			t.count(q, found, r.Accept(q.Text, found))
			if r.Each != nil {
				r.Each(q, 0, found)
			}
		}
	}
}

func without(docs []index.Doc, ids []string) (out []index.Doc) {
	for _, d := range docs {
		if !names(ids, d) {
			out = append(out, d)
		}
	}
	return out
}

// names tells whether a document is meant by its id, or by the key that it shares with its translations.
func names(ids []string, d index.Doc) bool {
	return slices.Contains(ids, d.ID) || d.Key != "" && slices.Contains(ids, d.Key)
}

// count adds one question; it returns the rank of the first right document, 0 when none is in the list.
func (t *tally) count(q Question, found []index.Result, accepted bool) (rank int) {
	if len(q.IDs) == 0 {
		if accepted {
			t.wrongs++
		} else {
			t.refusedNone++
		}
		return 0
	}
	t.answerable++
	if accepted {
		t.accepted++
	}
	dcg := 0.0
	for i, f := range found {
		if names(q.IDs, *f.Doc) {
			dcg += 1 / math.Log2(float64(i)+2)
			if rank == 0 {
				rank = i + 1
			}
		}
	}
	t.ranked(rank, math.Min(1, dcg/ideal(len(q.IDs))))
	return rank
}

func (t *tally) ranked(rank int, ndcg float64) {
	t.ndcg += ndcg
	if rank == 0 {
		return
	}
	t.mrr += 1 / float64(rank)
	if rank == 1 {
		t.r1++
	}
	if rank <= 3 {
		t.r3++
	}
	t.r10++
}

func ideal(relevant int) (x float64) {
	for i := range min(relevant, 10) {
		x += 1 / math.Log2(float64(i)+2)
	}
	return x
}

func (t *tally) report(rep *Report) {
	n := math.Max(1, float64(t.answerable))
	rep.RecallAt1, rep.RecallAt3, rep.RecallAt10, rep.MRR, rep.NDCGAt10 = t.r1/n, t.r3/n, t.r10/n, t.mrr/n, t.ndcg/n
	rep.Answerable, rep.Unanswerable = t.answerable, t.wrongs+t.refusedNone
	rep.AnswerableRecall = float64(t.accepted) / n
	rep.RefusedAnswerable = float64(t.answerable-t.accepted) / n
	rep.AnswerablePrecision = float64(t.accepted) / math.Max(1, float64(t.accepted+t.wrongs))
	rep.RefusedUnanswerable = float64(t.refusedNone) / math.Max(1, float64(rep.Unanswerable))
	sort.Slice(t.times, func(i, j int) bool { return t.times[i] < t.times[j] })
	rep.QueryP50, rep.QueryP99 = t.percentile(0.5), t.percentile(0.99)
}

func (t *tally) percentile(p float64) float64 {
	if len(t.times) == 0 {
		return 0
	}
	return float64(t.times[min(len(t.times)-1, int(p*float64(len(t.times))))]) / float64(time.Millisecond)
}
