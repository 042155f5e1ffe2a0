package app_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai/openaitest"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

var firstPassage = regexp.MustCompile(`(?m)^\[1\] (".*")$`)

// sensible is a model that does as it is told: it says the first sentences of the first passage with its number.
func sensible(q openaitest.Question) openaitest.Answer {
	if q.Shaped() || strings.Contains(q.Raw, `\"message\"`) {
		return openaitest.Answer{Text: `{"commands":[{"do":"unclear","flow":"","text":"","option":0,"topic":"","candidates":[],"fills":[]}]}`}
	}
	system, _ := q.Messages[0].Content.(string)
	text := ""
	if m := firstPassage.FindStringSubmatch(system); m != nil {
		_ = json.Unmarshal([]byte(m[1]), &text)
	}
	first, _, _ := strings.Cut(text, "\n")
	return openaitest.Answer{Text: first + " [1]"}
}

// shop is a demo shop with a scripted model behind it.
func shop(t *testing.T, s *openaitest.Server, more ...func(*config.Config)) (*app.App, *clock.Fake) {
	t.Helper()
	cfg := config.Default()
	cfg.Data, cfg.Agent.Settle = t.TempDir(), 0
	cfg.Models = []config.Model{{Name: "scripted", Role: "strong", BaseURL: s.Base(), Model: "m-1", PriceIn: 2, PriceOut: 8}}
	for _, f := range more {
		f(&cfg)
	}
	c := clock.NewFake(time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC))
	a, err := app.New(context.Background(), cfg, app.Options{Seed: true, Clock: c, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a, c
}

// says says something; while the answer is made, the clock goes on, so that whoever waits for a model gives up in time. It gives the
// time that passed for the customer.
func says(t *testing.T, talk *app.Talk, c *clock.Fake, text string) ([]conversation.Message, time.Duration) {
	t.Helper()
	began, done := c.Now(), make(chan struct{})
	var msgs []conversation.Message
	var err error
	go func() { msgs, err = talk.Say(context.Background(), text); close(done) }()
	grace := time.After(20 * time.Millisecond)
	for {
		select {
		case <-done:
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			return msgs, c.Now().Sub(began)
		case <-grace:
			c.Advance(250 * time.Millisecond)
			grace = time.After(5 * time.Millisecond)
		}
	}
}

func fromAgent(list []conversation.Message) string {
	var b strings.Builder
	for _, m := range list {
		if m.Author == conversation.Agent {
			b.WriteString(m.Text + "\n")
			if m.Card != nil {
				b.WriteString(m.Card.Title + "\n")
			}
		}
	}
	return b.String()
}

// model is the part of the decision record about models.
func model(t *testing.T, talk *app.Talk) (out struct {
	Model struct {
		Name    string
		Tokens  int
		Reduced bool
		Calls   []struct{ Purpose, Outcome, Detail string }
	}
}) {
	t.Helper()
	d, err := talk.Decision(context.Background())
	if err == nil {
		err = json.Unmarshal(d.Data, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAModelWordsACitedAnswer(t *testing.T) {
	s := openaitest.New(sensible)
	defer s.Close()
	a, c := shop(t, s)
	talk, err := a.NewTalk(context.Background(), "li-na", "")
	if err != nil {
		t.Fatal(err)
	}
	msgs, _ := says(t, talk, c, "七天无理由退货有什么条件？")
	m := model(t, talk)
	cited := false
	for _, x := range msgs {
		cited = cited || len(x.Citations) > 0
	}
	if !cited || len(m.Model.Calls) != 1 || m.Model.Calls[0].Outcome != "used" || m.Model.Name != "scripted" || m.Model.Tokens == 0 {
		t.Fatalf("%s\n%+v", fromAgent(msgs), m)
	}
	if strings.Contains(fromAgent(msgs), "[1]") {
		t.Errorf("marks are left: %s", fromAgent(msgs))
	}
}

// TestEveryModeEndsInAnAnswer plays a dialogue with every way a model can go wrong: each turn ends in an answer or a person, within
// fifteen seconds, with no effect that was not confirmed, and the process goes on as without a model.
func TestEveryModeEndsInAnAnswer(t *testing.T) {
	lines := []string{"帮我写一首关于月亮的诗", "七天无理由退货有什么条件？", "那个东西我觉得吧，就是想弄一下", "我要退跑鞋", "不想要了", "运费谁出？", "嗯嗯那就这样子"}
	for _, mode := range openaitest.Modes {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(sensible)
			defer s.Close()
			s.Set(mode)
			s.RetryAfter = "1"
			a, c := shop(t, s)
			talk, err := a.NewTalk(context.Background(), "li-na", id.ZH)
			if err != nil {
				t.Fatal(err)
			}
			told, asked := 0, map[string]int{}
			for _, line := range lines {
				msgs, took := says(t, talk, c, line)
				got := fromAgent(msgs)
				for _, call := range model(t, talk).Model.Calls {
					asked[call.Purpose]++
				}
				if strings.TrimSpace(got) == "" || took > 15*time.Second {
					t.Errorf("%q took %v: %q", line, took, got)
				}
				for _, bad := range []string{"[1]", "evil.example", "9,999", "5000", "已经为您取消", "delete_everything", "and so on"} {
					if strings.Contains(got, bad) {
						t.Errorf("%q was answered with %q: %s", line, bad, got)
					}
				}
				told += strings.Count(got, "智能模型暂时不可用")
			}
			if asked["interpret"] == 0 || asked["compose"] == 0 {
				t.Errorf("the model was hardly asked: %v", asked)
			}
			if told > 1 {
				t.Errorf("reduced service was told %d times", told)
			}
			effects, err := a.DB().EffectsIn(context.Background(), tool.Done, c.Now().Add(time.Hour), 100)
			if err != nil {
				t.Error(err)
			}
			for _, e := range effects {
				if e.Tool != "open_ticket" && e.Tool != "record_feedback" { // notes for the shop need no confirmation, with a model or without
					t.Errorf("an effect without a confirmation: %+v", e)
				}
			}
		})
	}
}

func TestModelsAreSwitchedOff(t *testing.T) {
	s := openaitest.New(sensible)
	defer s.Close()
	a, c := shop(t, s)
	ctx := context.Background()
	talk, err := a.NewTalk(ctx, "li-na", id.ZH)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.DB().PutSetting(ctx, app.ModelsOff, "yes"); err != nil {
		t.Fatal(err)
	}
	a.LookAtModels(ctx)
	msgs, _ := says(t, talk, c, "七天无理由退货有什么条件？")
	if m := model(t, talk); len(s.Seen()) != 0 || m.Model.Reduced || len(m.Model.Calls) != 1 || m.Model.Calls[0].Outcome != "model_off" || fromAgent(msgs) == "" {
		t.Fatalf("%d questions, %+v: %s", len(s.Seen()), m, fromAgent(msgs))
	}
	if err := a.DB().PutSetting(ctx, app.ModelsOff, "no"); err != nil {
		t.Fatal(err)
	}
	a.LookAtModels(ctx)
	says(t, talk, c, "七天无理由退货有什么条件？")
	if len(s.Seen()) != 1 {
		t.Errorf("%d questions after it was switched on", len(s.Seen()))
	}
}

func TestAForeignModelNeedsItsExportSwitchedOn(t *testing.T) {
	cfg := config.Default()
	cfg.Data = t.TempDir()
	cfg.Models = []config.Model{{Name: "abroad", BaseURL: "https://api.openai.com/v1", Model: "m"}}
	_, err := app.New(context.Background(), cfg, app.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if !errs.Is(err, errs.Forbidden) || errs.CodeOf(err) != "data_export_off" {
		t.Fatal(err)
	}
}
