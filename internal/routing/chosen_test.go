package routing_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// body reads the card's body as it is stored.
func (b *bundle) body(card id.Card) (status string, fields map[string]any) {
	b.t.Helper()
	m, err := b.db.CardMessage(b.t.Context(), b.conv.ID, card)
	must(b.t, err)
	must(b.t, json.Unmarshal(m.Card.Body, &fields))
	return m.Card.Status, fields
}

func TestACardKeepsWhatWasChosen(t *testing.T) {
	b := fresh(t)
	card := conversation.Card{ID: "crd_1", Kind: "choice", Status: "open", Body: json.RawMessage(`{"prompt":"Which?","options":[{"value":"L1","label":"Mug"}]}`)}
	b.agent.reply = func(turn conversation.Turn) conversation.Reply {
		if turn.Inputs[0].Press == nil {
			return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.CardK, Card: &card}}}
		}
		return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "taken"}}, Cards: []conversation.CardUpdate{{CardID: "crd_1", Status: "done"}}}
	}
	b.say("1", "return")
	b.work()
	_, err := b.intake.Accept(t.Context(), routing.Inbound{ConversationID: b.conv.ID, OutsideID: "2", Press: &conversation.Press{CardID: "crd_1", Action: "choose:L1"}})
	must(t, err)
	b.work()
	status, body := b.body("crd_1")
	if status != "done" || body["chosen"] != "L1" || body["prompt"] != "Which?" {
		t.Errorf("%s %v", status, body)
	}
}

func TestACardThatWasWithdrawnHasNoChoice(t *testing.T) {
	b := fresh(t)
	card := conversation.Card{ID: "crd_1", Kind: "choice", Status: "open", Body: json.RawMessage(`{}`)}
	b.agent.reply = func(turn conversation.Turn) conversation.Reply {
		if turn.Inputs[0].Text == "a" {
			return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.CardK, Card: &card}}}
		}
		return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "ok"}}, Cards: []conversation.CardUpdate{{CardID: "crd_1", Status: "cancelled"}}}
	}
	b.say("1", "a")
	b.work()
	b.say("2", "never mind")
	b.work()
	if status, body := b.body("crd_1"); status != "cancelled" || body["chosen"] != nil {
		t.Errorf("%s %v", status, body)
	}
}

func TestPlaceInLine(t *testing.T) {
	b := fresh(t)
	b.say("1", "hi") // a conversation counts once somebody has written
	b.work()
	wait := func(handle string, priority int) conversation.Conversation {
		t.Helper()
		c, err := b.intake.Open(t.Context(), routing.Hello{Channel: "webchat", Account: "web", Handle: handle, Assurance: conversation.Anonymous, Language: id.EN})
		must(t, err)
		_, err = b.intake.Accept(t.Context(), routing.Inbound{ConversationID: c.ID, OutsideID: "x", Text: "hi"})
		must(t, err)
		if priority > 0 {
			must(t, b.desk.Raise(t.Context(), c.ID, priority))
		}
		c, err = b.desk.Assign(t.Context(), c.ID, "team_a", routing.Actor{})
		must(t, err)
		b.clock.Advance(time.Second)
		return c
	}
	first, second, urgent := wait("w1", 0), wait("w2", 0), wait("w3", 2)
	for want, c := range []conversation.Conversation{urgent, first, second} {
		now, err := b.db.Conversation(t.Context(), c.ID)
		must(t, err)
		if got, err := b.db.PlaceInLine(t.Context(), now); err != nil || got != want+1 {
			t.Errorf("place %d, want %d (%v)", got, want+1, err)
		}
	}
}
