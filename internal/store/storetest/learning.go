package storetest

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
)

// LearningStore is what the suite needs.
type LearningStore interface {
	learning.Signals
	learning.FlowCounts
	learning.Gaps
	learning.Dropper
	learning.Drafts
	learning.Past
	conversation.Threads
	conversation.Decisions
}

// Learning is the contract of the learning stores. newCustomer makes a customer that conversations may belong to.
func Learning(t *testing.T, s LearningStore, newCustomer func(id.Customer)) {
	t.Run("signals are written once, keep their gap and are found", func(t *testing.T) { learningSignals(t, s) })
	t.Run("flows are counted by the step where they were left", func(t *testing.T) { learningFlows(t, s) })
	t.Run("gaps by impact", func(t *testing.T) { learningGaps(t, s) })
	t.Run("a draft moves on by one version", func(t *testing.T) { learningDrafts(t, s) })
	t.Run("the past is read in the order of change", func(t *testing.T) { learningPast(t, s, newCustomer) })
}

func signalAt(name string, kind learning.Kind, minutes int) learning.Signal {
	return learning.Signal{ID: name, Kind: kind, Conversation: "cnv_l", Customer: id.Customer("cus_" + name), Seq: 2, Lang: id.ZH, Text: "能刻字吗", At: Start.Add(time.Duration(minutes) * time.Minute)}
}

func learningSignals(t *testing.T, s LearningStore) {
	ctx := t.Context()
	a, b, cited := signalAt("a", learning.NoAnswer, 1), signalAt("b", learning.StaffAnswer, 2), signalAt("c", learning.Cited, 3)
	cited.Article = "art_1"
	must(t, s.PutSignals(ctx, a, b, cited))
	open, err := s.Signals(ctx, learning.SignalFilter{Ungrouped: true, Limit: 10})
	must(t, err)
	if len(open) != 2 || open[0].ID != "a" || open[0].Text != "能刻字吗" || !open[0].At.Equal(a.At) {
		t.Fatalf("ungrouped %+v", open)
	}
	must(t, s.AssignSignals(ctx, "gap_1", "a", "b"))
	must(t, s.AssignSignals(ctx, "gap_1"))
	b.Answer, cited.Harmed = "可以刻字。", true
	must(t, s.PutSignals(ctx, b, cited))
	got, err := s.Signals(ctx, learning.SignalFilter{Gap: "gap_1", Limit: 10})
	must(t, err)
	if len(got) != 2 || got[0].ID != "b" || got[0].Answer != "可以刻字。" || got[0].Gap != "gap_1" {
		t.Fatalf("of the gap %+v", got)
	}
	got, err = s.Signals(ctx, learning.SignalFilter{Article: "art_1", Kind: learning.Cited, Since: cited.At, Limit: 10})
	must(t, err)
	if len(got) != 1 || !got[0].Harmed {
		t.Fatalf("of the article %+v", got)
	}
	got, err = s.Signals(ctx, learning.SignalFilter{Since: cited.At.Add(time.Minute), Limit: 10})
	must(t, err)
	if len(got) != 0 {
		t.Fatalf("later ones %+v", got)
	}
}

func learningFlows(t *testing.T, s LearningStore) {
	ctx := t.Context()
	for i, left := range []string{"", "2 slot", "2 slot", "3 slot"} {
		run := signalAt("f"+string(rune('0'+i)), learning.FlowRun, i)
		run.Flow, run.Step, run.Harmed = "return", left, left != ""
		must(t, s.PutSignals(ctx, run))
	}
	got, err := s.FlowCounts(ctx, Start)
	must(t, err)
	if len(got) != 3 || got[0].Step != "" || got[0].Runs != 1 || got[1].Step != "2 slot" || got[1].Dropped != 2 || got[1].People != 2 || !got[1].Last.Equal(Start.Add(2*time.Minute)) {
		t.Fatalf("%+v", got)
	}
}

func learningGaps(t *testing.T, s LearningStore) {
	ctx := t.Context()
	for gid, impact := range map[string]float64{"gap_small": 2, "gap_large": 20, "gap_gone": 5} {
		must(t, s.PutGap(ctx, learning.Gap{ID: gid, Kind: learning.OfKnowledge, State: learning.GapOpen, Title: gid, Impact: impact}))
	}
	must(t, s.DropGap(ctx, "gap_gone"))
	got, err := s.Gaps(ctx, learning.GapFilter{State: learning.GapOpen, Kind: learning.OfKnowledge, Limit: 10})
	must(t, err)
	if len(got) != 2 || got[0].ID != "gap_large" {
		t.Fatalf("%+v", got)
	}
	got[0].State = learning.GapClosed
	must(t, s.PutGap(ctx, got[0]))
	g, err := s.Gap(ctx, "gap_large")
	must(t, err)
	if g.State != learning.GapClosed || g.Impact != 20 {
		t.Fatalf("%+v", g)
	}
	_, err = s.Gap(ctx, "gap_gone")
	wantKind(t, err, errs.NotFound)
}

func learningDrafts(t *testing.T, s LearningStore) {
	ctx := t.Context()
	d := learning.Draft{ID: "drf_1", Gap: "gap_large", Kind: learning.NewArticle, State: learning.Drafted, Version: 1, UpdatedAt: Start}
	d.Content.Title = "能刻字吗"
	must(t, s.PutDraft(ctx, d, 0))
	wantKind(t, s.PutDraft(ctx, d, 0), errs.Conflict)
	d.Version, d.State, d.Proof = 2, learning.Proved, &learning.Proof{Passed: true}
	must(t, s.PutDraft(ctx, d, 1))
	wantKind(t, s.PutDraft(ctx, d, 1), errs.Conflict)
	got, err := s.Draft(ctx, "drf_1")
	must(t, err)
	if got.State != learning.Proved || !got.Proof.Passed || got.Content.Title != "能刻字吗" {
		t.Fatalf("%+v", got)
	}
	for _, f := range []learning.DraftFilter{{Limit: 5}, {Gap: "gap_large", Limit: 5}, {State: learning.Proved, Limit: 5}} {
		if list, err := s.Drafts(ctx, f); err != nil || len(list) != 1 {
			t.Errorf("%+v: %v %d", f, err, len(list))
		}
	}
	if list, err := s.Drafts(ctx, learning.DraftFilter{State: learning.Kept, Limit: 5}); err != nil || len(list) != 0 {
		t.Errorf("kept: %v %d", err, len(list))
	}
	_, err = s.Draft(ctx, "drf_none")
	wantKind(t, err, errs.NotFound)
}

func learningPast(t *testing.T, s LearningStore, newCustomer func(id.Customer)) {
	ctx := t.Context()
	newCustomer("cus_past")
	var list []conversation.Conversation
	for i, name := range []string{"cnv_p1", "cnv_p2", "cnv_p3"} {
		at := Start.AddDate(0, 0, 5*i)
		c := conversation.Conversation{ID: id.Conversation(name), CustomerID: "cus_past", Channel: "webchat", Language: id.ZH, Status: conversation.Open, Handler: conversation.ByAgent, Assurance: conversation.Verified, Intent: "ask_care", CreatedAt: at, UpdatedAt: at}
		must(t, s.PutConversation(ctx, c))
		list = append(list, c)
	}
	got, err := s.ConversationsChanged(ctx, Start.Add(-time.Hour), "", 2)
	must(t, err)
	if len(got) != 2 || got[0].ID != "cnv_p1" {
		t.Fatalf("%+v", got)
	}
	got, err = s.ConversationsChanged(ctx, got[1].UpdatedAt, got[1].ID, 2)
	must(t, err)
	if len(got) != 1 || got[0].ID != "cnv_p3" {
		t.Fatalf("next page %+v", got)
	}
	for i, want := range []bool{false, true, true} {
		if back, err := s.CameBack(ctx, list[i]); err != nil || back != want {
			t.Errorf("%s came back: %v %v", list[i].ID, back, err)
		}
	}
	other := list[2]
	other.Intent = "oos"
	if back, _ := s.CameBack(ctx, other); back {
		t.Error("what was not understood is no topic")
	}
	must(t, s.PutDecision(ctx, "cnv_p1", conversation.Decision{TurnID: "trn_1", SeqFrom: 1, SeqTo: 1, AtMS: Start.UnixMilli(), Data: []byte(`{"answerable":true}`)}))
	must(t, s.PutDecision(ctx, "cnv_p1", conversation.Decision{TurnID: "trn_2", SeqFrom: 2, SeqTo: 2, AtMS: Start.UnixMilli() + 1, Data: []byte(`{"answerable":false}`)}))
	ds, err := s.AnsweredLately(ctx, 10)
	must(t, err)
	if len(ds) != 1 || ds[0].TurnID != "trn_1" || ds[0].AtMS != Start.UnixMilli() {
		t.Fatalf("%+v", ds)
	}
}
