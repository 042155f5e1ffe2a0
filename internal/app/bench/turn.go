package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// Result is what Turn measured. Settle is 0 during the run, so latency is work, not waiting for more words.
type Result struct {
	Database       string  `json:"database"`
	AcceptedPerSec float64 `json:"accepted_per_second"`
	CommitsPerSec  float64 `json:"durable_commits_per_second"`
	AcceptRatio    float64 `json:"accept_ratio"`
	TurnsPerSec    float64 `json:"turns_per_second"`
	ReplyP50       float64 `json:"reply_p50_ms"`
	ReplyP99       float64 `json:"reply_p99_ms"`
	HalfLoadPerSec float64 `json:"half_load_per_second"`
	RSS            int64   `json:"rss_bytes"`
	Conversations  int     `json:"conversations"`
	CPUs           int     `json:"cpus"`
}

// Options of a run.
type Options struct {
	URL           string // PostgreSQL; empty means SQLite in a temporary directory
	Conversations int    // open at a time
	Seconds       float64
	Senders       int
}

type rig struct {
	opt   Options
	app   *app.App
	convs []id.Conversation
	sent  atomic.Int64
}

// words are what shoppers send: short and long, both languages, answered by flows, tools and knowledge.
var words = []string{"你好", "几天内可以退货？", "运费怎么算", "杭州有哪些门店", "保温杯可以洗碗机洗吗", "会员积分怎么用",
	"hello", "How long does shipping take?", "what is your return policy", "do you have a desk lamp in stock", "can I pay by instalments?", "推荐一款送妈妈的礼物", "门店几点关门"}

// Turn measures and cleans up.
func Turn(ctx context.Context, o Options) (r Result, err error) {
	dir, err := os.MkdirTemp("", "xiaoer-bench-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	r.Conversations, r.CPUs, r.Database = o.Conversations, runtime.NumCPU(), "sqlite"
	cfg := config.Default()
	cfg.Data, cfg.Database.URL, cfg.Listen, cfg.Agent.Settle = dir, o.URL, "127.0.0.1:0", 0
	if o.URL != "" {
		r.Database = "postgres"
	}
	a, err := app.New(ctx, cfg, app.Options{Seed: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return r, err
	}
	g := &rig{opt: o, app: a}
	if r.CommitsPerSec, err = g.commits(ctx); err != nil {
		return r, err
	}
	if err := g.openAll(ctx, "bench"); err != nil {
		return r, err
	}
	if err := g.measure(ctx, &r); err != nil {
		return r, err
	}
	r.RSS = rss()
	return r, a.Stop(ctx)
}

func (g *rig) measure(ctx context.Context, r *Result) (err error) {
	if r.AcceptedPerSec, err = g.accept(ctx); err != nil {
		return err
	}
	r.AcceptRatio = r.AcceptedPerSec / r.CommitsPerSec
	if r.TurnsPerSec, err = g.turns(ctx); err != nil {
		return err
	}
	r.HalfLoadPerSec = r.TurnsPerSec / 2
	r.ReplyP50, r.ReplyP99, err = g.latency(ctx, r.HalfLoadPerSec)
	return err
}

// commits is the raw rate: one row, one durable commit, one after the other.
func (g *rig) commits(ctx context.Context) (float64, error) {
	begin, n := time.Now(), 0
	for time.Since(begin).Seconds() < g.opt.Seconds {
		if err := g.app.DB().PutSetting(ctx, "bench."+strconv.Itoa(n%1000), "x"); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(begin).Seconds(), nil
}

func (g *rig) openAll(ctx context.Context, name string) error {
	g.convs = g.convs[:0]
	for i := range g.opt.Conversations {
		c, err := g.app.Intake().Open(ctx, routing.Hello{Channel: "webchat", Account: "web", Handle: fmt.Sprintf("%s-%d", name, i), Assurance: conversation.Anonymous, Language: id.ZH})
		if err != nil {
			return err
		}
		g.convs = append(g.convs, c.ID)
	}
	return nil
}

func (g *rig) send(ctx context.Context, cid id.Conversation) error {
	n := g.sent.Add(1)
	_, err := g.app.Intake().Accept(ctx, routing.Inbound{ConversationID: cid, OutsideID: strconv.FormatInt(n, 36), Text: words[int(n)%len(words)]})
	return err
}

// accept sends from many senders at once while nobody answers.
func (g *rig) accept(ctx context.Context) (float64, error) {
	begin := time.Now()
	var n atomic.Int64
	var first atomic.Pointer[error]
	var wg sync.WaitGroup
	for s := range g.opt.Senders {
		wg.Go(func() {
			for i := s; time.Since(begin).Seconds() < g.opt.Seconds; i += g.opt.Senders {
				if err := g.send(ctx, g.convs[i%len(g.convs)]); err != nil {
					first.CompareAndSwap(nil, &err)
					return
				}
				n.Add(1)
			}
		})
	}
	wg.Wait()
	if e := first.Load(); e != nil {
		return 0, *e
	}
	return float64(n.Load()) / time.Since(begin).Seconds(), nil
}

// turns starts the runner on a backlog of one turn per conversation and times how it shrinks.
func (g *rig) turns(ctx context.Context) (float64, error) {
	if err := g.app.Start(ctx); err != nil {
		return 0, err
	}
	begin := time.Now()
	left, err := g.backlog(ctx)
	total := left
	for err == nil && left > 0 {
		time.Sleep(5 * time.Millisecond) // a benchmark samples; nothing waits on this for correctness
		left, err = g.backlog(ctx)
	}
	return float64(total) / time.Since(begin).Seconds(), err
}

func (g *rig) backlog(ctx context.Context) (int, error) {
	return g.app.DB().CountJobs(ctx, routing.TurnKind)
}

// latency sends at a steady rate, whatever the answers do, and times each from being sent to its answer being stored.
func (g *rig) latency(ctx context.Context, rate float64) (p50, p99 float64, err error) {
	var mu sync.Mutex
	var took []float64
	var wg sync.WaitGroup
	hub := g.app.Hub()
	if err := g.openAll(ctx, "late"); err != nil { // conversations nobody has written in: each has one answer to wait for
		return 0, 0, err
	}
	gap := time.Duration(float64(time.Second) / rate)
	next := time.Now()
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(g.convs))
	for i := range int(rate*g.opt.Seconds) + 1 {
		time.Sleep(time.Until(next))
		next = next.Add(gap)
		cid := g.convs[order[i%len(order)]]
		wg.Go(func() {
			begin := time.Now()
			sub := hub.Subscribe("conversation", string(cid))
			defer sub.Close()
			if e := g.send(ctx, cid); e != nil {
				mu.Lock()
				err = e
				mu.Unlock()
				return
			}
			if e := answered(sub); e != nil {
				mu.Lock()
				err = e
				mu.Unlock()
				return
			}
			mu.Lock()
			took = append(took, float64(time.Since(begin).Microseconds())/1000)
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(took) == 0 {
		return 0, 0, err
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], err
}

// patience is how long an answer may take before the benchmark says that something is broken.
const patience = 30 * time.Second

func answered(sub *realtime.Subscription) error {
	late := time.After(patience)
	for {
		select {
		case h, ok := <-sub.C:
			if !ok {
				return errors.New("bench: a listener was closed while it waited for an answer")
			}
			if h.Type == routing.MessageAdded && strings.Contains(string(h.Data), `"agent"`) {
				return nil
			}
		case <-late:
			return fmt.Errorf("bench: no answer within %s", patience)
		}
	}
}

// rss is the resident memory of this process in bytes, 0 where /proc is not there.
func rss() int64 { return rssOf(os.Getpid()) }

func rssOf(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
