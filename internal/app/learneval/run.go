package learneval

import (
	"context"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
)

// Options size a run.
type Options struct {
	Customers int // 200
	Tell      func(format string, args ...any)
}

// Report is what a run showed; the keys are stable.
type Report struct {
	Task                     string   `json:"task"`
	Customers                int      `json:"customers"`
	Topics                   int      `json:"topics"`
	Staffed                  int      `json:"topics_answered_by_staff"`
	Gaps                     int      `json:"gaps"`
	Drafted                  int      `json:"drafted"`
	Proved                   int      `json:"proved"`
	Published                int      `json:"published"`
	Asked                    int      `json:"asked_again"`
	AutomationBefore         float64  `json:"automation_before"`
	AutomationAfter          float64  `json:"automation_after"`              // of all who asked again, the hold-out among them
	AutomationAfterGiven     float64  `json:"automation_after_not_held_out"` // of those outside the hold-out
	HeldOut                  int      `json:"held_out"`
	WrongAfter               int      `json:"wrong_after"` // answered with something else than staff said
	SuiteBefore              float64  `json:"suite_before"`
	SuiteAfter               float64  `json:"suite_after"`
	HarmfulDraftCaught       bool     `json:"harmful_draft_caught"`
	HarmfulPublishRolledBack bool     `json:"harmful_publish_rolled_back"`
	Reasons                  []string `json:"reasons,omitempty"`
}

type play struct {
	*shop
	script Script
	o      Options
	r      Report
}

// Run plays a script from end to end.
func Run(ctx context.Context, s Script, o Options) (Report, error) {
	if o.Tell == nil {
		o.Tell = func(string, ...any) {}
	}
	p := &play{script: s, o: o, r: Report{Task: "learning", Customers: o.Customers, Topics: len(s.Topics), Staffed: len(s.Topics) - len(s.unanswered())}}
	for _, step := range []func(context.Context) error{p.before, p.open, p.customers, p.learn, p.after, p.harmfulDraft, p.harmfulPublish} {
		if err := step(ctx); err != nil {
			return p.r, err
		}
	}
	p.close()
	return p.r, nil
}

func (p *play) open(ctx context.Context) (err error) {
	p.shop, err = open(ctx)
	return err
}

// before counts on a shop of its own.
func (p *play) before(ctx context.Context) (err error) {
	if err := p.open(ctx); err != nil {
		return err
	}
	defer p.close()
	t, err := p.again(ctx)
	p.r.AutomationBefore, p.r.Asked = share(t.right, t.asked), t.asked
	return err
}

// customers ask; some want a person then, and staff answer what the script lets them answer.
func (p *play) customers(ctx context.Context) error {
	for n := range p.o.Customers {
		t, j := p.script.Topics[n%len(p.script.Topics)], n/len(p.script.Topics)
		talk, err := p.visit(ctx, t.Language)
		if err != nil {
			return err
		}
		if _, err := p.say(ctx, talk, t.Ask[j%len(t.Ask)]); err != nil {
			return err
		}
		if j%3 == 2 { // every third gives up
			continue
		}
		if _, err := p.say(ctx, talk, person(t.Language)); err != nil {
			return err
		}
		if len(t.Answers) == 0 {
			continue
		}
		if _, err := talk.StaffSay(ctx, "stf_scripted", "Scripted", t.Answers[j%len(t.Answers)]); err != nil {
			return err
		}
	}
	return nil
}

// learn runs the loop as its job and a reviewer who accepts what is proved would.
func (p *play) learn(ctx context.Context) error {
	var err error
	if p.r.SuiteBefore, err = p.suite(ctx); err != nil {
		return err
	}
	p.clock.Advance(time.Hour)
	l := p.Learning()
	if err := l.Collect(ctx); err != nil {
		return err
	}
	gaps, err := l.Gaps(ctx, learning.GapFilter{Kind: learning.OfKnowledge, Limit: 1000})
	if err != nil {
		return err
	}
	p.r.Gaps = len(gaps)
	for _, g := range gaps {
		p.o.Tell("gap %.0f people %d answers %d %q %q", g.Impact, g.People, g.Answers, g.Title, g.Phrasings)
		if g.Answers == 0 {
			continue
		}
		if err := p.publish(ctx, g); err != nil {
			return err
		}
	}
	return p.Knowledge().Sync(ctx)
}

func (p *play) publish(ctx context.Context, g learning.Gap) error {
	l := p.Learning()
	d, err := l.Draft(ctx, g.ID, "eval")
	if err != nil {
		return err
	}
	p.r.Drafted++
	if d, err = l.Prove(ctx, d.ID, "eval"); err != nil {
		return err
	}
	p.o.Tell("  %s %s %q: asked %d, before %d, after %d, unseen %.2f; suite %.4f -> %.4f; %v %v", d.State, d.Kind, d.Content.Body, d.Proof.Asked, d.Proof.Before, d.Proof.After, d.Proof.Unseen, d.Proof.RateFrom, d.Proof.RateTo, d.Proof.Objection, d.Proof.Worse)
	if d.State != learning.Proved {
		_, err = l.Reject(ctx, d.ID, 0, "eval", "not proved")
		return err
	}
	p.r.Proved++
	if _, err = l.Accept(ctx, d.ID, 0, "eval"); err == nil {
		p.r.Published++
	}
	return err
}

// tally counts who was answered how.
type tally struct{ asked, right, wrong, held int }

// after asks again in other words.
func (p *play) after(ctx context.Context) error {
	t, err := p.again(ctx)
	if err != nil {
		return err
	}
	p.r.AutomationAfter, p.r.AutomationAfterGiven = share(t.right, t.asked), share(t.right, t.asked-t.held)
	p.r.HeldOut, p.r.WrongAfter = t.held, t.wrong
	p.r.SuiteAfter, err = p.suite(ctx)
	return err
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// again asks what staff answered in words nobody has used yet, several visitors each.
func (p *play) again(ctx context.Context) (t tally, err error) {
	for _, topic := range p.script.Topics {
		if topic.right() == "" {
			continue
		}
		for _, text := range topic.Again {
			if err := p.askAgain(ctx, topic, text, &t); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

func (p *play) askAgain(ctx context.Context, topic Topic, text string, t *tally) error {
	talk, err := p.visit(ctx, topic.Language)
	if err != nil {
		return err
	}
	said, err := p.say(ctx, talk, text)
	if err != nil {
		return err
	}
	c, err := talk.Conversation(ctx)
	if err != nil {
		return err
	}
	t.asked++
	switch first := index.Sentences(topic.right())[0]; {
	case strings.Contains(said, first) && c.Handler == conversation.ByAgent:
		t.right++
		return nil
	case said != "":
		t.wrong++
		p.o.Tell("again %q: %q", text, said)
	default:
		p.o.Tell("again %q: no answer", text)
	}
	held, err := p.held(ctx, topic, c.ID)
	if held {
		t.held++
	}
	return err
}

// held tells whether the conversation is in the hold-out of the article that answers the topic.
func (p *play) held(ctx context.Context, topic Topic, cid id.Conversation) (bool, error) {
	ds, err := p.Learning().Drafts(ctx, learning.DraftFilter{State: learning.Published, Limit: 500})
	if err != nil {
		return false, err
	}
	for _, d := range ds {
		if strings.Contains(d.Content.Body, index.Sentences(topic.right())[0]) && index.Held(string(d.Article), string(cid), d.Watch.HoldOut) {
			return true, nil
		}
	}
	return false, nil
}
