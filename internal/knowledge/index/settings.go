package index

// The settings were chosen on a third of two public question sets (by a hash of the id) and reported on the rest;
// docs/measurements/knowledge.md tells how. They are the same for FAQ and long passages, Chinese and English.
const (
	k1 = 1.2 // saturation of repeated words; Robertson and Zaragoza, The Probabilistic Relevance Framework (2009)

	// Length normalisation is against a fixed pivot, not the average, and never rewards a text for being short: so a
	// collection of short and long texts is fair to both, and a score does not move when other documents come and go.
	headPivot, headSlope = 8, 0.5
	bodyPivot, bodySlope = 250, 0.6

	headWord, headGram = 2.0, 1.5
	bodyWord, bodyGram = 0.7, 0.4
	bareBody           = 3.0 // a document without title and questions: its body speaks for the head too

	uniWeight     = 0.5
	weakWeight    = 0.35
	conceptWeight = 1.0
	typoWeight    = 0.7
	idleBelow     = 1.2  // a weak word that stands in a third of all documents
	idleFrom      = 5000 // documents from which on such words are too dear to choose candidates by
	candidates    = 60
	foreignCost   = 0.6 // a document in another language must be clearly better
)

func lengthNorm(n, pivot int, slope float64) float32 {
	return float32(1 - slope + slope*max(1, float64(n)/float64(pivot)))
}

const (
	queryMax = 2000 // bytes of a question that are looked at
	reread   = 20   // candidates that are read again

	rerankBase, rerankHead, rerankJoint, rerankCover = 1.0, 0.6, 0.3, 0.3
)
