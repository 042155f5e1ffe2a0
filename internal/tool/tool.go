package tool

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Spec describes a tool.
type Spec struct {
	Name         string  // snake_case
	Title        id.Text // "Cancel an order"
	Text         id.Text // what it does and when to use it, for whoever chooses tools
	Write        bool    // it changes the world, and so passes the gate
	Direct       bool    // a write that needs no confirmation: it only makes work for the shop, and moves no money
	Local        bool    // Run writes only our own database: it takes part in the transaction that records the outcome
	MinAssurance Assurance
	Schema       *jsonschema.Schema // of the arguments; see Object
	Undo         string             // the tool that undoes it, or how a person does; "" when it cannot be undone
}

// Tool is something the agent can do.
//
// Plan of a write asks policy and renders the exact action; it changes nothing. It answers with a [Refusal] when policy
// says no. Plan of a read may return an empty Plan. Run carries out what was planned: for a write exactly once per key,
// however often it is called; for a read the key is empty. Both see only what belongs to the session's customer: an id
// of somebody else's is "not found".
type Tool interface {
	Spec() Spec
	Plan(ctx context.Context, s Session, a Args) (Plan, error)
	Run(ctx context.Context, s Session, p Plan, key string) (Result, error)
}

// Settler is a write tool that can be asked what became of a key.
type Settler interface {
	// Settle answers Done with the result, Failed when it surely did not happen, or Unknown when that cannot be told yet.
	Settle(ctx context.Context, s Session, p Plan, key string) (State, Result, error)
}

// Plan is an action, rendered.
type Plan struct {
	Args        Args
	Summary     id.Text // one sentence: "Return 1 × Running shoes of order 1001 and refund ¥399.00"
	Lines       []Line  // what is confirmed, line by line
	BusinessKey string  // what may happen once: "return:<order>:<line>"; two actions that may both happen need two keys
	Amount      Money   // value at stake for limits; zero when none
	Approval    *id.Text
	// Approval, when set, says why a person has to approve this action whatever its value.
}

// Line is one line of a confirmation.
type Line struct {
	Label id.Text `json:"label"`
	Value id.Text `json:"value"`
}

// Money is an amount in minor units.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// Result is what a tool answers. Every string in Data and Cards is in the session's language; fields that end in _text
// are ready to be shown.
type Result struct {
	Data    map[string]any `json:"data,omitempty"`    // for conditions and templates
	Text    string         `json:"text,omitempty"`    // one or two sentences that tell the result
	Options []Option       `json:"options,omitempty"` // to choose from, best first
	Cards   []Card         `json:"cards,omitempty"`
}

// Option is one thing to choose.
type Option struct {
	Value      string            `json:"value"`
	Label      string            `json:"label"`
	Detail     string            `json:"detail,omitempty"`
	Image      string            `json:"image,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"` // colour, size, product name: what a customer may name it by
}

// Card is something to show; docs/architecture.md lists kinds and bodies.
type Card struct {
	Kind    string         `json:"kind"`
	Title   string         `json:"title"`
	Body    map[string]any `json:"body"`
	Actions []Action       `json:"actions,omitempty"`
}

// Action is a button of a card.
type Action struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Style string `json:"style,omitempty"`
}

// Refusal is policy saying no. It is an error; nothing was changed.
type Refusal struct {
	Code  string         // stable: return_window_over, not_returnable, order_not_found ...
	Why   id.Text        // the decision with its reason, to be told as it is
	Offer []string       // flows that may help instead, best first: exchange, repair, human
	Data  map[string]any // facts for templates, as in Result
}

// Error tells the code and the English reason.
func (r *Refusal) Error() string { return r.Code + ": " + r.Why.In(id.EN) }

// Unwrap makes it a Conflict for whoever asks errs.
func (r *Refusal) Unwrap() error { return errs.New(errs.Conflict, r.Code, "%s", r.Why.In(id.EN)) }

// hash binds a plan to who it was shown to: any change of tool, argument, wording, amount or session gives another one.
func (p Plan) hash(name string, s Session) string {
	b, err := json.Marshal([]any{name, p.Args, p.Summary, p.Lines, p.BusinessKey, p.Amount, s.Customer(), s.Conversation()})
	if err != nil { // Args come from JSON, the rest is plain text
		panic("tool: a plan that is not JSON: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
