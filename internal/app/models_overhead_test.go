package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// timed is a model that takes a while and counts it, by conversation.
type timed struct {
	mu    sync.Mutex
	spent map[string]time.Duration
	first map[string]time.Time // when the first sentence left the model
}

func (m *timed) wait(r llm.Request) {
	began := time.Now()
	time.Sleep(time.Duration(300+rand.IntN(700)) * time.Millisecond)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spent[r.Conversation] += time.Since(began)
	m.first[r.Conversation] = time.Now()
}

// Chat implements llm.Wire: commands that leave the engine's own reading.
func (m *timed) Chat(_ context.Context, r llm.Request) (llm.Response, error) {
	m.wait(r)
	return llm.Response{Text: `{"commands":[]}`, Finish: llm.Stopped, Usage: llm.Usage{In: 900, Out: 10}}, nil
}

// Stream implements llm.Wire: a sentence and a piece of the next.
func (m *timed) Stream(_ context.Context, r llm.Request, tell func(llm.Delta)) (llm.Response, error) {
	m.wait(r)
	text := "签收次日起 7 天内，商品完好、配件和吊牌齐全，可以无理由退货。[1] "
	tell(llm.Delta{Text: text})
	return llm.Response{Text: text, Finish: llm.Stopped, Usage: llm.Usage{In: 900, Out: 40}}, nil
}

// seen notes when words reach the hub.
type seen struct {
	mu sync.Mutex
	at map[string]time.Time
}

// Delta implements agent.Live.
func (s *seen) Delta(c id.Conversation, _ id.Turn, _ string, _ bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.at[string(c)]; !ok {
		s.at[string(c)] = time.Now()
	}
}

// TestOverheadOfOurOwnWork measures what a turn with a model takes besides the model, with 200 conversations in parallel, and how long
// the first words take from the model to the hub. It measures, so it runs with XIAOER_MEASURE=1; short, it shows that the rig works.
func TestOverheadOfOurOwnWork(t *testing.T) {
	talks, turns := 10, 1
	if os.Getenv("XIAOER_MEASURE") != "" {
		talks, turns = 200, 5
	}
	cfg := config.Default()
	cfg.Data = t.TempDir()
	a, err := New(context.Background(), cfg, Options{Seed: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m, live := &timed{spent: map[string]time.Duration{}, first: map[string]time.Time{}}, &seen{at: map[string]time.Time{}}
	a.models.egress, err = llm.New(llm.Deps{Redact: redactor{}, Ledger: a.db, Zone: a.zone, Clock: a.opt.Clock, Capture: llm.NewRing(10), Allow: []string{"h:1"},
		Models: []llm.Model{{Name: "timed", Role: llm.Strong, Host: "h:1", Wire: m}}})
	if err != nil {
		t.Fatal(err)
	}
	defer a.models.egress.Close()
	d := a.agentDeps()
	d.Live = live
	answer := agent.New(d)
	lines := []string{"七天无理由退货有什么条件？", "帮我写一首关于月亮的诗"}
	var mu sync.Mutex
	var own, first []time.Duration
	var all sync.WaitGroup
	for i := range talks {
		all.Add(1)
		go func() {
			defer all.Done()
			time.Sleep(time.Duration(rand.IntN(1000)) * time.Millisecond)
			var state []byte
			for n := range turns {
				cid := id.Conversation(fmt.Sprintf("cnv_%d_%d", i, n))
				began := time.Now()
				r, err := answer.Turn(context.Background(), conversation.Turn{ID: id.Turn("trn_" + cid), At: began, State: state,
					Conversation: conversation.Conversation{ID: cid, CustomerID: "li-na", Channel: "webchat", Assurance: conversation.Verified, Language: id.ZH},
					Inputs:       []conversation.Message{{Kind: conversation.Text, Text: lines[n%2], Seq: int64(n + 1)}}})
				took := time.Since(began)
				if err != nil {
					t.Error(err)
					return
				}
				state = r.State
				mu.Lock()
				own = append(own, took-m.of(string(cid)))
				if at, ok := live.of(string(cid)); ok {
					first = append(first, at.Sub(m.left(string(cid))))
				}
				mu.Unlock()
			}
		}()
	}
	all.Wait()
	slices.Sort(own)
	slices.Sort(first)
	if len(first) == 0 || len(m.spent) < talks*turns {
		t.Fatalf("the model was asked in %d of %d turns, %d live", len(m.spent), talks*turns, len(first))
	}
	at := func(l []time.Duration, p int) time.Duration { return l[min(len(l)-1, len(l)*p/100)] }
	t.Logf("%d turns in %d conversations: own work p50 %v p99 %v; first words to the hub p50 %v p99 %v", len(own), talks, at(own, 50), at(own, 99), at(first, 50), at(first, 99))
}

func (m *timed) of(c string) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.spent[c]
}

func (m *timed) left(c string) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.first[c]
}

func (s *seen) of(c string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.at[c]
	return at, ok
}
