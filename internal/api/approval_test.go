package api_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tool/tooltest"
)

// planned is a tool that tells when it is planned.
type planned struct {
	tool.Tool
	w *world
}

func (p planned) Plan(ctx context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
	if p.w.onPlan != nil {
		p.w.onPlan()
	}
	return p.Tool.Plan(ctx, s, a)
}

// wireGate puts a gate where everything above half a yuan waits for a person.
func (w *world) wireGate(ids tool.Ids) {
	w.shop = tooltest.NewShop("cus_1")
	tools := w.shop.Tools()
	tools[1] = planned{tools[1], w}
	reg, err := tool.NewRegistry(tools...)
	check(w.t, err)
	w.gate = tool.NewGate(tool.Deps{Registry: reg, Store: w.db, Ids: ids, Now: w.clock.Now, Limits: tool.Limits{Single: 50}, Watch: func(_ context.Context, e tool.Effect, _ tool.State) error {
		w.watched = append(w.watched, e)
		return nil
	}})
}

// asked is a cancellation that the customer has confirmed and that waits.
func (w *world) asked(conversation, order string) string {
	w.t.Helper()
	s, err := tool.NewSession(tool.Identity{Customer: "cus_1", Conversation: id.Conversation(conversation), Turn: "t1", Assurance: tool.Verified, Language: id.ZH})
	check(w.t, err)
	c, err := w.gate.Propose(w.t.Context(), s, "cancel_order", tool.Args{"order": order})
	check(w.t, err)
	e, err := w.gate.Confirm(w.t.Context(), s, c.ID)
	check(w.t, err)
	if e.State != tool.Approval {
		w.t.Fatalf("it does not wait: %s", e.State)
	}
	return string(e.ID)
}

func (w *world) waiting(login string) (out []api.Approval) {
	w.t.Helper()
	var list struct{ Items []api.Approval }
	w.ask(login, http.MethodGet, "/approvals", "").into(w.t, &list)
	return list.Items
}

func (w *world) effects(want int) {
	w.t.Helper()
	if n := w.shop.Effects(); n != want {
		w.t.Errorf("%d effects, want %d", n, want)
	}
}

func TestApprovalShowsWhatTheCustomerSawAndHappensOnce(t *testing.T) {
	w := newWorld(t)
	eid := w.asked(w.ownC, "cus_1-1")
	list := w.waiting("super")
	if len(list) != 1 || list[0].Summary.ZH != "取消订单 cus_1-1" || list[0].Amount.Amount != 100 || list[0].Customer.Name != "李娜" || string(list[0].ConversationID) != w.ownC || len(list[0].Lines) != 1 {
		t.Fatalf("%+v", list)
	}
	a := w.ask("super", http.MethodPost, "/approvals/"+eid+"/approve", "")
	if a.Status != 200 || !strings.Contains(a.Body, `"state":"done"`) {
		t.Fatal(a.Body)
	}
	w.effects(1)
	if again := w.ask("admin", http.MethodPost, "/approvals/"+eid+"/approve", ""); again.Status != 409 || again.code() != "not_waiting" {
		t.Errorf("again: %d %s", again.Status, again.Body)
	}
	w.effects(1)
	if len(w.waiting("super")) != 0 {
		t.Error("it still waits")
	}
	states := ""
	for _, e := range w.watched {
		states += string(e.State) + " "
	}
	if states != "approval executing done " {
		t.Errorf("told: %s", states)
	}
	if audit := w.ask("super", http.MethodGet, "/audit", ""); !strings.Contains(audit.Body, "approval.approve") || !strings.Contains(audit.Body, eid) {
		t.Error("the decision is not on record")
	}
}

func TestRejectionNeedsAReason(t *testing.T) {
	w := newWorld(t)
	eid := w.asked(w.ownC, "cus_1-1")
	if a := w.ask("super", http.MethodPost, "/approvals/"+eid+"/reject", `{"reason":""}`); a.Status != 422 {
		t.Errorf("without a reason: %d", a.Status)
	}
	a := w.ask("super", http.MethodPost, "/approvals/"+eid+"/reject", `{"reason":"超出政策"}`)
	if a.Status != 200 || !strings.Contains(a.Body, `"state":"rejected"`) || !strings.Contains(a.Body, "超出政策") {
		t.Fatal(a.Body)
	}
	w.effects(0)
	if again := w.ask("super", http.MethodPost, "/approvals/"+eid+"/approve", ""); again.Status != 409 {
		t.Errorf("approved after it was rejected: %d", again.Status)
	}
	w.effects(0)
}

// Reliability A15: the requester approves his own, two approve at once, the approver loses the right between.
func TestWhoMayDecide(t *testing.T) {
	t.Run("not who asked", func(t *testing.T) {
		w := newWorld(t)
		eid := w.asked(w.ownC, "cus_1-1")
		w.link("super")
		for _, act := range []string{"approve", "reject"} {
			if a := w.ask("super", http.MethodPost, "/approvals/"+eid+"/"+act, bodies[act]); a.Status != 403 || a.code() != "approver_is_requester" {
				t.Errorf("%s: %d %s", act, a.Status, a.Body)
			}
		}
		w.effects(0)
		if len(w.waiting("super")) != 1 {
			t.Error("it no longer waits")
		}
	})
	t.Run("two at once", func(t *testing.T) {
		w := newWorld(t)
		eid := w.asked(w.ownC, "cus_1-1")
		logins := []string{"super", "admin"}
		for _, l := range logins {
			w.session(l)
		}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() { w.ask(logins[i%2], http.MethodPost, "/approvals/"+eid+"/approve", "") })
		}
		all.Wait()
		w.effects(1)
	})
	t.Run("the right is lost between", func(t *testing.T) {
		w := newWorld(t)
		eid := w.asked(w.ownC, "cus_1-1")
		w.session("super")
		w.onPlan = func() { // policy is asked between the check at the door and the transaction
			w.onPlan = nil
			w.demote("super")
		}
		if a := w.ask("super", http.MethodPost, "/approvals/"+eid+"/approve", ""); a.Status != 401 && a.Status != 403 {
			t.Errorf("%d %s", a.Status, a.Body)
		}
		w.effects(0)
		if len(w.waiting("admin")) != 1 {
			t.Error("it no longer waits")
		}
	})
	t.Run("only within one's rows", func(t *testing.T) {
		w := newWorld(t)
		w.asked(w.foreignC, "cus_1-1")
		if n := len(w.waiting("anna")); n != 0 {
			t.Errorf("anna sees %d of another team", n)
		}
		if n := len(w.waiting("super")); n != 1 {
			t.Errorf("the supervisor sees %d", n)
		}
	})
}

func (w *world) member(login string) staff.Member {
	w.t.Helper()
	ms, err := w.staff.Members(w.t.Context())
	check(w.t, err)
	for _, m := range ms {
		if m.Login == login {
			return m
		}
	}
	w.t.Fatal("no such login")
	return staff.Member{}
}

func (w *world) change(login string, c staff.Change) {
	w.t.Helper()
	_, err := w.staff.Change(w.t.Context(), staff.Principal{ID: "stf_root", Role: staff.Admin}, w.member(login).ID, c)
	check(w.t, err)
}

func (w *world) demote(login string) {
	role := staff.Viewer
	w.change(login, staff.Change{Role: &role})
}

// link says that the member shops here as the customer.
func (w *world) link(login string) {
	self := id.Customer("cus_1")
	w.change(login, staff.Change{Customer: &self})
}
