package conversation

import (
	"context"
	"encoding/json"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Threads keeps conversations. Methods take part in the transaction of ctx.
type Threads interface {
	// Conversation reads one; inside a transaction nobody else can change it until that ends.
	Conversation(ctx context.Context, cid id.Conversation) (Conversation, error)
	// Latest is the customer's newest conversation on an account of a channel; NotFound when there is none.
	Latest(ctx context.Context, customer id.Customer, channel, account string) (Conversation, error)
	// PutConversation makes or writes one; the message counters belong to Append and are not touched.
	PutConversation(ctx context.Context, c Conversation) error
}

// Messages keeps what was said.
type Messages interface {
	// Append gives the messages the next numbers and stores them; the returned ones carry Seq and At. Inside a transaction
	// the conversation's row is locked from here on, so numbers are gap-free.
	Append(ctx context.Context, cid id.Conversation, msgs ...Message) ([]Message, error)
	After(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]Message, error)
	Before(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]Message, error)
}

// Pending finds what waits for an answer.
type Pending interface {
	// Unanswered is what the customer said after seq, oldest first.
	Unanswered(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]Message, error)
}

// Cards keeps the cards of conversations, which change after they were sent.
type Cards interface {
	// SetCard changes the status of a card; NotFound when the conversation has no such card.
	SetCard(ctx context.Context, cid id.Conversation, u CardUpdate) error
	CardMessage(ctx context.Context, cid id.Conversation, card id.Card) (Message, error)
}

// Keys remembers outside ids, so that the same message again is known.
type Keys interface {
	// Seen gives the message stored under an outside id; ok is false when there is none.
	Seen(ctx context.Context, channel, account, outsideID string) (cid id.Conversation, seq int64, ok bool, err error)
	// Remember binds an outside id to a message; Conflict when it is bound already.
	Remember(ctx context.Context, channel, account, outsideID string, cid id.Conversation, seq int64) error
}

// Memory keeps what the agent remembers of a conversation.
type Memory interface {
	State(ctx context.Context, cid id.Conversation) (json.RawMessage, error) // nil when there is none
	PutState(ctx context.Context, cid id.Conversation, s json.RawMessage) error
}

// Decisions keeps why the agent did what it did.
type Decisions interface {
	PutDecision(ctx context.Context, cid id.Conversation, d Decision) error
	Decisions(ctx context.Context, cid id.Conversation, limit int) ([]Decision, error) // newest first
}

// Decision is the record of one agent turn; docs/architecture.md tells what Data holds.
type Decision struct {
	TurnID  id.Turn         `json:"turn_id"`
	SeqFrom int64           `json:"seq_from"`
	SeqTo   int64           `json:"seq_to"`
	AtMS    int64           `json:"at_ms"`
	Data    json.RawMessage `json:"data"`
}
