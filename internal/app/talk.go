package app

import (
	"context"
	"fmt"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// Talk is a conversation in this process, over the same intake, turns and stores as any channel. It runs turns itself,
// one after the other, so that the same words on the same clock give the same answers.
type Talk struct {
	app  *App
	conv id.Conversation
	seq  int64
	said int
}

// NewTalk opens a conversation: of a customer, verified, or of a visitor when customer is empty. The app must not be started.
func (a *App) NewTalk(ctx context.Context, customer id.Customer, lang id.Lang) (*Talk, error) {
	h := routing.Hello{Channel: webchat.Channel, Account: webAccount, Handle: a.ids.New("vis"), Customer: customer, Assurance: conversation.Verified, Language: lang}
	if customer == "" {
		h.Assurance = conversation.Anonymous
	} else if c, err := a.kernel.customers.Get(ctx, customer); err != nil {
		return nil, err
	} else if lang == "" {
		h.Language = c.Language
	}
	if h.Language == "" {
		h.Language = id.ZH
	}
	c, err := a.kernel.intake.Open(ctx, h)
	return &Talk{app: a, conv: c.ID, seq: c.LastSeq}, err
}

// Conversation is the talk's conversation as it stands.
func (t *Talk) Conversation(ctx context.Context) (conversation.Conversation, error) {
	return t.app.db.Conversation(ctx, t.conv)
}

// Say sends a text and gives all that came back.
func (t *Talk) Say(ctx context.Context, text string) ([]conversation.Message, error) {
	return t.send(ctx, routing.Inbound{Text: text})
}

// Press presses an action on the newest open card.
func (t *Talk) Press(ctx context.Context, action string, values map[string]string) ([]conversation.Message, error) {
	card, err := t.OpenCard(ctx)
	if err != nil {
		return nil, err
	}
	return t.send(ctx, routing.Inbound{Press: &conversation.Press{CardID: card.ID, Action: action, Values: values}})
}

// OpenCard is the newest card that can still be pressed; NotFound when there is none.
func (t *Talk) OpenCard(ctx context.Context) (conversation.Card, error) {
	msgs, err := t.app.db.Before(ctx, t.conv, 0, 100)
	if err != nil {
		return conversation.Card{}, err
	}
	for i := len(msgs) - 1; i >= 0; i-- {
		if c := msgs[i].Card; c != nil && c.Status == "open" && len(c.Actions) > 0 {
			return *c, nil
		}
	}
	return conversation.Card{}, errs.New(errs.NotFound, "no_open_card", "There is no open card to press.")
}

// Decision is the record of the newest turn.
func (t *Talk) Decision(ctx context.Context) (conversation.Decision, error) {
	ds, err := t.app.db.Decisions(ctx, t.conv, 1)
	if err != nil || len(ds) == 0 {
		return conversation.Decision{}, err
	}
	return ds[0], nil
}

func (t *Talk) send(ctx context.Context, in routing.Inbound) ([]conversation.Message, error) {
	t.said++
	in.ConversationID, in.OutsideID = t.conv, fmt.Sprintf("talk-%d", t.said)
	m, err := t.app.kernel.intake.Accept(ctx, in)
	if err != nil {
		return nil, err
	}
	if err := t.app.drain(ctx); err != nil {
		return nil, err
	}
	msgs, err := t.app.db.After(ctx, t.conv, m.Seq, 200)
	if len(msgs) > 0 {
		t.seq = msgs[len(msgs)-1].Seq
	}
	return msgs, err
}

// drain runs the turns that are due, and those that settle, until none is left.
func (a *App) drain(ctx context.Context) error {
	for range 50 {
		js, err := a.db.Claim(ctx, "talk", []string{routing.TurnKind}, 1, time.Minute)
		if err != nil {
			return err
		}
		if len(js) == 0 {
			return nil
		}
		if err := a.runTurn(ctx, js[0]); err != nil {
			return err
		}
	}
	return errs.New(errs.Internal, "turns_endless", "The turns of this conversation do not end.")
}

func (a *App) runTurn(ctx context.Context, j job.Job) error {
	finished := false
	err := a.kernel.turns.Handle(ctx, j, func(ctx context.Context) error {
		finished = true
		return a.db.Finish(ctx, j)
	})
	if err == nil && !finished {
		return a.db.Finish(ctx, j)
	}
	if err != nil {
		return a.db.Retry(ctx, j, err.Error(), a.opt.Clock.Now())
	}
	return nil
}

// Close ends the app without having started it.
func (a *App) Close() error { return a.db.Close() }
