package knowledge

import (
	"math"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Threshold is the confidence from which an answer is given.
const Threshold = 0.5

// Confidence is the probability that the best document found answers the question, from how much of the question's
// informative weight it carries. The weights were fitted by logistic regression on the dev part of evals/answers and are
// judged on the held-out part.
func Confidence(question string, found []index.Result) float64 {
	if len(found) == 0 {
		return 0
	}
	z := gateBias
	for i, x := range features(found) {
		z += gateWeights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

const featureCount = 13

var (
	gateBias    = -6.36
	gateWeights = [featureCount]float64{2.24, 0.42, 1.64, 0.51, 1.31, 1.51, 0.32, 2.37, -1.42, 0.01, 2.30, -1.12, -0.73}
)

// features describes the best result: shares of the question found in the whole document, in title and best sentence, and
// in one head; the same for its concepts; the weight of the heaviest missing word; a missing number; the lead over the next
// article; how much there is to go by.
func features(found []index.Result) [featureCount]float64 {
	e := found[0].Evidence
	number, foreign := 0.0, 0.0
	if e.Numbers {
		number = 1
	}
	if found[0].Foreign {
		foreign = 1
	}
	return [featureCount]float64{
		e.Coverage, e.Joint, e.Head, e.HeadHas, e.Concepts, e.InHead, e.Joint * e.Concepts, math.Min(e.Base/4, 1.5),
		e.MissIDF, number, lead(found), 1 / float64(1+e.Terms), foreign,
	}
}

// lead is how far the best article is ahead of the next one that is not its translation.
func lead(found []index.Result) float64 {
	for _, f := range found[1:] {
		if found[0].Score > 0 && (f.Doc.Key == "" || f.Doc.Key != found[0].Doc.Key) {
			return 1 - f.Score/found[0].Score
		}
	}
	return 1
}
