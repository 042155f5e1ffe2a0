package flow

import "encoding/json"

// Version of State; a state of another version starts empty.
const Version = 1

// Bounds of what a conversation remembers and of what a turn may do.
const (
	MaxSteps = 20 // steps per turn
	MaxStack = 4  // flows inside each other
	MaxQueue = 8  // wishes that wait
	maxTries = 2  // failed answers to one question before a person is asked for
)

// State is the memory of the flows of one conversation.
type State struct {
	Version int       `json:"v"`
	Stack   []Frame   `json:"stack,omitempty"` // the last one is active
	Queue   []Command `json:"queue,omitempty"` // wishes for later, in order
	Clarify []string  `json:"clarify,omitempty"`
	Asking  bool      `json:"asking,omitempty"`  // knowledge was asked whether it can make sense of an answer that fits no slot
	Puzzled int       `json:"puzzled,omitempty"` // messages in a row that were not understood outside a flow
}

// Frame is a flow in progress.
type Frame struct {
	Flow    string                    `json:"flow"`
	Step    int                       `json:"step"`
	Slots   map[string]Value          `json:"slots,omitempty"`
	Results map[string]map[string]any `json:"results,omitempty"`
	Options []Option                  `json:"options,omitempty"` // shown for the slot that is waited for
	Wait    Wait                      `json:"wait,omitzero"`
	Left    int                       `json:"left,omitempty"`  // turns in a row that were about something else
	Tries   int                       `json:"tries,omitempty"` // failed answers to the question that is open
	Wrong   int                       `json:"wrong,omitempty"` // things named that were not there
	Words   string                    `json:"words,omitempty"` // what the customer called the thing
	Wish    string                    `json:"wish,omitempty"`  // the message that started it
	Turn    string                    `json:"turn,omitempty"`  // the turn that touched it last
	Asked   map[string]bool           `json:"asked,omitempty"`
	Cared   bool                      `json:"cared,omitempty"`
}

// Wait is what a frame waits for.
type Wait struct {
	For  string `json:"for,omitempty"` // "" runs; slot, options, call, propose, confirm, execute
	Name string `json:"name,omitempty"`
}

// Value is a filled slot.
type Value struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
	By    string `json:"by,omitempty"` // customer, only (the single option), default
}

// Option is one thing the customer can choose.
type Option struct {
	Value      string            `json:"value"`
	Label      string            `json:"label"`
	Detail     string            `json:"detail,omitempty"`
	Image      string            `json:"image,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
}

// ReadState reads a stored state; what cannot be read, or was written by another version, is an empty one.
func ReadState(raw json.RawMessage) State {
	var s State
	if len(raw) == 0 || json.Unmarshal(raw, &s) != nil || s.Version != Version {
		return State{Version: Version}
	}
	return s
}

// Active is the frame on top, or nil.
func (s *State) Active() *Frame {
	if len(s.Stack) == 0 {
		return nil
	}
	return &s.Stack[len(s.Stack)-1]
}

// clone copies the state so that Advance never writes into what it was given.
func (s State) clone() State {
	raw, err := json.Marshal(s)
	if err != nil {
		return State{Version: Version}
	}
	return ReadState(raw)
}
