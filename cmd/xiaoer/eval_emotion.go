package main

import (
	"github.com/xiaoer-cs/xiaoer/internal/nlu/corpus"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/evaluate"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/sentiment"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/shipped"
)

// evalEmotionCmd measures emotions, or opinions where the labels are positive and negative: trained on --train, or the shipped
// reader without.
type evalEmotionCmd struct{ evalRows }

// Run measures and prints.
func (c *evalEmotionCmd) Run() error {
	test, skipped, err := c.tests(corpus.Emotions)
	if err != nil {
		return err
	}
	if len(c.Train) == 0 {
		return c.finish("emotion", test, skipped, moodJudge(shipped.Moods(), test), trained{bytes: shipped.Bytes(corpus.Emotions)})
	}
	m, t, err := c.model(nil, 0)
	if err != nil {
		return err
	}
	return c.finish("emotion", test, skipped, labelJudge(m, test), t)
}

// moodJudge answers in the words of the rows: emotions, or the opinions positive and negative under the names the rows use.
func moodJudge(r *sentiment.Reader, test []evaluate.Row) evaluate.Judge {
	names := opinionNames(test)
	if names == nil {
		return func(text string) string { e, _ := r.Mood(text); return e }
	}
	return func(text string) string { o, _ := r.Opinion(text); return names[o] }
}

// spellings are the ways data sets write the two opinions, in pairs.
var spellings = [][2]string{{"positive", "negative"}, {"pos", "neg"}, {"1", "0"}, {"正面", "负面"}, {"好评", "差评"}}

// opinionNames finds the spelling whose two names are the only labels of the rows; nil when there is none.
func opinionNames(test []evaluate.Row) map[string]string {
	for _, s := range spellings {
		if onlyLabels(test, s) {
			return map[string]string{sentiment.Positive: s[0], sentiment.Negative: s[1]}
		}
	}
	return nil
}
