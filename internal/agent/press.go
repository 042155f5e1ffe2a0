package agent

import (
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
)

// presses turns what was pressed into commands. A card that is closed, unknown, or does not offer what was pressed changes
// nothing, and that is said.
func (t *turn) presses() []flow.Command {
	var cmds []flow.Command
	for _, m := range t.in.Inputs {
		if m.Press != nil && !strings.HasPrefix(m.Press.Action, "say:") {
			cmds = append(cmds, t.press(*m.Press))
		}
	}
	return cmds
}

func (t *turn) press(p conversation.Press) flow.Command {
	if p.Action == "human" {
		return flow.Command{Kind: flow.HandOff, Topic: "customer_asked"}
	}
	if strings.HasPrefix(p.Action, "rate:") {
		return flow.Command{Kind: flow.Tell, Topic: "rate_thanks"}
	}
	c := t.mem.card(p.CardID)
	switch {
	case c == nil:
		return flow.Command{Kind: flow.Tell, Topic: "foreign_card"}
	case c.Kind == "confirm" && p.Action == "confirm": // also when closed: the gate tells the recorded outcome
		return flow.Command{Kind: flow.Confirm, Ref: c.Ref}
	case c.Closed:
		return flow.Command{Kind: flow.Tell, Topic: "stale_card"}
	case c.Kind == "confirm" && p.Action == "cancel":
		return flow.Command{Kind: flow.Decline, Ref: c.Ref}
	}
	return t.chosen(c, strings.TrimPrefix(p.Action, "choose:"))
}

// chosen is a press on one of a card's options.
func (t *turn) chosen(c *shown, value string) flow.Command {
	i := slices.Index(c.Values, value)
	if i < 0 {
		return flow.Command{Kind: flow.Tell, Topic: "stale_card"}
	}
	t.close(c.ID, "done")
	if c.Kind == "flows" {
		return t.offered(value, c.Labels[i])
	}
	return flow.Command{Kind: flow.Set, Flow: c.Flow, Slot: c.Slot, Fills: []flow.Fill{{Value: value, Label: c.Labels[i]}}, Text: c.Labels[i]}
}

// offered starts what was offered.
func (t *turn) offered(value, label string) flow.Command {
	if value == "human" {
		return flow.Command{Kind: flow.HandOff, Topic: "customer_asked"}
	}
	c := flow.Command{Kind: flow.Start, Flow: value, Text: label}
	if len(t.mem.Offered) > 0 {
		c.Fills = carried(t.mem.Offered)
	}
	return c
}
