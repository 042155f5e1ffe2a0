package agent

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// answer gathers what goes out.
type answer struct {
	messages []conversation.Message
	updates  []conversation.CardUpdate
	quick    []string
	handoff  *conversation.Handoff
	offered  []flow.Option
	known    []string // texts that figures may come from
	cared    bool
	cards    int
	waiting  []conversation.Card // to follow the next words: people read what a card is before they look at it
}

// text adds words; words in a row become one message.
func (o *answer) text(s string) {
	if s == "" {
		return
	}
	defer o.flush()
	if n := len(o.messages); n > 0 && o.messages[n-1].Kind == conversation.Text && len(o.messages[n-1].Citations) == 0 {
		o.messages[n-1].Text += "\n" + s
		return
	}
	o.message(conversation.Message{Kind: conversation.Text, Text: s})
}

// flush sends the cards that waited for words.
func (o *answer) flush() {
	list := o.waiting
	o.waiting = nil
	for _, c := range list {
		o.card(c)
	}
}

func (o *answer) message(m conversation.Message) { o.messages = append(o.messages, m) }

func (o *answer) card(c conversation.Card) {
	o.message(conversation.Message{Kind: conversation.CardK, Card: &c})
}

// sourced notes where figures may come from.
func (o *answer) sourced(raw []byte, texts ...string) {
	o.known = append(append(o.known, string(raw)), texts...)
}

// sources notes a tool's result.
func (t *turn) sources(r tool.Result) { t.out.sourced(mustJSON(r)) }

// cardID is the same when the turn runs again.
func (t *turn) cardID(what string) id.Card {
	t.out.cards++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%d", t.in.ID, what, t.out.cards))
	return id.Card("crd_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16])))
}

// cards shows what a tool gave to look at.
func (t *turn) cards(list []tool.Card) {
	for _, c := range list {
		card := conversation.Card{ID: t.cardID(c.Kind), Kind: c.Kind, Status: "open", Title: c.Title, Body: mustJSON(c.Body)}
		for _, a := range c.Actions {
			card.Actions = append(card.Actions, conversation.CardAction{ID: a.ID, Label: a.Label, Style: a.Style})
		}
		t.out.waiting = append(t.out.waiting, card)
	}
}

// confirmation shows what is to be confirmed, exactly as planned.
func (t *turn) confirmation(flowName string, c tool.Confirmation) {
	lines := make([]map[string]string, 0, len(c.Lines))
	for _, l := range c.Lines {
		lines = append(lines, map[string]string{"label": l.Label.In(t.lang), "value": l.Value.In(t.lang)})
		t.out.sourced(nil, l.Value.ZH, l.Value.EN)
	}
	t.out.sourced(nil, c.Summary.ZH, c.Summary.EN)
	sum := sha256.Sum256([]byte(c.ID))
	card := conversation.Card{
		ID: id.Card("crd_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))), Kind: "confirm", Status: "open",
		Title: t.title(flowName),
		Body:  mustJSON(map[string]any{"summary": c.Summary.In(t.lang), "lines": lines, "expires_at": c.ExpiresAt.UTC().Format(time.RFC3339)}),
		Actions: []conversation.CardAction{
			{ID: "confirm", Label: t.pick("确认", "Confirm"), Style: "primary"},
			{ID: "cancel", Label: t.pick("取消", "Cancel"), Style: "default"},
		},
	}
	t.mem.remember(shown{ID: card.ID, Kind: "confirm", Ref: string(c.ID), Flow: flowName})
	t.rec.flow(flowName, "proposed "+c.Tool)
	t.out.text(t.pick("请核对一下，确认后我马上办理：", "Please check this; I will carry it out as soon as you confirm:"))
	if t.agent.d.TextYes(t.who.Channel) {
		t.out.text(c.Summary.In(t.lang))
	}
	t.out.card(card)
}

// close changes a card's status, here and for the customer.
func (t *turn) close(cid id.Card, status string) {
	c := t.mem.card(cid)
	if c == nil || c.Closed {
		return
	}
	c.Closed = true
	t.out.updates = append(t.out.updates, conversation.CardUpdate{CardID: cid, Status: status})
}

// closeRef closes the card of a confirmation.
func (t *turn) closeRef(ref, status string) {
	for i := range t.mem.Cards {
		if t.mem.Cards[i].Ref == ref && ref != "" {
			t.close(t.mem.Cards[i].ID, status)
		}
	}
}
