package storetest

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Flows is the contract of flow.Passes: what decision records tell of the ways through flows.
func Flows(t *testing.T, e Env) {
	put := func(turn, conv string, seq int64, at time.Time, path string) {
		t.Helper()
		err := e.DB.PutDecision(e.Ctx, id.Conversation(conv), conversation.Decision{TurnID: id.Turn(turn), SeqFrom: seq, SeqTo: seq, AtMS: at.UnixMilli(), Data: json.RawMessage(`{"path":` + path + `}`)})
		if err != nil {
			t.Fatal(err)
		}
	}
	put("t2", "cnv_a", 2, Start, `[{"flow":"return","mark":"1"},{"flow":"return","mark":"done"}]`)
	put("t1", "cnv_a", 1, Start, `[{"flow":"return","mark":"started"},{"flow":"points","mark":"started"},{"flow":"return","mark":"0"}]`)
	put("t3", "cnv_b", 1, Start.Add(-time.Hour), `[{"flow":"return","mark":"started"}]`)
	put("t3", "cnv_b", 1, Start.Add(-time.Hour), `[{"flow":"return","mark":"started"},{"flow":"return","mark":"0"}]`) // the turn ran again
	put("t4", "cnv_b", 2, Start, `null`)
	put("t5", "cnv_b", 3, Start, `"another shape"`)

	got, err := e.DB.Passes(e.Ctx, "return", Start.Add(-time.Hour), Start.Add(time.Millisecond), 10)
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v %v", got, err)
	}
	if got[0].Turn != "t3" || !slices.Equal(got[0].Marks, []string{"started", "0"}) || !got[0].At.Equal(Start.Add(-time.Hour)) {
		t.Errorf("the oldest: %+v", got[0])
	}
	if got[1].Turn != "t1" || got[2].Turn != "t2" || got[1].Conversation != "cnv_a" || !slices.Equal(got[2].Marks, []string{"1", "done"}) {
		t.Errorf("at the same moment the order of the conversation holds: %+v", got[1:])
	}
	if got, _ := e.DB.Passes(e.Ctx, "", Start, Start.Add(time.Hour), 10); len(got) != 3 {
		t.Errorf("all flows: %+v", got)
	}
	if got, _ := e.DB.Passes(e.Ctx, "", Start.Add(-time.Hour), Start.Add(time.Hour), 2); len(got) != 2 {
		t.Errorf("the limit: %+v", got)
	}
	if got, err := e.DB.Passes(e.Ctx, "return", Start.Add(time.Millisecond), Start.Add(time.Hour), 2); err != nil || len(got) != 0 {
		t.Errorf("the end is not included: %+v %v", got, err)
	}
}
