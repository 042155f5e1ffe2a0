package nlu

import (
	"math"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// feel fills emotion, intensity and their change.
func (e *Engine) feel(u *Understanding, f *fold.Text, c Context) {
	u.Emotion = Neutral
	if e.moods != nil {
		u.Emotion, u.Intensity = e.moods.Mood(f.Plain)
	}
	if n := len(c.Emotions); n > 0 {
		u.EmotionShift = max(-1, min(1, (Valence(u.Emotion, u.Intensity)-mean(c.Emotions))/2))
	}
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += max(-1, min(1, x))
	}
	m := sum / float64(len(xs))
	if math.IsNaN(m) {
		return 0
	}
	return m
}

// Valence is how pleasant an emotion is, -1..1: what Context.Emotions is made of.
func Valence(emotion string, intensity float64) float64 {
	switch emotion {
	case Joy:
		return intensity
	case Worry:
		return -0.4 * intensity
	case Sadness, Disappointment:
		return -0.7 * intensity
	case Anger:
		return -intensity
	}
	return 0
}

// judge fills topic, category and urgency from what is known by now.
func (e *Engine) judge(u *Understanding, f *fold.Text, c Context) {
	u.Topic = TopicOf(u.Intent)
	u.Category, u.CategoryP = categoryOf(u.Intent), u.IntentP
	if u.WantsHuman {
		u.Category, u.CategoryP = Human, 1
		u.Intent, u.IntentP, u.OutOfScope = Human, 1, false
	}
	u.Urgency = urgency(f.Plain, u)
}

// urgency is how soon something has to be done, 0..1.
func urgency(plain string, u *Understanding) float64 {
	v := 0.1
	if strings.Contains(plain, "急") || strings.Contains(plain, "urgent") || strings.Contains(plain, "asap") {
		v += 0.5
	}
	if u.Emotion == Anger {
		v += 0.3 * u.Intensity
	}
	return min(1, v)
}
