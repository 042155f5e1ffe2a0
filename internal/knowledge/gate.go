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

var (
	gateBias    = -4.0
	gateWeights = [...]float64{1, 1, 3, 1, -2, -1, 1}
)

// features describes the best result: shares of the question found in the whole document, in title and best sentence, and
// in one head; the weight of the heaviest missing word; a missing number; the lead over the next document.
func features(found []index.Result) [7]float64 {
	e := found[0].Evidence
	lead := 1.0
	if len(found) > 1 && found[0].Score > 0 {
		lead = 1 - found[1].Score/found[0].Score
	}
	number := 0.0
	if e.Numbers {
		number = 1
	}
	return [7]float64{e.Coverage, e.Joint, e.Head, e.HeadHas, e.MissIDF, number, lead}
}
