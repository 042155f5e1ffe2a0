package tool_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tool/tooltest"
)

// bundle is a fresh gate over a fresh shop.
type bundle struct {
	t     *testing.T
	ctx   context.Context
	gate  *tool.Gate
	store *tooltest.Memory
	shop  *tooltest.Shop
	clock *clock.Fake
	fault func(string) error
}

func fresh(t *testing.T, limits tool.Limits, local bool) *bundle {
	b := &bundle{t: t, ctx: t.Context(), store: tooltest.NewMemory(), shop: tooltest.NewShop("li", "wang"), clock: clock.NewFake(time.Unix(1_700_000_000, 0))}
	b.shop.Local = local
	b.fault = func(string) error { return nil }
	reg, err := tool.NewRegistry(b.shop.Tools()...)
	if err != nil {
		t.Fatal(err)
	}
	b.gate = tool.NewGate(tool.Deps{Registry: reg, Store: b.store, Ids: id.NewMaker(b.clock.Now, nil), Now: b.clock.Now, Limits: limits,
		Fault: func(p string) error { return b.fault(p) }})
	return b
}

func session(t *testing.T, who, conversation string, a tool.Assurance) tool.Session {
	t.Helper()
	s, err := tool.NewSession(tool.Identity{Customer: id.Customer(who), Conversation: id.Conversation(conversation), Turn: "t1", Assurance: a, Language: id.EN})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (b *bundle) propose(s tool.Session, order string) tool.Confirmation {
	b.t.Helper()
	c, err := b.gate.Propose(b.ctx, s, "cancel_order", tool.Args{"order": order})
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func (b *bundle) want(effects int) {
	b.t.Helper()
	if n := b.shop.Effects(); n != effects {
		b.t.Errorf("%d effects happened, want %d", n, effects)
	}
	if err := tool.VerifyChain(b.ctx, b.store); err != nil {
		b.t.Error(err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Errorf("got %v, want the code %s", err, code)
	}
}

// both runs a scenario against a tool of our own database and one of another system.
func both(t *testing.T, f func(t *testing.T, b *bundle, li tool.Session)) {
	for _, local := range []bool{false, true} {
		t.Run(map[bool]string{false: "remote", true: "local"}[local], func(t *testing.T) {
			f(t, fresh(t, tool.Limits{}, local), session(t, "li", "v1", tool.Verified))
		})
	}
}

func TestAnEffectHappensOnceAfterItsConfirmation(t *testing.T) {
	both(t, func(t *testing.T, b *bundle, li tool.Session) {
		c := b.propose(li, "li-1")
		b.want(0)
		if c.Summary.EN != "Cancel order li-1" || c.Lines[0].Value.EN != "li-1" || c.ExpiresAt.Sub(b.clock.Now()) != 10*time.Minute {
			t.Errorf("confirmation %+v", c)
		}
		first, err := b.gate.Confirm(b.ctx, li, c.ID)
		if err != nil || first.State != tool.Done {
			t.Fatalf("confirm: %v %v", first.State, err)
		}
		again, err := b.gate.Confirm(b.ctx, li, c.ID)
		if err != nil || again.ID != first.ID || again.State != tool.Done || again.Result.Data["order"] != "li-1" {
			t.Errorf("confirmed twice: %+v, %v", again, err)
		}
		b.want(1)
		_, err = b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1"})
		wantCode(t, err, "effect_done")
		wantCode(t, b.gate.Cancel(b.ctx, li, c.ID), "effect_done")
	})
}

func TestProposingAgain(t *testing.T) {
	both(t, func(t *testing.T, b *bundle, li tool.Session) {
		first := b.propose(li, "li-1")
		if second := b.propose(li, "li-1"); second.ID != first.ID {
			t.Error("the same action proposed again is the same confirmation")
		}
		c, err := b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1", "reason": "late"})
		if err != nil || c.ID == first.ID {
			t.Fatalf("another argument: %v", err)
		}
		_, err = b.gate.Confirm(b.ctx, li, first.ID)
		wantCode(t, err, "confirmation_cancelled")
		b.want(0)
		b.clock.Advance(6 * time.Minute)
		if late, _ := b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1", "reason": "late"}); late.ID == c.ID {
			t.Error("near its end a confirmation is replaced by a fresh one")
		}
	})
}

func TestConfirmationsThatDoNothing(t *testing.T) {
	cases := map[string]struct {
		do   func(b *bundle, li tool.Session, c tool.Confirmation) error
		code string
	}{
		"expired": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			b.clock.Advance(10*time.Minute + time.Second)
			_, err := b.gate.Confirm(b.ctx, li, c.ID)
			return err
		}, "confirmation_expired"},
		"cancelled": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			if err := b.gate.Cancel(b.ctx, li, c.ID); err != nil {
				return err
			}
			if err := b.gate.Cancel(b.ctx, li, c.ID); err != nil {
				return err
			}
			_, err := b.gate.Confirm(b.ctx, li, c.ID)
			return err
		}, "confirmation_cancelled"},
		"another customer": {func(b *bundle, _ tool.Session, c tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, session(b.t, "wang", "v1", tool.Fresh), c.ID)
			return err
		}, "confirmation_unknown"},
		"another conversation": {func(b *bundle, _ tool.Session, c tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, session(b.t, "li", "v2", tool.Fresh), c.ID)
			return err
		}, "confirmation_unknown"},
		"cancelled by another": {func(b *bundle, _ tool.Session, c tool.Confirmation) error {
			return b.gate.Cancel(b.ctx, session(b.t, "wang", "v1", tool.Fresh), c.ID)
		}, "confirmation_unknown"},
		"invented": {func(b *bundle, li tool.Session, _ tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, li, "cfm_invented")
			return err
		}, "confirmation_unknown"},
		"the effect's id": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, li, id.Confirmation(c.Effect))
			return err
		}, "confirmation_unknown"},
		"no session": {func(b *bundle, _ tool.Session, c tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, tool.Session{}, c.ID)
			return err
		}, "confirmation_unknown"},
		"assurance fell": {func(b *bundle, _ tool.Session, c tool.Confirmation) error {
			_, err := b.gate.Confirm(b.ctx, session(b.t, "li", "v1", tool.Known), c.ID)
			return err
		}, "assurance_too_low"},
		"arguments swapped": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			b.store.Alter(c.Effect, func(e *tool.Effect) { e.Args = tool.Args{"order": "li-2"} })
			_, err := b.gate.Confirm(b.ctx, li, c.ID)
			return err
		}, "confirmation_void"},
		"amount changed": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			b.shop.Amount["li-1"] = 99
			_, err := b.gate.Confirm(b.ctx, li, c.ID)
			return err
		}, "confirmation_void"},
		"policy changed": {func(b *bundle, li tool.Session, c tool.Confirmation) error {
			b.shop.Owner["li-1"] = "wang"
			_, err := b.gate.Confirm(b.ctx, li, c.ID)
			return err
		}, "order_not_found"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, b *bundle, li tool.Session) {
				wantCode(t, c.do(b, li, b.propose(li, "li-1")), c.code)
				b.want(0)
			})
		})
	}
}

func TestManyConfirmAtOnce(t *testing.T) {
	both(t, func(t *testing.T, b *bundle, li tool.Session) {
		c := b.propose(li, "li-1")
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := b.gate.Confirm(b.ctx, li, c.ID); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		b.want(1)
	})
}

func TestOutcomes(t *testing.T) {
	refusal := &tool.Refusal{Code: "too_late", Why: id.Text{ZH: "已发货", EN: "it has left"}}
	cases := map[string]struct {
		at      string
		err     error
		local   bool
		state   tool.State
		effects int
	}{
		"policy says no":         {"before", refusal, false, tool.Failed, 0},
		"no answer before":       {"before", tooltest.ErrDown, false, tool.Unknown, 0},
		"no answer after":        {"after", tooltest.ErrDown, false, tool.Unknown, 1},
		"system refuses":         {"before", errs.New(errs.Conflict, "gone", "gone"), false, tool.Failed, 0},
		"local failure is known": {"before", tooltest.ErrDown, true, tool.Failed, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b, li := fresh(t, tool.Limits{}, c.local), session(t, "li", "v1", tool.Verified)
			b.shop.Break = func(p string) error {
				if p == c.at {
					return c.err
				}
				return nil
			}
			e, err := b.gate.Confirm(b.ctx, li, b.propose(li, "li-1").ID)
			if err != nil || e.State != c.state || e.Reason.ZH == "" {
				t.Errorf("state %s, %v", e.State, err)
			}
			b.want(c.effects)
		})
	}
}

func TestUnknownIsSettledByAsking(t *testing.T) {
	for _, at := range []string{"before", "after"} {
		t.Run(at, func(t *testing.T) {
			b, li := fresh(t, tool.Limits{}, false), session(t, "li", "v1", tool.Verified)
			down := map[string]bool{at: true, "settle": true}
			b.shop.Break = func(p string) error {
				if down[p] {
					return tooltest.ErrDown
				}
				return nil
			}
			c := b.propose(li, "li-1")
			if e, _ := b.gate.Confirm(b.ctx, li, c.ID); e.State != tool.Unknown {
				t.Fatalf("state %s", e.State)
			}
			happened := b.shop.Effects()
			_, err := b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1"})
			wantCode(t, err, "effect_done") // not repeated while nobody knows
			b.clock.Advance(time.Hour)
			if r, err := b.gate.Reconcile(b.ctx, time.Minute); err != nil || r.Unknown != 1 {
				t.Errorf("while the system is silent: %+v, %v", r, err)
			}
			down = nil
			r, err := b.gate.Reconcile(b.ctx, time.Minute)
			if err != nil || r.Done+r.Failed != 1 || r.Done != happened {
				t.Errorf("settled: %+v, %v", r, err)
			}
			b.want(happened)
			if _, err := b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1"}); (err == nil) != (happened == 0) {
				t.Errorf("what surely did not happen may be asked for again: %v", err)
			}
		})
	}
}

// A crash at any point, then the same confirmation again and a reconciliation: never two effects, never a lost record.
func TestCrashAtEveryPoint(t *testing.T) {
	for _, local := range []bool{false, true} {
		for _, point := range []string{"intent", "sent", "executed", "recorded"} {
			t.Run(fmt.Sprintf("%s local=%v", point, local), func(t *testing.T) {
				b, li := fresh(t, tool.Limits{}, local), session(t, "li", "v1", tool.Verified)
				crash := errors.New("crash")
				b.fault = func(p string) error {
					if p == point {
						if local && p == "executed" {
							b.shop.Cancelled["li-1"] = 0 // the shop of this test does not roll back by itself
						}
						return crash
					}
					return nil
				}
				c, err := b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1"})
				if err == nil {
					_, err = b.gate.Confirm(b.ctx, li, c.ID)
				}
				if !errors.Is(err, crash) {
					t.Fatalf("no crash: %v", err)
				}
				b.fault = func(string) error { return nil }
				b.clock.Advance(2 * time.Minute)
				if _, err := b.gate.Reconcile(b.ctx, time.Minute); err != nil {
					t.Fatal(err)
				}
				c, err = b.gate.Propose(b.ctx, li, "cancel_order", tool.Args{"order": "li-1"})
				if err == nil {
					_, err = b.gate.Confirm(b.ctx, li, c.ID)
				}
				var done *tool.DoneError
				if err != nil && !errors.As(err, &done) {
					t.Fatal(err)
				}
				if !local || point != "executed" {
					b.want(1)
				}
			})
		}
	}
}

func TestLimitsSendToAPerson(t *testing.T) {
	cases := map[string]tool.Limits{"single": {Single: 150}, "conversation": {PerConversation: 250}, "day": {PerDay: 250}, "count": {CountPerDay: 1}}
	for name, l := range cases {
		t.Run(name, func(t *testing.T) {
			b, li := fresh(t, l, true), session(t, "li", "v1", tool.Verified)
			if e, err := b.gate.Confirm(b.ctx, li, b.propose(li, "li-1").ID); err != nil || e.State != tool.Done {
				t.Fatalf("within the limit: %s %v", e.State, err)
			}
			e, err := b.gate.Confirm(b.ctx, li, b.propose(li, "li-2").ID)
			if err != nil || e.State != tool.Approval || e.Reason.EN == "" {
				t.Fatalf("above the limit: %s %v", e.State, err)
			}
			b.want(1)
			b.approve(e)
		})
	}
}

// approve walks through who may decide, and how often.
func (b *bundle) approve(e tool.Effect) {
	t := b.t
	if list, err := b.gate.Pending(b.ctx, 10); err != nil || len(list) != 1 || list[0].ID != e.ID {
		t.Errorf("pending: %v %v", list, err)
	}
	_, err := b.gate.Approve(b.ctx, tool.Approver{Staff: "ming", Customer: "li"}, e.ID)
	wantCode(t, err, "approver_is_requester")
	_, err = b.gate.Approve(b.ctx, tool.Approver{}, e.ID)
	wantCode(t, err, "approver_is_requester")
	b.want(1)
	done, err := b.gate.Approve(b.ctx, tool.Approver{Staff: "ming"}, e.ID)
	if err != nil || done.State != tool.Done || done.DecidedBy != "ming" {
		t.Errorf("approved: %+v %v", done.State, err)
	}
	_, err = b.gate.Approve(b.ctx, tool.Approver{Staff: "hong"}, e.ID)
	wantCode(t, err, "not_waiting")
	b.want(2)
}

func TestReject(t *testing.T) {
	b, li := fresh(t, tool.Limits{Single: 50}, false), session(t, "li", "v1", tool.Verified)
	e, _ := b.gate.Confirm(b.ctx, li, b.propose(li, "li-1").ID)
	why := id.Text{ZH: "超出政策", EN: "against policy"}
	if err := b.gate.Reject(b.ctx, tool.Approver{Staff: "ming"}, e.ID, why); err != nil {
		t.Fatal(err)
	}
	got, _ := b.store.FindEffect(b.ctx, tool.Find{ID: e.ID})
	if got.State != tool.Rejected || got.Reason != why {
		t.Errorf("rejected: %+v", got)
	}
	_, err := b.gate.Confirm(b.ctx, li, e.Confirmation)
	wantCode(t, err, "confirmation_rejected")
	b.want(0)
}

func TestManySmallOnesAtOnceStayWithinTheDay(t *testing.T) {
	b := fresh(t, tool.Limits{PerDay: 250}, true)
	var wg sync.WaitGroup
	for i, order := range []string{"li-1", "li-2"} {
		s := session(t, "li", fmt.Sprint("v", i), tool.Verified)
		c := b.propose(s, order)
		wg.Go(func() { _, _ = b.gate.Confirm(b.ctx, s, c.ID) })
	}
	wg.Wait()
	b.want(1)
}

func TestDirectTools(t *testing.T) {
	b, li := fresh(t, tool.Limits{}, false), session(t, "li", "v1", tool.Anonymous)
	first, err := b.gate.Do(b.ctx, li, "leave_note", tool.Args{"text": "hello"})
	if err != nil || first.State != tool.Done {
		t.Fatalf("%s %v", first.State, err)
	}
	again, err := b.gate.Do(b.ctx, li, "leave_note", tool.Args{"text": "hello"})
	if err != nil || again.ID != first.ID {
		t.Errorf("the same again: %v %v", again.ID, err)
	}
	_, err = b.gate.Propose(b.ctx, li, "leave_note", tool.Args{"text": "x"})
	wantCode(t, err, "tool_is_direct")
	_, err = b.gate.Do(b.ctx, session(t, "li", "v1", tool.Fresh), "cancel_order", tool.Args{"order": "li-1"})
	wantCode(t, err, "confirmation_needed")
	_, err = b.gate.Read(b.ctx, session(t, "li", "v1", tool.Fresh), "cancel_order", tool.Args{"order": "li-1"})
	wantCode(t, err, "tool_writes")
	_, err = b.gate.Propose(b.ctx, session(t, "li", "v1", tool.Fresh), "read_order", tool.Args{"order": "li-1"})
	wantCode(t, err, "tool_reads")
	b.want(0)
}

func TestExpiredOnesAreSwept(t *testing.T) {
	b, li := fresh(t, tool.Limits{}, false), session(t, "li", "v1", tool.Verified)
	b.propose(li, "li-1")
	b.clock.Advance(11 * time.Minute)
	r, err := b.gate.Reconcile(b.ctx, time.Minute)
	if err != nil || r.Expired != 1 || b.store.Effects()[0].State != tool.Expired {
		t.Errorf("%+v %v", r, err)
	}
}

func TestTamperingIsFound(t *testing.T) {
	change := map[string]func([]tool.Audit) []tool.Audit{
		"altered":   func(a []tool.Audit) []tool.Audit { a[1].Detail = "x"; return a },
		"deleted":   func(a []tool.Audit) []tool.Audit { return append(a[:1:1], a[2:]...) },
		"reordered": func(a []tool.Audit) []tool.Audit { a[0], a[1] = a[1], a[0]; return a },
	}
	for name, f := range change {
		t.Run(name, func(t *testing.T) {
			b, li := fresh(t, tool.Limits{}, false), session(t, "li", "v1", tool.Verified)
			_, _ = b.gate.Confirm(b.ctx, li, b.propose(li, "li-1").ID)
			b.want(1)
			b.store.Tamper(f)
			if err := tool.VerifyChain(b.ctx, b.store); err == nil || !strings.Contains(err.Error(), "broken") {
				t.Errorf("not found: %v", err)
			}
		})
	}
}
