package routing

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// MaxText is the longest customer message, in characters.
const MaxText = 4000

// Intake takes what customers send.
type Intake struct{ Deps }

// Hello opens or finds a conversation.
type Hello struct {
	Channel, Account, Handle string
	Customer                 id.Customer // proven customer; empty for a visitor
	Assurance                conversation.Assurance
	Language                 id.Lang
	Page                     string
	Fresh                    bool // begin a new conversation when the last one is closed
}

// keepOpen is how long a closed conversation is still the one a customer comes back to.
const keepOpen = 24 * time.Hour

// Open finds the customer's conversation on the account, or begins one.
func (in Intake) Open(ctx context.Context, h Hello) (c conversation.Conversation, err error) {
	err = in.Tx.InTx(ctx, func(ctx context.Context) error {
		who := h.Customer
		if who == "" {
			v, err := in.Customers.Resolve(ctx, h.Channel, h.Account, h.Handle, string(h.Assurance), h.Language)
			if err != nil {
				return err
			}
			who = v.ID
		} else if _, err := in.Customers.Get(ctx, who); err != nil {
			return err
		}
		c, err = in.openFor(ctx, who, h)
		return err
	})
	return c, err
}

func (in Intake) openFor(ctx context.Context, who id.Customer, h Hello) (conversation.Conversation, error) {
	last, err := in.Threads.Latest(ctx, who, h.Channel, h.Account)
	now := in.Clock.Now()
	switch {
	case err == nil && (last.Status == conversation.Open || (!h.Fresh && now.Sub(last.ClosedAt) < keepOpen)):
		return last, nil
	case err != nil && !errs.Is(err, errs.NotFound):
		return last, err
	}
	c := conversation.Conversation{ID: id.Conversation(in.IDs.New("cnv")), CustomerID: who, Channel: h.Channel, Account: h.Account, Assurance: h.Assurance,
		Language: h.Language, Status: conversation.Open, Handler: conversation.ByAgent, Page: h.Page, CreatedAt: now, UpdatedAt: now}
	return c, in.Threads.PutConversation(ctx, c)
}

// Inbound is one message from a customer of a conversation we know.
type Inbound struct {
	ConversationID id.Conversation
	OutsideID      string // what the outside calls it; the same again changes nothing
	Text           string
	Press          *conversation.Press
	Attachments    []conversation.Attachment
}

// Accept stores the message and the job that answers it. When it returns without error, both are on disk; the same
// outside id again gives the first message back.
func (in Intake) Accept(ctx context.Context, m Inbound) (stored conversation.Message, err error) {
	if err := m.check(); err != nil {
		return stored, err
	}
	err = in.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := in.Threads.Conversation(ctx, m.ConversationID)
		if err != nil {
			return err
		}
		stored, err = in.once(ctx, c, m)
		return err
	})
	if errs.Is(err, errs.Conflict) && errs.CodeOf(err) == "already_exists" {
		return in.first(ctx, m) // another node stored the same outside id between our look and our write
	}
	return stored, err
}

func (m Inbound) check() error {
	switch {
	case m.OutsideID == "" || len(m.OutsideID) > 128:
		return errs.New(errs.Invalid, "client_id_invalid", "client_id must have 1 to 128 characters.").With("body.client_id", "1 to 128 characters")
	case !utf8.ValidString(m.Text):
		return errs.New(errs.Invalid, "text_encoding", "The text is not valid UTF-8; send it as UTF-8.").With("body.text", "must be UTF-8")
	case strings.ContainsRune(m.Text+m.OutsideID, 0):
		return errs.New(errs.Invalid, "text_characters", "The text has the character U+0000, which no text needs; leave it out.").With("body.text", "must not have U+0000")
	case utf8.RuneCountInString(m.Text) > MaxText:
		return errs.New(errs.TooLarge, "text_too_long", "A message has at most %d characters; send it in parts.", MaxText).With("body.text", "at most "+strconv.Itoa(MaxText)+" characters")
	case strings.TrimSpace(m.Text) == "" && m.Press == nil && len(m.Attachments) == 0:
		return errs.New(errs.Invalid, "text_empty", "The message is empty; write something.").With("body.text", "must not be empty")
	}
	return nil
}

func (in Intake) keyOf(c conversation.Conversation, m Inbound) (account, outside string) {
	return c.Account, string(c.ID) + "/" + m.OutsideID
}

func (in Intake) first(ctx context.Context, m Inbound) (conversation.Message, error) {
	c, err := in.Threads.Conversation(ctx, m.ConversationID)
	if err != nil {
		return conversation.Message{}, err
	}
	account, outside := in.keyOf(c, m)
	cid, seq, ok, err := in.Keys.Seen(ctx, c.Channel, account, outside)
	if err != nil || !ok {
		return conversation.Message{}, errs.New(errs.Conflict, "message_retry", "The message was not stored; send it again.")
	}
	return in.at(ctx, cid, seq)
}

func (in Intake) at(ctx context.Context, cid id.Conversation, seq int64) (conversation.Message, error) {
	msgs, err := in.Messages.After(ctx, cid, seq-1, 1)
	if err != nil || len(msgs) == 0 {
		return conversation.Message{}, err
	}
	return msgs[0], nil
}

// once stores the message unless its outside id is known.
func (in Intake) once(ctx context.Context, c conversation.Conversation, m Inbound) (conversation.Message, error) {
	account, outside := in.keyOf(c, m)
	if cid, seq, ok, err := in.Keys.Seen(ctx, c.Channel, account, outside); err != nil {
		return conversation.Message{}, err
	} else if ok {
		return in.at(ctx, cid, seq)
	}
	if m.Press != nil {
		if _, err := in.Cards.CardMessage(ctx, c.ID, m.Press.CardID); err != nil {
			return conversation.Message{}, err
		}
		if stars, ok := ratingOf(m.Press.Action); ok {
			return in.rate(ctx, c, m, stars)
		}
	}
	if err := in.reopen(ctx, &c); err != nil {
		return conversation.Message{}, err
	}
	stored, err := in.add(ctx, c, m)
	if err != nil {
		return stored, err
	}
	return stored, in.Jobs.Enqueue(ctx, in.turnJob(c.ID))
}

// add stores the message and binds its outside id.
func (in Intake) add(ctx context.Context, c conversation.Conversation, m Inbound) (conversation.Message, error) {
	kind := conversation.Text
	switch {
	case m.Press != nil:
		kind = conversation.Action
	case len(m.Attachments) > 0:
		kind = conversation.Image
	}
	msgs, err := in.append(ctx, c.ID, conversation.Message{Author: conversation.Customer, AuthorID: string(c.CustomerID), Kind: kind,
		Text: m.Text, Press: m.Press, Attachments: m.Attachments, ClientID: m.OutsideID})
	if err != nil {
		return conversation.Message{}, err
	}
	account, outside := in.keyOf(c, m)
	return msgs[0], in.Keys.Remember(ctx, c.Channel, account, outside, c.ID, msgs[0].Seq)
}

func (in Intake) reopen(ctx context.Context, c *conversation.Conversation) error {
	if c.Status != conversation.Closed {
		return nil
	}
	return in.move(ctx, c, conversation.Reopen, "customer wrote again")
}

// ratingOf reads "rate:4".
func ratingOf(action string) (int, bool) {
	s, ok := strings.CutPrefix(action, "rate:")
	n, err := strconv.Atoi(s)
	return n, ok && err == nil && n >= 1 && n <= 5
}

// rate keeps a rating without opening the conversation again.
func (in Intake) rate(ctx context.Context, c conversation.Conversation, m Inbound, stars int) (conversation.Message, error) {
	c.Rating = stars
	c.RatingText = m.Press.Values["text"]
	if err := in.Threads.PutConversation(ctx, c); err != nil {
		return conversation.Message{}, err
	}
	if err := in.setCard(ctx, c.ID, conversation.CardUpdate{CardID: m.Press.CardID, Status: "done", Chosen: m.Press.Action}); err != nil {
		return conversation.Message{}, err
	}
	stored, err := in.add(ctx, c, m)
	if err != nil {
		return stored, err
	}
	thanks := id.Text{ZH: "谢谢您的评价。", EN: "Thank you for rating us."}
	_, err = in.append(ctx, c.ID, conversation.Message{Author: conversation.System, Kind: conversation.Notice, Text: thanks.In(c.Language)})
	return stored, err
}
