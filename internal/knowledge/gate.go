package knowledge

import (
	"math"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Threshold is the confidence from which an answer is given.
const Threshold = 0.5

// Confidence is the probability that the best document found answers the question, from how much of the question's
// informative weight it carries. The weights were fitted by logistic regression on the dev part of evals/answers and on the
// articles' own questions, each asked with itself taken out; they are judged on the held-out part.
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

const featureCount = 21

var (
	gateBias    = -4.90
	gateWeights = [featureCount]float64{2.00, 0.14, 1.50, -0.83, 1.29, 1.12, -0.20, 1.25, -0.46, 0.04, 1.55, -0.84, -0.48, -0.53, 1.53, -0.81, 0.68, 0.26, 0.29, 0.23, 0.65}
)

// features describes the best result: shares of the question found in the whole document, in title and best sentence, and
// in one head; the same for its concepts; the weight of the heaviest missing word; a missing number; the lead over the next
// article; how much there is to go by; and a few products, since likeness counts for more where there is a lead.
func features(found []index.Result) [featureCount]float64 {
	e, ahead := found[0].Evidence, lead(found)
	number, foreign := flag(e.Numbers), flag(found[0].Foreign)
	chinese := flag((found[0].Doc.Lang == "zh") != found[0].Foreign) // the question, not the document
	return [featureCount]float64{
		e.Coverage, e.Joint, e.Head, e.HeadHas, e.Concepts, e.InHead, e.Joint * e.Concepts, math.Min(e.Base/4, 1.5),
		e.MissIDF, number, ahead, 1 / float64(1+e.Terms), foreign, e.MissIdea,
		e.Head * e.Head, e.HeadHas * e.InHead, e.Joint * e.Head, ahead * e.HeadHas, chinese, chinese * e.Head, chinese * e.Coverage,
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

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
