package routing

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

// Transactor runs a function in one durable transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// Customers finds or makes the customer behind a handle.
type Customers interface {
	Resolve(ctx context.Context, channel, account, handle, assurance string, lang id.Lang) (customer.Customer, error)
	Get(ctx context.Context, cid id.Customer) (customer.Customer, error)
}

// Answerer is the agent: it thinks a turn through. It may be called again for the same turn after a crash.
type Answerer interface {
	Turn(ctx context.Context, t conversation.Turn) (conversation.Reply, error)
}

// Citing is told which articles a stored answer cites; articles that are never cited are found by it.
type Citing interface {
	Cited(ctx context.Context, a id.Article) error
}

// Hours tells whether people are there to take over, and when they will be; a zero time within hours means that nobody is
// at the desk this moment.
type Hours interface {
	PeopleAt(ctx context.Context, now time.Time) (open bool, next time.Time)
}

// Deps is what the verb works with.
type Deps struct {
	Tx        Transactor
	Threads   conversation.Threads
	Messages  conversation.Messages
	Pending   conversation.Pending
	Cards     conversation.Cards
	Keys      conversation.Keys
	Memory    conversation.Memory
	Decisions conversation.Decisions
	Customers Customers
	Jobs      job.Enqueuer
	Events    event.Appender
	Hours     Hours
	Answer    Answerer
	Citing    Citing // nil: nobody counts
	IDs       *id.Maker
	Clock     clock.Clock
	Settle    time.Duration // how long a turn waits for more messages in quick succession
}

// TurnKind is the job that answers a conversation.
const TurnKind = "agent.turn"

type turnPayload struct {
	ConversationID id.Conversation `json:"conversation_id"`
}

// lane is the conversation: its turns run one at a time.
func lane(cid id.Conversation) string { return "conversation:" + string(cid) }

func (d Deps) turnJob(cid id.Conversation) job.Job {
	j := job.Of(TurnKind, lane(cid), "turn:"+string(cid), turnPayload{cid})
	j.RunAt = d.Clock.Now().Add(d.Settle)
	return j
}

func (d Deps) emit(ctx context.Context, typ string, cid id.Conversation, data any) error {
	return d.Events.AppendEvents(ctx, event.Of(typ, "conversation", string(cid), d.Clock.Now(), data))
}

// The event types of conversations.
const (
	MessageAdded = "message.added" // data: {"seq","author","kind"}
	CardChanged  = "card.changed"  // data: {"card_id","status"}
	Moved        = "conversation.moved"
	Marked       = "conversation.marked"
)

type addedData struct {
	Seq    int64               `json:"seq"`
	Author conversation.Author `json:"author"`
	Kind   conversation.Kind   `json:"kind"`
}

// append stores messages and tells about them.
func (d Deps) append(ctx context.Context, cid id.Conversation, msgs ...conversation.Message) ([]conversation.Message, error) {
	for i := range msgs {
		if msgs[i].ID == "" {
			msgs[i].ID = id.Message(d.IDs.New("msg"))
		}
	}
	stored, err := d.Messages.Append(ctx, cid, msgs...)
	if err != nil {
		return nil, err
	}
	for _, m := range stored {
		if err := d.emit(ctx, MessageAdded, cid, addedData{m.Seq, m.Author, m.Kind}); err != nil {
			return nil, err
		}
	}
	return stored, nil
}

// setCard changes a card and tells about it.
func (d Deps) setCard(ctx context.Context, cid id.Conversation, u conversation.CardUpdate) error {
	if err := d.Cards.SetCard(ctx, cid, u); err != nil {
		return err
	}
	return d.emit(ctx, CardChanged, cid, map[string]any{"card_id": u.CardID, "status": u.Status})
}
