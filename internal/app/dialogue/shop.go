package dialogue

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Day is the moment a suite without a `now` plays at: a working morning in the shop's zone.
var Day = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// DemoShop opens a fresh demo shop in a folder that goes away with it.
func DemoShop(ctx context.Context, s Suite) (Session, func(), error) {
	return open(ctx, s, func(*config.Config) {})
}

// DemoShopOn opens demo shops on PostgreSQL; url names an empty database each time it is called.
func DemoShopOn(url func() string) Opener {
	return func(ctx context.Context, s Suite) (Session, func(), error) {
		return open(ctx, s, func(c *config.Config) { c.Database.URL = url() })
	}
}

// DemoShopWith opens demo shops with other settings, language models for one.
func DemoShopWith(change func(*config.Config)) Opener {
	return func(ctx context.Context, s Suite) (Session, func(), error) { return open(ctx, s, change) }
}

func open(ctx context.Context, s Suite, change func(*config.Config)) (Session, func(), error) {
	dir, err := os.MkdirTemp("", "xiaoer-dialogue-")
	if err != nil {
		return nil, nil, err
	}
	gone := func() { _ = os.RemoveAll(dir) }
	cfg := config.Default()
	cfg.Data, cfg.Agent.Settle = dir, 0
	change(&cfg)
	if s.Now.IsZero() {
		s.Now = Day
	}
	c := clock.NewFake(s.Now)
	a, err := app.New(ctx, cfg, app.Options{Seed: true, Clock: c, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		gone()
		return nil, nil, err
	}
	end := func() { _ = a.Close(); gone() }
	lang := id.Lang(s.Language)
	talk, err := a.NewTalk(ctx, id.Customer(s.Customer), lang)
	if err != nil {
		end()
		return nil, nil, err
	}
	d := &demo{talk: talk, db: a.DB(), customer: id.Customer(s.Customer), clock: c}
	if d.before, err = d.refunds(ctx); err != nil {
		end()
		return nil, nil, err
	}
	return d, end, nil
}

// demo is a conversation in a demo shop.
type demo struct {
	talk     *app.Talk
	db       *store.DB
	customer id.Customer
	clock    *clock.Fake
	before   int // refunds the seed brought along
}

// Say implements Session.
func (d *demo) Say(ctx context.Context, text string) (Got, error) {
	return d.got(ctx, func() ([]conversation.Message, error) { return d.talk.Say(ctx, text) })
}

// Press implements Session.
func (d *demo) Press(ctx context.Context, action string) (Got, error) {
	return d.got(ctx, func() ([]conversation.Message, error) { return d.talk.Press(ctx, action, nil) })
}

func (d *demo) got(ctx context.Context, do func() ([]conversation.Message, error)) (Got, error) {
	d.clock.Advance(20 * time.Second) // people need time to write
	before, err := d.talk.Decision(ctx)
	if err != nil {
		return Got{}, err
	}
	msgs, err := do()
	if err != nil {
		return Got{}, err
	}
	g := Got{Messages: msgs}
	after, err := d.talk.Decision(ctx)
	if err == nil && after.TurnID != before.TurnID {
		g.Record, err = ReadRecord(after.Data)
	}
	return g, err
}

// byTool tells what each effect counts as.
var byTool = map[string]string{"return_items": "returns", "exchange_item": "exchanges", "exchange_items": "exchanges", "cancel_order": "cancellations", "open_ticket": "tickets"}

// Counts implements Session.
func (d *demo) Counts(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	list, err := d.db.EffectsIn(ctx, tool.Done, d.clock.Now().Add(time.Hour), 1000)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if kind := byTool[e.Tool]; kind != "" {
			out[kind]++
		}
		if e.Tool != "open_ticket" && e.Tool != "record_feedback" { // those are for the shop alone
			out["effects"]++
		}
	}
	now, err := d.refunds(ctx)
	out["refunds"] = now - d.before
	return out, err
}

// refunds counts the payments back to the customer.
func (d *demo) refunds(ctx context.Context) (n int, err error) {
	if d.customer == "" {
		return 0, nil
	}
	orders, err := d.db.OrdersOf(ctx, d.customer, 1000)
	for _, o := range orders {
		for _, p := range o.Payments {
			if p.Refund {
				n++
			}
		}
	}
	return n, err
}
