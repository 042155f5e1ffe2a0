package agent

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

// Embedded is the interpreter that needs no model: it reads commands off the understanding, in microseconds.
type Embedded struct{}

// Below sure, a second candidate close behind is asked about; below faint, an intent is not acted upon.
const (
	sure  = 0.60
	faint = 0.25
	near  = 0.15
)

// Commands implements Interpreter; it never fails.
func (Embedded) Commands(_ context.Context, s Situation) ([]flow.Command, error) {
	r := reader{s}
	if cmds, ok := r.requests(); ok {
		return cmds, nil
	}
	if r.introduces() {
		return []flow.Command{{Kind: flow.SmallTalk, Topic: "greet", Text: s.Text}}, nil
	}
	if f := s.State.Active(); f != nil && f.Wait.For != "" {
		if cmds, ok := r.reply(f); ok {
			return cmds, nil
		}
		if r.idle() {
			return []flow.Command{{Kind: flow.Lost, Text: s.Text}}, nil
		}
	}
	if o, ok := flow.Match(s.Text, s.Offered); ok && short(s.Text) {
		return []flow.Command{{Kind: flow.Start, Flow: o.Value, Text: s.Text, Fills: carried(s.Offered)}}, nil
	}
	cmds := r.wishes()
	for i, c := range cmds { // what was offered is about the same things, also when it is asked for in other words
		if c.Kind == flow.Start && len(c.Fills) == 0 && slices.ContainsFunc(s.Offered, func(o flow.Option) bool { return o.Value == c.Flow }) {
			cmds[i].Fills = carried(s.Offered)
		}
	}
	return cmds, nil
}

// carried are the things the offer was about.
func carried(offered []flow.Option) []flow.Fill {
	var out []flow.Fill
	for _, kind := range []string{"order", "product"} {
		if v := offered[0].Attributes[kind]; v != "" {
			out = append(out, flow.Fill{Kind: kind, Value: v})
		}
	}
	return out
}

type reader struct{ Situation }

// idle is talk that neither answers the open question nor asks anything.
func (r reader) idle() bool {
	switch r.Understanding.Intent {
	case "chitchat", "affirm", "deny", "praise", "greet":
		return len(r.Understanding.Segments) < 2
	}
	return false
}

// reply reads the message as an answer to what is open; not ok when it is about something else.
func (r reader) reply(f *flow.Frame) ([]flow.Command, bool) {
	u, one := r.Understanding, func(c flow.Command) ([]flow.Command, bool) { c.Text = r.Text; return []flow.Command{c}, true }
	slot := r.slot(f)
	if u.Corrects && len(r.fills(0, len(r.Text))) > 0 {
		return one(flow.Command{Kind: flow.Correct, Fills: r.fills(0, len(r.Text))})
	}
	if f.Wait.For == "slot" {
		if o, ok := r.option(f); ok {
			return one(flow.Command{Kind: flow.Set, Slot: f.Wait.Name, Fills: []flow.Fill{{Value: o.Value, Label: o.Label}}})
		}
	}
	if u.Cancels && !r.elsewhere(f) && utf8.RuneCountInString(r.Text) <= 14 || u.Cancels && strings.Contains(strings.ToLower(r.Text), "never mind") {
		return one(flow.Command{Kind: flow.Cancel})
	}
	if r.yesNo() {
		if u.Affirms {
			return one(flow.Command{Kind: flow.Affirm})
		}
		return one(flow.Command{Kind: flow.Deny})
	}
	if u.Corrects && !r.elsewhere(f) {
		return one(flow.Command{Kind: flow.Correct})
	}
	if f.Wait.For != "slot" {
		return nil, false
	}
	return r.answer(f, slot)
}

// answer reads what fits the question that was asked.
func (r reader) answer(f *flow.Frame, slot flow.Slot) ([]flow.Command, bool) {
	fills := r.fills(0, len(r.Text))
	asked := slices.ContainsFunc(fills, func(x flow.Fill) bool { return slices.Contains(slot.From, x.Kind) })
	switch {
	case asked && !r.elsewhere(f):
		return []flow.Command{{Kind: flow.Fills, Fills: fills, Text: r.Text}}, true
	case slot.Image && r.Images > 0:
		return []flow.Command{{Kind: flow.Set, Slot: f.Wait.Name, Text: r.Text, Fills: []flow.Fill{{Value: r.pictured()}}}}, true
	case slot.Free && r.Text != "" && !r.elsewhere(f):
		return []flow.Command{{Kind: flow.Set, Slot: f.Wait.Name, Text: r.Text, Fills: []flow.Fill{{Value: clip(r.Text, 500)}}}}, true
	}
	return nil, false
}

// pictured is what a picture stands for in a text slot.
func (r reader) pictured() string {
	if utf8.RuneCountInString(r.Text) >= 2 {
		return clip(r.Text, 500)
	}
	if r.Language == "en" {
		return "(see the picture)"
	}
	return "（见图片）"
}

func (r reader) slot(f *flow.Frame) flow.Slot {
	if fl := r.Book.Flow(f.Flow); fl != nil {
		return fl.Slots[f.Wait.Name]
	}
	return flow.Slot{}
}

// option is the option that was chosen in words.
func (r reader) option(f *flow.Frame) (flow.Option, bool) {
	if r.elsewhere(f) && !short(r.Text) {
		return flow.Option{}, false
	}
	for _, e := range r.Understanding.Entities {
		for _, o := range f.Options {
			if e.Data["option"] != "" && e.Value == o.Value {
				return o, true
			}
		}
	}
	return flow.Match(r.Text, f.Options)
}

// short is what answers a question rather than opens a new matter.
func short(s string) bool { return utf8.RuneCountInString(s) <= 24 && len(strings.Fields(s)) <= 5 }

// yesNo tells a plain yes or no.
func (r reader) yesNo() bool {
	u := r.Understanding
	return (u.Affirms || u.Denies) && u.Affirms != u.Denies && utf8.RuneCountInString(r.Text) <= 20
}

// elsewhere tells that the message is surely about something else than the open flow.
func (r reader) elsewhere(f *flow.Frame) bool {
	u := r.Understanding
	if u.OutOfScope || u.IntentP < sure || talk[u.Intent] != "" {
		return false
	}
	if fl := r.Book.ByIntent(u.Intent); fl != nil {
		telling := fl.Complaint || fl.ID == "review" || fl.ID == "suggestion" // where we ask for the story, a story is the answer
		return fl.ID != f.Flow && !(telling && r.slot(f).Free)
	}
	return strings.HasPrefix(u.Intent, "ask_")
}

// wishes reads each part of the message by itself, in order; pleasantries count only when there is nothing else.
func (r reader) wishes() []flow.Command {
	var cmds []flow.Command
	for _, seg := range r.segments() {
		c := r.wish(seg)
		if n := len(cmds); n > 0 && cmds[n-1].Kind == c.Kind && cmds[n-1].Flow == c.Flow && c.Kind != flow.Ask {
			cmds[n-1].Fills = append(cmds[n-1].Fills, c.Fills...)
			continue
		}
		cmds = append(cmds, c)
	}
	cmds = serious(r.calm(cmds))
	if len(cmds) == 1 && cmds[0].Kind == flow.Start { // the only wish: all of the message is about it
		cmds[0].Text, cmds[0].Fills = clip(r.Text, 500), r.fills(0, len(r.Text))
		cmds[0] = r.several(cmds[0])
	}
	return cmds
}

// calm drops outcries ("this is too much!") that were taken for a complaint of their own beside a wish that says what it is
// about; the feeling is met with care all the same.
func (r reader) calm(cmds []flow.Command) []flow.Command {
	var out []flow.Command
	for i, c := range cmds {
		fl := r.Book.Flow(c.Flow)
		outcry := c.Kind == flow.Start && fl != nil && fl.Complaint && len(c.Fills) == 0 && short(c.Text) && utf8.RuneCountInString(c.Text) <= 16
		if outcry && slices.ContainsFunc(cmds, func(o flow.Command) bool { return o.Kind == flow.Start && o.Flow != cmds[i].Flow }) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// segments are the parts; one part takes the probabilities of the whole.
func (r reader) segments() []nlu.Segment {
	u := r.Understanding
	if len(u.Segments) < 2 {
		return []nlu.Segment{{Text: r.Text, Start: 0, End: len(r.Text), Intent: u.Intent, P: u.IntentP}}
	}
	return u.Segments[:min(len(u.Segments), flow.MaxQueue)]
}

// serious drops small talk and misses beside real wishes.
func serious(cmds []flow.Command) []flow.Command {
	var out []flow.Command
	for _, c := range cmds {
		if c.Kind == flow.Start || c.Kind == flow.HandOff || (c.Kind == flow.Ask && c.Topic == "") || c.Kind == flow.Clarify {
			out = append(out, c)
		}
	}
	if len(out) > 0 {
		return out
	}
	return cmds[:min(1, len(cmds))]
}

// wish reads one part.
func (r reader) wish(seg nlu.Segment) flow.Command {
	u, whole := r.Understanding, len(r.Understanding.Segments) < 2
	fills := r.fills(seg.Start, seg.End)
	named := slices.ContainsFunc(fills, func(f flow.Fill) bool { return f.Kind == "order" || f.Kind == "product" })
	if look := own[seg.Intent]; look != "" && (mine.MatchString(seg.Text) || look == "invoice" && named) {
		seg.Intent = look
	}
	if seg.Intent == "store_stock" && seg.P < sure && !slices.ContainsFunc(fills, func(f flow.Fill) bool { return f.Kind == "product" || f.Kind == "sku" }) {
		seg.Intent = "find_store" // of what, is not said: the stores themselves are looked for
	}
	if strings.HasPrefix(seg.Intent, "ask_store_") && slices.ContainsFunc(fills, func(f flow.Fill) bool { return f.Kind == "store" || f.Kind == "city" }) {
		seg.Intent = "find_store" // of a store that is named, its own card tells more than the rule for all
	}
	switch fl := r.Book.ByIntent(seg.Intent); {
	case fl != nil && fl.ID == "human":
		return flow.Command{Kind: flow.HandOff, Topic: "customer_asked", Text: seg.Text}
	case fl != nil && seg.P >= faint && !(whole && u.OutOfScope):
		if other := r.rival(fl.ID); whole && other != "" && seg.Intent == u.Intent {
			return flow.Command{Kind: flow.Clarify, Candidates: candidates(fl, r.Book.Flow(other)), Text: seg.Text}
		}
		return flow.Command{Kind: flow.Start, Flow: fl.ID, Fills: fills, Text: seg.Text}
	case talk[seg.Intent] != "" && seg.P >= faint:
		return flow.Command{Kind: flow.SmallTalk, Topic: talk[seg.Intent], Text: seg.Text}
	case bare(fills, seg.Text):
		return flow.Command{Kind: flow.Start, Flow: "order_status", Fills: fills, Text: seg.Text}
	case seg.Intent == nlu.OutOfScope || seg.Intent == "" || seg.P < faint:
		return flow.Command{Kind: flow.Ask, Topic: "unsure", Text: seg.Text}
	}
	return flow.Command{Kind: flow.Ask, Text: seg.Text}
}

// own maps questions about rules to the flow that looks up what the customer has: "which coupons do I have" asks no rule.
var own = map[string]string{"ask_coupon_rule": "coupons", "ask_points_rule": "points", "ask_invoice_policy": "invoice"}

var mine = regexp.MustCompile(`(?i)我(现在|目前|账户|账号|名下)?(里)?(还)?(有|剩)|我的.*(多少|几|哪些|有什么)|do i (still )?have|have i got|my (current )?(points|coupons|balance)`)

// rival is another flow that is nearly as likely while neither is sure.
func (r reader) rival(first string) string {
	u := r.Understanding
	if u.IntentP >= sure {
		return ""
	}
	for _, s := range u.Intents {
		if fl := r.Book.ByIntent(s.Label); fl != nil && fl.ID != first && fl.ID != "human" && u.IntentP-s.P < near {
			return fl.ID
		}
	}
	return ""
}

// candidates are what to ask about: two flows, or every kind of complaint when both are one.
func candidates(a, b *flow.Flow) []string {
	if a.Complaint && b.Complaint {
		return []string{"complaint_quality", "complaint_logistics", "complaint_attitude"}
	}
	return []string{a.ID, b.ID}
}

// bare is an order number and hardly anything else.
func bare(fills []flow.Fill, text string) bool {
	for _, f := range fills {
		if (f.Kind == "order" || f.Kind == "tracking") && len(text)-len(f.Value) <= 12 {
			return true
		}
	}
	return false
}

// fills are the entities between two places of the message.
func (r reader) fills(from, to int) []flow.Fill {
	var out []flow.Fill
	for _, e := range r.Understanding.Entities {
		if e.Start >= from && e.End <= to && e.Value != "" {
			out = append(out, flow.Fill{Kind: e.Kind, Value: e.Value, Label: e.Text})
		}
	}
	return out
}

// talk maps intents of small talk to the shared texts that answer them.
var talk = map[string]string{
	"greet": "greet", "thanks": "thanks", "bye": "bye", "praise": "praise", "affirm": "affirm", "deny": "deny", "chitchat": "chitchat", "ask_about_bot": "ask_about_bot",
}
