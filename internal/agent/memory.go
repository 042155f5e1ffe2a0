package agent

import (
	"encoding/json"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// memoryVersion changes when Memory does; another version starts empty.
const memoryVersion = 1

// Bounds of what is remembered.
const (
	maxCards    = 12
	maxFeelings = 6
)

// Memory is what the agent remembers of a conversation between turns.
type Memory struct {
	Version  int           `json:"v"`
	Flow     flow.State    `json:"flow"`
	Cards    []shown       `json:"cards,omitempty"`    // cards that can be pressed, newest last
	Feelings []float64     `json:"feelings,omitempty"` // valence of the last turns, oldest first
	Offered  []flow.Option `json:"offered,omitempty"`  // flows offered in the last answer
	Cared    bool          `json:"cared,omitempty"`    // the last answer began with care
	Abuse    int           `json:"abuse,omitempty"`    // abusive messages in a row
	Reduced  bool          `json:"reduced,omitempty"`  // the customer was told that service is reduced
}

// shown is a card that was sent.
type shown struct {
	ID     id.Card  `json:"id"`
	Kind   string   `json:"kind"`             // confirm, choice, flows
	Ref    string   `json:"ref,omitempty"`    // confirmation
	Flow   string   `json:"flow,omitempty"`   // whose slot a choice fills
	Slot   string   `json:"slot,omitempty"`   //
	Values []string `json:"values,omitempty"` // what may be chosen
	Labels []string `json:"labels,omitempty"`
	Closed bool     `json:"closed,omitempty"`
}

func readMemory(raw json.RawMessage) Memory {
	var m Memory
	if len(raw) == 0 || json.Unmarshal(raw, &m) != nil || m.Version != memoryVersion {
		m = Memory{Version: memoryVersion}
	}
	m.Flow = flow.ReadState(mustJSON(m.Flow))
	return m
}

// card finds a card that was shown.
func (m *Memory) card(cid id.Card) *shown {
	for i := range m.Cards {
		if m.Cards[i].ID == cid {
			return &m.Cards[i]
		}
	}
	return nil
}

// remember keeps a card, and forgets the oldest closed ones first.
func (m *Memory) remember(s shown) {
	if m.card(s.ID) != nil {
		return
	}
	m.Cards = append(m.Cards, s)
	for len(m.Cards) > maxCards {
		m.Cards = m.Cards[1:]
	}
}

// feel notes the valence of a turn.
func (m *Memory) feel(v float64) {
	m.Feelings = append(m.Feelings, v)
	if over := len(m.Feelings) - maxFeelings; over > 0 {
		m.Feelings = m.Feelings[over:]
	}
}

// mustJSON writes what is made of plain data.
func mustJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("agent: data that is not JSON: " + err.Error())
	}
	return raw
}
