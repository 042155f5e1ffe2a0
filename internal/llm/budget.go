package llm

import (
	"context"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Limits are hard caps; 0 means none. Cost is in millionths of the currency of the prices.
type Limits struct {
	ConversationTokens int64
	ConversationCost   int64
	DayTokens          int64
	DayCost            int64
}

// Spent is what was used.
type Spent struct {
	Tokens int64
	Cost   int64
	Calls  int64
}

// Ledger keeps the day's spending over restarts and nodes. Both take the day as YYYY-MM-DD and give the sum of all nodes.
type Ledger interface {
	SpentOn(ctx context.Context, day string) (Spent, error)
	Spend(ctx context.Context, day string, s Spent) (Spent, error)
}

// maxTalks bounds how many conversations' spending is remembered; the one that was quiet longest is forgotten first.
const maxTalks = 20_000

// purse counts what was spent. What calls in flight may still cost is held back, so that many at once pass a cap by one call at most.
type purse struct {
	mu     sync.Mutex
	limits Limits
	day    string
	today  Spent
	held   Spent
	talks  map[string]*talk
	clock  int64
}

type talk struct {
	Spent
	used int64 // when, in calls
}

func newPurse(l Limits) *purse { return &purse{limits: l, talks: map[string]*talk{}} }

// begin sets the day and what is known to be spent on it.
func (p *purse) begin(day string, s Spent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.day, p.today = day, s
}

func (p *purse) on(day string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.day == day
}

// hold reserves; an error means that a cap is reached.
func (p *purse) hold(conversation string, most Spent) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.talk(conversation)
	day := Spent{Tokens: p.today.Tokens + p.held.Tokens, Cost: p.today.Cost + p.held.Cost}
	if over(day, p.limits.DayTokens, p.limits.DayCost) {
		return errs.New(errs.RateLimited, "budget_spent", "The models' budget of the day is spent; raise model_limits, or wait for tomorrow.")
	}
	if over(t.Spent, p.limits.ConversationTokens, p.limits.ConversationCost) {
		return errs.New(errs.RateLimited, "budget_spent", "The models' budget of this conversation is spent; raise model_limits to allow more.")
	}
	p.held.Tokens, p.held.Cost = p.held.Tokens+most.Tokens, p.held.Cost+most.Cost
	return nil
}

func over(s Spent, tokens, cost int64) bool {
	return tokens > 0 && s.Tokens >= tokens || cost > 0 && s.Cost >= cost
}

// settle gives the reserve back and books what it really was.
func (p *purse) settle(conversation string, most, real Spent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held.Tokens, p.held.Cost = p.held.Tokens-most.Tokens, p.held.Cost-most.Cost
	for _, s := range []*Spent{&p.today, &p.talk(conversation).Spent} {
		s.Tokens, s.Cost, s.Calls = s.Tokens+real.Tokens, s.Cost+real.Cost, s.Calls+real.Calls
	}
}

// raise takes over what the ledger knows of other nodes.
func (p *purse) raise(day string, s Spent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.day == day && s.Tokens >= p.today.Tokens {
		p.today = s
	}
}

func (p *purse) talk(conversation string) *talk {
	p.clock++
	t := p.talks[conversation]
	if t == nil {
		if len(p.talks) >= maxTalks {
			p.forget()
		}
		t = &talk{}
		p.talks[conversation] = t
	}
	t.used = p.clock
	return t
}

// forget drops the older half, seldom, instead of one each time.
func (p *purse) forget() {
	edge := p.clock - maxTalks/2
	for k, t := range p.talks {
		if t.used < edge {
			delete(p.talks, k)
		}
	}
}

func (p *purse) now() Spent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.today
}

// dayOf is the day of a moment in a zone.
func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }
