package flow

import (
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Flow is a process as data; one YAML file each.
type Flow struct {
	ID        string          `yaml:"id" json:"id"`
	Title     id.Text         `yaml:"title" json:"title"` // "Return an item", as a customer would say it
	Intents   []string        `yaml:"intents" json:"intents"`
	Assurance string          `yaml:"assurance" json:"assurance"` // anonymous (the default), known, verified, fresh
	Complaint bool            `yaml:"complaint" json:"complaint"` // care comes before process whatever the tone
	Slots     map[string]Slot `yaml:"slots" json:"slots"`
	Steps     []Step          `yaml:"steps" json:"steps"`
}

// Slot is something a flow has to know.
type Slot struct {
	From     []string `yaml:"from" json:"from,omitempty"`       // entity kinds that fill it
	Ask      Say      `yaml:"ask" json:"ask"`                   // how to ask
	Again    Say      `yaml:"again" json:"again,omitzero"`      // how to ask after an answer that did not help
	Options  *Call    `yaml:"options" json:"options,omitempty"` // a tool whose options are offered; a single one is taken
	Choices  []Choice `yaml:"choices" json:"choices,omitempty"` // a fixed choice
	None     *Branch  `yaml:"none" json:"none,omitempty"`       // where to go when the tool has no option
	Free     bool     `yaml:"free" json:"free,omitempty"`       // any text is an answer
	MinRunes int      `yaml:"min_runes" json:"min_runes,omitempty"`
	Pattern  string   `yaml:"pattern" json:"pattern,omitempty"`       // what a value must look like
	Image    bool     `yaml:"image" json:"image,omitempty"`           // a picture is an answer too
	Message  bool     `yaml:"message" json:"message,omitempty"`       // filled with the message that started the flow when that tells enough
	If       string   `yaml:"message_if" json:"message_if,omitempty"` // a condition on that
	Show     bool     `yaml:"show" json:"show,omitempty"`             // offer a single option too instead of taking it
	Default  string   `yaml:"default" json:"default,omitempty"`
}

// Choice is one fixed option.
type Choice struct {
	Value string   `yaml:"value" json:"value"`
	Label id.Text  `yaml:"label" json:"label"`
	Words []string `yaml:"words" json:"words,omitempty"` // other ways to say it, both languages
}

// Say is a text in both languages, with variants by emotion.
type Say struct {
	ZH   string             `yaml:"zh" json:"zh"`
	EN   string             `yaml:"en" json:"en"`
	When map[string]id.Text `yaml:"when" json:"when,omitempty"` // joy worry sadness disappointment anger
}

// Empty tells whether nothing is said.
func (s Say) Empty() bool { return s.ZH == "" && s.EN == "" }

// For is the text for a language and an emotion.
func (s Say) For(l id.Lang, emotion string) string {
	if t, ok := s.When[emotion]; ok && !t.Empty() {
		return t.In(l)
	}
	return id.Text{ZH: s.ZH, EN: s.EN}.In(l)
}

// Call is a tool with its arguments. A value "$name" is a slot or a path into a result; a missing one is left out.
type Call struct {
	Tool string         `yaml:"tool" json:"tool"`
	Args map[string]any `yaml:"args" json:"args,omitempty"`
}

// Branch is a way out: say something, then go to a step ("end" ends).
type Branch struct {
	If  string `yaml:"if" json:"if,omitempty"`
	Say Say    `yaml:"say" json:"say,omitzero"`
	To  string `yaml:"to" json:"to"`
}

// Step is one step; exactly one of its actions is set.
type Step struct {
	ID string `yaml:"id" json:"id,omitempty"`
	If string `yaml:"if" json:"if,omitempty"` // skipped unless true

	Collect string   `yaml:"collect" json:"collect,omitempty"` // slot
	Call    *Call    `yaml:"call" json:"call,omitempty"`       // a reading or direct tool
	Propose *Call    `yaml:"propose" json:"propose,omitempty"` // an effect, with its confirmation
	Branch  []Branch `yaml:"branch" json:"branch,omitempty"`   // the first that holds
	Say     *Say     `yaml:"say" json:"say,omitempty"`
	Care    *Say     `yaml:"care" json:"care,omitempty"` // said before anything else, and once
	Offer   []string `yaml:"offer" json:"offer,omitempty"`
	Answer  string   `yaml:"answer" json:"answer,omitempty"`     // a question for knowledge
	HandOff string   `yaml:"hand_off" json:"hand_off,omitempty"` // reason
	Link    string   `yaml:"link" json:"link,omitempty"`         // goes on as another flow, taking the slots along
	Suggest []Say    `yaml:"suggest" json:"suggest,omitempty"`   // quick replies under the answer
	Rate    bool     `yaml:"rate" json:"rate,omitempty"`
	End     bool     `yaml:"end" json:"end,omitempty"`

	As       string  `yaml:"as" json:"as,omitempty"`             // name of the result
	Show     bool    `yaml:"show" json:"show,omitempty"`         // show the result's cards
	Refused  *Branch `yaml:"refused" json:"refused,omitempty"`   // when policy says no; else the reason is told and help offered
	Declined *Branch `yaml:"declined" json:"declined,omitempty"` // when the customer does not confirm
}
