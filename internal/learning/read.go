package learning

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

const (
	unsure      = 0.6                // below it an answer from knowledge is a guess
	silence     = 24 * time.Hour     // a flow that waits longer was left
	afterHours  = time.Hour          // the same wish later than this is a customer who came back
	afterDays   = 7 * 24 * time.Hour // and earlier than this
	handoffNear = 2                  // turns between a question and the wish for a person
)

// reading is one conversation while its signals are gathered.
type reading struct {
	c     conversation.Conversation
	msgs  []conversation.Message
	turns []turn
	now   time.Time
	out   []Signal
}

// read gives all signals of a conversation. The same conversation gives the same signals.
func read(c conversation.Conversation, msgs []conversation.Message, ds []conversation.Decision, cameBack bool, now time.Time) []Signal {
	r := &reading{c: c, msgs: msgs, turns: turnsOf(ds), now: now}
	for i, t := range r.turns {
		r.knew(t, i)
		r.handed(t, i)
	}
	r.rated()
	r.again(cameBack)
	r.flows()
	r.staff()
	return r.out
}

func (r *reading) add(kind Kind, t turn, change func(*Signal)) {
	text, _ := guard.Redact(strings.TrimSpace(t.Understanding.Original))
	s := Signal{ID: string(r.c.ID) + "/" + strconv.FormatInt(t.to, 10) + "/" + string(kind), Kind: kind, Conversation: r.c.ID, Customer: r.c.CustomerID,
		Seq: t.to, Lang: t.lang(), Text: short(text), Intent: t.Understanding.Intent, At: t.at}
	if change != nil {
		change(&s)
	}
	if i := slices.IndexFunc(r.out, func(o Signal) bool { return o.ID == s.ID }); i >= 0 {
		r.out[i] = s
		return
	}
	r.out = append(r.out, s)
}

// longest is how much of a message can be a question.
const longest = 300

func short(text string) string {
	if rs := []rune(text); len(rs) > longest {
		return string(rs[:longest])
	}
	return text
}

// knew looks at what knowledge had to say.
func (r *reading) knew(t turn, i int) {
	switch {
	case !t.asked():
	case !t.answered():
		r.add(NoAnswer, t, nil)
	default:
		r.add(Cited, t, func(s *Signal) { s.Article, s.Harmed = t.article(), r.harmed(i) })
		if t.confidence() < unsure {
			r.add(LowConfidence, t, nil)
		}
	}
}

// harmed tells that a person was asked for in the next turn, or that the conversation's last answer was rated badly.
func (r *reading) harmed(i int) bool {
	if i+1 < len(r.turns) && r.turns[i+1].Handoff != "" {
		return true
	}
	return r.badly() && r.lastAsked() == i
}

func (r *reading) badly() bool { return r.c.Rating == 1 || r.c.Rating == 2 }

func (r *reading) lastAsked() int {
	for i := len(r.turns) - 1; i >= 0; i-- {
		if r.turns[i].asked() {
			return i
		}
	}
	return -1
}

// handed finds the question that made the customer want a person.
func (r *reading) handed(t turn, i int) {
	if t.Handoff == "" {
		return
	}
	for n := i; n >= 0 && n >= i-handoffNear; n-- {
		if r.turns[n].asked() {
			r.add(HandedOff, r.turns[n], nil)
			return
		}
	}
}

func (r *reading) rated() {
	if n := r.lastAsked(); n >= 0 && r.badly() {
		r.add(Unhelpful, r.turns[n], nil)
	}
}

// again finds customers who came back about the same thing.
func (r *reading) again(cameBack bool) {
	seen := map[string]time.Time{}
	for _, t := range r.turns {
		in := t.Understanding.Intent
		if !t.asked() || in == "" || in == "oos" {
			continue
		}
		since := t.at.Sub(seen[in])
		if cameBack && in == r.c.Intent || !seen[in].IsZero() && since > afterHours && since <= afterDays {
			r.add(Recontact, t, nil)
			cameBack = false
		}
		seen[in] = t.at
	}
}

// flows counts every flow that was begun once a conversation, with the step at which it stood last.
func (r *reading) flows() {
	begun := map[string]turn{}
	var order []string
	for _, t := range r.turns {
		for _, f := range t.Flows {
			if _, ok := begun[f]; !ok {
				begun[f] = t
				order = append(order, f)
			}
		}
	}
	for _, f := range order {
		step, left := r.left(f)
		r.add(FlowRun, begun[f], func(s *Signal) {
			s.ID += "/" + f
			s.Flow, s.Step, s.Harmed, s.Text = f, step, left, ""
		})
	}
}

// left tells at which step of a flow the customer dropped out: asked for a person, or was silent for a day.
func (r *reading) left(name string) (step string, dropped bool) {
	for i, t := range r.turns {
		f, s := t.waits()
		if f != name {
			continue
		}
		last := i == len(r.turns)-1
		gone := last && (r.c.Status == conversation.Closed || r.now.Sub(t.at) > silence)
		if gone || !last && r.turns[i+1].Handoff != "" {
			return s, true
		}
	}
	return "", false
}

// staff pairs questions that the agent could not answer with what staff said to them.
func (r *reading) staff() {
	var open *turn
	var said []string
	flush := func() {
		if open != nil && len(said) > 0 {
			answer := strings.Join(said, "\n")
			r.add(StaffAnswer, *open, func(s *Signal) { s.Answer = Extract(answer) })
			open = nil
		}
		said = nil
	}
	for _, m := range r.msgs {
		switch {
		case m.Author == conversation.Staff && m.Kind == conversation.Text:
			said = append(said, m.Text)
		case m.Author == conversation.Customer && m.Kind == conversation.Text:
			flush()
			if q := r.question(m); q != nil {
				open = q
			}
		}
	}
	flush()
}

// question is what a customer's message leaves for staff to answer; nil when it leaves what was open.
func (r *reading) question(m conversation.Message) *turn {
	for i, t := range r.turns {
		if m.Seq < t.from || m.Seq > t.to {
			continue
		}
		if t.asked() && (!t.answered() || t.confidence() < unsure || r.harmed(i)) {
			return &t
		}
		return nil
	}
	if !asks(m.Text) {
		return nil
	}
	t := turn{from: m.Seq, to: m.Seq, at: m.At}
	t.Understanding.Original, t.Understanding.Language = m.Text, string(languageOf(m.Text))
	return &t
}

func languageOf(text string) id.Lang {
	if strings.ContainsFunc(text, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		return id.ZH
	}
	return id.EN
}
