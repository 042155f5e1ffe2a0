package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

// Thread makes a customer with an open conversation.
func (e Env) Thread(t *testing.T, cid id.Conversation, who id.Customer) conversation.Conversation {
	t.Helper()
	now := e.Clock.Now()
	if err := e.DB.PutCustomer(e.Ctx, customer.Customer{ID: who, Name: "N", Language: id.ZH, CreatedAt: now, UpdatedAt: now}); err != nil {
		t.Fatal(err)
	}
	c := conversation.Conversation{ID: cid, CustomerID: who, Channel: "webchat", Account: "web", Assurance: conversation.Verified, Language: id.ZH,
		Status: conversation.Open, Handler: conversation.ByAgent, CreatedAt: now, UpdatedAt: now}
	if err := e.DB.PutConversation(e.Ctx, c); err != nil {
		t.Fatal(err)
	}
	return c
}

func text(mid, s string) conversation.Message {
	return conversation.Message{ID: id.Message(mid), Author: conversation.Customer, Kind: conversation.Text, Text: s}
}

// Conversations is the contract of the stores of the noun conversation.
func Conversations(t *testing.T, e Env) {
	t.Run("numbers are gap-free under parallel writers", func(t *testing.T) { gapFree(t, e) })
	t.Run("a rolled back message leaves no gap", func(t *testing.T) { rollback(t, e) })
	t.Run("everything of a message comes back", func(t *testing.T) { roundTrip(t, e) })
	t.Run("outside ids are unique", func(t *testing.T) { outsideIDs(t, e) })
	t.Run("cards change status", func(t *testing.T) { cards(t, e) })
	t.Run("missing is not found", func(t *testing.T) { missing(t, e) })
	t.Run("memory and decisions", func(t *testing.T) { memory(t, e) })
}

func gapFree(t *testing.T, e Env) {
	e.Thread(t, "cnv_gap", "cus_gap")
	var wg sync.WaitGroup
	const writers, each = 8, 25
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				if _, err := e.DB.Append(e.Ctx, "cnv_gap", text(fmt.Sprintf("g%d-%d", w, i), "x")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	msgs, err := e.DB.After(e.Ctx, "cnv_gap", 0, 1000)
	if err != nil || len(msgs) != writers*each {
		t.Fatalf("%d messages, %v", len(msgs), err)
	}
	for i, m := range msgs {
		if m.Seq != int64(i+1) {
			t.Fatalf("message %d has number %d", i, m.Seq)
		}
	}
}

func rollback(t *testing.T, e Env) {
	e.Thread(t, "cnv_rb", "cus_rb")
	_ = e.DB.InTx(e.Ctx, func(ctx context.Context) error {
		_, _ = e.DB.Append(ctx, "cnv_rb", text("rb0", "lost"))
		return errors.New("no")
	})
	got, err := e.DB.Append(e.Ctx, "cnv_rb", text("rb1", "kept"), text("rb2", "kept too"))
	if err != nil || got[0].Seq != 1 || got[1].Seq != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	c, err := e.DB.Conversation(e.Ctx, "cnv_rb")
	if err != nil || c.LastSeq != 2 || c.LastText != "kept too" {
		t.Fatalf("%+v %v", c, err)
	}
}

func roundTrip(t *testing.T, e Env) {
	e.Thread(t, "cnv_rt", "cus_rt")
	m := conversation.Message{ID: "rt1", Author: conversation.Agent, Kind: conversation.CardK, Text: "您好 𠮷 👋\u0000x"[:len("您好 𠮷 👋")], AIGenerated: true, TurnID: "trn_1",
		Citations: []conversation.Citation{{ArticleID: "a", PassageID: "p", Title: "T"}}, Suggestions: []string{"a", "b"},
		Card: &conversation.Card{ID: "crd_rt", Kind: "confirm", Status: "open", Title: "?", Body: []byte(`{"a":1}`), Actions: []conversation.CardAction{{ID: "confirm", Label: "OK"}}}}
	if _, err := e.DB.Append(e.Ctx, "cnv_rt", m); err != nil {
		t.Fatal(err)
	}
	got, err := e.DB.Before(e.Ctx, "cnv_rt", 0, 10)
	if err != nil || len(got) != 1 {
		t.Fatalf("%v %v", got, err)
	}
	g := got[0]
	if g.Text != m.Text || !g.AIGenerated || g.Card.Actions[0].ID != "confirm" || g.Citations[0].Title != "T" || len(g.Suggestions) != 2 || g.TurnID != "trn_1" || !g.At.Equal(Start) {
		t.Fatalf("%+v", g)
	}
}

func outsideIDs(t *testing.T, e Env) {
	e.Thread(t, "cnv_key", "cus_key")
	if err := e.DB.Remember(e.Ctx, "webchat", "web", "k1", "cnv_key", 1); err != nil {
		t.Fatal(err)
	}
	if err := e.DB.Remember(e.Ctx, "webchat", "web", "k1", "cnv_key", 2); !errs.Is(err, errs.Conflict) {
		t.Fatalf("second binding: %v", err)
	}
	if err := e.DB.Remember(e.Ctx, "webchat", "other", "k1", "cnv_key", 3); err != nil {
		t.Fatalf("another account: %v", err)
	}
	if cid, seq, ok, err := e.DB.Seen(e.Ctx, "webchat", "web", "k1"); err != nil || !ok || cid != "cnv_key" || seq != 1 {
		t.Fatalf("%v %v %v %v", cid, seq, ok, err)
	}
	if _, _, ok, err := e.DB.Seen(e.Ctx, "webchat", "web", "unknown"); ok || err != nil {
		t.Fatalf("unknown: %v %v", ok, err)
	}
}

func cards(t *testing.T, e Env) {
	e.Thread(t, "cnv_card", "cus_card")
	e.Thread(t, "cnv_card2", "cus_card2")
	m := conversation.Message{ID: "cd1", Author: conversation.Agent, Kind: conversation.CardK, Card: &conversation.Card{ID: "crd_x", Kind: "choice", Status: "open", Body: []byte(`{}`)}}
	if _, err := e.DB.Append(e.Ctx, "cnv_card", m); err != nil {
		t.Fatal(err)
	}
	if err := e.DB.SetCard(e.Ctx, "cnv_card", conversation.CardUpdate{CardID: "crd_x", Status: "done"}); err != nil {
		t.Fatal(err)
	}
	if got, err := e.DB.CardMessage(e.Ctx, "cnv_card", "crd_x"); err != nil || got.Card.Status != "done" {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := e.DB.CardMessage(e.Ctx, "cnv_card2", "crd_x"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a foreign card: %v", err)
	}
}

func missing(t *testing.T, e Env) {
	if _, err := e.DB.Conversation(e.Ctx, "nowhere"); !errs.Is(err, errs.NotFound) {
		t.Fatal(err)
	}
	if _, err := e.DB.Append(e.Ctx, "nowhere", text("n1", "x")); !errs.Is(err, errs.NotFound) {
		t.Fatal(err)
	}
	if _, err := e.DB.Latest(e.Ctx, "nobody", "webchat", "web"); !errs.Is(err, errs.NotFound) {
		t.Fatal(err)
	}
	if _, err := e.DB.Customer(e.Ctx, "nobody"); !errs.Is(err, errs.NotFound) {
		t.Fatal(err)
	}
}

func memory(t *testing.T, e Env) {
	e.Thread(t, "cnv_mem", "cus_mem")
	if s, err := e.DB.State(e.Ctx, "cnv_mem"); s != nil || err != nil {
		t.Fatalf("%s %v", s, err)
	}
	for _, v := range []string{`{"v":1}`, `{"v":2}`} {
		if err := e.DB.PutState(e.Ctx, "cnv_mem", []byte(v)); err != nil {
			t.Fatal(err)
		}
		if err := e.DB.PutDecision(e.Ctx, "cnv_mem", conversation.Decision{TurnID: "trn_m", SeqFrom: 1, SeqTo: 1, AtMS: 5, Data: []byte(v)}); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := e.DB.State(e.Ctx, "cnv_mem"); string(s) != `{"v":2}` || err != nil {
		t.Fatalf("%s %v", s, err)
	}
	if ds, err := e.DB.Decisions(e.Ctx, "cnv_mem", 10); len(ds) != 1 || string(ds[0].Data) != `{"v":2}` || err != nil {
		t.Fatalf("%+v %v", ds, err)
	}
}

// Jobs is the contract of job.Store.
func Jobs(t *testing.T, e Env) {
	kinds := []string{"k"}
	claim := func(owner string, n int) []job.Job {
		t.Helper()
		js, err := e.DB.Claim(e.Ctx, owner, kinds, n, 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		return js
	}
	put := func(js ...job.Job) {
		t.Helper()
		if err := e.DB.Enqueue(e.Ctx, js...); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("one running per lane", func(t *testing.T) {
		put(job.Of("k", "lane", "", 1), job.Of("k", "lane", "", 2), job.Of("k", "", "", 3))
		first := claim("a", 10)
		if len(first) != 2 || len(claim("b", 10)) != 0 {
			t.Fatalf("claimed %d", len(first))
		}
		for _, j := range first {
			if err := e.DB.Finish(e.Ctx, j); err != nil {
				t.Fatal(err)
			}
		}
		rest := claim("b", 10)
		if len(rest) != 1 || e.DB.Finish(e.Ctx, rest[0]) != nil {
			t.Fatalf("rest %d", len(rest))
		}
	})
	t.Run("a waiting key is unique", func(t *testing.T) {
		put(job.Of("k", "l2", "key", 1), job.Of("k", "l2", "key", 2))
		got := claim("a", 10)
		if len(got) != 1 {
			t.Fatalf("%d jobs for one key", len(got))
		}
		put(job.Of("k", "l2", "key", 3)) // while one runs, one more may wait
		if err := e.DB.Finish(e.Ctx, got[0]); err != nil {
			t.Fatal(err)
		}
		again := claim("a", 10)
		if len(again) != 1 || e.DB.Finish(e.Ctx, again[0]) != nil {
			t.Fatal("the job enqueued meanwhile is lost")
		}
	})
	t.Run("a lost lease cannot finish", func(t *testing.T) {
		put(job.Of("k", "l3", "k3", 1))
		old := claim("a", 1)[0]
		e.Clock.Advance(11 * time.Second)
		now := claim("b", 1)
		if len(now) != 1 || now[0].ID != old.ID || now[0].Attempt != 2 {
			t.Fatalf("%+v", now)
		}
		if err := e.DB.Finish(e.Ctx, old); !errs.Is(err, errs.Conflict) {
			t.Fatalf("the old owner finished: %v", err)
		}
		if err := e.DB.Finish(e.Ctx, now[0]); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("retry, then dead, then revived", func(t *testing.T) {
		put(job.Job{Kind: "k", Payload: []byte("1"), MaxAttempts: 2})
		for range 2 {
			j := claim("a", 1)[0]
			if err := e.DB.Retry(e.Ctx, j, "broken", e.Clock.Now().Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
			if len(claim("a", 1)) != 0 {
				t.Fatal("retried too early")
			}
			e.Clock.Advance(2 * time.Minute)
		}
		dead, err := e.DB.DeadJobs(e.Ctx, 10)
		if err != nil || len(dead) != 1 || dead[0].LastError != "broken" {
			t.Fatalf("%+v %v", dead, err)
		}
		if err := e.DB.ReviveJob(e.Ctx, dead[0].ID); err != nil {
			t.Fatal(err)
		}
		if j := claim("a", 1); len(j) != 1 || e.DB.Finish(e.Ctx, j[0]) != nil {
			t.Fatal("not revived")
		}
	})
	t.Run("a restart takes its own back at once", func(t *testing.T) {
		put(job.Of("k", "l5", "", 1))
		claim("a", 1)
		if err := e.DB.Release(e.Ctx, "a"); err != nil {
			t.Fatal(err)
		}
		if j := claim("a", 1); len(j) != 1 || e.DB.Finish(e.Ctx, j[0]) != nil {
			t.Fatal("not released")
		}
	})
	t.Run("a job is as its transaction", func(t *testing.T) {
		_ = e.DB.InTx(e.Ctx, func(ctx context.Context) error {
			_ = e.DB.Enqueue(ctx, job.Of("k", "", "", 1))
			return errors.New("no")
		})
		if len(claim("a", 1)) != 0 {
			t.Fatal("a job of a failed transaction runs")
		}
	})
	t.Run("parallel claimers share, never double", func(t *testing.T) { parallelClaims(t, e) })
}

func parallelClaims(t *testing.T, e Env) {
	const n = 60
	for i := range n {
		if err := e.DB.Enqueue(e.Ctx, job.Of("k", fmt.Sprintf("p%d", i%20), "", i)); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	done := map[string]int{}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for tries := 0; tries < 2000; tries++ {
				js, err := e.DB.Claim(e.Ctx, fmt.Sprint("w", w), []string{"k"}, 3, time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, j := range js {
					done[j.ID]++
				}
				finished := len(done) == n
				mu.Unlock()
				for _, j := range js {
					if err := e.DB.Finish(e.Ctx, j); err != nil {
						t.Error(err)
					}
				}
				if finished {
					return
				}
			}
		})
	}
	wg.Wait()
	for jid, times := range done {
		if times != 1 {
			t.Errorf("job %s ran %d times", jid, times)
		}
	}
	if len(done) != n {
		t.Errorf("%d of %d jobs ran", len(done), n)
	}
}

// Customers is the contract of customer.Store and customer.BehaviourStore.
func Customers(t *testing.T, e Env) {
	ids := id.NewMaker(e.Clock.Now, nil)
	svc := customer.NewService(e.DB, ids, e.Clock.Now)
	t.Run("a handle makes one customer, also at the same instant", func(t *testing.T) {
		var mu sync.Mutex
		got := map[id.Customer]bool{}
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				err := e.DB.InTx(e.Ctx, func(ctx context.Context) error {
					c, err := svc.Resolve(ctx, "webchat", "web", "visitor-1", "anonymous", id.EN)
					mu.Lock()
					got[c.ID] = true
					mu.Unlock()
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(got) != 1 {
			t.Fatalf("%d customers for one handle", len(got))
		}
	})
	t.Run("behaviour is recorded once", func(t *testing.T) {
		ev := []customer.Behaviour{{EventID: "1", Type: "page_view", At: e.Clock.Now(), Properties: []byte(`{"a":1}`)}}
		for i, want := range []int{1, 0} {
			if n, err := e.DB.AddBehaviour(e.Ctx, "cus_b", ev); n != want || err != nil {
				t.Fatalf("time %d: %d %v", i, n, err)
			}
		}
		if got, err := e.DB.BehaviourOf(e.Ctx, "cus_b", 5); len(got) != 1 || got[0].Type != "page_view" || err != nil {
			t.Fatalf("%+v %v", got, err)
		}
	})
}

// Events is the contract of event.Appender and of those who follow.
func Events(t *testing.T, e Env) {
	for i := range 3 {
		if err := e.DB.AppendEvents(e.Ctx, event.Of("t", "s", fmt.Sprint(i), e.Clock.Now(), map[string]int{"i": i})); err != nil {
			t.Fatal(err)
		}
	}
	all, err := e.DB.EventsAfter(e.Ctx, 0, 10)
	if err != nil || len(all) != 3 || all[2].SubjectID != "2" || string(all[1].Data) != `{"i":1}` {
		t.Fatalf("%+v %v", all, err)
	}
	if last, err := e.DB.LastEvent(e.Ctx); err != nil || last != all[2].Seq {
		t.Fatalf("%d %v", last, err)
	}
	if rest, err := e.DB.EventsAfter(e.Ctx, all[1].Seq, 10); err != nil || len(rest) != 1 {
		t.Fatalf("%+v %v", rest, err)
	}
	if n, err := e.DB.DropEventsBefore(e.Ctx, e.Clock.Now().Add(time.Second), 2); n != 2 || err != nil {
		t.Fatalf("dropped %d, %v", n, err)
	}
}
