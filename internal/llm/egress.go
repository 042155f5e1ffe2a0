package llm

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Bounds that hold where nothing else is said.
const (
	defaultTimeout = 10 * time.Second
	defaultTokens  = 800
	longestWait    = 2 * time.Second // of a Retry-After that is waited for within a question
	maxTries       = 2               // on one model for one question
	maxQuestion    = 64 << 10        // bytes of all messages together
	maxAnswer      = 64 << 10        // bytes of an answer; a model that does not stop is cut off
)

// Deps are what an Egress stands on.
type Deps struct {
	Models  []Model  // in the order they are tried, within a role
	Allow   []string // hosts that may be asked (host:port)
	Redact  Redactor
	Capture Capture // nil: none
	Ledger  Ledger  // nil: the day is counted in memory
	Limits  Limits
	Zone    *time.Location // of the budget's day; nil: UTC
	Clock   clock.Clock
	Jitter  func() float64 // 0..1; spreads retries
	On      func() bool    // the switch; nil: on
	Log     *slog.Logger
}

// Egress is the one client for all models. It is safe for concurrent use.
type Egress struct {
	d      Deps
	purse  *purse
	lines  []*line
	probes sync.WaitGroup // and writes to the ledger
	life   context.Context
	end    context.CancelFunc

	mu        sync.Mutex
	unwritten map[string]Spent // by day
	writing   bool
}

// line is a model with its breaker.
type line struct {
	Model
	breaker breaker
}

// New checks the models against the allow-list and the export rule; the first that breaks either is told.
func New(d Deps) (*Egress, error) {
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Jitter == nil {
		d.Jitter = func() float64 { return 0.5 }
	}
	e := &Egress{d: d, purse: newPurse(d.Limits), unwritten: map[string]Spent{}}
	e.life, e.end = context.WithCancel(context.Background())
	for _, m := range d.Models {
		if !slices.Contains(d.Allow, m.Host) {
			return nil, errs.New(errs.Forbidden, "host_not_allowed", "The model %s lives at %s, which is not on the list of hosts that may be asked.", m.Name, m.Host)
		}
		if Foreign(m.Host) && !m.Export {
			return nil, errs.New(errs.Forbidden, "data_export_off", "The model %s lives abroad, at %s: asking it exports data. Set data_export: true for it once that is cleared.", m.Name, m.Host)
		}
		l := &line{Model: m}
		l.breaker.now = d.Clock.Now
		e.lines = append(e.lines, l)
	}
	return e, nil
}

// Close ends what runs in the background.
func (e *Egress) Close() {
	e.end()
	e.probes.Wait()
}

// Spent is what the day has cost.
func (e *Egress) Spent() Spent { return e.purse.now() }

// Chat asks and gives the whole answer.
func (e *Egress) Chat(ctx context.Context, r Request) (Response, error) { return e.ask(ctx, r, nil) }

// Stream asks and tells the answer piece by piece. Once a piece was told no other model is tried: an error then means that the
// pieces told so far are void.
func (e *Egress) Stream(ctx context.Context, r Request, tell func(Delta)) (Response, error) {
	return e.ask(ctx, r, tell)
}

func (e *Egress) ask(ctx context.Context, r Request, tell func(Delta)) (Response, error) {
	if e.d.On != nil && !e.d.On() {
		return Response{}, errs.New(errs.Unavailable, "model_off", "The models are switched off.")
	}
	r = bounded(r)
	if size(r) > maxQuestion {
		return Response{}, errs.New(errs.TooLarge, "question_too_long", "A question to a model may have %d bytes.", maxQuestion)
	}
	e.newDay(ctx)
	ctx, cancel := within(ctx, e.d.Clock, r.Timeout)
	defer cancel()
	v := &veil{by: e.d.Redact}
	r = v.cover(r)
	var f *flow
	if tell != nil {
		f = &flow{v: v, tell: tell}
	}
	var err error = errs.New(errs.Unavailable, "model_none", "No model is configured for %s.", r.Role)
	for _, l := range e.candidates(r.Role) {
		if !e.ready(l) {
			err = errs.New(errs.Unavailable, "model_down", "The model %s rests after failures.", l.Name)
			continue
		}
		var res Response
		if res, err = e.tries(ctx, l, r, f); err == nil {
			f.end()
			return v.uncover(res), nil
		}
		if f.told() || final(err) || ctx.Err() != nil {
			break
		}
	}
	return Response{}, err
}

func bounded(r Request) Request {
	if r.Timeout <= 0 {
		r.Timeout = defaultTimeout
	}
	if r.MaxTokens <= 0 {
		r.MaxTokens = defaultTokens
	}
	return r
}

func size(r Request) (n int) {
	for _, m := range r.Messages {
		n += len(m.Text)
	}
	return n
}

// final errors are the same on every model.
func final(err error) bool {
	code := errs.CodeOf(err)
	return code == "budget_spent" || code == "question_too_long"
}

// candidates are the models of a role in order, then those of the role that may stand in.
func (e *Egress) candidates(role Role) (out []*line) {
	stand := map[Role]Role{Fast: Strong, Strong: Fast}[role]
	for _, want := range []Role{role, stand} {
		for _, l := range e.lines {
			if l.Role == want && want != "" {
				out = append(out, l)
			}
		}
	}
	return out
}

// ready tells whether a model may be asked now. When an open breaker is due, it is probed in the background: no customer waits for
// a model that was just down.
func (e *Egress) ready(l *line) bool {
	switch l.breaker.look() {
	case closed:
		return true
	case due:
		e.probes.Add(1)
		go e.probe(l)
	}
	return false
}

func (e *Egress) probe(l *line) {
	defer e.probes.Done()
	ctx, cancel := within(e.life, e.d.Clock, e.timeout(l))
	defer cancel()
	r := Request{Role: l.Role, Purpose: "probe", Model: l.ID, MaxTokens: 8, Messages: []Message{{Author: User, Text: "Answer with the word ok."}}}
	_, err := e.once(ctx, l, r, nil)
	e.d.Log.Info("model probed", "model", l.Name, "ok", err == nil)
}

func (e *Egress) timeout(l *line) time.Duration {
	if l.Timeout > 0 {
		return l.Timeout
	}
	return defaultTimeout
}

// tries asks one model, twice at most; it waits between the tries only as long as a customer can be asked to wait.
func (e *Egress) tries(ctx context.Context, l *line, r Request, f *flow) (res Response, err error) {
	r.Model = l.ID
	for n := range maxTries {
		one, cancel := within(ctx, e.d.Clock, e.timeout(l))
		res, err = e.once(one, l, r, f.start())
		cancel()
		wait, again := pause(err, n, e.d.Jitter())
		if err == nil || f.told() || !again || n+1 == maxTries {
			return res, err
		}
		select {
		case <-e.d.Clock.After(wait):
		case <-ctx.Done():
			return res, err
		}
	}
	return res, err
}

// pause is how long to wait before another try, if one makes sense at all. A model that was slow is not asked again by the same
// customer.
func pause(err error, n int, jitter float64) (time.Duration, bool) {
	var x *errs.Error
	if !as(err, &x) || x.Code == "model_timeout" || x.Code == "budget_spent" {
		return 0, false
	}
	if x.RetryAfter > 0 {
		return x.RetryAfter, x.RetryAfter <= longestWait
	}
	wait := time.Duration(float64(200*time.Millisecond<<n) * (0.5 + jitter))
	return wait, x.Kind == errs.Unavailable || x.Kind == errs.RateLimited
}

// once makes one try: purse, wire, breaker, copy.
func (e *Egress) once(ctx context.Context, l *line, r Request, tell func(Delta)) (Response, error) {
	most := e.most(l, r)
	if err := e.purse.hold(r.Conversation, most); err != nil {
		return Response{}, err
	}
	began := e.d.Clock.Now()
	res, err := e.speak(ctx, l, r, tell)
	res.Took = e.d.Clock.Now().Sub(began)
	err = e.judge(ctx, l, res, err)
	if res.Usage.Total() == 0 { // the endpoint does not count, or was cut: what it may have cost counts
		res.Usage = guess(r, res)
	}
	res.Name, res.Cost = l.Name, l.cost(res.Usage)
	e.book(r, most, res)
	e.copy(l, r, res, err, began)
	return res, err
}

// speak guards against a wire that goes on for ever.
func (e *Egress) speak(ctx context.Context, l *line, r Request, tell func(Delta)) (Response, error) {
	if tell == nil {
		return l.Wire.Chat(ctx, r)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	n := 0
	res, err := l.Wire.Stream(ctx, r, func(d Delta) {
		if n += len(d.Text); n > maxAnswer {
			stop()
			return
		}
		tell(d)
	})
	if n > maxAnswer {
		err = errs.New(errs.Unavailable, "model_cut", "The model does not stop.")
	}
	return res, err
}

// judge makes the error one of the house, tells the breaker, and refuses answers that are none.
func (e *Egress) judge(ctx context.Context, l *line, res Response, err error) error {
	if err == nil {
		err = sound(res)
	}
	var x *errs.Error
	switch {
	case err == nil:
	case context.Cause(ctx) == context.DeadlineExceeded:
		err = errs.Wrap(err, errs.Unavailable, "model_timeout", "The model %s did not answer in time.", l.Name)
	case ctx.Err() != nil:
		return err // given up by us; says nothing about the model
	case !as(err, &x):
		err = errs.Wrap(err, errs.Unavailable, "model_down", "The model %s cannot be reached.", l.Name)
	}
	wait := time.Duration(0)
	if as(err, &x) {
		wait = x.RetryAfter
	}
	before := l.breaker.isOpen()
	l.breaker.report(err != nil && !errs.Is(err, errs.Invalid), wait) // what is wrong with the question says nothing about the model
	if after := l.breaker.isOpen(); after != before {
		e.d.Log.Warn("model breaker", "model", l.Name, "open", after, "why", errs.CodeOf(err))
	}
	return err
}

// sound refuses an answer without words and calls, and calls whose arguments are no object.
func sound(r Response) error {
	if r.Text == "" && len(r.Calls) == 0 {
		return errs.New(errs.Unavailable, "model_empty", "The model gave an empty answer.")
	}
	if len(r.Text) > maxAnswer {
		return errs.New(errs.Unavailable, "model_cut", "The model does not stop.")
	}
	for _, c := range r.Calls {
		var o map[string]any
		if c.Name == "" || json.Unmarshal(c.Args, &o) != nil || o == nil {
			return errs.New(errs.Unavailable, "model_malformed", "The model called a tool with arguments that are no object.")
		}
	}
	return nil
}

// most is what a try may cost at most.
func (e *Egress) most(l *line, r Request) Spent {
	u := Usage{In: size(r)/2 + 1, Out: r.MaxTokens}
	return Spent{Tokens: int64(u.Total()), Cost: l.cost(u)}
}

// guess counts where the endpoint does not: about three bytes a token, in Chinese and in English.
func guess(r Request, res Response) Usage {
	return Usage{In: size(r)/3 + 1, Out: len(res.Text)/3 + 1}
}

func (e *Egress) book(r Request, most Spent, res Response) {
	real := Spent{Tokens: int64(res.Usage.Total()), Cost: res.Cost, Calls: 1}
	e.purse.settle(r.Conversation, most, real)
	if e.d.Ledger != nil {
		e.write(dayOf(e.d.Clock.Now(), e.d.Zone), real)
	}
}

// write hands spending to the ledger in the background, one write at a time, with all that gathered meanwhile: no customer waits for a
// disk here. Close waits for the last one.
func (e *Egress) write(day string, s Spent) {
	e.mu.Lock()
	defer e.mu.Unlock()
	x := e.unwritten[day]
	e.unwritten[day] = Spent{x.Tokens + s.Tokens, x.Cost + s.Cost, x.Calls + s.Calls}
	if !e.writing {
		e.writing = true
		e.probes.Add(1)
		go e.writeAll()
	}
}

func (e *Egress) writeAll() {
	defer e.probes.Done()
	for {
		e.mu.Lock()
		list := e.unwritten
		e.unwritten = map[string]Spent{}
		e.writing = len(list) > 0
		e.mu.Unlock()
		if len(list) == 0 {
			return
		}
		for day, s := range list {
			sum, err := e.d.Ledger.Spend(context.Background(), day, s)
			if err != nil {
				e.d.Log.Error("the models' spending could not be kept", "err", err)
				continue
			}
			e.purse.raise(day, sum)
		}
	}
}

// newDay opens the purse of a day that has begun. Without the ledger's word the day counts on in memory.
func (e *Egress) newDay(ctx context.Context) {
	day := dayOf(e.d.Clock.Now(), e.d.Zone)
	if e.purse.on(day) {
		return
	}
	var s Spent
	if e.d.Ledger != nil {
		var err error
		if s, err = e.d.Ledger.SpentOn(ctx, day); err != nil {
			e.d.Log.Error("the models' spending could not be read", "err", err)
		}
	}
	e.purse.begin(day, s)
}

func (e *Egress) copy(l *line, r Request, res Response, err error, at time.Time) {
	if e.d.Capture == nil {
		return
	}
	outcome := "ok"
	if err != nil {
		outcome = errs.CodeOf(err)
	}
	raw, _ := json.Marshal(r.Messages)
	e.d.Capture.Capture(Sent{At: at, Conversation: r.Conversation, Purpose: r.Purpose, Prompt: r.Prompt, Model: l.Name, Host: l.Host, Foreign: Foreign(l.Host),
		Request: short(string(raw), maxCopy), Response: short(fmt.Sprint(res.Text, calls(res.Calls)), maxCopy), Outcome: outcome, Usage: res.Usage, Cost: res.Cost, Took: res.Took})
}

func calls(list []ToolCall) string {
	if len(list) == 0 {
		return ""
	}
	raw, _ := json.Marshal(list)
	return string(raw)
}
