package llm_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// wire is a model made of a function; it counts how often it was asked.
type wire struct {
	mu   sync.Mutex
	n    int
	sent []llm.Request
	do   func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error)
}

func (w *wire) Chat(ctx context.Context, r llm.Request) (llm.Response, error) {
	return w.Stream(ctx, r, func(llm.Delta) {})
}

func (w *wire) Stream(ctx context.Context, r llm.Request, tell func(llm.Delta)) (llm.Response, error) {
	w.mu.Lock()
	w.n++
	w.sent = append(w.sent, r)
	do := w.do
	w.mu.Unlock()
	return do(ctx, r, tell)
}

func (w *wire) asked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

func (w *wire) set(do func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.do = do
}

func answers(text string) func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error) {
	return func(_ context.Context, _ llm.Request, tell func(llm.Delta)) (llm.Response, error) {
		for _, r := range text {
			tell(llm.Delta{Text: string(r)})
		}
		return llm.Response{Text: text, Finish: llm.Stopped, Usage: llm.Usage{In: 90, Out: 10}}, nil
	}
}

func fails(err error) func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error) {
	return func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error) { return llm.Response{}, err }
}

func hangs(ctx context.Context, _ llm.Request, _ func(llm.Delta)) (llm.Response, error) {
	<-ctx.Done()
	return llm.Response{}, ctx.Err()
}

func down() error { return errs.New(errs.Unavailable, "model_down", "down") }

func busy(after time.Duration) error {
	e := errs.New(errs.RateLimited, "model_busy", "busy")
	e.RetryAfter = after
	return e
}

// covers replaces one name, so that redaction can be seen.
type covers struct{}

func (covers) Redact(s string, known map[string]string) (string, map[string]string) {
	if !strings.Contains(s, "13800138000") {
		return s, known
	}
	if known == nil {
		known = map[string]string{}
	}
	known["[PHONE_1]"] = "13800138000"
	return strings.ReplaceAll(s, "13800138000", "[PHONE_1]"), known
}

func (covers) Restore(s string, known map[string]string) string {
	for p, v := range known {
		s = strings.ReplaceAll(s, p, v)
	}
	return s
}

type rig struct {
	*llm.Egress
	clock *clock.Fake
	copy  *llm.Ring
	wires []*wire
	t     *testing.T
}

func newRig(t *testing.T, change func(*llm.Deps), roles ...llm.Role) *rig {
	t.Helper()
	r := &rig{clock: clock.NewFake(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), copy: llm.NewRing(1000), t: t}
	d := llm.Deps{Clock: r.clock, Capture: r.copy, Redact: covers{}, Allow: []string{"localhost:1"}}
	for i, role := range roles {
		w := &wire{do: answers("fine")}
		r.wires = append(r.wires, w)
		d.Models = append(d.Models, llm.Model{Name: string(rune('a' + i)), Role: role, ID: "m", Host: "localhost:1", Wire: w, PriceIn: 2, PriceOut: 10, Timeout: 8 * time.Second})
	}
	if change != nil {
		change(&d)
	}
	var err error
	if r.Egress, err = llm.New(d); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Egress.Close)
	return r
}

// ask asks while the clock goes on; it gives the time that passed on it.
func (r *rig) ask(q llm.Request) (llm.Response, time.Duration, error) {
	began, done := r.clock.Now(), make(chan struct{})
	var res llm.Response
	var err error
	go func() { res, err = r.Chat(context.Background(), q); close(done) }()
	for {
		select {
		case <-done:
			return res, r.clock.Now().Sub(began), err
		case <-time.After(2 * time.Millisecond):
			r.clock.Advance(100 * time.Millisecond)
		}
	}
}

func hello() llm.Request {
	return llm.Request{Role: llm.Strong, Conversation: "c1", Purpose: "test", MaxTokens: 10, Messages: []llm.Message{{Author: llm.User, Text: "call me at 13800138000"}}}
}

func TestOnlyListedAndClearedHosts(t *testing.T) {
	one := func(host string, export bool) error {
		_, err := llm.New(llm.Deps{Clock: clock.System{}, Allow: []string{"localhost:1", "api.openai.com:443"}, Models: []llm.Model{{Name: "m", Host: host, Export: export}}})
		return err
	}
	if err := one("evil.example:443", true); errs.CodeOf(err) != "host_not_allowed" {
		t.Error(err)
	}
	if err := one("api.openai.com:443", false); errs.CodeOf(err) != "data_export_off" {
		t.Error(err)
	}
	if one("api.openai.com:443", true) != nil || one("localhost:1", false) != nil {
		t.Error("refused what may be asked")
	}
}

func TestForeign(t *testing.T) {
	for host, want := range map[string]bool{"127.0.0.1:11434": false, "[::1]:80": false, "10.2.3.4:8000": false, "192.168.1.5:80": false, "vllm:8000": false, "llm.internal:80": false,
		"api.deepseek.com:443": false, "dashscope.aliyuncs.com:443": false, "DashScope.aliyuncs.com:443": false, "dashscope-intl.aliyuncs.com:443": true, "api.openai.com:443": true, "8.8.8.8:443": true,
		"api.deepseek.com.evil.example:443": true, "": true, "notapi.deepseek.com:443": true} {
		if llm.Foreign(host) != want {
			t.Errorf("%q: %v", host, !want)
		}
	}
}

func TestPersonalDataStaysAndComesBack(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	r.wires[0].do = answers("I will call [PHONE_1], or [not a placeholder")
	var b strings.Builder
	res, err := r.Stream(context.Background(), hello(), func(d llm.Delta) { b.WriteString(d.Text) })
	if err != nil || res.Text != "I will call 13800138000, or [not a placeholder" || b.String() != res.Text {
		t.Fatalf("%+v %q %v", res, b.String(), err)
	}
	for _, s := range r.copy.All() {
		if strings.Contains(s.Request+s.Response, "13800138000") {
			t.Errorf("left the house: %+v", s)
		}
	}
	r.wires[0].do = func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error) {
		return llm.Response{Finish: llm.Called, Calls: []llm.ToolCall{{Name: "x", Args: []byte(`{"to":["[PHONE_1]"],"n":1}`)}}}, nil
	}
	if res, err = r.Chat(context.Background(), hello()); err != nil || !strings.Contains(string(res.Calls[0].Args), "13800138000") {
		t.Errorf("%s %v", res.Calls[0].Args, err)
	}
}

func TestFallbackOrder(t *testing.T) {
	r := newRig(t, nil, llm.Strong, llm.Fast, llm.Strong, llm.Embedding)
	for _, i := range []int{0, 2} {
		r.wires[i].do = fails(down())
	}
	res, _, err := r.ask(hello())
	if err != nil || res.Name != "b" || r.wires[0].asked() != 2 || r.wires[2].asked() != 2 || r.wires[3].asked() != 0 {
		t.Fatalf("%+v %v", res, err)
	}
}

func TestNoOtherModelGoesOnWithAHalfToldAnswer(t *testing.T) {
	r := newRig(t, nil, llm.Strong, llm.Strong)
	r.wires[0].do = func(_ context.Context, _ llm.Request, tell func(llm.Delta)) (llm.Response, error) {
		tell(llm.Delta{Text: "the first half"})
		return llm.Response{}, errs.New(errs.Unavailable, "model_cut", "cut")
	}
	_, err := r.Stream(context.Background(), hello(), func(llm.Delta) {})
	if errs.CodeOf(err) != "model_cut" || r.wires[0].asked() != 1 || r.wires[1].asked() != 0 {
		t.Fatalf("%v, asked %d and %d", err, r.wires[0].asked(), r.wires[1].asked())
	}
}

func TestBreakerOpensAfterFiveInARowAndClosesByItself(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	r.wires[0].set(hangs)
	for i := range 5 {
		if _, took, err := r.ask(hello()); errs.CodeOf(err) != "model_timeout" || took > 15*time.Second {
			t.Fatalf("%d: %v after %v", i, err, took)
		}
	}
	before := r.wires[0].asked()
	for range 200 {
		if _, took, err := r.ask(hello()); errs.CodeOf(err) != "model_down" || took > time.Second {
			t.Fatalf("%v after %v", err, took)
		}
	}
	if extra := r.wires[0].asked() - before; extra > 1 {
		t.Errorf("%d customers were let through to a model that is down", extra)
	}
	r.wires[0].set(answers("well again"))
	well := r.clock.Now()
	for r.Models()[0].Open && r.clock.Now().Sub(well) < 2*time.Minute {
		_, _, _ = r.ask(hello())
		time.Sleep(100 * time.Microsecond) // lets the probe run; the time that counts is the fake clock's
		r.clock.Advance(time.Second)
	}
	if took := r.clock.Now().Sub(well); took > 60*time.Second {
		t.Errorf("closed %v after recovery", took)
	}
	if res, _, err := r.ask(hello()); err != nil || res.Text != "well again" {
		t.Errorf("%+v %v", res, err)
	}
}

func TestBreakerOpensAtHalfOfTwenty(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	i := 0
	r.wires[0].set(func(ctx context.Context, q llm.Request, tell func(llm.Delta)) (llm.Response, error) {
		if i++; i%2 == 0 {
			return llm.Response{}, errs.New(errs.Unavailable, "model_timeout", "slow") // not tried again for the same customer
		}
		return answers("fine")(ctx, q, tell)
	})
	for n := range 20 {
		if r.Models()[0].Open {
			t.Fatalf("open after %d", n)
		}
		_, _, _ = r.ask(hello())
	}
	if !r.Models()[0].Open {
		t.Error("not open after 10 of 20")
	}
}

func TestAWrongQuestionDoesNotOpenTheBreaker(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	r.wires[0].set(fails(errs.New(errs.Invalid, "model_refused", "no")))
	for range 10 {
		_, _, _ = r.ask(hello())
	}
	if r.Models()[0].Open || r.wires[0].asked() != 10 {
		t.Errorf("open %v, asked %d", r.Models()[0].Open, r.wires[0].asked())
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	r.wires[0].set(fails(busy(30 * time.Second)))
	if _, took, err := r.ask(hello()); errs.CodeOf(err) != "model_busy" || took > time.Second || r.wires[0].asked() != 1 {
		t.Fatalf("%v after %v, asked %d", err, took, r.wires[0].asked())
	}
	r.wires[0].set(answers("fine"))
	if _, _, err := r.ask(hello()); errs.CodeOf(err) != "model_down" || r.wires[0].asked() != 1 {
		t.Errorf("asked before its time: %v", err)
	}
	r.clock.Advance(31 * time.Second)
	if _, _, err := r.ask(hello()); err != nil {
		t.Error(err)
	}
	r.wires[0].set(fails(busy(time.Second)))
	before := r.wires[0].asked()
	if _, took, _ := r.ask(hello()); took < time.Second || r.wires[0].asked() != before+2 {
		t.Errorf("a short Retry-After is waited for: %v, asked %d", took, r.wires[0].asked()-before)
	}
}

func TestCapsHalt(t *testing.T) {
	for name, limits := range map[string]llm.Limits{"tokens of a conversation": {ConversationTokens: 1000}, "cost of a conversation": {ConversationCost: 2800}, "tokens of a day": {DayTokens: 1000}, "cost of a day": {DayCost: 2800}} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, func(d *llm.Deps) { d.Limits = limits }, llm.Strong)
			var err error
			for range 10_000 {
				if _, err = r.Chat(context.Background(), hello()); err != nil {
					break
				}
			}
			if errs.CodeOf(err) != "budget_spent" || r.wires[0].asked() != 10 {
				t.Fatalf("asked %d: %v", r.wires[0].asked(), err)
			}
			other := hello()
			other.Conversation = "c2"
			_, err = r.Chat(context.Background(), other)
			if whole := limits.DayTokens+limits.DayCost > 0; (err != nil) != whole {
				t.Errorf("another conversation: %v", err)
			}
			r.clock.Advance(24 * time.Hour)
			if _, err = r.Chat(context.Background(), other); err != nil {
				t.Errorf("the next day: %v", err)
			}
		})
	}
}

func TestCapsHoldForManyAtOnce(t *testing.T) {
	r := newRig(t, func(d *llm.Deps) { d.Limits.DayTokens = 1000 }, llm.Strong)
	gate := make(chan struct{})
	r.wires[0].set(func(ctx context.Context, q llm.Request, tell func(llm.Delta)) (llm.Response, error) {
		<-gate
		return answers("fine")(ctx, q, tell)
	})
	var all sync.WaitGroup
	for i := range 200 {
		all.Add(1)
		go func() {
			defer all.Done()
			q := hello()
			q.Conversation, q.MaxTokens = string(rune('A'+i)), 90
			_, _ = r.Chat(context.Background(), q)
		}()
	}
	time.Sleep(20 * time.Millisecond)
	close(gate)
	all.Wait()
	if s := r.Spent(); s.Tokens > 1000+100 || s.Tokens == 0 {
		t.Errorf("spent %+v", s)
	}
}

// book is a ledger in memory.
type book struct {
	mu  sync.Mutex
	day map[string]llm.Spent
	bad bool
}

func (b *book) SpentOn(_ context.Context, day string) (llm.Spent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.day[day], nil
}

func (b *book) Spend(_ context.Context, day string, s llm.Spent) (llm.Spent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bad {
		return llm.Spent{}, errors.New("the disk is full")
	}
	x := b.day[day]
	b.day[day] = llm.Spent{Tokens: x.Tokens + s.Tokens, Cost: x.Cost + s.Cost, Calls: x.Calls + s.Calls}
	return b.day[day], nil
}

func TestARestartDoesNotOpenThePurse(t *testing.T) {
	b := &book{day: map[string]llm.Spent{}}
	set := func(d *llm.Deps) { d.Limits.DayTokens, d.Ledger = 500, b }
	first := newRig(t, set, llm.Strong)
	for range 3 {
		if _, err := first.Chat(context.Background(), hello()); err != nil {
			t.Fatal(err)
		}
	}
	first.Close()
	second := newRig(t, set, llm.Strong)
	n := 0
	for ; n < 100; n++ {
		if _, err := second.Chat(context.Background(), hello()); err != nil {
			break
		}
	}
	second.Close()
	if n != 2 || b.day["2026-03-02"].Tokens != 500 {
		t.Errorf("%d more, %+v", n, b.day)
	}
	b.bad = true
	third := newRig(t, func(d *llm.Deps) { d.Limits.DayTokens, d.Ledger = 700, b }, llm.Strong)
	for n = 0; n < 100; n++ {
		if _, err := third.Chat(context.Background(), hello()); err != nil {
			break
		}
	}
	if n != 2 {
		t.Errorf("without the ledger %d more", n)
	}
}

func TestTheSwitch(t *testing.T) {
	on := false
	r := newRig(t, func(d *llm.Deps) { d.On = func() bool { return on } }, llm.Strong)
	if _, err := r.Chat(context.Background(), hello()); errs.CodeOf(err) != "model_off" || r.wires[0].asked() != 0 {
		t.Error(err)
	}
	on = true
	if _, err := r.Chat(context.Background(), hello()); err != nil {
		t.Error(err)
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for name, tc := range map[string]struct {
		res  llm.Response
		code string
	}{
		"empty":        {llm.Response{Finish: llm.Stopped}, "model_empty"},
		"giant":        {llm.Response{Finish: llm.Stopped, Text: strings.Repeat("x", 70_000)}, "model_cut"},
		"args no JSON": {llm.Response{Finish: llm.Called, Calls: []llm.ToolCall{{Name: "x", Args: []byte(`{"a":`)}}}, "model_malformed"},
		"args a list":  {llm.Response{Finish: llm.Called, Calls: []llm.ToolCall{{Name: "x", Args: []byte(`[1]`)}}}, "model_malformed"},
		"args null":    {llm.Response{Finish: llm.Called, Calls: []llm.ToolCall{{Name: "x", Args: []byte(`null`)}}}, "model_malformed"},
		"no name":      {llm.Response{Finish: llm.Called, Calls: []llm.ToolCall{{Args: []byte(`{}`)}}}, "model_malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil, llm.Strong)
			r.wires[0].set(func(context.Context, llm.Request, func(llm.Delta)) (llm.Response, error) { return tc.res, nil })
			if res, _, err := r.ask(hello()); errs.CodeOf(err) != tc.code || res.Text != "" || len(res.Calls) != 0 {
				t.Errorf("%+v %v", res, err)
			}
		})
	}
}

func TestAStreamWithoutEndIsCutOff(t *testing.T) {
	r := newRig(t, nil, llm.Strong)
	r.wires[0].set(func(ctx context.Context, _ llm.Request, tell func(llm.Delta)) (llm.Response, error) {
		for ctx.Err() == nil {
			tell(llm.Delta{Text: strings.Repeat("on and on ", 100)})
		}
		return llm.Response{}, ctx.Err()
	})
	n := 0
	_, err := r.Stream(context.Background(), hello(), func(d llm.Delta) { n += len(d.Text) })
	if errs.CodeOf(err) != "model_cut" || n > 70_000 {
		t.Errorf("%v after %d", err, n)
	}
}

func TestWhatCannotBeAskedIsSaid(t *testing.T) {
	r := newRig(t, nil, llm.Embedding)
	if _, err := r.Chat(context.Background(), hello()); errs.CodeOf(err) != "model_none" {
		t.Error(err)
	}
	r = newRig(t, nil, llm.Strong)
	q := hello()
	q.Messages[0].Text = strings.Repeat("x", 70_000)
	if _, err := r.Chat(context.Background(), q); errs.CodeOf(err) != "question_too_long" || r.wires[0].asked() != 0 {
		t.Error(err)
	}
}

func TestTheRingIsBounded(t *testing.T) {
	r := llm.NewRing(3)
	for i := range 10 {
		r.Capture(llm.Sent{Purpose: string(rune('0' + i))})
	}
	got := ""
	for _, s := range r.All() {
		got += s.Purpose
	}
	if got != "789" {
		t.Error(got)
	}
}
