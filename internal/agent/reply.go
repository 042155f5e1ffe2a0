package agent

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

// reply makes the answer of the turn: care first, figures checked, guidance last.
func (t *turn) reply() conversation.Reply {
	t.out.flush()
	t.care()
	for i := range t.out.messages {
		t.checkClaims(&t.out.messages[i])
	}
	if len(t.out.messages) == 0 {
		t.out.text(t.say("trouble", nil))
	}
	t.tellReduced()
	t.suggest()
	t.closeStale()
	t.mem.Offered = t.out.offered
	t.mem.Cared = t.out.cared
	if t.out.handoff != nil {
		t.mem.Feelings = nil
	}
	return conversation.Reply{Messages: t.out.messages, Cards: t.out.updates, State: mustJSON(t.mem), Decision: t.rec.json(t),
		Facts: t.turnFacts(), Handoff: t.out.handoff}
}

// care puts a word of sympathy before everything else, unless the flow said one, or it was said a moment ago.
func (t *turn) care() {
	if t.out.cared || t.mem.Cared || !t.spoke || !t.facts(nil).Negative() || len(t.out.messages) == 0 {
		return
	}
	t.out.cared = true
	m := conversation.Message{Kind: conversation.Text, Text: t.say("care_"+t.u.Emotion, nil)}
	first := &t.out.messages[0]
	if first.Kind == conversation.Text && len(first.Citations) == 0 {
		first.Text = m.Text + "\n" + first.Text
		return
	}
	t.out.messages = slices.Insert(t.out.messages, 0, m)
}

// suggest puts the quick replies under the last message; a question with a card to press needs none.
func (t *turn) suggest() {
	last := &t.out.messages[len(t.out.messages)-1]
	open := t.mem.Flow.Active() != nil
	if t.out.handoff != nil || open {
		return
	}
	quick := t.out.quick
	if len(quick) == 0 {
		quick = t.after()
	}
	var out []string
	for _, q := range quick {
		if !slices.Contains(out, q) && len(out) < 4 {
			out = append(out, q)
		}
	}
	last.Suggestions = out
}

// closeStale closes choice cards of questions that are no longer open.
func (t *turn) closeStale() {
	for i := range t.mem.Cards {
		c := &t.mem.Cards[i]
		if c.Closed || c.Kind == "confirm" || t.fresh(c) || t.waits(c) {
			continue
		}
		t.close(c.ID, "expired")
	}
}

// fresh tells whether the card was sent in this very answer.
func (t *turn) fresh(c *shown) bool {
	return slices.ContainsFunc(t.out.messages, func(m conversation.Message) bool { return m.Card != nil && m.Card.ID == c.ID })
}

// waits tells whether a flow still waits for the choice.
func (t *turn) waits(c *shown) bool {
	for _, f := range t.mem.Flow.Stack {
		if f.Flow == c.Flow && f.Wait.For == "slot" && f.Wait.Name == c.Slot {
			return true
		}
	}
	return false
}

// turnFacts go onto the conversation's row.
func (t *turn) turnFacts() conversation.TurnFacts {
	f := conversation.TurnFacts{Language: t.lang}
	if !t.spoke {
		return f
	}
	f.Category, f.Intent, f.Emotion, f.Intensity = t.u.Category, t.u.Intent, t.u.Emotion, t.u.Intensity
	if t.u.Emotion == nlu.Anger && t.u.Intensity >= 0.5 || t.u.Urgency >= 0.7 {
		f.Priority = 1
	}
	if t.out.handoff != nil && t.out.handoff.Reason == "risk" {
		f.Priority = 2
	}
	return f
}

// handOff asks for a person, with a summary, and says so.
func (t *turn) handOff(reason string) {
	name := "hand_off"
	if reason == "repeated_failure" || reason == "low_confidence" || reason == "trouble" || reason == "flow_fault" || reason == "too_many" {
		name = "hand_off_sorry"
	}
	t.out.text(t.say(name, nil))
	t.out.handoff = &conversation.Handoff{Reason: reason, Summary: t.summary(reason)}
}

// summary is what a person needs to know: the wish, what was collected, what was done, the mood.
func (t *turn) summary(reason string) string {
	var b strings.Builder
	line := func(zh, en, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s%s\n", t.pick(zh+"：", en+": "), value)
		}
	}
	line("原因", "Reason", reason)
	line("最近的话", "Said last", clip(t.text, 200))
	if !t.spoke || t.u.WantsHuman {
		line("之前的话", "Said before", t.before())
	}
	line("事项", "Matter", t.rec.matter(t))
	line("已收集", "Collected", t.rec.collected())
	line("已尝试", "Tried", t.rec.tried())
	if t.u.Emotion != nlu.Neutral && t.u.Emotion != "" {
		line("情绪", "Mood", fmt.Sprintf("%s %.1f", t.u.Emotion, t.u.Intensity))
	}
	return strings.TrimSpace(b.String())
}

// before is what the customer said last before this turn.
func (t *turn) before() string {
	for _, m := range slices.Backward(t.in.Recent) {
		if m.Author == conversation.Customer && m.Text != "" {
			return clip(m.Text, 200)
		}
	}
	return ""
}
