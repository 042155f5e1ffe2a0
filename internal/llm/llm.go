package llm

import (
	"context"
	"encoding/json"
	"time"
)

// Role is what a model is used for.
type Role string

// The roles. Where a role has no model that works, fast and strong stand in for each other; embedding stands alone.
const (
	Fast      Role = "fast"
	Strong    Role = "strong"
	Embedding Role = "embedding"
)

// Author is who said a message of the talk with a model.
type Author string

// The authors.
const (
	System    Author = "system"
	User      Author = "user"
	Assistant Author = "assistant"
	Tool      Author = "tool"
)

// Message is one entry of the talk with a model.
type Message struct {
	Author Author     `json:"author"`
	Text   string     `json:"text"`
	CallID string     `json:"call_id,omitempty"` // of a tool's answer
	Calls  []ToolCall `json:"calls,omitempty"`   // what the assistant called
}

// ToolCall is a wish of the model. It is data; whether anything is done about it is decided elsewhere.
type ToolCall struct {
	ID   string          `json:"id"`
	Name string          `json:"name"`
	Args json.RawMessage `json:"args"` // an object
}

// ToolSpec offers a tool to the model.
type ToolSpec struct {
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Schema      map[string]any `json:"schema"`
}

// Shape asks for an answer that is JSON of a schema.
type Shape struct {
	Name   string         `json:"name"`
	Schema map[string]any `json:"schema"`
}

// Request is one question to a model.
type Request struct {
	Role         Role
	Conversation string // whose budget it is
	Purpose      string // interpret, compose, plan ...; for the record
	Prompt       string // version of the prompt texts
	Messages     []Message
	Tools        []ToolSpec
	Shape        *Shape
	MaxTokens    int           // of the answer; 0 means 800
	Timeout      time.Duration // of the whole, with retries and other models; 0 means 10 s
	Model        string        // set by the Egress: the model's own name at its endpoint
}

// Finish tells how an answer ended.
type Finish string

// The endings of an answer that came to its end.
const (
	Stopped Finish = "stop"
	Called  Finish = "tool_calls"
	Length  Finish = "length" // it was longer than MaxTokens
	Refused Finish = "content_filter"
)

// Usage is what a question and its answer took.
type Usage struct {
	In  int `json:"in"`
	Out int `json:"out"`
}

// Total is the sum.
func (u Usage) Total() int { return u.In + u.Out }

// Response is a whole answer.
type Response struct {
	Text   string
	Calls  []ToolCall
	Finish Finish
	Usage  Usage
	Name   string        // of the model, as configured; set by the Egress
	Cost   int64         // in millionths of the price's currency; set by the Egress
	Took   time.Duration // set by the Egress
}

// Delta is a piece of an answer on its way.
type Delta struct{ Text string }

// Wire speaks to one model's endpoint. It makes one try, returns when ctx ends, and never gives half an answer: what was cut is an
// error of kind Unavailable and code model_cut. Both forms give the whole answer in the end; Stream also tells it piece by piece.
type Wire interface {
	Chat(ctx context.Context, r Request) (Response, error)
	Stream(ctx context.Context, r Request, tell func(Delta)) (Response, error)
}

// Model is one configured model.
type Model struct {
	Name     string // how we call it, in records and logs
	Role     Role
	ID       string // how its endpoint calls it
	Host     string // host:port it lives at
	Export   bool   // sending data abroad to it was switched on
	PriceIn  int64  // millionths of the currency for one token of the question
	PriceOut int64  // and of the answer; so the price of a million tokens, in the currency itself
	Timeout  time.Duration
	Wire     Wire
}

// cost of a usage in millionths of the currency.
func (m Model) cost(u Usage) int64 { return int64(u.In)*m.PriceIn + int64(u.Out)*m.PriceOut }
