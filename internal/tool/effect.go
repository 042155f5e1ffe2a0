package tool

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// State is where an effect stands.
type State string

// The states. See the package's doc for the arrows.
const (
	Proposed  State = "proposed"
	Approval  State = "approval" // confirmed by the customer, waits for staff
	Executing State = "executing"
	Done      State = "done"
	Failed    State = "failed"
	Unknown   State = "unknown"
	Cancelled State = "cancelled"
	Expired   State = "expired"
	Rejected  State = "rejected" // staff said no
)

// Live states hold their business key: what they stand for has happened, may have, or still may.
var Live = []State{Proposed, Approval, Executing, Done, Unknown}

// Effect is one row: an action somebody asked for, and what became of it. ID is the idempotency key the tool gets.
type Effect struct {
	ID           id.Effect       `json:"id"`
	Confirmation id.Confirmation `json:"confirmation_id"`
	Customer     id.Customer     `json:"customer_id"`
	Conversation id.Conversation `json:"conversation_id"`
	Turn         id.Turn         `json:"turn_id"`
	Assurance    string          `json:"assurance"`
	Language     id.Lang         `json:"language"`
	Channel      string          `json:"channel"`
	Tool         string          `json:"tool"`
	Args         Args            `json:"args"`
	Hash         string          `json:"hash"` // of the plan that was shown
	BusinessKey  string          `json:"business_key"`
	Summary      id.Text         `json:"summary"`
	Lines        []Line          `json:"lines"`
	Amount       Money           `json:"amount"`
	State        State           `json:"state"`
	Reason       id.Text         `json:"reason"` // why it failed, waits for approval or was rejected
	Result       Result          `json:"result"`
	DecidedBy    id.Staff        `json:"decided_by,omitempty"`
	CreatedAt    time.Time       `json:"created_at"`
	ExpiresAt    time.Time       `json:"expires_at"`
	UpdatedAt    time.Time       `json:"updated_at"`
}

// Confirmation is what the customer is shown and presses.
type Confirmation struct {
	ID        id.Confirmation
	Effect    id.Effect
	Tool      string
	Summary   id.Text
	Lines     []Line
	Amount    Money
	ExpiresAt time.Time
}

// Of is the confirmation of a proposed effect.
func (e Effect) confirmation() Confirmation {
	return Confirmation{e.Confirmation, e.ID, e.Tool, e.Summary, e.Lines, e.Amount, e.ExpiresAt}
}

// Audit is one entry of the hash chain.
type Audit struct {
	Seq    int64     `json:"seq"` // given by the store, gap-free
	At     time.Time `json:"at"`
	Effect id.Effect `json:"effect_id,omitempty"`
	Event  string    `json:"event"` // proposed confirmed executing done failed unknown denied cancelled expired approved rejected
	Actor  string    `json:"actor"` // customer:ID, staff:ID, system
	Tool   string    `json:"tool"`
	Where  string    `json:"where"` // conversation and turn
	Detail string    `json:"detail"`
	Prev   string    `json:"prev"` // hash of the entry before
	Hash   string    `json:"hash"`
}

// Find asks for one effect; the first field that is set counts.
type Find struct {
	ID           id.Effect
	Confirmation id.Confirmation
	LiveKey      string // the live effect of a business key
}

// Rows keeps effects.
type Rows interface {
	// InsertEffect adds a row; Conflict "effect_live" when its business key has a live one.
	InsertEffect(ctx context.Context, e Effect) error
	// MoveEffect replaces the row if it is still in the state from; else Conflict "effect_moved".
	MoveEffect(ctx context.Context, e Effect, from State) error
	// FindEffect answers NotFound when there is none.
	FindEffect(ctx context.Context, f Find) (Effect, error)
}

// Ledger sums and lists effects.
type Ledger interface {
	// Spent sums the amounts, and counts the rows, of executing, done and unknown effects since a time: of the
	// conversation when one is given, else of the customer.
	Spent(ctx context.Context, c id.Customer, in id.Conversation, since time.Time) (amount int64, count int, err error)
	// EffectsIn lists effects of a state last touched before a time, oldest first.
	EffectsIn(ctx context.Context, s State, before time.Time, limit int) ([]Effect, error)
}

// Log is the audit chain.
type Log interface {
	// ChainAudit chains the entry to the last one and holds the chain's head until the transaction ends.
	ChainAudit(ctx context.Context, a Audit) error
	// AuditsAfter lists entries by number.
	AuditsAfter(ctx context.Context, seq int64, limit int) ([]Audit, error)
}

// Store is all the gate needs of a database.
type Store interface {
	Rows
	Ledger
	Log
	InTx(ctx context.Context, f func(context.Context) error) error
}
