package learneval

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// day is a working morning in the shop's zone.
var day = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// shop is a demo shop of its own with a clock that is moved by hand.
type shop struct {
	*app.App
	clock *clock.Fake
	dir   string
}

func open(ctx context.Context) (*shop, error) {
	dir, err := os.MkdirTemp("", "xiaoer-learning-")
	if err != nil {
		return nil, err
	}
	cfg := config.Default()
	cfg.Data, cfg.Agent.Settle = dir, 0
	c := clock.NewFake(day)
	a, err := app.New(ctx, cfg, app.Options{Seed: true, Clock: c, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return &shop{a, c, dir}, nil
}

func (s *shop) close() {
	_ = s.Close()
	_ = os.RemoveAll(s.dir)
}

// visit is one visitor's conversation.
func (s *shop) visit(ctx context.Context, lang id.Lang) (*app.Talk, error) {
	s.clock.Advance(2 * time.Minute)
	return s.NewTalk(ctx, "", lang)
}

func (s *shop) say(ctx context.Context, t *app.Talk, text string) (string, error) {
	s.clock.Advance(15 * time.Second)
	msgs, err := t.Say(ctx, text)
	return words(msgs), err
}

// words are all that came back with a citation.
func words(msgs []conversation.Message) string {
	var out []string
	for _, m := range msgs {
		if m.Author == conversation.Agent && len(m.Citations) > 0 {
			out = append(out, m.Text)
		}
	}
	return strings.Join(out, "\n")
}

// person is how a customer asks for a person.
func person(l id.Lang) string {
	return id.Text{ZH: "转人工", EN: "I want to talk to a person"}.In(l)
}
