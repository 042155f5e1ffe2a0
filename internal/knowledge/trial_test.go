package knowledge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

var engraving = knowledge.Content{Title: "杯子可以刻字吗", Category: "learned", Questions: []string{"能刻名字吗"}, Body: "保温杯支持免费刻字，最多 8 个字。"}

func TestATrialAnswersAndLeavesNoTrace(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	wrap := b.publish("gift-wrap", id.ZH, wrapping)
	trial := b.Trial(ctx, knowledge.Article{ID: "art_try", Key: "try", Lang: id.ZH, Content: engraving})
	got, err := trial.Answer(ctx, "杯子能刻字吗", knowledge.Scope{Language: "zh"})
	if err != nil || !got.Answerable || got.Citations[0].ArticleID != "art_try" {
		t.Fatalf("%v %+v", err, got)
	}
	if b.answer("杯子能刻字吗", knowledge.Scope{}).Answerable {
		t.Fatal("the trial reached the live index")
	}
	dearer := wrapping
	dearer.Body = "礼品包装每件 20 元。"
	wrap.Content = dearer
	if got, _ := b.Trial(ctx, wrap).Answer(ctx, "礼品包装多少钱", knowledge.Scope{}); !strings.Contains(got.Text, "20 元") {
		t.Fatalf("the content on trial must take the live one's place: %q", got.Text)
	}
	if !strings.Contains(b.answer("礼品包装多少钱", knowledge.Scope{}).Text, "10 元") {
		t.Fatal("the trial changed what is live")
	}
	trial.Put(ctx, knowledge.Article{ID: "gap", Key: "gap", Lang: id.ZH, Content: wrapping})
	engraved := engraving
	engraved.Body = "不支持刻字。"
	trial.Put(ctx, knowledge.Article{ID: "gap", Key: "gap", Lang: id.ZH, Content: engraved})
	if got, _ := trial.Answer(ctx, "礼品包装多少钱", knowledge.Scope{}); len(got.Citations) != 1 || got.Citations[0].ArticleID == "gap" {
		t.Fatalf("an older put is still there: %+v", got)
	}
}

func TestClashesNameOnlyWhatTheDraftTouches(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.publish("gift-wrap", id.ZH, wrapping)
	dear := knowledge.Content{Title: "礼品包装怎么收费", Category: "learned", Questions: []string{"包装多少钱"}, Body: "礼品包装每件 25 元。"}
	found, err := b.Clashes(ctx, knowledge.Article{ID: "art_try", Key: "try", Lang: id.ZH, Content: dear})
	if err != nil || len(found) != 1 || found[0].Kind != knowledge.Contradiction || found[0].Article != "art_try" {
		t.Fatalf("%v %+v", err, found)
	}
	found, err = b.Clashes(ctx, knowledge.Article{ID: "art_try", Key: "try", Lang: id.ZH, Content: engraving})
	if err != nil || len(found) != 0 {
		t.Fatalf("%v %+v", err, found)
	}
}

func TestTheHoldOutDoesNotGetTheArticle(t *testing.T) {
	b := newBench(t)
	c := wrapping
	c.Limits.HoldOut = 20
	a := b.publish("gift-wrap", id.ZH, c)
	held := 0
	for n := range 500 {
		who := fmt.Sprintf("cnv_%d", n)
		got := b.answer("礼品包装多少钱", knowledge.Scope{Conversation: who}).Answerable
		if got == index.Held(string(a.ID), who, 20) {
			t.Fatalf("%s: answered %v", who, got)
		}
		if !got {
			held++
		}
	}
	if held < 70 || held > 130 {
		t.Errorf("%d of 500 held out, want about 100", held)
	}
	if !b.answer("礼品包装多少钱", knowledge.Scope{}).Answerable {
		t.Error("who asks outside a conversation is in no hold-out")
	}
	c.Limits.HoldOut = 95
	if c.Check() == nil {
		t.Error("95 percent held out is refused")
	}
}
