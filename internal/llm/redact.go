package llm

import (
	"encoding/json"
	"strings"
)

// Redactor swaps personal data for placeholders such as [PHONE_1], and back. Known placeholders are used again and new ones added.
type Redactor interface {
	Redact(text string, known map[string]string) (string, map[string]string)
	Restore(text string, known map[string]string) string
}

// veil is the redaction of one request.
type veil struct {
	by    Redactor
	known map[string]string
}

// cover redacts every text of a request.
func (v *veil) cover(r Request) Request {
	msgs := make([]Message, len(r.Messages))
	for i, m := range r.Messages {
		m.Text = v.hide(m.Text)
		m.Calls = append([]ToolCall(nil), m.Calls...)
		for j, c := range m.Calls {
			m.Calls[j].Args = json.RawMessage(v.hide(string(c.Args)))
		}
		msgs[i] = m
	}
	r.Messages = msgs
	return r
}

func (v *veil) hide(s string) string {
	if v.by == nil || s == "" {
		return s
	}
	s, v.known = v.by.Redact(s, v.known)
	return s
}

func (v *veil) lift(s string) string {
	if v.by == nil || len(v.known) == 0 {
		return s
	}
	return v.by.Restore(s, v.known)
}

// uncover puts the data back into an answer.
func (v *veil) uncover(r Response) Response {
	r.Text = v.lift(r.Text)
	for i, c := range r.Calls {
		r.Calls[i].Args = v.args(c.Args)
	}
	return r
}

// args restores inside the strings of an object, so that what comes back cannot break out of them.
func (v *veil) args(raw json.RawMessage) json.RawMessage {
	var x any
	if len(v.known) == 0 || json.Unmarshal(raw, &x) != nil {
		return raw
	}
	out, err := json.Marshal(v.walk(x))
	if err != nil {
		return raw
	}
	return out
}

func (v *veil) walk(x any) any {
	switch t := x.(type) {
	case string:
		return v.lift(t)
	case []any:
		for i := range t {
			t[i] = v.walk(t[i])
		}
	case map[string]any:
		for k := range t {
			t[k] = v.walk(t[k])
		}
	}
	return x
}

// longest is how long a placeholder can be.
const longest = 24

// flow restores a text that comes in pieces: what may be the beginning of a placeholder waits for the next piece. Nil is a flow
// nobody listens to.
type flow struct {
	v    *veil
	tail string
	any  bool
	tell func(Delta)
}

// start makes a listener for one try.
func (f *flow) start() func(Delta) {
	if f == nil {
		return nil
	}
	f.tail = ""
	return f.take
}

// told tells whether anything has gone out.
func (f *flow) told() bool { return f != nil && f.any }

func (f *flow) take(d Delta) {
	s := f.tail + d.Text
	f.tail = ""
	if i := strings.LastIndexByte(s, '['); i >= 0 && len(s)-i < longest && !strings.Contains(s[i:], "]") {
		s, f.tail = s[:i], s[i:]
	}
	f.give(s)
}

func (f *flow) end() {
	if f != nil {
		f.give(f.tail)
		f.tail = ""
	}
}

func (f *flow) give(s string) {
	if s != "" {
		f.any = true
		f.tell(Delta{Text: f.v.lift(s)})
	}
}
