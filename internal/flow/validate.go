package flow

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

var (
	idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,47}$`)
	figure = regexp.MustCompile(`[0-9０-９]`)
)

// sharedTexts are the texts the engine and the agent rely on.
var sharedTexts = []string{
	"care_anger", "care_disappointment", "care_sadness", "care_worry", "cancelled", "nothing_to_cancel", "corrected", "resume", "declined", "press_card",
	"clarify", "lost", "lost_again", "near", "offer", "failed", "unknown_outcome", "approval", "trouble", "login", "hand_off", "hand_off_sorry",
	"too_many", "already_done", "stale_card", "foreign_card", "expired_card", "later", "choose", "greet", "thanks", "bye", "praise", "ask_about_bot", "chitchat", "oos",
	"abuse", "injection", "too_long", "image_thanks", "affirm", "deny", "rate_thanks", "no_answer", "expired_promise",
}

// checker gathers the faults of one flow.
type checker struct {
	book   *Book
	flow   *Flow
	steps  map[string]bool
	roots  map[string]bool
	faults []errs.Detail
}

// check looks at the whole book.
func (b *Book) check() []errs.Detail {
	var faults []errs.Detail
	for _, name := range sharedTexts {
		if t := b.texts[name]; t.ZH == "" || t.EN == "" {
			faults = append(faults, errs.Detail{Location: textsFile + "#" + name, Message: "the shared text is missing; give it in zh and en"})
		}
	}
	for _, f := range b.Flows() {
		faults = append(faults, b.Check(f)...)
	}
	return faults
}

// Check tells what is wrong with a flow that is to join the book, fault by fault, and how to mend each.
func (b *Book) Check(f *Flow) []errs.Detail {
	c := &checker{book: b, flow: f, steps: map[string]bool{"end": true}, roots: map[string]bool{}}
	for _, k := range known {
		c.roots[k] = true
	}
	for name := range f.Slots {
		c.roots[name] = true
	}
	for _, s := range f.Steps {
		if s.ID != "" && c.steps[s.ID] {
			c.fault("steps", "the step id %q is used twice; rename one", s.ID)
		}
		if s.ID != "" {
			c.steps[s.ID] = true
		}
		if s.As != "" {
			c.roots[s.As] = true
		}
	}
	c.head()
	for _, name := range sorted(f.Slots) {
		c.slot(name, f.Slots[name])
	}
	for i, s := range f.Steps {
		c.step(i, s)
	}
	return c.faults
}

func sorted(m map[string]Slot) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func (c *checker) fault(at, format string, args ...any) {
	c.faults = append(c.faults, errs.Detail{Location: c.flow.ID + "." + at, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) head() {
	f := c.flow
	if !idForm.MatchString(f.ID) {
		c.fault("id", "an id is snake_case, 2 to 48 characters")
	}
	if f.Title.ZH == "" || f.Title.EN == "" {
		c.fault("title", "give the title in zh and en")
	}
	if !slices.Contains([]string{"", "anonymous", "known", "verified", "fresh"}, f.Assurance) {
		c.fault("assurance", "%q is not a level; use anonymous, known, verified or fresh", f.Assurance)
	}
	if len(f.Steps) == 0 {
		c.fault("steps", "a flow needs at least one step")
	}
	for _, other := range c.book.Flows() {
		for _, i := range f.Intents {
			if other.ID != f.ID && slices.Contains(other.Intents, i) {
				c.fault("intents", "the intent %q starts %q already; take it out of one of them", i, other.ID)
			}
		}
	}
}

func (c *checker) slot(name string, s Slot) {
	at := "slots." + name
	c.say(at+".ask", s.Ask, c.collected(name) && s.Default == "")
	c.say(at+".again", s.Again, false)
	if s.Options != nil && len(s.Choices) > 0 {
		c.fault(at, "a slot has options of a tool or fixed choices, not both")
	}
	if s.Options != nil {
		c.call(at+".options", s.Options)
	}
	for _, ch := range s.Choices {
		if ch.Value == "" || ch.Label.ZH == "" || ch.Label.EN == "" {
			c.fault(at+".choices", "a choice needs a value and a label in zh and en")
		}
	}
	if s.None != nil {
		c.branch(at+".none", *s.None)
	}
	c.cond(at+".message_if", s.If)
	if s.Pattern != "" {
		if _, err := regexp.Compile(s.Pattern); err != nil {
			c.fault(at+".pattern", "the pattern does not compile: %v", err)
		}
	}
}

// collected tells whether a step asks for the slot; others are only filled by the way.
func (c *checker) collected(name string) bool {
	return slices.ContainsFunc(c.flow.Steps, func(s Step) bool { return s.Collect == name })
}

func (c *checker) step(i int, s Step) {
	at := fmt.Sprintf("steps[%d]", i)
	if s.ID != "" {
		at = "steps." + s.ID
	}
	if n := s.actions(); n != 1 {
		c.fault(at, "a step does exactly one thing; this one has %d (collect, call, propose, branch, say, care, offer, answer, hand_off, link, suggest, rate, end)", n)
	}
	c.cond(at+".if", s.If)
	if _, ok := c.flow.Slots[s.Collect]; s.Collect != "" && !ok {
		c.fault(at+".collect", "there is no slot %q; add it under slots", s.Collect)
	}
	for _, call := range []*Call{s.Call, s.Propose} {
		if call != nil {
			c.call(at, call)
		}
	}
	for _, b := range s.Branch {
		c.branch(at+".branch", b)
	}
	for _, b := range []*Branch{s.Refused, s.Declined} {
		if b != nil {
			c.branch(at, *b)
		}
	}
	for _, t := range append([]*Say{s.Say, s.Care}, pointers(s.Suggest)...) {
		if t != nil {
			c.say(at, *t, true)
		}
	}
	for _, f := range s.Offer {
		if c.book.Flow(f) == nil && f != c.flow.ID {
			c.fault(at+".offer", "there is no flow %q", f)
		}
	}
	if s.Link != "" && c.book.Flow(s.Link) == nil {
		c.fault(at+".link", "there is no flow %q", s.Link)
	}
	c.paths(at+".answer", s.Answer)
}

func pointers(list []Say) []*Say {
	var out []*Say
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}

func (s Step) actions() (n int) {
	for _, set := range []bool{s.Collect != "", s.Call != nil, s.Propose != nil, len(s.Branch) > 0, s.Say != nil, s.Care != nil, len(s.Offer) > 0,
		s.Answer != "", s.HandOff != "", s.Link != "", len(s.Suggest) > 0, s.Rate, s.End} {
		if set {
			n++
		}
	}
	return n
}

func (c *checker) branch(at string, b Branch) {
	c.cond(at+".if", b.If)
	c.say(at+".say", b.Say, false)
	if !c.steps[b.To] {
		c.fault(at+".to", "there is no step %q; name a step's id, or end", b.To)
	}
}

func (c *checker) call(at string, call *Call) {
	if !idForm.MatchString(call.Tool) {
		c.fault(at+".tool", "name a tool; %q is not a name", call.Tool)
	}
	for name, v := range call.Args {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, item := range list {
			if s, ok := item.(string); ok && strings.HasPrefix(s, "$") {
				c.root(at+".args."+name, s[1:])
			} else if ok {
				c.paths(at+".args."+name, s)
			}
		}
	}
}

func (c *checker) cond(at, cond string) {
	if cond == "" {
		return
	}
	vars, err := names(cond)
	if err != nil {
		c.fault(at, "the condition does not parse: %v", err)
	}
	for _, v := range vars {
		c.root(at, v)
	}
}

func (c *checker) root(at, path string) {
	if root, _, _ := strings.Cut(path, "."); !c.roots[root] {
		c.fault(at, "%q is not known here; it must be a slot, the `as` name of a step, or one of %s", root, strings.Join(known, ", "))
	}
}

func (c *checker) paths(at, text string) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		c.root(at, m[1])
	}
}

// say checks a text: both languages, known placeholders, and no figures, which have to come from a result.
func (c *checker) say(at string, s Say, needed bool) {
	if s.Empty() && !needed {
		return
	}
	if s.ZH == "" || s.EN == "" {
		c.fault(at, "give the text in zh and en")
	}
	all := []string{s.ZH, s.EN}
	for _, t := range s.When {
		all = append(all, t.ZH, t.EN)
	}
	for _, t := range all {
		c.paths(at, t)
		if figure.MatchString(placeholder.ReplaceAllString(t, "")) {
			c.fault(at, "a text holds no figures (%.40q): take prices, dates and limits from a result, {result.field_text}", t)
		}
	}
}
