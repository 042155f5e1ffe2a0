package nlu

import (
	"math"
	"strings"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// feel fills emotion, intensity and their change.
func (e *Engine) feel(u *Understanding, f *fold.Text, c Context) {
	u.Emotion = Neutral
	if e.moods != nil {
		u.Emotion, u.Intensity = e.moods.Mood(f.Plain)
	} else {
		u.Emotion, u.Intensity = ruledMood(f.Plain)
	}
	if found(u.Findings, guard.Abuse) && (u.Emotion != Joy || u.Intensity < 0.85) { // strong words of delight stay delight
		u.Emotion, u.Intensity = Anger, max(u.Intensity, 0.8)
	}
	u.Intensity = unit(u.Intensity)
	if n := len(c.Emotions); n > 0 {
		u.EmotionShift = max(-1, min(1, (Valence(u.Emotion, u.Intensity)-mean(c.Emotions))/2))
	}
}

func found(list []Finding, kind string) bool {
	for _, f := range list {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

// ruledMood is the emotion by plain words, where no model is.
func ruledMood(plain string) (string, float64) {
	label := Neutral
	signals().Find(plain, func(h phrase.Hit) bool {
		if m, ok := strings.CutPrefix(h.Label, "mood_"); ok && (label == Neutral || m != Joy) {
			label = m
		}
		return true
	})
	if label == Neutral {
		return Neutral, 0
	}
	return label, min(1, 0.6+0.1*float64(strings.Count(plain, "!")))
}

// unit brings a number into 0..1, whatever it is.
func unit(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return max(0, min(1, x))
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

// sureHuman is from where on the trained intent alone is a wish for a person.
const sureHuman = 0.6

// judge fills category, topic and urgency from what is known by now.
func (e *Engine) judge(u *Understanding, f *fold.Text) {
	s := heardSignals(f.Plain)
	u.Category, u.CategoryP = categoryOf(u.Intent), u.IntentP
	if u.Intent == Human && u.IntentP >= sureHuman && !guard.SpeaksOfHuman(f.Plain) {
		u.WantsHuman = true // a way of saying it that no pattern knows
	}
	switch {
	case u.WantsHuman:
		u.Category, u.CategoryP = Human, 1
		if !requests(u.Intent) || u.OutOfScope || u.IntentP < 0.9 || u.Intent == Human {
			u.Intent, u.IntentP, u.OutOfScope = Human, 1, false
		}
	case found(u.Findings, guard.Injection) && u.IntentP < 0.9:
		u.Intent, u.IntentP, u.OutOfScope = OutOfScope, 0.5, true // commands to the machine are no wish of a shopper
		u.Category, u.CategoryP = Other, 0.9
	case s.suggestion && u.Category == Consultation && u.IntentP < 0.98, s.suggestion && u.OutOfScope:
		u.Intent, u.IntentP, u.OutOfScope = "suggestion", max(0.6, likely(u.Intents, "suggestion")), false
		u.Category, u.CategoryP = Suggestion, u.IntentP
	case grieved(u) && u.IntentP < sureWish && u.Category != Complaint:
		e.grieve(u)
	case s.complaint && u.Category != Complaint && u.Category != Review && u.Category != Suggestion:
		u.Category, u.CategoryP = Complaint, 0.85
		e.complain(u)
	case u.Intent == "praise" && u.Emotion != Joy && u.Emotion != Neutral && u.Emotion != "":
		u.Category, u.CategoryP = Other, 0.5 // praise in anger is irony
	}
	u.Topic = TopicOf(u.Intent)
	u.IntentP, u.CategoryP = unit(u.IntentP), unit(u.CategoryP)
	u.Urgency = urgency(f.Plain, u, s)
}

func likely(list []Scored, label string) float64 {
	for _, s := range list {
		if s.Label == label {
			return s.P
		}
	}
	return 0
}

// grieved tells whether the writer is plainly unhappy.
func grieved(u *Understanding) bool {
	return (u.Emotion == Anger || u.Emotion == Disappointment) && u.Intensity >= 0.6
}

// grieve takes an unclear message of an unhappy writer for the kind of complaint that was heard in it.
func (e *Engine) grieve(u *Understanding) {
	for _, s := range u.Intents {
		if strings.HasPrefix(s.Label, "complaint_") && s.P >= 0.05 {
			u.Intent, u.IntentP, u.OutOfScope = s.Label, max(s.P, 0.5), false
			u.Category, u.CategoryP = Complaint, 0.75
			return
		}
	}
	if u.Category == Review || u.OutOfScope {
		u.Category, u.CategoryP = Complaint, 0.6
	}
}

// complain gives a complaint without an intent the likeliest kind of complaint, if any was heard.
func (e *Engine) complain(u *Understanding) {
	if !u.OutOfScope {
		return
	}
	for _, s := range u.Intents {
		if strings.HasPrefix(s.Label, "complaint_") {
			u.Intent, u.IntentP, u.OutOfScope = s.Label, max(s.P, 0.4), false
			return
		}
	}
}

// heard are the signals of a message beside its intent.
type heardSignal struct{ complaint, suggestion, urgent, threat bool }

func heardSignals(plain string) (s heardSignal) {
	signals().Find(plain, func(h phrase.Hit) bool {
		switch h.Label {
		case "complaint":
			s.complaint = true
		case "suggestion":
			s.suggestion = true
		case "urgent":
			s.urgent = true
		case "threat":
			s.threat = true
		}
		return true
	})
	return s
}

// urgency is how soon something has to be done, 0..1: words of haste, steps outside that are threatened, anger, marks.
func urgency(plain string, u *Understanding, s heardSignal) float64 {
	v := 0.1
	if s.urgent {
		v += 0.5
	}
	if s.threat {
		v += 0.4
	}
	if u.Category == Complaint {
		v += 0.1
	}
	if u.Emotion == Anger || u.Emotion == Worry {
		v += 0.3 * u.Intensity
	}
	v += 0.05 * float64(min(4, strings.Count(plain, "!")))
	return unit(v)
}

var signals = sync.OnceValue(func() *phrase.Set { return phrase.Compile(signalPatterns) })

const signalPatterns = `
complaint:
我要投诉|要投诉|投诉你们|投诉他|投诉她|投诉商家|投诉客服|投诉店员|投诉快递|差评伺候|给差评|举报你们|太差劲|太差了|太坑|坑人|坑爹|欺骗消费者|虚假宣传|欺诈|忽悠人|欺负人|讨个说法|给个说法|给我个说法|太过分|不负责任|霸王条款|维权 !怎么投诉别人|投诉电话
file_a_complaint|make_a_complaint|lodge_a_complaint|want_to_complain|going_to_complain|unacceptable|ridiculous|outrageous|disgusting|terrible_service|worst|rip_off|ripped_off|scammed|scam|false_advertising|misleading|horrible_experience|appalling
suggestion:
建议|希望你们|要是能|最好能|能不能增加|希望增加|希望可以|能不能出个|能不能出一|能不能推出|可以出个|什么时候能出个|能不能加个|多出点|多开几家 !建议零售价|有什么建议|给点建议|给个建议
i_suggest|i'd_suggest|i_would_suggest|my_suggestion|you_guys_should|you_should_really|could_you_add_more|please_make_a|you_should_add|would_be_nice|it_would_be_great|please_add|consider_adding|feature_request|i_wish_you
urgent:
急|着急|紧急|马上|立刻|立即|尽快|赶紧|赶快|火速|快点|今天就要|明天就要|等不了|十万火急|催|速回|在线等|来不及 !急救|急冻|急停|不急|不着急|焦急什么
urgent*|asap|right_away|immediately|as_soon_as_possible|hurry|emergency|quickly|right_now|need_it_today|need_it_tomorrow|time_sensitive|can't_wait|desperate*
threat:
12315|工商|消协|消费者协会|市场监管|曝光|媒体|起诉|律师|法院|报警|上微博|发抖音|发小红书|315|法律途径 !律师函打印
lawyer|sue_you|legal_action|small_claims|chargeback|trading_standards|consumer_protection|post_this_on|go_public|report_you|bbb|attorney
mood_anger:
气死|生气|愤怒|火大|恶心|无语|受够|忍无可忍|什么玩意|搞什么|垃圾|太过分|骗子|投诉
angry|furious|ridiculous|outrageous|fed_up|unacceptable|disgusting|terrible|sick_of|pissed
mood_disappointment:
失望|太差|不满意|一般般|不值|后悔|不如|糟糕
disappointed|disappointing|let_down|not_happy|unhappy|dissatisfied|regret|poor_quality
mood_worry:
担心|着急|怎么办|会不会|焦虑|害怕|急死|慌
worried|anxious|concerned|afraid|nervous|scared
mood_sadness:
难过|伤心|心疼|哭了|委屈|唉
sad|upset|heartbroken|crying
mood_joy:
喜欢|开心|满意|太棒|很好|不错|谢谢|感谢|赞|完美 !不喜欢|不满意|不开心|不太满意|没有不错|不是很好
love|great|awesome|excellent|happy|perfect|thanks|thank_you|wonderful|amazing !not_happy|not_great|not_perfect|don't_love
`
