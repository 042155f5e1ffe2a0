package shipped

import (
	"bytes"
	"context"
	_ "embed"
	"strings"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/corpus"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/sentiment"
)

//go:embed intents.model
var intents []byte

//go:embed emotions.model
var emotions []byte

//go:embed reviews.model
var reviews []byte

// Seed is the seed of the shipped models and of their corpus.
const Seed = 1

// Intents is the shipped model of intents.
var Intents = sync.OnceValue(func() *classify.Model { return must(classify.Read(bytes.NewReader(intents))) })

// Moods is the shipped reader of emotions and opinions.
var Moods = sync.OnceValue(func() *sentiment.Reader {
	return must(sentiment.New(must(classify.Read(bytes.NewReader(emotions))), must(classify.Read(bytes.NewReader(reviews)))))
})

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Bytes is the size of the shipped file of a set.
func Bytes(set corpus.Set) int {
	switch set {
	case corpus.Emotions:
		return len(emotions) + len(reviews)
	case corpus.Reviews:
		return len(reviews)
	}
	return len(intents)
}

// Examples is the training part of a set, as the classifier takes it. The neutral emotion is joined by questions from the
// intents: most of what shoppers write is matter-of-fact.
func Examples(set corpus.Set) []classify.Example {
	var out []classify.Example
	for _, p := range corpus.Train(set, Seed) {
		out = append(out, classify.Example{Text: p.Text, Label: p.Label})
	}
	switch set {
	case corpus.Reviews: // moods speak for and against too
		for _, p := range corpus.Train(corpus.Emotions, Seed) {
			switch p.Label {
			case sentiment.Joy:
				out = append(out, classify.Example{Text: p.Text, Label: sentiment.Positive})
			case sentiment.Disappointment, sentiment.Anger:
				out = append(out, classify.Example{Text: p.Text, Label: sentiment.Negative})
			}
		}
		for i, p := range corpus.Train(corpus.Intents, Seed) {
			switch {
			case p.Label == "praise":
				out = append(out, classify.Example{Text: p.Text, Label: sentiment.Positive})
			case strings.HasPrefix(p.Label, "complaint_") && i%complaintEvery == 0:
				out = append(out, classify.Example{Text: p.Text, Label: sentiment.Negative})
			}
		}
	case corpus.Emotions:
		for i, p := range corpus.Train(corpus.Intents, Seed) {
			if i%neutralEvery == 0 && matterOfFact(p.Label) && !stirred(p.Text) {
				out = append(out, classify.Example{Text: p.Text, Label: sentiment.Neutral})
			}
		}
	}
	return out
}

// complaintEvery takes one of so many complaints of the intents as a negative opinion.
const complaintEvery = 12

// neutralEvery takes one of so many phrases of the intents as neutral.
const neutralEvery = 12

// matterOfFact tells the intents whose phrases carry no emotion: questions, requests and small talk that is no thanks.
func matterOfFact(intent string) bool {
	switch {
	case strings.HasPrefix(intent, "complaint_"):
		return false
	case intent == "review", intent == "praise", intent == "thanks", intent == "suggestion", intent == "chitchat", intent == "human":
		return false
	}
	return true
}

// stirred tells the phrases that a feeling shows in, whatever they ask for.
func stirred(text string) bool {
	text = strings.ToLower(text)
	for _, w := range []string{"!", "！", "😡", "😭", "急", "担心", "怕", "丢", "会不会", "万一", "来得及", "赶得上", "不喜欢", "不满意", "气", "后悔", "worried", "concerned",
		"nervous", "urgent", "asap", "hurry", "lost", "missing", "not happy", "help", "for days", "hate", "don't like", "🙏", "😊"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// Train trains the model of a set from the corpus, as the shipped file was, and with extra examples for a shop's own words.
func Train(ctx context.Context, set corpus.Set, extra ...classify.Example) (*classify.Model, classify.Report, error) {
	return classify.Train(ctx, append(Examples(set), extra...), options(set))
}

// options keep the shipped models small.
func options(set corpus.Set) classify.Options {
	if set != corpus.Intents {
		return classify.Options{Seed: Seed, Small: true, Hidden: 32, Nets: 1}
	}
	return classify.Options{Seed: Seed, Small: true, Hidden: 64, Nets: 1}
}
