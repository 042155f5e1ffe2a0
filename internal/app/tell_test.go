package app

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// silent stands in for the agent.
type silent struct{}

func (silent) Turn(context.Context, conversation.Turn) (conversation.Reply, error) {
	return conversation.Reply{}, nil
}

// bare is the product on an empty directory, not started, on Monday morning.
func bare(t *testing.T) (*App, *clock.Fake) {
	t.Helper()
	c := clock.NewFake(time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)) // 10:00 in Shanghai
	cfg := config.Default()
	cfg.Data = t.TempDir()
	a, err := New(t.Context(), cfg, Options{Clock: c, Answer: silent{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a, c
}

func (a *App) talkOf(t *testing.T) conversation.Conversation {
	t.Helper()
	c, err := a.kernel.intake.Open(t.Context(), routing.Hello{Channel: "webchat", Account: webAccount, Handle: "v1", Assurance: conversation.Anonymous, Language: id.EN})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (a *App) said(t *testing.T, cid id.Conversation) string {
	t.Helper()
	msgs, err := a.db.After(t.Context(), cid, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range msgs {
		line := string(m.Kind) + " " + m.Text
		if m.Card != nil {
			line = "card " + m.Card.Kind
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestTheCustomerHearsWhatStaffDecided(t *testing.T) {
	a, _ := bare(t)
	c := a.talkOf(t)
	e := tool.Effect{ID: "eff_1", Conversation: c.ID, Summary: id.Text{ZH: "退款 900 元", EN: "Refund ¥900"}, DecidedBy: "stf_1", UpdatedAt: time.Now()}
	for _, step := range []struct {
		from, to tool.State
		reason   id.Text
		result   tool.Result
		want     string
	}{
		{tool.Proposed, tool.Approval, id.Text{}, tool.Result{}, ""},
		{tool.Approval, tool.Executing, id.Text{}, tool.Result{}, ""},
		{tool.Executing, tool.Unknown, id.Text{}, tool.Result{}, "is being carried out"},
		{tool.Unknown, tool.Done, id.Text{}, tool.Result{Data: map[string]any{"next_text": "It arrives in 3 days."}, Cards: []tool.Card{{Kind: "order", Body: map[string]any{"number": "1"}}}}, "approved and carried out: Refund ¥900. It arrives in 3 days.\ncard order"},
		{tool.Approval, tool.Rejected, id.Text{EN: "Against policy."}, tool.Result{}, "not approved: Refund ¥900. Reason: Against policy."},
		{tool.Approval, tool.Failed, id.Text{EN: "out of stock"}, tool.Result{}, "could not be carried out: Refund ¥900. Reason: out of stock"},
		{tool.Approval, tool.Cancelled, id.Text{EN: "It was sent already."}, tool.Result{}, "no longer holds"},
	} {
		before := a.said(t, c.ID)
		e.State, e.Reason, e.Result = step.to, step.reason, step.result
		if err := a.db.InTx(t.Context(), func(ctx context.Context) error { return a.effectMoved(ctx, e, step.from) }); err != nil {
			t.Fatal(err)
		}
		news := strings.TrimPrefix(a.said(t, c.ID), before)
		if (step.want == "") != (news == "") || !strings.Contains(news, step.want) {
			t.Errorf("%s: %q", step.to, news)
		}
	}
	events, err := a.db.EventsAfter(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, ev := range events {
		if ev.Subject == "approval" && ev.SubjectID == "eff_1" {
			n++
		}
	}
	if n != 7 {
		t.Errorf("%d hints for the console", n)
	}
}

func TestADoneTicketIsToldAndRatedOnce(t *testing.T) {
	a, _ := bare(t)
	c := a.talkOf(t)
	x, _, err := a.services.tickets.Open(t.Context(), ticket.Actor{Kind: ticket.ByAgent}, ticket.Request{Type: ticket.Question, Title: "Lost key", ConversationID: c.ID, CustomerID: c.CustomerID})
	if err != nil {
		t.Fatal(err)
	}
	to := func(s ticket.Status) {
		t.Helper()
		if _, err := a.services.tickets.Change(t.Context(), ticket.Scope{All: true}, ticket.Actor{Kind: ticket.ByStaff}, x.ID, ticket.Patch{Status: &s}); err != nil {
			t.Fatal(err)
		}
	}
	to(ticket.Solved)
	to(ticket.Closed)
	if got := a.said(t, c.ID); strings.Count(got, "is done") != 1 || !strings.HasSuffix(got, "card ticket\ncard rating") {
		t.Errorf("said:\n%s", got)
	}
	to(ticket.Open)
	to(ticket.Solved)
	if got := a.said(t, c.ID); strings.Count(got, "is done") != 2 || strings.Count(got, "card rating") != 1 {
		t.Errorf("said:\n%s", got)
	}
}

func TestAPromiseInDangerReachesTheConversation(t *testing.T) {
	a, clk := bare(t)
	c := a.talkOf(t)
	if _, _, err := a.services.tickets.Open(t.Context(), ticket.Actor{Kind: ticket.ByAgent}, ticket.Request{Type: ticket.Question, Title: "Lost key", ConversationID: c.ID, CustomerID: c.CustomerID}); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		clk.Advance(time.Hour)
		js, err := a.db.Claim(t.Context(), "node", []string{ticket.TimerKind}, 10, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range js {
			if err := a.services.tickets.Timer(t.Context(), j, func(ctx context.Context) error { return a.db.Finish(ctx, j) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := a.said(t, c.ID)
	if strings.Count(got, "note ") != 2 || !strings.Contains(got, "close to its promised time") || !strings.Contains(got, "past its promised time") {
		t.Errorf("said:\n%s", got)
	}
	now, err := a.db.Conversation(t.Context(), c.ID)
	if err != nil || now.Priority != priorityBreached {
		t.Errorf("priority %d %v", now.Priority, err)
	}
}
