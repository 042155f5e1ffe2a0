package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// chatCmd talks to the agent in the terminal, on a demo shop of its own unless a data folder is named.
type chatCmd struct {
	configFlag
	Customer string   `help:"Speak as this customer (li-na, wang-wei, emma); empty means as a visitor."`
	Locale   string   `help:"zh or en; empty means the customer's."`
	Say      []string `sep:"none" help:"Say this and print one JSON object per reply; may be given several times. A text that begins with / presses a button: /confirm, /cancel, /choose:VALUE."`
	Data     string   `help:"Use this data folder; empty means a fresh demo shop that is removed afterwards."`
}

// Run talks until the end of the input, or says what was given.
func (c *chatCmd) Run() error {
	ctx := context.Background()
	a, done, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	lang := id.Lang("")
	if c.Locale != "" {
		lang = id.ParseLang(c.Locale)
	}
	talk, err := a.NewTalk(ctx, id.Customer(c.Customer), lang)
	if err != nil {
		return err
	}
	if len(c.Say) > 0 {
		return script(ctx, talk, c.Say)
	}
	return converse(ctx, talk, os.Stdin)
}

func (c *chatCmd) open(ctx context.Context) (*app.App, func(), error) {
	cfg, err := c.load()
	if err != nil {
		return nil, nil, err
	}
	cfg.Agent.Settle = 0
	remove := func() {}
	if cfg.Data = c.Data; c.Data == "" {
		dir, err := os.MkdirTemp("", "xiaoer-chat-")
		if err != nil {
			return nil, nil, err
		}
		cfg.Data, remove = dir, func() { _ = os.RemoveAll(dir) }
	}
	a, err := app.New(ctx, cfg, app.Options{Seed: true, Environ: os.Environ(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		remove()
		return nil, nil, err
	}
	return a, func() { _ = a.Close(); remove() }, nil
}

func tell(ctx context.Context, t *app.Talk, text string) ([]conversation.Message, error) {
	if action, ok := strings.CutPrefix(text, "/"); ok {
		return t.Press(ctx, action, nil)
	}
	return t.Say(ctx, text)
}

func script(ctx context.Context, t *app.Talk, says []string) error {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, s := range says {
		msgs, err := tell(ctx, t, s)
		if err != nil {
			return err
		}
		for _, m := range msgs {
			if m.Author == conversation.Customer {
				continue
			}
			if err := out.Encode(m); err != nil {
				return err
			}
		}
	}
	return nil
}

func converse(ctx context.Context, t *app.Talk, in io.Reader) error {
	fmt.Println("小二在线。Ctrl+D 结束；/confirm、/cancel、/choose:值 按卡片按钮。 Xiaoer is here. Ctrl+D ends; /confirm, /cancel, /choose:VALUE press a card.")
	lines := bufio.NewScanner(in)
	for fmt.Print("> "); lines.Scan(); fmt.Print("> ") {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		msgs, err := tell(ctx, t, lines.Text())
		if err != nil {
			fmt.Println("!", err)
			continue
		}
		for _, m := range msgs {
			show(m)
		}
	}
	fmt.Println()
	return errors.Join(lines.Err())
}

func show(m conversation.Message) {
	mark := map[conversation.Author]string{conversation.Agent: "小二[AI]", conversation.System: "系统", conversation.Staff: "客服"}[m.Author]
	if m.Text != "" {
		fmt.Printf("%s: %s\n", mark, m.Text)
	}
	for _, c := range m.Citations {
		fmt.Printf("    来源 source: %s %s\n", c.Title, c.URL)
	}
	if m.Card != nil {
		fmt.Printf("    [%s] %s %s\n", m.Card.Kind, m.Card.Title, m.Card.Body)
		for _, a := range m.Card.Actions {
			fmt.Printf("      /%s  %s\n", a.ID, a.Label)
		}
	}
	if len(m.Suggestions) > 0 {
		fmt.Printf("    %s\n", strings.Join(m.Suggestions, " | "))
	}
}
