package agent

import (
	"regexp"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/request"
)

// flowOf is the flow that serves what a request asks for.
var flowOf = map[request.Act]string{request.Return: "return", request.Exchange: "exchange", request.Modify: "modify_items",
	request.Cancel: "cancel_order", request.Address: "change_address", request.Payment: "change_payment"}

// introduction is a message that says who is writing, and nothing else.
var introduction = regexp.MustCompile(`(?i)^\s*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?[,.! ]*)?(?:my name is|i am|i'm|this is)\s+[\p{L}'’. -]{2,60}?(?:,|\s+and|\.)\s+(?:and\s+)?my\s+(?:zip(?: ?code)?|post ?code|e-?mail(?: address)?|phone(?: number)?)\s+is\s+\S+\s*$` +
	`|^\s*(?:你好|您好)?[，,。! ！]*(?:我叫|我是|我的名字是|我的姓名是)[\p{L}·]{2,20}[，,]\s*(?:我的)?(?:邮编|邮箱|手机号?|电话)(?:是|：|:)?\s*\S+\s*$`)

// introduces tells whether the message only says who is writing: no wish yet, however much the words sound like one. It is no
// proof either: who somebody is, is the session's to say.
func (r reader) introduces() bool {
	f := r.State.Active()
	return (f == nil || f.Wait.For == "") && introduction.MatchString(r.Text)
}

// requests reads a message that spells out what is to be done with which order, wish by wish; not ok when it is none, or says
// no more than the understanding knows anyway.
func (r reader) requests() ([]flow.Command, bool) {
	list, rest := request.Read(r.Text)
	if len(list) == 0 || len(list) == 1 && !list[0].Detailed() {
		return nil, false
	}
	var cmds []flow.Command
	for _, q := range list {
		name := flowOf[q.Act]
		if r.Book.Flow(name) == nil {
			return nil, false
		}
		cmds = append(cmds, flow.Command{Kind: flow.Start, Flow: name, Fills: fillsOf(q), Text: clip(strings.TrimSpace(r.Text[q.Start:q.End]), 500)})
	}
	for _, q := range rest { // a question beside them is answered too
		if strings.HasSuffix(q, "?") || strings.HasSuffix(q, "？") {
			cmds = append(cmds, flow.Command{Kind: flow.Ask, Text: q})
		}
	}
	return cmds, true
}

// fillsOf offers what a request names to the slots of its flow.
func fillsOf(q request.Request) []flow.Fill {
	fills := []flow.Fill{{Kind: "order", Value: q.Order, Label: q.Order}}
	add := func(kind, value string) {
		if value != "" {
			fills = append(fills, flow.Fill{Kind: kind, Value: value, Label: value})
		}
	}
	add("things", things(q.Items))
	add("payment", q.Method)
	add("reason", q.Reason)
	add("address", q.Address)
	return fills
}

// things are items one a line, in the form the tool match_items takes.
func things(items []request.Item) string {
	var lines []string
	for _, it := range items {
		line := strings.ReplaceAll(it.Words, "\n", " ")
		if it.Swap {
			line += " => " + strings.ReplaceAll(it.To, "\n", " ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// several adds to a return of more than one product all of them as things.
func (r reader) several(c flow.Command) flow.Command {
	if c.Kind != flow.Start || c.Flow != flowOf[request.Return] {
		return c
	}
	var named, values []string
	for _, f := range c.Fills {
		if f.Kind == "product" && !slices.Contains(values, f.Value) {
			named, values = append(named, f.Label), append(values, f.Value)
		}
	}
	if len(values) > 1 {
		c.Fills = append(c.Fills, flow.Fill{Kind: "things", Value: strings.Join(named, "\n"), Label: strings.Join(named, ", ")})
	}
	return c
}
