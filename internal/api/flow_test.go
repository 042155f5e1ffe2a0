package api_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// walk stores a turn's record that passed through flows.
func (w *world) walk(turn string, at time.Time, path string) {
	w.t.Helper()
	check(w.t, w.db.PutDecision(w.t.Context(), id.Conversation(w.ownC), conversation.Decision{TurnID: id.Turn(turn), SeqFrom: 1, SeqTo: 1, AtMS: at.UnixMilli(),
		Data: json.RawMessage(`{"turn_id":"` + turn + `","path":` + path + `}`)}))
}

func TestFlowsWithTheirFigures(t *testing.T) {
	w := newWorld(t)
	w.walk("trn_f1", start.Add(-time.Hour), `[{"flow":"return","mark":"started"},{"flow":"return","mark":"0"},{"flow":"points","mark":"started"}]`)
	w.walk("trn_f1", start.Add(-time.Hour), `[{"flow":"return","mark":"started"},{"flow":"return","mark":"0"}]`) // ran again
	w.walk("trn_f2", start.Add(-time.Minute), `[{"flow":"return","mark":"1"},{"flow":"return","mark":"cancelled"}]`)
	w.walk("trn_f0", start.AddDate(0, 0, -60), `[{"flow":"return","mark":"started"},{"flow":"return","mark":"done"}]`)
	var list struct{ Items []api.FlowRow }
	w.ask("view", "GET", "/flows", "").into(t, &list)
	if len(list.Items) < 20 {
		t.Fatalf("%d flows", len(list.Items))
	}
	for _, f := range list.Items {
		if f.ID == "return" && (f.Figures.Entered != 1 || f.Figures.Cancelled != 1 || f.Steps == 0) || f.ID == "points" && f.Figures.Entered != 0 {
			t.Errorf("%s: %+v", f.ID, f.Figures)
		}
	}
	var figures flow.Figures
	w.ask("view", "GET", "/flows/return/figures?from=2025-12-01T00:00:00Z&to=2026-04-01T00:00:00Z", "").into(t, &figures)
	if figures.Entered != 2 || figures.Finished != 1 || len(figures.Steps) != 2 || figures.Steps[0].Left != 1 || figures.Steps[1].Stopped != 1 {
		t.Errorf("%+v", figures)
	}
}

func TestAFlowIsShownWithAllItSays(t *testing.T) {
	w := newWorld(t)
	a := w.ask("anna", "GET", "/flows/cancel_order", "")
	var full api.FlowFull
	a.into(t, &full)
	if len(full.Flow.Steps) < 4 || full.Flow.Slots["order"].Ask.EN == "" || full.Flow.Assurance != "verified" || len(full.Faults) != 0 || !strings.Contains(a.Body, "取消订单") {
		t.Errorf("%s", a.Body)
	}
	for path, want := range map[string]int{"/flows/nothing": 404, "/flows/nothing/figures": 404, "/flows?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z": 422, "/flows?from=2020-03-02T00:00:00Z": 422} {
		if a := w.ask("anna", "GET", path, ""); a.Status != want {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}

func TestAFlowAsTextIsCheckedLineByLine(t *testing.T) {
	w := newWorld(t)
	var source struct{ Text string }
	w.ask("anna", "GET", "/flows/return/source", "").into(t, &source)
	type verdict struct {
		Sound  bool
		Flow   *flow.Flow
		Faults []flow.Fault
	}
	checked := func(text string) (v verdict) {
		raw, err := json.Marshal(map[string]string{"text": text})
		check(t, err)
		w.ask("anna", "POST", "/flows/check", string(raw)).into(t, &v)
		return v
	}
	if v := checked(source.Text); !v.Sound || v.Flow.ID != "return" || len(v.Faults) != 0 {
		t.Errorf("the shipped text: %+v", v.Faults)
	}
	if v := checked(strings.Replace(source.Text, "title:", "titel:", 1)); v.Sound || v.Flow != nil || len(v.Faults) == 0 || v.Faults[0].Line != 2 {
		t.Errorf("a misspelt field: %+v", v.Faults)
	}
	if v := checked("id: mine\ntitle: {zh: 我的, en: Mine}\nsteps:\n  - collect: nothing\n"); v.Sound || v.Flow == nil || len(v.Faults) == 0 || v.Faults[0].Line != 4 {
		t.Errorf("a missing slot: %+v", v.Faults)
	}
	if a := w.ask("anna", "GET", "/flows/nothing/source", ""); a.Status != 404 {
		t.Errorf("%d", a.Status)
	}
}
