package learning_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

type shop struct {
	*learning.Service
	t     *testing.T
	db    *store.DB
	know  *knowledge.Service
	clock *clock.Fake
	n     int
}

var start = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func newShop(t *testing.T) *shop {
	t.Helper()
	c := clock.NewFake(start)
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db"), Now: c.Now})
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	ids := id.NewMaker(c.Now, nil)
	know := knowledge.New(knowledge.Parts{Store: db, Lister: db, Feed: db, Uses: db, Tx: db, Events: db, Clock: c, IDs: ids}, knowledge.Options{})
	s := &shop{t: t, db: db, know: know, clock: c}
	s.Service = learning.New(learning.Deps{Tx: db, Signals: db, Flows: db, Gaps: db, Dropper: db, Drafts: db, Past: db, Talk: db, Marks: db, Library: know, Shelf: know, Editor: know, Events: db, NewID: ids.New, Now: c.Now})
	check(t, know.ImportAll(t.Context(), []knowledge.NewArticle{
		{Key: "return-policy", Lang: id.ZH, Content: knowledge.Content{Title: "退货有什么条件", Questions: []string{"几天内可以退货", "七天无理由怎么退"}, Category: "returns", Body: "签收后 7 天内可以无理由退货，商品需要保持完好。"}},
		{Key: "shipping-fee", Lang: id.ZH, Content: knowledge.Content{Title: "运费多少钱", Questions: []string{"满多少包邮"}, Category: "shipping", Body: "满 99 元包邮，不满收 8 元运费。"}},
	}, "test"))
	check(t, know.Sync(t.Context()))
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask stores one conversation: a question, whether a passage answered it, and what staff said.
func (s *shop) ask(text, passage, staff string) {
	s.t.Helper()
	s.n++
	ctx, who, cid := s.t.Context(), id.Customer(fmt.Sprintf("cus_%d", s.n)), id.Conversation(fmt.Sprintf("cnv_%d", s.n))
	s.clock.Advance(time.Minute)
	now := s.clock.Now()
	check(s.t, s.db.PutCustomers(ctx, customer.Customer{ID: who, Language: id.ZH, CreatedAt: now}))
	check(s.t, s.db.PutConversation(ctx, conversation.Conversation{ID: cid, CustomerID: who, Channel: "webchat", Language: id.ZH, Status: conversation.Open, Handler: conversation.ByAgent, Assurance: conversation.Anonymous, CreatedAt: now, UpdatedAt: now}))
	msgs := []conversation.Message{{Author: conversation.Customer, Kind: conversation.Text, Text: text}}
	if staff != "" {
		msgs = append(msgs, conversation.Message{Author: conversation.Staff, Kind: conversation.Text, Text: staff})
	}
	for i := range msgs {
		msgs[i].ID, msgs[i].At = id.Message(fmt.Sprintf("msg_%d_%d", s.n, i)), now
	}
	_, err := s.db.Append(ctx, cid, msgs...)
	check(s.t, err)
	rec := map[string]any{"understanding": map[string]any{"original": text, "language": "zh"}, "answerable": passage != "", "handoff": "customer_asked"}
	if passage != "" {
		rec["passages"] = []map[string]any{{"id": passage, "score": 0.9}}
	}
	s.decide(cid, 1, rec)
	if passage != "" {
		s.decide(cid, 2, map[string]any{"understanding": map[string]any{"original": "转人工"}, "handoff": "customer_asked"})
	}
}

func (s *shop) decide(cid id.Conversation, seq int64, rec map[string]any) {
	raw, _ := json.Marshal(rec)
	check(s.t, s.db.PutDecision(s.t.Context(), cid, conversation.Decision{TurnID: id.Turn(fmt.Sprintf("trn_%s_%d", cid, seq)), SeqFrom: seq, SeqTo: seq, AtMS: s.clock.Now().UnixMilli(), Data: raw}))
}

// drafted asks about engraving, collects and drafts.
func (s *shop) drafted() learning.Draft {
	s.t.Helper()
	for _, q := range []string{"杯子可以刻字吗", "保温杯能刻名字吗", "可以在杯子上刻字吗", "杯子刻字怎么弄"} {
		s.ask(q, "", "您好，杯子支持免费刻字，最多八个字，需要两天。")
	}
	check(s.t, s.Collect(s.t.Context()))
	gaps, err := s.Gaps(s.t.Context(), learning.GapFilter{Limit: 10})
	check(s.t, err)
	if len(gaps) != 1 || gaps[0].People != 4 || gaps[0].Answers != 4 || len(gaps[0].Phrasings) != 4 {
		s.t.Fatalf("gaps %+v", gaps)
	}
	d, err := s.Draft(s.t.Context(), gaps[0].ID, "li")
	check(s.t, err)
	return d
}

func TestFromSignalToKnowledge(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	d := s.drafted()
	if d.Kind != learning.NewArticle || d.Content.Body != "杯子支持免费刻字，最多八个字，需要两天。" {
		t.Fatalf("draft %+v", d)
	}
	if _, err := s.Draft(ctx, d.Gap, "li"); !errs.Is(err, errs.Conflict) {
		t.Errorf("a second draft: %v", err)
	}
	if _, err := s.Accept(ctx, d.ID, 0, "wang"); !errs.Is(err, errs.Conflict) {
		t.Errorf("what is not proved was accepted: %v", err)
	}
	d, err := s.Prove(ctx, d.ID, "li")
	check(t, err)
	if d.State != learning.Proved || d.Proof.Before != 0 || d.Proof.After != 4 || len(d.Proof.Worse) != 0 || d.Proof.RateTo < d.Proof.RateFrom {
		t.Fatalf("proof %+v", d.Proof)
	}
	if _, err := s.Accept(ctx, d.ID, 1, "wang"); !errs.Is(err, errs.Conflict) {
		t.Errorf("an old version was accepted: %v", err)
	}
	d, err = s.Accept(ctx, d.ID, d.Version, "wang")
	check(t, err)
	check(t, s.know.Sync(ctx))
	ans, err := s.know.Answer(ctx, "我想在保温杯上刻字行不行", knowledge.Scope{Language: "zh"})
	if err != nil || !ans.Answerable || ans.Citations[0].ArticleID != d.Article {
		t.Fatalf("%v %+v", err, ans)
	}
	// It hurts: everybody who read it wanted a person.
	for range 12 {
		s.ask("杯子可以刻字吗", "psg_"+strings.TrimPrefix(string(d.Article), "art_")+".2.0", "")
	}
	check(t, s.Collect(ctx))
	d, err = s.Find(ctx, d.ID)
	check(t, err)
	a, err := s.know.Article(ctx, d.Article)
	check(t, err)
	if d.State != learning.RolledBack || a.Live != 0 || d.Reason == "" {
		t.Fatalf("state %s live %d watch %+v", d.State, a.Live, d.Watch)
	}
	if g, _, err := s.Gap(ctx, d.Gap); err != nil || g.State != learning.GapOpen {
		t.Errorf("the gap: %v %+v", err, g)
	}
}

func TestAHarmfulDraftIsCaught(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	d := s.drafted()
	d, err := s.Edit(ctx, d.ID, d.Version, knowledge.Content{Title: "几天内可以退货", Questions: []string{"退货有什么条件", "七天无理由怎么退"}, Category: "learned", Body: "签收后 3 天内可以无理由退货，商品需要保持完好。"}, "li")
	check(t, err)
	d, err = s.Prove(ctx, d.ID, "li")
	check(t, err)
	if d.State != learning.Failed || len(d.Proof.Clashes) == 0 || len(d.Proof.Objection) == 0 {
		t.Fatalf("%s %+v", d.State, d.Proof)
	}
	if _, err := s.Accept(ctx, d.ID, 0, "wang"); !errs.Is(err, errs.Conflict) {
		t.Errorf("a failed draft was accepted: %v", err)
	}
	if _, err := s.Reject(ctx, d.ID, 0, "wang", " "); !errs.Is(err, errs.Invalid) {
		t.Errorf("rejected without a reason: %v", err)
	}
	d, err = s.Reject(ctx, d.ID, 0, "wang", "wrong")
	check(t, err)
	if g, _, _ := s.Gap(ctx, d.Gap); g.State != learning.GapOpen {
		t.Errorf("the gap is %s", g.State)
	}
	if _, err := s.Edit(ctx, d.ID, 0, d.Content, "li"); !errs.Is(err, errs.Conflict) {
		t.Errorf("a rejected draft was edited: %v", err)
	}
}

func TestNobodyAnswered(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	s.ask("杯子可以刻字吗", "", "")
	check(t, s.Collect(ctx))
	check(t, s.Collect(ctx)) // again: nothing is counted twice
	gaps, err := s.Gaps(ctx, learning.GapFilter{Limit: 10})
	check(t, err)
	if len(gaps) != 1 || gaps[0].Signals != 2 || gaps[0].People != 1 {
		t.Fatalf("%+v", gaps)
	}
	d, err := s.Draft(ctx, gaps[0].ID, "li")
	check(t, err)
	if _, err := s.Prove(ctx, d.ID, "li"); !errs.Is(err, errs.Invalid) {
		t.Errorf("a draft without words was proved: %v", err)
	}
}
