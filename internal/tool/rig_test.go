package tool_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// TestAttackerRig lets a hostile caller in li's session call anything with anything: nothing of wang's is read or changed,
// nothing happens without a confirmation, and every denial is on record. XIAOER_RIG_CALLS sets the number of calls.
func TestAttackerRig(t *testing.T) {
	calls := 10_000
	if n, err := strconv.Atoi(os.Getenv("XIAOER_RIG_CALLS")); err == nil {
		calls = n
	}
	b := fresh(t, tool.Limits{}, false)
	li, wang := session(t, "li", "v1", tool.Verified), session(t, "wang", "v9", tool.Verified)
	foreign := b.propose(wang, "wang-1")
	r := rand.New(rand.NewPCG(7, 7))
	denied, proposed := 0, map[id.Confirmation]bool{}
	for i := range calls {
		b.clock.Advance(time.Millisecond)
		name, args := attack(r, foreign)
		var err error
		switch r.IntN(5) {
		case 0:
			_, err = b.gate.Read(b.ctx, li, name, args)
		case 1:
			var c tool.Confirmation
			if c, err = b.gate.Propose(b.ctx, li, name, args); err == nil {
				proposed[c.ID] = true
			}
		case 2:
			_, err = b.gate.Do(b.ctx, li, name, args)
		case 3:
			_, err = b.gate.Confirm(b.ctx, li, forged(r, foreign))
		default:
			err = b.gate.Cancel(b.ctx, li, forged(r, foreign))
		}
		if err != nil {
			denied++
		}
		if i%1000 == 0 && b.shop.Effects() != 0 {
			t.Fatalf("after %d calls %d effects", i, b.shop.Effects())
		}
	}
	b.want(0)
	for order := range b.shop.Read["li"] {
		if b.shop.Owner[order] != "li" {
			t.Errorf("li read %s", order)
		}
	}
	if len(b.shop.Read["wang"]) != 0 {
		t.Errorf("something was read as wang: %v", b.shop.Read["wang"])
	}
	for _, e := range b.store.Effects() {
		if e.State == tool.Done && e.Tool != "leave_note" || e.Customer == "wang" && e.State != tool.Proposed {
			t.Errorf("%s of %s is %s", e.Tool, e.Customer, e.State)
		}
	}
	if denied < calls/2 || len(proposed) == 0 {
		t.Errorf("the rig is tame: %d of %d denied, %d proposals", denied, calls, len(proposed))
	}
	t.Logf("%d calls, %d denied, %d own proposals waiting, 0 effects, 0 foreign reads", calls, denied, len(proposed))
}

func forged(r *rand.Rand, foreign tool.Confirmation) id.Confirmation {
	return []id.Confirmation{"", "cfm_1", foreign.ID, id.Confirmation(foreign.Effect), "' OR 1=1 --", "*", "confirmed"}[r.IntN(7)]
}

// attack makes a call: names that exist, or not, and arguments from other people's ids to nested rubbish.
func attack(r *rand.Rand, foreign tool.Confirmation) (string, tool.Args) {
	names := []string{"read_order", "cancel_order", "leave_note", "delete_customer", "sql", "", "READ_ORDER", "read_order\x00", "../read_order"}
	values := []any{"li-1", "li-2", "wang-1", "wang-2", "*", "%", "", nil, 1, -1.5, true, []any{"wang-1", "wang-2"}, map[string]any{"$ne": ""}, map[string]any{"order": "wang-1"},
		"li-1' OR owner='wang", "wang-1\u0000", "WANG-1", " wang-1 ", "ｗａｎｇ-1", string(foreign.ID), "li-1,wang-1", json.Number("7"), func() {}}
	args := tool.Args{"order": values[r.IntN(len(values))]}
	if r.IntN(3) == 0 {
		extra := []string{"customer_id", "customer", "role", "assurance", "session", "as", "tenant", "phone", "verified", "text", "reason", "__proto__"}
		args[extra[r.IntN(len(extra))]] = values[r.IntN(len(values))]
	}
	if r.IntN(10) == 0 {
		args = tool.Args{"text": fmt.Sprint("note ", r.IntN(50))}
	}
	if r.IntN(40) == 0 {
		var deep any = "wang-1"
		for range 50 {
			deep = []any{deep}
		}
		args["order"] = deep
	}
	return names[r.IntN(len(names))], args
}

// Forged, replayed and mismatched confirmations of every kind: 2,000 of them, no effect.
func TestLaunderedConfirmations(t *testing.T) {
	b := fresh(t, tool.Limits{}, false)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		victim := session(t, "wang", fmt.Sprint("w", i), tool.Verified)
		c := b.propose(victim, []string{"wang-1", "wang-2"}[r.IntN(2)])
		thief := session(t, []string{"li", "wang"}[r.IntN(2)], fmt.Sprint("x", i), tool.Fresh)
		if _, err := b.gate.Confirm(b.ctx, thief, c.ID); err == nil {
			t.Fatal("a stolen confirmation worked")
		}
		if r.IntN(2) == 0 {
			_ = b.gate.Cancel(b.ctx, victim, c.ID)
		} else {
			b.clock.Advance(11 * time.Minute)
		}
		if _, err := b.gate.Confirm(b.ctx, victim, c.ID); err == nil {
			t.Fatal("a dead confirmation worked")
		}
	}
	b.want(0)
}
