package nlu

import (
	"sync/atomic"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// maxText is how many bytes of a message are looked at; what follows is kept in Original and not understood.
const maxText = 4096

// Intents predicts what a folded text asks for, best first with calibrated probabilities; outOfScope tells that none of them
// should be trusted. It must be safe for concurrent use.
type Intents interface {
	Predict(text string) (best []Scored, outOfScope bool)
}

// Moods tells the emotion of a folded text and its intensity 0..1. It must be safe for concurrent use.
type Moods interface {
	Mood(text string) (emotion string, intensity float64)
}

// Parts are what an Engine is made of; a nil part leaves that work to the rules alone.
type Parts struct {
	Intents Intents
	Moods   Moods
}

// Engine understands messages.
type Engine struct {
	intents atomic.Pointer[Intents]
	moods   Moods
	finder  *entity.Finder
}

// New makes an Engine without a catalogue.
func New(p Parts) *Engine {
	e := &Engine{moods: p.Moods, finder: entity.NewFinder()}
	e.SetIntents(p.Intents)
	e.finder.SetCatalogue([]entity.Item{{ID: "warm", Names: []string{"预热名称"}}}, nil)
	e.Understand("预热 warm up 第二个", Context{Now: time.Unix(0, 0), Options: []Option{{Label: "一"}}}) // makes the tables, so that no shopper waits for them
	e.finder.SetCatalogue(nil, nil)
	return e
}

// SetIntents swaps the intent model, also while messages are being understood; nil means rules alone.
func (e *Engine) SetIntents(m Intents) {
	if m == nil {
		e.intents.Store(nil)
		return
	}
	e.intents.Store(&m)
}

// SetCatalogue swaps the names of products and stores, also while messages are being understood.
func (e *Engine) SetCatalogue(c Catalogue) { e.finder.SetCatalogue(c.Products(), c.Stores()) }

// Understand tells what text means after what c says went before.
func (e *Engine) Understand(text string, c Context) Understanding {
	f := fold.Fold(head(text))
	u := Understanding{Original: text, Text: f.Folded, Language: language(f.Plain, c.Language)}
	personal := guard.FindPersonal(&f)
	u.Entities = e.finder.Find(&f, personal, entity.Context{Now: c.Now, Asked: c.Asked})
	u.Findings = guard.Scan(&f, personal)
	u.WantsHuman = guard.WantsHuman(f.Plain)
	e.acts(&u, &f)
	e.intent(&u, &f)
	e.resolve(&u, &f, c)
	e.feel(&u, &f, c)
	e.judge(&u, &f)
	return u
}

// head is the part of a message that is looked at, cut between characters.
func head(text string) string {
	if len(text) <= maxText {
		return text
	}
	cut := maxText
	for cut > maxText-4 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut]
}

// language is zh when the text has Han characters that matter, en when it is mostly Latin words, else that of the conversation.
func language(plain, before string) string {
	han, words, in := 0, 0, false
	for _, r := range plain {
		latin := r >= 'a' && r <= 'z'
		switch {
		case r >= 0x3400 && r <= 0x9FFF:
			han++
		case latin && !in:
			words++
		}
		in = latin
	}
	switch {
	case han == 0 && words == 0 || han == 0 && words == 1 && before != "" && len(plain) <= 4:
		if before == "en" || before == "zh" {
			return before
		}
		if words > 0 {
			return "en"
		}
		return "zh"
	case han*2 >= words:
		return "zh"
	}
	return "en"
}
