package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// MessageReader reads what was said and why.
type MessageReader interface {
	After(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error)
	Before(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error)
	Decisions(ctx context.Context, cid id.Conversation, limit int) ([]conversation.Decision, error)
}

// Desk moves conversations.
type Desk interface {
	Take(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error)
	HandBack(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error)
	Close(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error)
}

// Replies is what staff writes and gives to others.
type Replies interface {
	Say(ctx context.Context, cid id.Conversation, a routing.Actor, clientID, text string, note bool) (conversation.Message, error)
	Assign(ctx context.Context, cid id.Conversation, team id.Team, to routing.Actor) (conversation.Conversation, error)
}

// Marks keeps how far was read.
type Marks interface {
	MarkRead(ctx context.Context, cid id.Conversation, byStaff bool, seq int64) error
}

// Files reads what customers sent along.
type Files interface {
	FileOf(ctx context.Context, cid id.Conversation, aid id.Attachment) (name, mime string, data []byte, err error)
}

// Typist shows the customer that a person is writing.
type Typist interface {
	StaffTyping(ctx context.Context, cid id.Conversation, name string, on bool)
}

// People reads customers.
type People interface {
	Customer(ctx context.Context, cid id.Customer) (customer.Customer, error)
	IdentitiesOf(ctx context.Context, cid id.Customer) ([]customer.Identity, error)
}

// Commerce reads a customer's dealings.
type Commerce interface {
	OrdersOf(ctx context.Context, c id.Customer, limit int) ([]commerce.Order, error)
	MemberOf(ctx context.Context, c id.Customer) (commerce.Member, error)
	CouponsOf(ctx context.Context, c id.Customer) ([]commerce.Coupon, error)
}

// Articles reads knowledge.
type Articles interface {
	Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error)
	Article(ctx context.Context, aid id.Article) (knowledge.Article, error)
	Versions(ctx context.Context, aid id.Article) ([]knowledge.Version, error)
}

// ArticleEditor changes knowledge.
type ArticleEditor interface {
	Create(ctx context.Context, n knowledge.NewArticle, by string) (knowledge.Article, error)
	Edit(ctx context.Context, aid id.Article, was int, c knowledge.Content, by, note string) (knowledge.Article, error)
	Publish(ctx context.Context, aid id.Article, was int, by, note string) (knowledge.Article, error)
	Withdraw(ctx context.Context, aid id.Article, was int, by, note string) (knowledge.Article, error)
}

// Found is one result of the live search.
type Found struct {
	Kind    string    `json:"kind" doc:"conversation, customer, ticket, order, article or product"`
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Snippet string    `json:"snippet"`
	At      time.Time `json:"at,omitzero"`
	Ref     *Ref      `json:"ref,omitempty"`
}

// Ref points at something the console can open.
type Ref struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Finder searches some kinds of things within what the asker may see.
type Finder interface {
	Kinds() []string
	Find(ctx context.Context, p staff.Principal, query string, kinds []string, limit int) ([]Found, error)
}

// Hint says that something changed; the truth is in the database. A Seq of 0 is something passing.
type Hint struct {
	Seq     int64
	Type    string
	Subject string
	ID      string
	Data    json.RawMessage
}

// Hints is the live feed of changes.
type Hints interface {
	// Listen gives hints until stop is called; a closed channel means: resume by number.
	Listen() (hints <-chan Hint, stop func())
	EventsAfter(ctx context.Context, seq int64, limit int) ([]event.Event, error)
}

// Pusher sends a passing hint to everybody's streams, on all nodes.
type Pusher interface {
	Push(ctx context.Context, h Hint)
}

// QuickReply is a ready answer.
type QuickReply struct {
	ID       string  `json:"id"`
	Shortcut string  `json:"shortcut"`
	Title    id.Text `json:"title"`
	Text     id.Text `json:"text"`
}

// QuickReplies finds ready answers.
type QuickReplies interface {
	QuickReplies(ctx context.Context, query string) ([]QuickReply, error)
}
