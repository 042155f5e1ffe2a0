package routing

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Desk is what members of staff do in a conversation. Whether they may is asked before it is called.
type Desk struct{ Deps }

// Actor is the member of staff who acts.
type Actor struct {
	ID   id.Staff
	Name string
}

// Take makes the actor the one who answers, from the agent, the waiting line or a colleague.
func (d Desk) Take(ctx context.Context, cid id.Conversation, a Actor) (conversation.Conversation, error) {
	return d.change(ctx, cid, func(ctx context.Context, c *conversation.Conversation) error {
		if c.Handler == conversation.ByStaff && c.AssigneeID == a.ID {
			return nil
		}
		c.AssigneeID = a.ID
		if err := d.move(ctx, c, conversation.Take, "taken by "+a.Name); err != nil {
			return err
		}
		return d.notice(ctx, *c, id.Text{ZH: "客服 " + a.Name + " 为您服务。", EN: a.Name + " is with you now."})
	})
}

// HandBack gives the conversation back to the agent.
func (d Desk) HandBack(ctx context.Context, cid id.Conversation, a Actor) (conversation.Conversation, error) {
	return d.change(ctx, cid, func(ctx context.Context, c *conversation.Conversation) error {
		if err := d.move(ctx, c, conversation.HandBack, "handed back by "+a.Name); err != nil {
			return err
		}
		c.AnsweredSeq = c.LastSeq // what the person has dealt with is not answered again
		if err := d.Threads.PutConversation(ctx, *c); err != nil {
			return err
		}
		return d.notice(ctx, *c, id.Text{ZH: "智能客服小二继续为您服务，需要时随时可以再找人工。", EN: "Xiaoer, the AI assistant, goes on from here. A person is still one tap away."})
	})
}

// Close ends the conversation and asks for a rating, once.
func (d Desk) Close(ctx context.Context, cid id.Conversation, a Actor) (conversation.Conversation, error) {
	return d.change(ctx, cid, func(ctx context.Context, c *conversation.Conversation) error {
		if err := d.move(ctx, c, conversation.Close, "closed by "+a.Name); err != nil {
			return err
		}
		if err := d.notice(ctx, *c, id.Text{ZH: "本次会话已结束。", EN: "This conversation is closed."}); err != nil {
			return err
		}
		return d.askRating(ctx, *c)
	})
}

func (d Desk) ratingCard(l id.Lang) conversation.Message {
	card := conversation.Card{ID: id.Card(d.IDs.New("crd")), Kind: "rating", Status: "open", Body: json.RawMessage(`{"scale":5}`),
		Title: id.Text{ZH: "这次服务您满意吗？", EN: "How was our service?"}.In(l)}
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		card.Actions = append(card.Actions, conversation.CardAction{ID: "rate:" + n, Label: n})
	}
	return conversation.Message{Author: conversation.System, Kind: conversation.CardK, Card: &card}
}

// Assign gives the conversation to a team's waiting line or to one person, who then answers it.
func (d Desk) Assign(ctx context.Context, cid id.Conversation, team id.Team, to Actor) (conversation.Conversation, error) {
	if to.ID != "" {
		return d.Take(ctx, cid, to)
	}
	return d.change(ctx, cid, func(ctx context.Context, c *conversation.Conversation) error {
		c.TeamID, c.AssigneeID = team, ""
		if c.Handler == conversation.ByAgent {
			return d.move(ctx, c, conversation.AskPerson, "assigned to a team")
		}
		c.Handler, c.WaitingSince = conversation.Waiting, d.Clock.Now()
		if err := d.Threads.PutConversation(ctx, *c); err != nil {
			return err
		}
		return d.emit(ctx, Moved, c.ID, movedData{"assign", c.Handler, c.Status, ""})
	})
}

// Say is a reply or an internal note by a member of staff. The same client id again gives the first one back. Replying
// to a conversation that nobody handles takes it over; a note never does.
func (d Desk) Say(ctx context.Context, cid id.Conversation, a Actor, clientID, text string, note bool) (m conversation.Message, err error) {
	if err := checkStaffText(clientID, text); err != nil {
		return m, err
	}
	key := string(cid) + "/staff/" + string(a.ID) + "/" + clientID
	err = d.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := d.Threads.Conversation(ctx, cid)
		if err != nil {
			return err
		}
		if _, seq, ok, err := d.Keys.Seen(ctx, c.Channel, c.Account, key); err != nil || ok {
			m, err = Intake(d).at(ctx, cid, seq)
			return err
		}
		if m, err = d.say(ctx, c, a, clientID, text, note); err != nil {
			return err
		}
		return d.Keys.Remember(ctx, c.Channel, c.Account, key, cid, m.Seq)
	})
	return m, err
}

func (d Desk) say(ctx context.Context, c conversation.Conversation, a Actor, clientID, text string, note bool) (conversation.Message, error) {
	kind := conversation.Note
	if !note {
		kind = conversation.Text
		if c.Status == conversation.Closed {
			return conversation.Message{}, errs.New(errs.Conflict, "conversation_closed", "The conversation is closed; the customer has to write first, or write a note.")
		}
		if c.Handler != conversation.ByStaff || c.AssigneeID != a.ID {
			if _, err := d.Take(ctx, c.ID, a); err != nil {
				return conversation.Message{}, err
			}
		}
	}
	msgs, err := d.append(ctx, c.ID, conversation.Message{Author: conversation.Staff, AuthorID: string(a.ID), AuthorName: a.Name, Kind: kind, Text: text, ClientID: clientID})
	if err != nil {
		return conversation.Message{}, err
	}
	return msgs[0], nil
}

func checkStaffText(clientID, text string) error {
	switch {
	case clientID == "" || len(clientID) > 128:
		return errs.New(errs.Invalid, "client_id_invalid", "client_id must have 1 to 128 characters.")
	case strings.TrimSpace(text) == "" || !utf8.ValidString(text):
		return errs.New(errs.Invalid, "text_empty", "Write something first.")
	case utf8.RuneCountInString(text) > MaxText:
		return errs.New(errs.TooLarge, "text_too_long", "A message has at most %d characters.", MaxText)
	}
	return nil
}

func (d Desk) change(ctx context.Context, cid id.Conversation, fn func(context.Context, *conversation.Conversation) error) (c conversation.Conversation, err error) {
	err = d.Tx.InTx(ctx, func(ctx context.Context) error {
		if c, err = d.Threads.Conversation(ctx, cid); err != nil {
			return err
		}
		return fn(ctx, &c)
	})
	return c, err
}
