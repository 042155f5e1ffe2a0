package nodestest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// oneAtATime answers, and notices when two turns of a conversation run at the same moment on any node.
type oneAtATime struct {
	mu      sync.Mutex
	busy    map[id.Conversation]bool
	overlap atomic.Int64
	turns   map[id.Turn]int
}

func (o *oneAtATime) Turn(_ context.Context, t conversation.Turn) (conversation.Reply, error) {
	cid := t.Conversation.ID
	o.mu.Lock()
	if o.busy[cid] {
		o.overlap.Add(1)
	}
	o.busy[cid] = true
	o.turns[t.ID]++
	o.mu.Unlock()
	defer func() {
		o.mu.Lock()
		o.busy[cid] = false
		o.mu.Unlock()
	}()
	return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: fmt.Sprintf("answer to %d", t.Inputs[len(t.Inputs)-1].Seq)}}}, nil
}

type cluster struct {
	t     *testing.T
	nodes []*app.App
	brain *oneAtATime
	redis *miniredis.Miniredis
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{t: t, brain: &oneAtATime{busy: map[id.Conversation]bool{}, turns: map[id.Turn]int{}}, redis: miniredis.RunT(t)}
	url := pgtest.URL(t)
	for _, name := range []string{"a", "b"} {
		cfg := config.Default()
		cfg.Listen, cfg.Data, cfg.Node, cfg.Database.URL, cfg.Redis.URL = "127.0.0.1:0", t.TempDir(), name, url, "redis://"+c.redis.Addr()
		cfg.Agent.Settle = 0
		a, err := app.New(t.Context(), cfg, app.Options{Answer: c.brain, Log: slog.New(slog.DiscardHandler), ChatLimits: webchat.Limits{MessagesPerSecond: 1e6, SessionsPerSecond: 1e6}})
		check(t, err)
		check(t, a.Start(t.Context()))
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			if err := a.Stop(ctx); err != nil {
				t.Error(err)
			}
		})
		c.nodes = append(c.nodes, a)
	}
	return c
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type session struct {
	Token          string          `json:"token"`
	ConversationID id.Conversation `json:"conversation_id"`
}

func (c *cluster) call(node int, method, path, token, body string, into any) int {
	r, _ := http.NewRequestWithContext(c.t.Context(), method, "http://"+c.nodes[node].Addr()+path, bytes.NewBufferString(body))
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	if into != nil {
		if err := json.Unmarshal(b, into); err != nil {
			c.t.Errorf("%s %s: %v: %s", method, path, err, b)
		}
	}
	return resp.StatusCode
}

func (c *cluster) open(node int) (s session) {
	c.call(node, "POST", "/widget/v1/sessions", "", `{"locale":"en"}`, &s)
	return s
}

// answered waits until every message of the conversation has been dealt with.
func (c *cluster) answered(cid id.Conversation) conversation.Conversation {
	c.t.Helper()
	sub := c.nodes[0].Hub().Subscribe("conversation", string(cid))
	defer sub.Close()
	late := time.After(60 * time.Second)
	for {
		conv, err := c.nodes[0].DB().Conversation(c.t.Context(), cid)
		check(c.t, err)
		left, err := c.nodes[0].DB().Unanswered(c.t.Context(), cid, conv.AnsweredSeq, 1)
		check(c.t, err)
		if len(left) == 0 && conv.LastSeq > 0 {
			return conv
		}
		select {
		case <-sub.C:
		case <-late:
			c.t.Fatalf("never answered: %+v", conv)
		}
	}
}

func TestTwoNodes(t *testing.T) {
	c := newCluster(t)
	t.Run("with redis", func(t *testing.T) { c.rounds(t) })
	c.redis.Close()
	t.Run("redis killed", func(t *testing.T) { c.rounds(t) })
	if n := c.brain.overlap.Load(); n != 0 {
		t.Errorf("%d turns overlapped in one conversation", n)
	}
	for turn, times := range c.brain.turns {
		if times != 1 {
			t.Errorf("%s ran %d times without a crash", turn, times)
		}
	}
}

func (c *cluster) rounds(t *testing.T) {
	t.Run("delivered three times to both nodes, stored and answered once (F02, F14)", func(t *testing.T) { c.thrice(t) })
	t.Run("many writers, gap-free numbers, the same for every reader (F17)", func(t *testing.T) { c.order(t) })
	t.Run("staff on a weak link (F20)", func(t *testing.T) { c.weakLink(t) })
	t.Run("an answer on one node reaches a stream on the other", func(t *testing.T) { c.across(t) })
}

func (c *cluster) thrice(t *testing.T) {
	const messages = 60
	var wg sync.WaitGroup
	gate := make(chan struct{}, 24)
	var convs []session
	for i := range 20 {
		convs = append(convs, c.open(i%2))
	}
	seqs := make([][6]int64, messages)
	for m := range messages {
		s := convs[m%len(convs)]
		for k := range 6 { // three deliveries at the same instant, to each of two nodes
			wg.Go(func() {
				gate <- struct{}{}
				defer func() { <-gate }()
				var got struct{ Seq int64 }
				if status := c.call(k%2, "POST", "/widget/v1/messages", s.Token, fmt.Sprintf(`{"client_id":"m%d","text":"hello %d"}`, m, m), &got); status != http.StatusAccepted {
					t.Errorf("delivery answered %d", status)
				}
				seqs[m][k] = got.Seq
			})
		}
	}
	wg.Wait()
	for m, got := range seqs {
		for _, seq := range got {
			if seq != got[0] || seq == 0 {
				t.Errorf("message %d has the numbers %v", m, got)
				break
			}
		}
	}
	for _, s := range convs {
		conv := c.answered(s.ConversationID)
		msgs, err := c.nodes[1].DB().After(t.Context(), s.ConversationID, 0, 1000)
		check(t, err)
		customers := 0
		for _, m := range msgs {
			if m.Author == conversation.Customer {
				customers++
			}
		}
		if customers != messages/len(convs) || int64(len(msgs)) != conv.LastSeq {
			t.Errorf("%d messages of the customer, %d in all, last number %d", customers, len(msgs), conv.LastSeq)
		}
	}
}

func (c *cluster) order(t *testing.T) {
	const convs, each = 12, 10
	ana := routing.Actor{ID: "stf_ana", Name: "Ana"}
	var wg sync.WaitGroup
	var opened []session
	for i := range convs {
		opened = append(opened, c.open(i%2))
	}
	for _, s := range opened {
		for i := range each {
			wg.Go(func() {
				c.call(i%2, "POST", "/widget/v1/messages", s.Token, fmt.Sprintf(`{"client_id":"o%d","text":"line %d"}`, i, i), nil)
			})
			wg.Go(func() {
				if _, err := c.nodes[(i+1)%2].Desk().Say(t.Context(), s.ConversationID, ana, fmt.Sprintf("n%d", i), "a note", true); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	for _, s := range opened {
		c.answered(s.ConversationID)
		var read [2][]conversation.Message
		for n := range read {
			msgs, err := c.nodes[n].DB().After(t.Context(), s.ConversationID, 0, 1000)
			check(t, err)
			read[n] = msgs
		}
		for i, m := range read[0] {
			if m.Seq != int64(i+1) || read[1][i].ID != m.ID {
				t.Fatalf("number %d at place %d; the other node reads %s for %s", m.Seq, i+1, read[1][i].ID, m.ID)
			}
		}
	}
}

func (c *cluster) weakLink(t *testing.T) {
	s := c.open(0)
	c.call(0, "POST", "/widget/v1/messages", s.Token, `{"client_id":"1","text":"hi"}`, nil)
	c.answered(s.ConversationID)
	ana := routing.Actor{ID: "stf_ana", Name: "Ana"}
	var wg sync.WaitGroup
	for i := range 25 {
		for n := range 4 { // the same click again, on both nodes
			wg.Go(func() {
				if _, err := c.nodes[n%2].Desk().Say(t.Context(), s.ConversationID, ana, fmt.Sprintf("w%d", i), fmt.Sprint("reply ", i), false); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	msgs, err := c.nodes[0].DB().After(t.Context(), s.ConversationID, 0, 1000)
	check(t, err)
	replies := 0
	for _, m := range msgs {
		if m.Author == conversation.Staff {
			replies++
		}
	}
	if replies != 25 {
		t.Errorf("%d replies for 25 clicks", replies)
	}
}

func (c *cluster) across(t *testing.T) {
	s := c.open(0)
	var got struct {
		Messages []struct{ Author, Text string }
	}
	done := make(chan int, 1)
	go func() { done <- c.call(1, "GET", "/widget/v1/messages?after=1&wait=20", s.Token, "", &got) }()
	c.call(0, "POST", "/widget/v1/messages", s.Token, `{"client_id":"1","text":"hi"}`, nil)
	if status := <-done; status != http.StatusOK || len(got.Messages) == 0 || got.Messages[0].Author != "agent" {
		t.Errorf("the other node heard %d %+v", status, got)
	}
}
