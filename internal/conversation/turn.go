package conversation

import (
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Turn is all that is to be answered now: one customer message, or several in quick succession.
// Its ID depends only on the conversation and the first message, so that a turn that runs again after a crash
// carries the same ID; effects derive their idempotency keys from it.
type Turn struct {
	ID           id.Turn
	Conversation Conversation
	CustomerName string
	Inputs       []Message       // the unanswered customer messages, oldest first; texts, images and presses
	Recent       []Message       // what was said before, oldest first, at most 40
	State        json.RawMessage // the agent's memory of this conversation; nil at first
	At           time.Time
}

// Reply is what a turn leads to. It is stored in one transaction.
type Reply struct {
	Messages []Message       // Author, Kind, Text, Card ... are set; ID, Seq and At are given by the store
	Cards    []CardUpdate    // earlier cards whose status changes
	State    json.RawMessage // the new memory
	Decision json.RawMessage // the decision record
	Facts    TurnFacts
	Handoff  *Handoff // ask for a person
	Close    bool
}

// CardUpdate sets the status of an earlier card.
type CardUpdate struct {
	CardID id.Card
	Status string
	Chosen string // what was pressed, kept in the body so that it shows after a reload; empty leaves the body
}

// TurnFacts go onto the conversation's row, for inbox and statistics. Empty fields change nothing.
type TurnFacts struct {
	Language  id.Lang
	Category  string
	Intent    string
	Emotion   string
	Intensity float64
	Priority  int
}

// Handoff asks for a person.
type Handoff struct {
	Reason  string // customer_asked, low_confidence, repeated_failure, anger, risk, policy ...
	Summary string // what a person needs to know: the wish, what was tried, what was collected
	Team    id.Team
}
