package agent

import (
	"strings"
	"time"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// turn is one turn in progress.
type turn struct {
	agent   *Agent
	in      conversation.Turn
	who     tool.Identity
	session tool.Session
	mem     Memory
	lang    id.Lang
	text    string // all texts of the turn, one a line
	images  int
	u       nlu.Understanding
	spoke   bool // there was text to understand
	steps   int
	began   time.Time   // by the clock handed in
	models  []Consulted // what models were asked
	reduced bool        // a model was wanted and not there
	out     answer
	rec     record
}

// authorise makes the session of the turn, in the language that is spoken now.
func (t *turn) authorise() (err error) {
	t.who.Language = t.lang
	t.session, err = tool.NewSession(t.who)
	return err
}

// read gathers what was said and understands it.
func (t *turn) read() {
	var texts []string
	for _, m := range t.in.Inputs {
		if s := strings.TrimSpace(m.Text); s != "" && m.Press == nil {
			texts = append(texts, s)
		}
		if p := m.Press; p != nil && strings.HasPrefix(p.Action, "say:") {
			texts = append(texts, strings.TrimPrefix(p.Action, "say:"))
		}
		t.images += pictures(m)
	}
	t.text = strings.Join(texts, "\n")
	t.spoke = t.text != ""
	t.u = nlu.Understanding{Original: t.text, Text: t.text, Language: string(t.lang), Emotion: nlu.Neutral}
	if t.spoke {
		t.u = t.agent.d.NLU.Understand(clip(t.text, maxRead), t.context())
		if speaks(t.text) {
			t.lang = id.ParseLang(t.u.Language)
		}
	}
	t.rec.begin(t)
	if err := t.authorise(); err != nil { // cannot be: it was made once already
		panic("agent: " + err.Error())
	}
}

// speaks tells whether a text shows a language at all: a tax number, a size or "ok" says nothing about it.
func speaks(text string) bool {
	for w := range strings.FieldsSeq(text) {
		word := strings.Trim(w, ".,!?;:'\"()")
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return true
		}
		if len(word) > 3 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' && r != '’' }) {
			return true
		}
	}
	return false
}

// maxRead is how much of a message is read; more is asked to be said shorter.
const maxRead = 4000

func pictures(m conversation.Message) (n int) {
	for _, a := range m.Attachments {
		if strings.HasPrefix(a.MIME, "image/") {
			n++
		}
	}
	if n == 0 && m.Kind == conversation.Image {
		n = 1
	}
	return n
}

// context is what understanding may know of the conversation.
func (t *turn) context() nlu.Context {
	c := nlu.Context{Now: t.in.At.In(t.agent.d.Location), Language: string(t.lang), Emotions: t.mem.Feelings}
	options := t.mem.Offered
	if f := t.mem.Flow.Active(); f != nil {
		c.Flow = f.Flow
		if len(f.Options) > 0 {
			options = f.Options
		}
		if fl := t.agent.d.Book.Flow(f.Flow); fl != nil && f.Wait.For == "slot" {
			if from := fl.Slots[f.Wait.Name].From; len(from) > 0 {
				c.Asked = from[0]
			}
		}
	}
	for _, o := range options {
		c.Options = append(c.Options, nlu.Option{Value: o.Value, Label: o.Label, Attributes: o.Attributes})
	}
	return c
}

// facts are what the engine may know.
func (t *turn) facts(res *flow.Result) flow.Facts {
	return flow.Facts{Turn: string(t.in.ID), Language: t.lang, Emotion: t.u.Emotion, Intensity: t.u.Intensity, Assurance: int(t.who.Assurance),
		Images: t.images, Text: t.text, Steps: t.steps, TextYes: t.agent.d.TextYes(t.who.Channel), Result: res}
}

// clip shortens to n runes.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
