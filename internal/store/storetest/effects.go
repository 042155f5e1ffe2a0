package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Effects is the contract of tool.Store.
func Effects(t *testing.T, s tool.Store, now time.Time) {
	ctx := t.Context()
	t.Run("a row comes back as it was", func(t *testing.T) {
		e := effect("e1", "k1", now)
		must(t, s.InsertEffect(ctx, e))
		for _, f := range []tool.Find{{ID: "e1"}, {Confirmation: "cfm_e1"}, {LiveKey: "k1"}} {
			got, err := s.FindEffect(ctx, f)
			must(t, err)
			if got.ID != e.ID || got.Args.String("order") != "A1" || got.Lines[0].Value.EN != "A1" || got.Summary != e.Summary || !got.ExpiresAt.Equal(e.ExpiresAt) {
				t.Errorf("%+v gives %+v", f, got)
			}
		}
	})
	t.Run("a live business key is there once", func(t *testing.T) {
		err := s.InsertEffect(ctx, effect("e2", "k1", now))
		if errs.CodeOf(err) != "effect_live" || !errs.Is(err, errs.Conflict) {
			t.Fatalf("the second live row: %v", err)
		}
		gone := effect("e1", "k1", now)
		gone.State = tool.Cancelled
		must(t, s.MoveEffect(ctx, gone, tool.Proposed))
		must(t, s.InsertEffect(ctx, effect("e2", "k1", now)))
	})
	t.Run("a move compares the state", func(t *testing.T) {
		e := effect("e2", "k1", now)
		e.State = tool.Executing
		must(t, s.MoveEffect(ctx, e, tool.Proposed))
		if err := s.MoveEffect(ctx, e, tool.Proposed); errs.CodeOf(err) != "effect_moved" {
			t.Errorf("moved twice: %v", err)
		}
		if _, err := s.FindEffect(ctx, tool.Find{ID: "nobody"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("an unknown effect: %v", err)
		}
	})
	t.Run("sums and lists", func(t *testing.T) { effectSums(t, ctx, s, now) })
	t.Run("the audit chain", func(t *testing.T) { effectAudit(t, ctx, s, now) })
}

func effectSums(t *testing.T, ctx context.Context, s tool.Store, now time.Time) {
	sum, n, err := s.Spent(ctx, "c1", "", time.Time{})
	must(t, err)
	if sum != 100 || n != 1 {
		t.Errorf("spent %d in %d", sum, n)
	}
	if sum, _, _ = s.Spent(ctx, "c1", "v1", now.Add(-time.Hour)); sum != 100 {
		t.Errorf("in the conversation: %d", sum)
	}
	if sum, _, _ = s.Spent(ctx, "c1", "elsewhere", time.Time{}); sum != 0 {
		t.Errorf("in another conversation: %d", sum)
	}
	if sum, _, _ = s.Spent(ctx, "c1", "", now.Add(time.Hour)); sum != 0 {
		t.Errorf("later: %d", sum)
	}
	list, err := s.EffectsIn(ctx, tool.Executing, now.Add(time.Second), 10)
	must(t, err)
	if len(list) != 1 || list[0].ID != "e2" {
		t.Errorf("executing: %+v", list)
	}
	if list, _ = s.EffectsIn(ctx, tool.Executing, now, 10); len(list) != 0 {
		t.Errorf("touched before now: %+v", list)
	}
}

func effectAudit(t *testing.T, ctx context.Context, s tool.Store, now time.Time) {
	boom := errors.New("boom")
	for i := range 5 {
		must(t, s.ChainAudit(ctx, tool.Audit{At: now.Add(time.Duration(i) * 1500 * time.Microsecond), Event: "denied", Actor: "customer:c1", Tool: "t", Where: "v1/t1", Detail: "中文 detail"}))
	}
	if err := s.InTx(ctx, func(ctx context.Context) error {
		must(t, s.ChainAudit(ctx, tool.Audit{At: now, Event: "denied"}))
		return boom
	}); !errors.Is(err, boom) {
		t.Errorf("rolled back with %v", err)
	}
	must(t, s.ChainAudit(ctx, tool.Audit{At: now, Event: "denied", Effect: "e2"}))
	list, err := s.AuditsAfter(ctx, 0, 100)
	must(t, err)
	if len(list) != 6 || list[5].Seq != 6 || list[5].Prev != list[4].Hash || list[5].Effect != "e2" {
		t.Errorf("%d entries, the last %+v", len(list), list[len(list)-1])
	}
	must(t, tool.VerifyChain(ctx, s))
}

func effect(eid, key string, now time.Time) tool.Effect {
	return tool.Effect{ID: id.Effect(eid), Confirmation: id.Confirmation("cfm_" + eid), Customer: "c1", Conversation: "v1", Turn: "t1", Assurance: "verified",
		Tool: "cancel_order", Args: tool.Args{"order": "A1"}, Hash: "h", BusinessKey: key, Summary: id.Text{ZH: "取消订单", EN: "Cancel the order"},
		Lines:  []tool.Line{{Label: id.Text{ZH: "订单", EN: "Order"}, Value: id.Text{ZH: "A1", EN: "A1"}}},
		Amount: tool.Money{Amount: 100, Currency: "CNY"}, State: tool.Proposed, CreatedAt: now, ExpiresAt: now.Add(10 * time.Minute), UpdatedAt: now}
}
