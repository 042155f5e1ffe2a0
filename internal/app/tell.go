package app

import (
	"context"
	"encoding/json"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// effectMoved runs inside the transaction that moves an effect which staff has to decide on, or has decided on: staff's
// pages hear of it, and the customer is told how it ended.
func (a *App) effectMoved(ctx context.Context, e tool.Effect, from tool.State) error {
	if err := a.db.AppendEvents(ctx, event.Of("approval."+string(e.State), "approval", string(e.ID), e.UpdatedAt, map[string]any{"conversation": e.Conversation, "from": from})); err != nil {
		return err
	}
	text, ok := decisionText(e)
	if !ok || e.Conversation == "" {
		return nil
	}
	n := routing.News{Text: text}
	if e.State == tool.Done {
		n.Cards = cardsOf(e.Result.Cards)
	}
	err := a.kernel.desk.Tell(ctx, e.Conversation, n)
	if errs.Is(err, errs.NotFound) { // an effect of a test or an import, without a conversation to tell it in
		return nil
	}
	return err
}

// decisionText words how it ended; false where nothing is to be told.
func decisionText(e tool.Effect) (id.Text, bool) {
	what := e.Summary
	switch e.State {
	case tool.Done:
		next := ""
		if s, ok := e.Result.Data["next_text"].(string); ok {
			next = s
		}
		return id.Text{ZH: "您的申请已审核通过并办理：" + what.ZH + "。" + next, EN: "Your request was approved and carried out: " + what.EN + ". " + next}, true
	case tool.Rejected:
		return id.Text{ZH: "很抱歉，您的申请未通过审核：" + what.ZH + "。原因：" + e.Reason.ZH + " 如有疑问，可以随时找人工客服。",
			EN: "We are sorry, your request was not approved: " + what.EN + ". Reason: " + e.Reason.EN + " If you have questions, ask for a person at any time."}, true
	case tool.Failed:
		return id.Text{ZH: "您的申请已审核，但没有办成：" + what.ZH + "。原因：" + e.Reason.ZH + "。", EN: "Your request was approved but could not be carried out: " + what.EN + ". Reason: " + e.Reason.EN + "."}, true
	case tool.Unknown:
		return id.Text{ZH: "您的申请已审核通过，正在办理，结果确认后会告诉您：" + what.ZH + "。", EN: "Your request was approved and is being carried out; we will tell you as soon as the outcome is known: " + what.EN + "."}, true
	case tool.Cancelled:
		return id.Text{ZH: "您的申请已失效，没有办理：" + what.ZH + "。原因：" + e.Reason.ZH, EN: "Your request no longer holds and was not carried out: " + what.EN + ". Reason: " + e.Reason.EN}, true
	}
	return id.Text{}, false
}

// cardsOf turns a tool's cards into a conversation's.
func cardsOf(cards []tool.Card) (out []conversation.Card) {
	for _, c := range cards {
		body, err := json.Marshal(c.Body)
		if err != nil { // bodies are plain values
			continue
		}
		n := conversation.Card{Kind: c.Kind, Title: c.Title, Body: body}
		for _, x := range c.Actions {
			n.Actions = append(n.Actions, conversation.CardAction{ID: x.ID, Label: x.Label, Style: x.Style})
		}
		out = append(out, n)
	}
	return out
}

// The priorities a conversation gets when a ticket of it is late or about to be.
const (
	priorityWarned   = 1
	priorityBreached = 2
)

// ticketHappened runs inside the transaction of what happened to a ticket: staff reads in the linked conversation that a
// promise is in danger, the customer that the ticket is done.
func (a *App) ticketHappened(ctx context.Context, h ticket.Happening) error {
	t := h.Ticket
	if t.ConversationID == "" {
		return nil
	}
	var err error
	switch h.Type {
	case "ticket.done":
		err = a.tellDone(ctx, t, h.Again)
	case "ticket.sla_warning":
		err = a.press(ctx, t, priorityWarned, id.Text{ZH: "工单 " + t.Number + "（" + t.Title + "）快到承诺时限了，已提高优先级，请尽快处理。", EN: "Ticket " + t.Number + " (" + t.Title + ") is close to its promised time; its priority was raised. Please take it up."})
	case "ticket.sla_breached":
		err = a.press(ctx, t, priorityBreached, id.Text{ZH: "工单 " + t.Number + "（" + t.Title + "）已超过承诺时限，升为紧急，请马上处理。", EN: "Ticket " + t.Number + " (" + t.Title + ") is past its promised time and is urgent now. Please deal with it at once."})
	}
	if errs.Is(err, errs.NotFound) { // the conversation is gone; the ticket goes on
		return nil
	}
	return err
}

func (a *App) press(ctx context.Context, t ticket.Ticket, priority int, words id.Text) error {
	if err := a.kernel.desk.Note(ctx, t.ConversationID, words); err != nil {
		return err
	}
	return a.kernel.desk.Raise(ctx, t.ConversationID, priority)
}

// tellDone shows the customer the ticket as it ended and asks, the first time, how it was.
func (a *App) tellDone(ctx context.Context, t ticket.Ticket, again bool) error {
	c, err := a.db.Conversation(ctx, t.ConversationID)
	if err != nil {
		return err
	}
	es, err := a.db.TicketEntries(ctx, t.ID)
	if err != nil {
		return err
	}
	v := a.services.tickets.View(t, es, c.Language)
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	card := conversation.Card{Kind: "ticket", Title: id.Text{ZH: "工单 " + t.Number, EN: "Ticket " + t.Number}.In(c.Language), Body: body}
	return a.kernel.desk.Tell(ctx, t.ConversationID, routing.News{Cards: []conversation.Card{card}, Rate: !again,
		Text: id.Text{ZH: "您的工单 " + t.Number + "（" + t.Title + "）已处理完成。如果问题还在，七天内直接在工单里留言即可重新打开。",
			EN: "Your ticket " + t.Number + " (" + t.Title + ") is done. If the problem remains, write in the ticket within seven days to open it again."}})
}
