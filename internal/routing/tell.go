package routing

import (
	"context"
	"encoding/json"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// News is what happened outside a conversation and belongs into it: a decision of staff, a solved ticket.
type News struct {
	Text  id.Text
	Cards []conversation.Card // without ids; of the conversation's language
	Rate  bool                // ask for a rating, when none was given and none is being asked for
}

// Tell puts news before the customer. Call it inside the transaction of what it tells, so that it is said exactly as often
// as that happens. It moves nobody and opens nothing again.
func (d Desk) Tell(ctx context.Context, cid id.Conversation, n News) error {
	return d.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := d.Threads.Conversation(ctx, cid)
		if err != nil {
			return err
		}
		msgs := []conversation.Message{{Author: conversation.System, Kind: conversation.Notice, Text: n.Text.In(c.Language)}}
		for _, card := range n.Cards {
			card.ID, card.Status = id.Card(d.IDs.New("crd")), "open"
			if card.Body == nil {
				card.Body = json.RawMessage(`{}`)
			}
			msgs = append(msgs, conversation.Message{Author: conversation.System, Kind: conversation.CardK, Card: &card})
		}
		if _, err := d.append(ctx, cid, msgs...); err != nil || !n.Rate {
			return err
		}
		return d.askRating(ctx, c)
	})
}

// askRating asks how it was, unless that is known or being asked already.
func (d Desk) askRating(ctx context.Context, c conversation.Conversation) error {
	if c.Rating > 0 {
		return nil
	}
	last, err := d.Messages.Before(ctx, c.ID, 0, maxRecent)
	if err != nil {
		return err
	}
	for _, m := range last {
		if m.Card != nil && m.Card.Kind == "rating" && m.Card.Status == "open" {
			return nil
		}
	}
	_, err = d.append(ctx, c.ID, d.ratingCard(c.Language))
	return err
}

// Note puts a word for staff into a conversation, from the system. A conversation that is gone needs none.
func (d Desk) Note(ctx context.Context, cid id.Conversation, t id.Text) error {
	return d.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := d.Threads.Conversation(ctx, cid)
		if errs.Is(err, errs.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = d.append(ctx, cid, conversation.Message{Author: conversation.System, Kind: conversation.Note, Text: t.In(c.Language)})
		return err
	})
}

// Raise lifts a conversation's priority to at least p.
func (d Desk) Raise(ctx context.Context, cid id.Conversation, p int) error {
	_, err := d.change(ctx, cid, func(ctx context.Context, c *conversation.Conversation) error {
		if c.Priority >= p {
			return nil
		}
		c.Priority = p
		if err := d.Threads.PutConversation(ctx, *c); err != nil {
			return err
		}
		return d.emit(ctx, Moved, c.ID, movedData{"raise", c.Handler, c.Status, ""})
	})
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	return err
}
