package flow

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// Pass is the way of one turn through one flow: numbers of steps, and what became of it, in order.
type Pass struct {
	Turn         string
	Conversation string
	Flow         string
	At           time.Time
	Marks        []string
}

// Passes keeps the ways of turns.
type Passes interface {
	// Passes gives those of a flow ("" for all) in [from, to), oldest first, at most limit.
	Passes(ctx context.Context, flow string, from, to time.Time, limit int) ([]Pass, error)
}

// MaxPasses bounds what one question counts.
const MaxPasses = 200_000

// Figures are how the runs of a flow went. A run begins with "started"; runs begun before the range are not in it.
type Figures struct {
	Flow      string        `json:"flow"`
	Entered   int           `json:"entered"`
	Finished  int           `json:"finished"`
	Cancelled int           `json:"cancelled" doc:"The customer changed their mind, or left it"`
	HandedOff int           `json:"handed_off"`
	Refused   int           `json:"refused" doc:"Policy, a login or a failure ended it"`
	Open      int           `json:"open" doc:"Not ended so far"`
	Steps     []StepFigures `json:"steps"`
}

// StepFigures are how runs went at one step. Reached = gone on + stopped + waiting + finished here.
type StepFigures struct {
	Step    int `json:"step"`
	Reached int `json:"reached"`
	Left    int `json:"left" doc:"Went on to another step"`
	Stopped int `json:"stopped" doc:"Ended here without finishing"`
	Waiting int `json:"waiting" doc:"Stand here"`
}

// outcomes tells what the marks that end a run count as.
var outcomes = map[string]func(*Figures){
	"done": finished, "ended": finished, "linked": finished, "approval": finished,
	"cancelled": cancelled, "declined": cancelled, "left": cancelled,
	"hand_off": func(f *Figures) { f.HandedOff++ },
	"refused":  refused, "login": refused, "failed": refused, "unknown": refused,
}

func finished(f *Figures)  { f.Finished++ }
func cancelled(f *Figures) { f.Cancelled++ }
func refused(f *Figures)   { f.Refused++ }

// journeyOf is one run in progress while counting.
type journeyOf struct {
	steps []int // in the order they were first reached
	at    int
}

// counter counts the runs of one flow.
type counter struct {
	f     Figures
	open  map[string]*journeyOf // by conversation
	steps map[int]*StepFigures
}

// Count makes the figures of every flow named in the passes, by id.
func Count(passes []Pass) map[string]Figures {
	all := map[string]*counter{}
	for _, p := range passes {
		c := all[p.Flow]
		if c == nil {
			c = &counter{f: Figures{Flow: p.Flow}, open: map[string]*journeyOf{}, steps: map[int]*StepFigures{}}
			all[p.Flow] = c
		}
		for _, m := range p.Marks {
			c.mark(p.Conversation, m)
		}
	}
	out := map[string]Figures{}
	for name, c := range all {
		out[name] = c.figures()
	}
	return out
}

func (c *counter) mark(conversation, m string) {
	run := c.open[conversation]
	if m == "started" {
		if run != nil { // started again without an end: the first one was dropped
			c.end(run, cancelled, true)
		}
		c.f.Entered++
		c.open[conversation] = &journeyOf{at: -1}
		return
	}
	if run == nil {
		return
	}
	if n, err := strconv.Atoi(m); err == nil {
		run.at = n
		if !slices.Contains(run.steps, n) {
			run.steps = append(run.steps, n)
		}
		return
	}
	if count, ok := outcomes[m]; ok {
		before := c.f.Finished
		delete(c.open, conversation)
		count(&c.f)
		c.end(run, nil, c.f.Finished == before)
	}
}

// end books a run's steps; stopped tells whether it ended without finishing.
func (c *counter) end(run *journeyOf, count func(*Figures), stopped bool) {
	if count != nil {
		count(&c.f)
	}
	for _, n := range run.steps {
		s := c.step(n)
		s.Reached++
		switch {
		case n != run.at:
			s.Left++
		case stopped:
			s.Stopped++
		}
	}
}

func (c *counter) step(n int) *StepFigures {
	if c.steps[n] == nil {
		c.steps[n] = &StepFigures{Step: n}
	}
	return c.steps[n]
}

func (c *counter) figures() Figures {
	for _, run := range c.open {
		c.f.Open++
		c.end(run, nil, false)
		if run.at >= 0 {
			c.step(run.at).Waiting++
		}
	}
	c.f.Steps = []StepFigures{}
	for _, s := range c.steps {
		c.f.Steps = append(c.f.Steps, *s)
	}
	slices.SortFunc(c.f.Steps, func(a, b StepFigures) int { return a.Step - b.Step })
	return c.f
}
