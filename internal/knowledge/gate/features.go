package gate

import (
	"math"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Features describes the best result against the others: shares of the question met anywhere, in the best sentence, in one
// head; what is missing; the lead over the next article; and how the nearest ways to ask vote.
func Features(question string, found []index.Result) []float64 {
	e, o := found[0].Evidence, others(found)
	foreign := found[0].Foreign
	return []float64{
		e.Coverage, e.Joint, e.Head, e.HeadHas, e.Concepts, e.InHead, e.Base, e.MissIDF, flag(e.Numbers), e.MissIdea,
		math.Min(float64(e.Terms), 20), flag(foreign), flag((found[0].Doc.Lang == "zh") != foreign), // the question's language
		e.Heads[1], e.Heads[2], (e.Heads[0] + e.Heads[1] + e.Heads[2]) / 3,
		o.head, e.Head - o.head, vote(found), o.joint, e.Joint - o.joint, o.cover, e.Coverage - o.cover,
		lead(found), found[0].Score, float64(len(e.Missing)), math.Min(float64(utf8.RuneCountInString(question)), 100),
		e.Head * e.HeadHas, math.Max(e.Head, e.Joint), e.Joint * e.Concepts,
		e.Unknown, e.KnownIn, e.KnownHas,
	}
}

// rival is the best that other articles have of each.
type rival struct{ head, joint, cover float64 }

func others(found []index.Result) (r rival) {
	for _, f := range found[1:] {
		if !same(found[0], f) {
			e := f.Evidence
			r.head, r.joint, r.cover = math.Max(r.head, e.Head), math.Max(r.joint, e.Joint), math.Max(r.cover, e.Coverage)
		}
	}
	return r
}

// same tells whether two results are one article or its translation.
func same(a, b index.Result) bool { return a.Doc.Key != "" && a.Doc.Key == b.Doc.Key }

// vote is the share of the best article among the nearest ways to ask, by the square of their likeness.
func vote(found []index.Result) float64 {
	var own, all float64
	for _, f := range found {
		for _, h := range f.Evidence.Heads {
			all += h * h
			if f.Doc == found[0].Doc {
				own += h * h
			}
		}
	}
	if all == 0 {
		return 0
	}
	return own / all
}

// lead is how far the best article is ahead of the next one that is not its translation.
func lead(found []index.Result) float64 {
	for _, f := range found[1:] {
		if found[0].Score > 0 && !same(found[0], f) {
			return 1 - f.Score/found[0].Score
		}
	}
	return 1
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
