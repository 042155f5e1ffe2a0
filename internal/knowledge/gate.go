package knowledge

import (
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/gate"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Threshold is the confidence from which an answer is given.
const Threshold = 0.5

// Confidence is the probability that the best document found answers the question.
func Confidence(question string, found []index.Result) float64 {
	if len(found) == 0 {
		return 0
	}
	return gate.Shipped.P(gate.Features(question, found))
}
