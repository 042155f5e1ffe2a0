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
	model  *classify.Model // of the six emotions
	views  *classify.Model // of positive and negative
	zh, en *lexicon
}

// New makes a Reader with a model of the six emotions and one of the two opinions.
func New(m, views *classify.Model) (*Reader, error) {
	for _, l := range m.Labels() {
		if _, ok := valence[l]; !ok {
			return nil, errs.New(errs.Invalid, "emotion_labels", "the emotion model knows %q, which is none of the six emotions; train it on joy, neutral, worry, sadness, disappointment, anger", l)
		}
	}
	if l := views.Labels(); len(l) != 2 || l[0] != Negative || l[1] != Positive {
		return nil, errs.New(errs.Invalid, "opinion_labels", "the opinion model knows %v; train it on negative and positive", l)
	}
	return &Reader{model: m, views: views, zh: load("zh"), en: load("en")}, nil
}

// opinion is what both voters say.
type opinion struct {
	lexicon float64 // sum of the lexicon
	hits    int
	p       map[string]float64 // of the emotions
	inFavor float64            // of the model of opinions
}

func (r *Reader) read(text string) opinion {
	lower := strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	l := r.en
	if han(lower) {
		l = r.zh
	}
	o := opinion{p: map[string]float64{}}
	o.lexicon, o.hits = l.polarity(lower)
	v := r.views.Predict(text)
	if o.inFavor = v.P; v.Label == Negative {
		o.inFavor = 1 - v.P
	}
	p := r.model.Predict(text)
	o.p[p.Label] = p.P
	for _, s := range p.Others {
		o.p[s.Label] = s.P
	}
	return o
}

// lean is above 0 for opinions in favour, below for those against. The lexicon's sum is damped, since long texts say more
// words but hold no more opinion; the model counts by its odds.
func (o opinion) lean() float64 {
	const doubt = 0.02 // so that no voter rules alone
	damped := o.lexicon / math.Sqrt(1+float64(o.hits)/3)
	return damped + modelSay*math.Log((o.inFavor+doubt)/(1-o.inFavor+doubt))
}

// modelSay is the weight of the model beside the lexicon: half, since outside its own phrases it is surer than right.
const modelSay = 0.5

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

// corrected lets a clear sum of the lexicon overrule a model that says the opposite without being sure. Where the model hesitates
// over neutral, a word of the lexicon that leans its way decides.
func (o opinion) corrected(emotion string) string {
	const clear, sure, word, heard = 2.5, 0.75, 1, 0.3
	switch {
	case emotion == Neutral && o.lexicon >= word && o.p[Joy] >= heard:
		return Joy
	case emotion == Neutral && o.lexicon <= -word && o.p[o.worst()] >= heard:
		return o.worst()
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
