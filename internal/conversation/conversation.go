package conversation

import (
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Status tells whether a conversation goes on.
type Status string

// The statuses.
const (
	Open   Status = "open"
	Closed Status = "closed"
)

// Handler is who answers next.
type Handler string

// The handlers.
const (
	ByAgent Handler = "agent"   // the AI answers
	Waiting Handler = "waiting" // a person was asked for, none has taken it yet
	ByStaff Handler = "staff"   // a member of staff answers; the agent is silent
)

// Assurance is how well the customer is known in this conversation.
type Assurance string

// The levels, weakest first. See Rank.
const (
	Anonymous Assurance = "anonymous" // a visitor
	Known     Assurance = "known"     // the channel says who it is (caller id, mail address)
	Verified  Assurance = "verified"  // proven: signed identity or platform account
	Fresh     Assurance = "fresh"     // proven again within minutes by a one-time code
)

// Rank orders the levels; unknown words rank lowest.
func (a Assurance) Rank() int {
	return map[Assurance]int{Known: 1, Verified: 2, Fresh: 3}[a]
}

// Conversation is one thread between a customer and the shop on one channel.
type Conversation struct {
	ID           id.Conversation `json:"id"`
	CustomerID   id.Customer     `json:"customer_id"`
	Channel      string          `json:"channel"` // webchat, phone, sms ...
	Account      string          `json:"account"` // which of our accounts on that channel
	Assurance    Assurance       `json:"assurance"`
	Language     id.Lang         `json:"language"`
	Status       Status          `json:"status"`
	Handler      Handler         `json:"handler"`
	AssigneeID   id.Staff        `json:"assignee_id,omitempty"`
	TeamID       id.Team         `json:"team_id,omitempty"`
	Reason       string          `json:"reason,omitempty"` // why a person was asked for
	Summary      string          `json:"summary,omitempty"`
	LastSeq      int64           `json:"last_seq"`
	AnsweredSeq  int64           `json:"answered_seq"` // customer messages up to here have been answered
	ReadSeq      int64           `json:"read_seq"`     // the customer has read up to here
	StaffReadSeq int64           `json:"staff_read_seq"`
	LastText     string          `json:"last_text"`
	LastAuthor   Author          `json:"last_author"`
	Category     string          `json:"category,omitempty"`
	Intent       string          `json:"intent,omitempty"`
	Emotion      string          `json:"emotion,omitempty"`
	Intensity    float64         `json:"intensity,omitempty"`
	Priority     int             `json:"priority"` // 0 normal, 1 high, 2 urgent
	Rating       int             `json:"rating,omitempty"`
	RatingText   string          `json:"rating_text,omitempty"`
	Page         string          `json:"page,omitempty"`
	WaitingSince time.Time       `json:"waiting_since,omitzero"`
	CreatedAt    time.Time       `json:"created_at"`
	UpdatedAt    time.Time       `json:"updated_at"`
	ClosedAt     time.Time       `json:"closed_at,omitzero"`
}

// Move is something that changes the handler or the status.
type Move string

// The moves.
const (
	AskPerson Move = "ask_person" // the customer or the agent asks for a person
	Take      Move = "take"       // a member of staff takes it
	HandBack  Move = "hand_back"  // staff gives it back to the agent; also when waiting is given up
	Close     Move = "close"
	Reopen    Move = "reopen" // the customer writes into a closed conversation
)

// Next is the state after a move, or a Conflict that says why not.
func (c Conversation) Next(m Move) (Status, Handler, error) {
	switch {
	case m == Reopen && c.Status == Closed:
		return Open, ByAgent, nil
	case c.Status == Closed:
		return "", "", errs.New(errs.Conflict, "conversation_closed", "The conversation is closed; only the customer can open it again.")
	case m == AskPerson && c.Handler == ByAgent:
		return Open, Waiting, nil
	case m == Take:
		return Open, ByStaff, nil
	case m == HandBack && c.Handler != ByAgent:
		return Open, ByAgent, nil
	case m == Close:
		return Closed, c.Handler, nil
	}
	return "", "", errs.New(errs.Conflict, "move_not_possible", "A conversation handled by %q cannot make the move %q.", c.Handler, m)
}

// Author is the side a message comes from.
type Author string

// The authors.
const (
	Customer Author = "customer"
	Agent    Author = "agent"
	Staff    Author = "staff"
	System   Author = "system"
)

// Kind is the form of a message.
type Kind string

// The kinds. Notes are for staff only and never leave the console.
const (
	Text   Kind = "text"
	Image  Kind = "image"
	CardK  Kind = "card"
	Notice Kind = "notice" // "a person joins", "closed"
	Note   Kind = "note"
	Action Kind = "action" // the customer pressed something on a card
)

// Citation is the source of a statement.
type Citation struct {
	ArticleID string `json:"article_id"`
	PassageID string `json:"passage_id"`
	Title     string `json:"title"`
	Text      string `json:"text,omitempty"`
	URL       string `json:"url,omitempty"`
}

// Attachment is a stored file of a message.
type Attachment struct {
	ID   id.Attachment `json:"id"`
	Name string        `json:"name"`
	MIME string        `json:"mime"`
	Size int64         `json:"size"`
	URL  string        `json:"url"`
}

// Card is something to look at or press; docs/architecture.md lists the kinds and bodies.
type Card struct {
	ID      id.Card         `json:"id"`
	Kind    string          `json:"kind"`
	Status  string          `json:"status"` // open done cancelled expired
	Title   string          `json:"title"`
	Body    json.RawMessage `json:"body"`
	Actions []CardAction    `json:"actions"`
}

// CardAction is a button of a card.
type CardAction struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Style string `json:"style,omitempty"` // primary default danger
}

// Message is one entry of a conversation.
type Message struct {
	ID          id.Message   `json:"id"`
	Seq         int64        `json:"seq"`
	Author      Author       `json:"author"`
	AuthorID    string       `json:"author_id,omitempty"`
	AuthorName  string       `json:"author_name,omitempty"`
	Kind        Kind         `json:"kind"`
	Text        string       `json:"text"`
	Citations   []Citation   `json:"citations,omitempty"`
	Card        *Card        `json:"card,omitempty"`
	Press       *Press       `json:"press,omitempty"`
	Suggestions []string     `json:"suggestions,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	AIGenerated bool         `json:"ai_generated"`
	ClientID    string       `json:"client_id,omitempty"`
	TurnID      id.Turn      `json:"turn_id,omitempty"`
	At          time.Time    `json:"at"`
}

// Press is a customer's action on a card.
type Press struct {
	CardID id.Card           `json:"card_id"`
	Action string            `json:"action"` // confirm, cancel, choose:VALUE, submit, rate:5, human ...
	Values map[string]string `json:"values,omitempty"`
}
