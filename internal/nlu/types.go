package nlu

import (
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// Scored is a label with its calibrated probability.
type Scored struct {
	Label string  `json:"label"`
	P     float64 `json:"p"`
}

// Entity is one named thing in a message; Start and End are byte offsets into Understanding.Original.
type Entity = entity.Entity

// Finding is something a guard spotted: kind abuse, spam, injection or pii; Start and End are byte offsets into Original.
type Finding = guard.Finding

// Segment is one wish of several in a message; Start and End are byte offsets into Original.
type Segment struct {
	Text   string  `json:"text"`
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Intent string  `json:"intent"`
	P      float64 `json:"p"`
}

// Understanding is what one message means.
type Understanding struct {
	Original     string    `json:"original"`
	Text         string    `json:"text"` // folded: NFKC, invisible characters removed
	Language     string    `json:"language"`
	Category     string    `json:"category"`
	CategoryP    float64   `json:"category_p"`
	Topic        string    `json:"topic"`
	Intent       string    `json:"intent"`
	IntentP      float64   `json:"intent_p"`
	Intents      []Scored  `json:"intents,omitempty"` // best first, at most 5
	OutOfScope   bool      `json:"out_of_scope,omitempty"`
	Emotion      string    `json:"emotion"`
	Intensity    float64   `json:"intensity"`
	EmotionShift float64   `json:"emotion_shift"` // change of valence against Context.Emotions, -1..1
	Urgency      float64   `json:"urgency"`
	WantsHuman   bool      `json:"wants_human,omitempty"`
	Entities     []Entity  `json:"entities,omitempty"`
	Findings     []Finding `json:"findings,omitempty"`
	Segments     []Segment `json:"segments"` // at least one
	Affirms      bool      `json:"affirms,omitempty"`
	Denies       bool      `json:"denies,omitempty"`
	Corrects     bool      `json:"corrects,omitempty"`
	Cancels      bool      `json:"cancels,omitempty"`
}

// Context is what the conversation knows when a message arrives.
type Context struct {
	Now      time.Time // with the shop's location, for relative dates
	Language string    // of the conversation so far
	Asked    string    // kind of entity the agent asked for last (order, product, date, phone ...), or ""
	Flow     string    // flow in progress, or ""
	Options  []Option  // what was shown last, in order
	Emotions []float64 // valence of the last turns, oldest first
}

// Option is one of the things shown last. A choice of it comes back as an entity whose Data has "option" (its place, from 1).
type Option struct {
	Value      string
	Label      string
	Attributes map[string]string
}

// Catalogue names the shop's products and stores.
type Catalogue interface {
	Products() []CatalogueItem
	Stores() []CatalogueItem
}

// CatalogueItem is one product or store with the names it goes by.
type CatalogueItem = entity.Item
