package flow_test

import (
	"slices"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
)

func pass(conversation string, marks ...string) flow.Pass {
	return flow.Pass{Conversation: conversation, Flow: "return", Marks: marks}
}

func TestFiguresTellWhatBecameOfEveryRun(t *testing.T) {
	got := flow.Count([]flow.Pass{
		pass("a", "started", "0", "asked order"), pass("a", "0", "1", "proposed return_items"), pass("a", "2", "done"),
		pass("b", "started", "0", "asked order"), pass("b", "cancelled"),
		pass("c", "started", "0", "1", "hand_off"),
		pass("d", "started", "0", "asked order"),
		pass("e", "started", "login"),
		pass("old", "0", "1", "done"), // began before the range
		{Conversation: "a", Flow: "points", Marks: []string{"started", "0", "done"}},
	})
	f := got["return"]
	want := flow.Figures{Flow: "return", Entered: 5, Finished: 1, Cancelled: 1, HandedOff: 1, Refused: 1, Open: 1}
	steps := []flow.StepFigures{{Step: 0, Reached: 4, Left: 2, Stopped: 1, Waiting: 1}, {Step: 1, Reached: 2, Left: 1, Stopped: 1}, {Step: 2, Reached: 1}}
	if !slices.Equal(f.Steps, steps) {
		t.Errorf("steps %+v, want %+v", f.Steps, steps)
	}
	if f.Entered != f.Finished+f.Cancelled+f.HandedOff+f.Refused+f.Open {
		t.Errorf("what entered does not add up: %+v", f)
	}
	if f.Steps = nil; f.Entered != want.Entered || f.Finished != 1 || f.Cancelled != 1 || f.HandedOff != 1 || f.Refused != 1 || f.Open != 1 {
		t.Errorf("%+v, want %+v", f, want)
	}
	if p := got["points"]; p.Entered != 1 || p.Finished != 1 || len(p.Steps) != 1 {
		t.Errorf("points: %+v", p)
	}
}

func TestARunThatBeginsAgainDropsTheFirst(t *testing.T) {
	f := flow.Count([]flow.Pass{pass("a", "started", "0"), pass("a", "started", "0", "0", "1", "failed")})["return"]
	if f.Entered != 2 || f.Cancelled != 1 || f.Refused != 1 || f.Open != 0 || f.Steps[0].Reached != 2 || f.Steps[0].Stopped != 1 {
		t.Errorf("%+v", f)
	}
	if len(flow.Count(nil)) != 0 {
		t.Error("nothing counts to nothing")
	}
}
