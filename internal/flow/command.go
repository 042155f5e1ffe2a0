package flow

import "github.com/xiaoer-cs/xiaoer/internal/id"

// Command is what an interpreter makes of a message, and what the engine carries out.
type Command struct {
	Kind       CommandKind `json:"kind"`
	Flow       string      `json:"flow,omitempty"`       // start
	Slot       string      `json:"slot,omitempty"`       // set
	Fills      []Fill      `json:"fills,omitempty"`      // start, fill, correct
	Text       string      `json:"text,omitempty"`       // the words it was made from; the question of an answer
	Topic      string      `json:"topic,omitempty"`      // small talk: greet thanks bye ...; hand off: the reason
	Candidates []string    `json:"candidates,omitempty"` // clarify
	Ref        string      `json:"ref,omitempty"`        // confirm, decline: the confirmation
}

// CommandKind is what to do.
type CommandKind string

// The commands.
const (
	Start     CommandKind = "start_flow"
	Set       CommandKind = "set_slot" // this slot, this value
	Fills     CommandKind = "fill"     // entities, for whatever slots they fit
	Correct   CommandKind = "correct"  // entities that replace what was said before
	Cancel    CommandKind = "cancel"   // never mind
	Affirm    CommandKind = "affirm"   // yes
	Deny      CommandKind = "deny"     // no
	Confirm   CommandKind = "confirm"  // a press on a confirmation
	Decline   CommandKind = "decline"  // a press on its other button
	Clarify   CommandKind = "clarify"  // which of these did you mean
	Ask       CommandKind = "answer"   // a question for knowledge
	SmallTalk CommandKind = "small_talk"
	HandOff   CommandKind = "hand_off"
	Lost      CommandKind = "not_understood"
	Tell      CommandKind = "tell" // say one of the shared texts (Topic): stale card, abuse, too long ...
)

// Fill is an entity on offer to slots.
type Fill struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
}

// Facts are what the engine may know of the turn besides commands.
type Facts struct {
	Turn      string
	Language  id.Lang
	Emotion   string
	Intensity float64
	Assurance int // as tool.Assurance
	Images    int // pictures in this turn
	Text      string
	Steps     int  // steps already made in this turn
	TextYes   bool // the channel has no buttons: a plain yes right after the question counts
	Result    *Result
}

// Negative tells whether care is due.
func (f Facts) Negative() bool {
	switch f.Emotion {
	case "anger", "worry": // to be told that one is angry when one is not, is worse than hearing nothing
		return f.Intensity >= 0.6
	case "disappointment", "sadness":
		return f.Intensity >= 0.5
	}
	return false
}

// Result is the outcome of what Advance asked for.
type Result struct {
	Data         map[string]any
	Options      []Option
	Refused      *Refusal
	Confirmation string // a proposal was accepted and waits
	State        string // of an executed effect: done failed unknown approval
	Answered     bool   // knowledge had an answer
	Error        string // it could not be done at all
}

// Refusal is policy's no.
type Refusal struct {
	Code  string
	Why   string
	Offer []string
}

// Action is what the agent has to do, in order.
type Action struct {
	Kind    ActionKind     `json:"kind"`
	Flow    string         `json:"flow,omitempty"`
	Text    string         `json:"text,omitempty"`
	Slot    string         `json:"slot,omitempty"`
	Tool    string         `json:"tool,omitempty"`
	Args    map[string]any `json:"args,omitempty"`
	Options []Option       `json:"options,omitempty"`
	Flows   []string       `json:"flows,omitempty"`
	Topic   string         `json:"topic,omitempty"`
	Ref     string         `json:"ref,omitempty"`
	Show    bool           `json:"show,omitempty"`
	Quick   []string       `json:"quick,omitempty"`
}

// ActionKind is what to do.
type ActionKind string

// The actions. After CallTool, Propose and Execute the engine waits for the result in the next Advance of the same turn.
const (
	DoSay     ActionKind = "say"
	DoAsk     ActionKind = "ask"     // a question, with options when there are some
	DoCall    ActionKind = "call"    // run a reading or direct tool
	DoPropose ActionKind = "propose" // plan an effect and show its confirmation
	DoExecute ActionKind = "execute" // the customer confirmed Ref
	DoRemind  ActionKind = "remind"  // the confirmation Ref is still open
	DoDrop    ActionKind = "drop"    // the confirmation Ref is not wanted any more
	DoOffer   ActionKind = "offer"   // flows that may help instead
	DoClarify ActionKind = "clarify" // which of these flows
	DoAnswer  ActionKind = "answer"  // ask knowledge
	DoTalk    ActionKind = "talk"    // small talk
	DoHandOff ActionKind = "hand_off"
	DoLost    ActionKind = "lost" // not understood, outside a flow
	DoSuggest ActionKind = "suggest"
	DoRate    ActionKind = "rate"
	DoBegan   ActionKind = "began" // a flow started or went on; for the record
	DoEnded   ActionKind = "ended"
	DoStep    ActionKind = "step"  // a step was reached (Topic: its number); for the record
	DoLogin   ActionKind = "login" // the flow needs a better known customer
)
