package routing

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type movedData struct {
	Move    conversation.Move    `json:"move"`
	Handler conversation.Handler `json:"handler"`
	Status  conversation.Status  `json:"status"`
	Reason  string               `json:"reason,omitempty"`
}

// move changes handler or status by the state machine, stores it and tells about it. Call it inside a transaction.
func (d Deps) move(ctx context.Context, c *conversation.Conversation, m conversation.Move, reason string) error {
	status, handler, err := c.Next(m)
	if err != nil {
		return err
	}
	now := d.Clock.Now()
	c.Status, c.Handler, c.UpdatedAt = status, handler, now
	switch m {
	case conversation.AskPerson:
		c.WaitingSince, c.Reason = now, reason
	case conversation.Take:
		c.WaitingSince = time.Time{}
	case conversation.HandBack, conversation.Reopen:
		c.AssigneeID, c.WaitingSince, c.ClosedAt, c.Reason = "", time.Time{}, time.Time{}, ""
	case conversation.Close:
		c.ClosedAt, c.WaitingSince = now, time.Time{}
	}
	if err := d.Threads.PutConversation(ctx, *c); err != nil {
		return err
	}
	return d.emit(ctx, Moved, c.ID, movedData{m, handler, status, reason})
}

// notice tells everybody in the conversation what happened.
func (d Deps) notice(ctx context.Context, c conversation.Conversation, t id.Text) error {
	_, err := d.append(ctx, c.ID, conversation.Message{Author: conversation.System, Kind: conversation.Notice, Text: t.In(c.Language)})
	return err
}

// askPerson moves to waiting and says what to expect: soon within hours, the time people are back otherwise.
func (d Deps) askPerson(ctx context.Context, c *conversation.Conversation, h conversation.Handoff) error {
	if c.Handler != conversation.ByAgent {
		return nil // somebody was asked for already
	}
	c.Summary, c.TeamID = h.Summary, h.Team
	if err := d.move(ctx, c, conversation.AskPerson, h.Reason); err != nil {
		return err
	}
	open, next := d.Hours.PeopleAt(ctx, d.Clock.Now())
	if open && next.IsZero() {
		return d.notice(ctx, *c, id.Text{
			ZH: "已为您呼叫人工客服。现在没有客服在线，可能要多等一会儿；上线后会按顺序联系您，您可以先把情况写在这里。",
			EN: "A person is being called. Nobody is online right now, so it may take longer than usual; the team will take it up in turn as soon as somebody is back. You can describe it here meanwhile."})
	}
	if open {
		return d.notice(ctx, *c, id.Text{ZH: "已为您转接人工客服，请稍候。您可以继续补充情况，客服会看到。", EN: "A person is being called for you. You can go on writing; they will see it."})
	}
	when := next.Format("01-02 15:04")
	return d.notice(ctx, *c, id.Text{
		ZH: "现在不在人工服务时间，已记下您的需求，客服会在 " + when + " 起按顺序联系您。您也可以继续留言。",
		EN: "Nobody is at the desk now. Your wish is noted; the team will take it up from " + when + ". You can leave more here."})
}
