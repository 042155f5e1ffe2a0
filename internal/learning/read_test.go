package learning

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
)

var morning = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// decided makes one decision record, newest first as the store gives them.
func decided(list []conversation.Decision, seq int64, minutes int, data map[string]any) []conversation.Decision {
	raw, _ := json.Marshal(data)
	return append([]conversation.Decision{{SeqFrom: seq, SeqTo: seq, AtMS: morning.Add(time.Duration(minutes) * time.Minute).UnixMilli(), Data: raw}}, list...)
}

func understood(text, intent string, more map[string]any) map[string]any {
	more["understanding"] = map[string]any{"original": text, "language": "zh", "category": "consultation", "intent": intent}
	return more
}

func kinds(list []Signal) (out []string) {
	for _, s := range list {
		out = append(out, string(s.Kind))
	}
	slices.Sort(out)
	return out
}

func TestAQuestionThatStaffAnswered(t *testing.T) {
	c := conversation.Conversation{ID: "cnv_1", CustomerID: "cus_1", Rating: 2}
	ds := decided(nil, 1, 0, understood("可以刻字吗", "ask_gift", map[string]any{"answerable": false}))
	ds = decided(ds, 3, 1, understood("转人工", "human", map[string]any{"handoff": "customer_asked"}))
	msgs := []conversation.Message{
		{Seq: 1, Author: conversation.Customer, Kind: conversation.Text, Text: "可以刻字吗"},
		{Seq: 3, Author: conversation.Customer, Kind: conversation.Text, Text: "转人工"},
		{Seq: 5, Author: conversation.Staff, Kind: conversation.Text, Text: "您好，可以免费刻字。"},
		{Seq: 6, Author: conversation.Staff, Kind: conversation.Note, Text: "内部备注"},
		{Seq: 7, Author: conversation.Customer, Kind: conversation.Text, Text: "那要几天能好呢？"},
		{Seq: 8, Author: conversation.Staff, Kind: conversation.Text, Text: "刻字需要两天。"},
	}
	got := read(c, msgs, ds, false, morning)
	if want := []string{"handed_off", "no_answer", "staff_answer", "staff_answer", "unhelpful"}; !slices.Equal(kinds(got), want) {
		t.Fatalf("%v, want %v", kinds(got), want)
	}
	said := map[int64]string{}
	for _, s := range got {
		if s.Kind == StaffAnswer {
			said[s.Seq] = s.Answer
		}
	}
	if said[1] != "可以免费刻字。" || said[7] != "刻字需要两天。" {
		t.Errorf("answers %v", said)
	}
	if again := read(c, msgs, ds, false, morning); !slices.EqualFunc(got, again, func(a, b Signal) bool { return a == b }) {
		t.Error("reading again gives something else")
	}
}

func TestCitedAnswersAndWhoComesBack(t *testing.T) {
	passage := []map[string]any{{"id": "psg_x1.3.0", "score": 0.9}}
	unsureOne := []map[string]any{{"id": "psg_x2.1.0", "score": 0.52}}
	ds := decided(nil, 1, 0, understood("退货几天", "ask_return_policy", map[string]any{"answerable": true, "passages": passage}))
	ds = decided(ds, 3, 1, understood("转人工", "human", map[string]any{"handoff": "customer_asked"}))
	ds = decided(ds, 5, 300, understood("退货到底几天", "ask_return_policy", map[string]any{"answerable": true, "passages": unsureOne}))
	got := read(conversation.Conversation{ID: "cnv_2"}, nil, ds, false, morning)
	if want := []string{"cited", "cited", "handed_off", "low_confidence", "recontact"}; !slices.Equal(kinds(got), want) {
		t.Fatalf("%v", kinds(got))
	}
	for _, s := range got {
		if s.Kind == Cited && s.Harmed != (s.Seq == 1) {
			t.Errorf("harmed %+v", s)
		}
		if s.Kind == Cited && s.Seq == 1 && s.Article != "art_x1" {
			t.Errorf("article %q", s.Article)
		}
	}
}

func TestFlowsThatWereLeft(t *testing.T) {
	waiting := map[string]any{"flows": []string{"return"}, "flow": map[string]any{"name": "return", "step": 2, "waits": "slot"}}
	ds := decided(nil, 1, 0, understood("我要退货", "return", waiting))
	c := conversation.Conversation{ID: "cnv_3", Status: conversation.Open}
	for name, want := range map[string]struct {
		now  time.Time
		left bool
	}{"still thinking": {morning.Add(time.Hour), false}, "gone for a day": {morning.Add(25 * time.Hour), true}} {
		got := read(c, nil, ds, false, want.now)
		if len(got) != 1 || got[0].Kind != FlowRun || got[0].Flow != "return" || got[0].Harmed != want.left {
			t.Errorf("%s: %+v", name, got)
		}
		if want.left && got[0].Step != "3 slot" {
			t.Errorf("%s: step %q", name, got[0].Step)
		}
	}
	ds = decided(ds, 3, 1, understood("算了转人工", "human", map[string]any{"handoff": "customer_asked"}))
	if got := read(c, nil, ds, false, morning); len(got) != 1 || !got[0].Harmed {
		t.Errorf("a person asked for in the middle: %+v", got)
	}
}

func TestPersonalDataIsNotKept(t *testing.T) {
	ds := decided(nil, 1, 0, understood("我的手机 13812345678 可以改吗", "ask_account", map[string]any{"answerable": false}))
	ds = append(ds, conversation.Decision{Data: []byte("{")})
	got := read(conversation.Conversation{ID: "cnv_4"}, nil, ds, false, morning)
	if len(got) != 1 || got[0].Text == "" || slices.Contains([]string{got[0].Text}, "13812345678") {
		t.Fatalf("%+v", got)
	}
}
