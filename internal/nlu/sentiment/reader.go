package sentiment

import (
	"math"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
)

// The emotions, in the order of their valence.
const (
	Joy            = "joy"
	Neutral        = "neutral"
	Worry          = "worry"
	Sadness        = "sadness"
	Disappointment = "disappointment"
	Anger          = "anger"
)

// Labels of reviews.
const (
	Positive = "positive"
	Negative = "negative"
)

// valence is how pleasant an emotion is.
var valence = map[string]float64{Joy: 1, Neutral: 0, Worry: -0.4, Sadness: -0.6, Disappointment: -0.8, Anger: -1}

// Valence is how pleasant an emotion is, -1 to 1.
func Valence(emotion string) float64 { return valence[emotion] }

// Reader reads moods and opinions.
type Reader struct {
	model  *classify.Model
	zh, en *lexicon
}

// New makes a Reader with a model of the six emotions.
func New(m *classify.Model) (*Reader, error) {
	for _, l := range m.Labels() {
		if _, ok := valence[l]; !ok {
			return nil, errs.New(errs.Invalid, "emotion_labels", "the emotion model knows %q, which is none of the six emotions; train it on joy, neutral, worry, sadness, disappointment, anger", l)
		}
	}
	return &Reader{model: m, zh: load("zh"), en: load("en")}, nil
}

// opinion is what both voters say.
type opinion struct {
	lexicon float64 // sum of the lexicon
	hits    int
	p       map[string]float64
}

func (r *Reader) read(text string) opinion {
	lower := strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	l := r.en
	if han(lower) {
		l = r.zh
	}
	o := opinion{p: map[string]float64{}}
	o.lexicon, o.hits = l.polarity(lower)
	p := r.model.Predict(text)
	o.p[p.Label] = p.P
	for _, s := range p.Others {
		o.p[s.Label] = s.P
	}
	return o
}

// bad is the probability of the unpleasant emotions.
func (o opinion) bad() float64 { return o.p[Worry] + o.p[Sadness] + o.p[Disappointment] + o.p[Anger] }

// lean is above 0 for opinions in favour, below for those against. The lexicon's sum is damped, since long texts say more
// words but hold no more opinion; the model counts by the odds of joy against the unpleasant emotions.
func (o opinion) lean() float64 {
	const keep = 0.15 // of doubt, so that no voter rules alone
	damped := o.lexicon / math.Sqrt(1+float64(o.hits)/3)
	return damped + modelSay*math.Log((o.p[Joy]+keep)/(o.bad()+keep))
}

// modelSay is the weight of the model beside the lexicon.
const modelSay = 0.7

// Opinion tells whether text speaks for or against its subject, and how surely, 0.5 to 1.
func (r *Reader) Opinion(text string) (label string, p float64) {
	p = sigmoid(r.read(text).lean())
	if p < 0.5 {
		return Negative, 1 - p
	}
	return Positive, p
}

// Mood tells the emotion of text and its intensity, 0 to 1. Words of the lexicon can lift an emotion over neutral when the
// model hesitates, and signs of exclamation make it stronger.
func (r *Reader) Mood(text string) (emotion string, intensity float64) {
	o := r.read(text)
	emotion = Neutral
	for _, e := range []string{Joy, Worry, Sadness, Disappointment, Anger} {
		if o.p[e] > o.p[emotion] {
			emotion = e
		}
	}
	emotion = o.corrected(emotion)
	if emotion == Neutral {
		return emotion, 0
	}
	return emotion, clamp01(0.25 + 0.35*o.p[emotion] + 0.08*math.Abs(o.lexicon) + 0.12*loud(text))
}

// corrected lets a clear sum of the lexicon overrule a model that says the opposite without being sure.
func (o opinion) corrected(emotion string) string {
	const clear, sure = 2.5, 0.75
	switch {
	case o.p[emotion] > sure:
		return emotion
	case o.lexicon > clear && emotion != Joy && o.p[Joy] > 0.1:
		return Joy
	case o.lexicon < -clear && (emotion == Joy || emotion == Neutral):
		return o.worst()
	}
	return emotion
}

func (o opinion) worst() string {
	best := Disappointment
	for _, e := range []string{Worry, Sadness, Anger} {
		if o.p[e] > o.p[best] {
			best = e
		}
	}
	return best
}

// loud is how much a text shouts, 0 to 3: repeated signs and capitals.
func loud(text string) float64 {
	n := strings.Count(text, "!") + strings.Count(text, "！")
	if up := strings.ToUpper(text); up == text && strings.ToLower(text) != text && len(text) > 8 {
		n++
	}
	return float64(min(n, 3))
}

func clamp01(v float64) float64 { return max(0, min(1, v)) }
