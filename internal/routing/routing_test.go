package routing_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// echo answers with what was said; broken makes it fail; gate, when set, is waited for.
type echo struct {
	mu     sync.Mutex
	turns  []conversation.Turn
	broken error
	gate   chan struct{}
	reply  func(conversation.Turn) conversation.Reply
}

func (a *echo) Turn(_ context.Context, t conversation.Turn) (conversation.Reply, error) {
	a.mu.Lock()
	a.turns = append(a.turns, t)
	gate, broken, reply := a.gate, a.broken, a.reply
	a.mu.Unlock()
	if gate != nil {
		<-gate
	}
	if broken != nil {
		return conversation.Reply{}, broken
	}
	if reply != nil {
		return reply(t), nil
	}
	var said []string
	for _, m := range t.Inputs {
		said = append(said, m.Text)
	}
	return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "echo " + strings.Join(said, "+")}}, State: []byte(`{}`), Decision: []byte(`{}`)}, nil
}

type hours struct{ open, empty bool }

func (h hours) PeopleAt(context.Context, time.Time) (bool, time.Time) {
	if h.empty {
		return true, time.Time{}
	}
	return h.open, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
}

// bundle is the verb on a real database with a runner driven by hand.
type bundle struct {
	t      *testing.T
	db     *store.DB
	clock  *clock.Fake
	agent  *echo
	deps   routing.Deps
	intake routing.Intake
	turns  routing.Turns
	desk   routing.Desk
	conv   conversation.Conversation
}

func fresh(t *testing.T) *bundle {
	t.Helper()
	c := clock.NewFake(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db"), Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	ids := id.NewMaker(c.Now, nil)
	b := &bundle{t: t, db: db, clock: c, agent: &echo{}}
	b.deps = routing.Deps{Tx: db, Threads: db, Messages: db, Pending: db, Cards: db, Keys: db, Memory: db, Decisions: db,
		Customers: customer.NewService(db, ids, c.Now), Jobs: db, Events: db, Hours: hours{open: true}, Answer: b.agent, IDs: ids, Clock: c}
	b.wire()
	b.conv, err = b.intake.Open(t.Context(), routing.Hello{Channel: "webchat", Account: "web", Handle: "v1", Assurance: conversation.Anonymous, Language: id.EN})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bundle) wire() {
	b.intake, b.turns, b.desk = routing.Intake{Deps: b.deps}, routing.Turns{Deps: b.deps}, routing.Desk{Deps: b.deps}
}

func (b *bundle) say(key, text string) conversation.Message {
	b.t.Helper()
	m, err := b.intake.Accept(b.t.Context(), routing.Inbound{ConversationID: b.conv.ID, OutsideID: key, Text: text})
	if err != nil {
		b.t.Fatal(err)
	}
	return m
}

// work runs every due job as a runner would, failing ones with their pauses, until none is left.
func (b *bundle) work() {
	b.t.Helper()
	for range 100 {
		js, err := b.db.Claim(b.t.Context(), "node", []string{routing.TurnKind}, 10, time.Minute)
		if err != nil {
			b.t.Fatal(err)
		}
		if len(js) == 0 {
			due, err := b.db.NextDue(b.t.Context())
			if err != nil || due.IsZero() {
				return
			}
			b.clock.Set(due)
			continue
		}
		for _, j := range js {
			b.run(j)
		}
	}
	b.t.Fatal("the jobs never end")
}

func (b *bundle) run(j job.Job) {
	b.t.Helper()
	finished := false
	err := b.turns.Handle(b.t.Context(), j, func(ctx context.Context) error {
		finished = true
		return b.db.Finish(ctx, j)
	})
	if err == nil && !finished {
		err = b.db.Finish(b.t.Context(), j)
	} else if err != nil {
		err = b.db.Retry(b.t.Context(), j, err.Error(), b.clock.Now().Add(job.Backoff(j.Attempt, 0)))
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// transcript is what was said, one line a message.
func (b *bundle) transcript() string {
	b.t.Helper()
	msgs, err := b.db.After(b.t.Context(), b.conv.ID, 0, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	var lines []string
	for i, m := range msgs {
		if m.Seq != int64(i+1) {
			b.t.Fatalf("number %d at place %d", m.Seq, i+1)
		}
		lines = append(lines, fmt.Sprintf("%s/%s: %s", m.Author, m.Kind, m.Text))
	}
	return strings.Join(lines, "\n")
}

func (b *bundle) now() conversation.Conversation {
	b.t.Helper()
	c, err := b.db.Conversation(b.t.Context(), b.conv.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func (b *bundle) want(lines ...string) {
	b.t.Helper()
	if got, want := b.transcript(), strings.Join(lines, "\n"); got != want {
		b.t.Fatalf("said:\n%s\n\nwant:\n%s", got, want)
	}
}

func TestAMessageIsAnsweredOnce(t *testing.T) {
	b := fresh(t)
	first := b.say("1", "hi")
	again := b.say("1", "hi")
	if first.ID != again.ID || first.Seq != again.Seq {
		t.Fatalf("the same id gave another message: %+v %+v", first, again)
	}
	b.work()
	b.say("1", "hi")
	b.work()
	b.want("customer/text: hi", "agent/text: echo hi")
}

func TestQuickMessagesMakeOneTurn(t *testing.T) {
	b := fresh(t)
	b.say("1", "a")
	b.say("2", "b")
	b.say("3", "c")
	b.work()
	b.want("customer/text: a", "customer/text: b", "customer/text: c", "agent/text: echo a+b+c")
	if len(b.agent.turns) != 1 {
		t.Fatalf("%d turns", len(b.agent.turns))
	}
}

func TestWhatComesWhileTheAgentThinksIsTheNextTurn(t *testing.T) {
	b := fresh(t)
	b.agent.reply = func(turn conversation.Turn) conversation.Reply {
		if turn.Inputs[0].Text == "a" {
			b.say("2", "b")
		}
		return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "re " + turn.Inputs[0].Text}}}
	}
	b.say("1", "a")
	b.work()
	b.want("customer/text: a", "customer/text: b", "agent/text: re a", "agent/text: re b")
	if b.agent.turns[0].ID == b.agent.turns[1].ID {
		t.Fatal("two turns with one id")
	}
}

func TestATurnThatRunsAgainIsTheSameTurn(t *testing.T) {
	b := fresh(t)
	b.say("1", "a")
	js, _ := b.db.Claim(t.Context(), "dying", []string{routing.TurnKind}, 1, time.Second)
	crash := errors.New("power cut")
	if err := b.turns.Handle(t.Context(), js[0], func(context.Context) error { return crash }); !errors.Is(err, crash) {
		t.Fatalf("err = %v", err)
	}
	b.want("customer/text: a")
	b.clock.Advance(2 * time.Second)
	b.work()
	b.want("customer/text: a", "agent/text: echo a")
	if b.agent.turns[0].ID != b.agent.turns[1].ID {
		t.Fatal("the second run is another turn; its effects would be done twice")
	}
}

func TestABrokenAgentCallsAPerson(t *testing.T) {
	b := fresh(t)
	b.agent.broken = errors.New("model on fire")
	b.say("1", "help")
	b.work()
	if c := b.now(); c.Handler != conversation.Waiting || c.Reason != "agent_failed" {
		t.Fatalf("%+v", c)
	}
	if len(b.agent.turns) != 3 || !strings.Contains(b.transcript(), "Sorry") {
		t.Fatalf("%d tries\n%s", len(b.agent.turns), b.transcript())
	}
}

func TestHandoff(t *testing.T) {
	wish := func(conversation.Turn) conversation.Reply {
		return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "at once"}}, Handoff: &conversation.Handoff{Reason: "customer_asked", Summary: "wants a person"}}
	}
	ana := routing.Actor{ID: "stf_1", Name: "Ana"}
	t.Run("agent, waiting, staff, agent, closed, and open again", func(t *testing.T) {
		b := fresh(t)
		b.agent.reply = wish
		b.say("1", "human")
		b.work()
		if c := b.now(); c.Handler != conversation.Waiting || c.Summary != "wants a person" || c.WaitingSince.IsZero() {
			t.Fatalf("%+v", c)
		}
		b.say("2", "still there?")
		b.work()
		if len(b.agent.turns) != 1 {
			t.Fatal("the agent spoke while a person was called")
		}
		must(t, second(b.desk.Take(t.Context(), b.conv.ID, ana)))
		must(t, second(b.desk.Say(t.Context(), b.conv.ID, ana, "c1", "Hello, Ana here", false)))
		b.agent.reply = nil
		must(t, second(b.desk.HandBack(t.Context(), b.conv.ID, ana)))
		b.work()
		b.say("3", "thanks")
		b.work()
		if !strings.HasSuffix(b.transcript(), "agent/text: echo thanks") {
			t.Fatal(b.transcript())
		}
		must(t, second(b.desk.Close(t.Context(), b.conv.ID, ana)))
		if c := b.now(); c.Status != conversation.Closed || c.ClosedAt.IsZero() {
			t.Fatalf("%+v", c)
		}
		b.say("4", "one more thing")
		b.work()
		if c := b.now(); c.Status != conversation.Open || c.Handler != conversation.ByAgent {
			t.Fatalf("%+v", c)
		}
	})
	t.Run("a reply thought out before a person took over is dropped", func(t *testing.T) {
		b := fresh(t)
		b.agent.reply = func(conversation.Turn) conversation.Reply {
			must(t, second(b.desk.Take(t.Context(), b.conv.ID, ana)))
			return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "too late"}}}
		}
		b.say("1", "hi")
		b.work()
		if strings.Contains(b.transcript(), "too late") {
			t.Fatal(b.transcript())
		}
	})
	t.Run("within hours, with nobody there, no time is promised", func(t *testing.T) {
		b := fresh(t)
		b.deps.Hours = hours{empty: true}
		b.agent.reply = wish
		b.wire()
		b.say("1", "human")
		b.work()
		if c := b.now(); c.Handler != conversation.Waiting || !strings.Contains(b.transcript(), "Nobody is online right now") {
			t.Fatal(b.transcript())
		}
	})
	t.Run("off hours the time is told", func(t *testing.T) {
		b := fresh(t)
		b.deps.Hours = hours{}
		b.agent.reply = wish
		b.wire()
		b.say("1", "human")
		b.work()
		if !strings.Contains(b.transcript(), "03-03 09:00") {
			t.Fatal(b.transcript())
		}
	})
}

func TestDesk(t *testing.T) {
	ana := routing.Actor{ID: "stf_1", Name: "Ana"}
	t.Run("a reply takes over, a note does not", func(t *testing.T) {
		b := fresh(t)
		b.say("1", "hi")
		b.work()
		must(t, second(b.desk.Say(t.Context(), b.conv.ID, ana, "n1", "secret note", true)))
		if b.now().Handler != conversation.ByAgent {
			t.Fatal("a note took over")
		}
		must(t, second(b.desk.Say(t.Context(), b.conv.ID, ana, "r1", "I am here", false)))
		if c := b.now(); c.Handler != conversation.ByStaff || c.AssigneeID != ana.ID {
			t.Fatalf("%+v", c)
		}
	})
	t.Run("a double click sends once", func(t *testing.T) {
		b := fresh(t)
		first, err := b.desk.Say(t.Context(), b.conv.ID, ana, "r1", "hello", false)
		must(t, err)
		again, err := b.desk.Say(t.Context(), b.conv.ID, ana, "r1", "hello", false)
		must(t, err)
		if first.Seq != again.Seq {
			t.Fatalf("%d and %d", first.Seq, again.Seq)
		}
	})
	t.Run("closed takes no reply", func(t *testing.T) {
		b := fresh(t)
		must(t, second(b.desk.Close(t.Context(), b.conv.ID, ana)))
		if _, err := b.desk.Say(t.Context(), b.conv.ID, ana, "r1", "hello", false); !errs.Is(err, errs.Conflict) {
			t.Fatal(err)
		}
		if _, err := b.desk.HandBack(t.Context(), b.conv.ID, ana); !errs.Is(err, errs.Conflict) {
			t.Fatal(err)
		}
	})
	t.Run("a rating is kept and opens nothing", func(t *testing.T) {
		b := fresh(t)
		must(t, second(b.desk.Close(t.Context(), b.conv.ID, ana)))
		msgs, _ := b.db.After(t.Context(), b.conv.ID, 0, 10)
		card := msgs[len(msgs)-1].Card
		for range 2 {
			_, err := b.intake.Accept(t.Context(), routing.Inbound{ConversationID: b.conv.ID, OutsideID: "rate", Press: &conversation.Press{CardID: card.ID, Action: "rate:4"}})
			must(t, err)
		}
		if c := b.now(); c.Rating != 4 || c.Status != conversation.Closed {
			t.Fatalf("%+v", c)
		}
	})
	t.Run("assigned to a team it waits for them", func(t *testing.T) {
		b := fresh(t)
		must(t, second(b.desk.Assign(t.Context(), b.conv.ID, "team_1", routing.Actor{})))
		if c := b.now(); c.Handler != conversation.Waiting || c.TeamID != "team_1" {
			t.Fatalf("%+v", c)
		}
	})
}

func TestBadInputChangesNothing(t *testing.T) {
	b := fresh(t)
	for name, m := range map[string]routing.Inbound{
		"empty":         {OutsideID: "1"},
		"blank":         {OutsideID: "1", Text: " \n\t "},
		"no client id":  {Text: "x"},
		"long id":       {OutsideID: strings.Repeat("x", 129), Text: "x"},
		"too long":      {OutsideID: "1", Text: strings.Repeat("长", routing.MaxText+1)},
		"broken UTF-8":  {OutsideID: "1", Text: "a\xff"},
		"foreign card":  {OutsideID: "1", Press: &conversation.Press{CardID: "crd_other", Action: "confirm"}},
		"missing card":  {OutsideID: "1", Press: &conversation.Press{Action: "confirm"}},
		"unknown place": {ConversationID: "cnv_other", OutsideID: "1", Text: "x"},
	} {
		if m.ConversationID == "" {
			m.ConversationID = b.conv.ID
		}
		_, err := b.intake.Accept(t.Context(), m)
		if k := errs.KindOf(err); k != errs.Invalid && k != errs.TooLarge && k != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.work()
	if b.transcript() != "" || len(b.agent.turns) != 0 {
		t.Fatal("something was stored")
	}
}

func TestParallelDeliveriesMakeOneMessage(t *testing.T) {
	b := fresh(t)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() { b.say(fmt.Sprint("k", i%50), fmt.Sprint(i%50)) })
	}
	wg.Wait()
	if c := b.now(); c.LastSeq != 50 {
		t.Fatalf("%d messages for 50 ids", c.LastSeq)
	}
	b.work()
	if c := b.now(); c.AnsweredSeq != 50 {
		t.Fatalf("answered up to %d", c.AnsweredSeq)
	}
}

// TestRunnerAnswersManyConversations drives the real runner on the real clock.
func TestRunnerAnswersManyConversations(t *testing.T) {
	b := fresh(t)
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "y.db")})
	must(t, err)
	defer db.Close()
	ids := id.NewMaker(time.Now, nil)
	d := b.deps
	d.Tx, d.Threads, d.Messages, d.Pending, d.Cards, d.Keys, d.Memory, d.Decisions, d.Jobs, d.Events = db, db, db, db, db, db, db, db, db, db
	d.Customers, d.IDs, d.Clock = customer.NewService(db, ids, time.Now), ids, clock.System{}
	run := job.NewRunner(db, job.Config{Owner: "n", Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	run.Handle(routing.TurnKind, routing.Turns{Deps: d}.Handle)
	answered := make(chan struct{}, 1)
	db.OnCommit(run.Wake)
	db.OnCommit(func() {
		select {
		case answered <- struct{}{}:
		default:
		}
	})
	must(t, run.Start(t.Context()))
	in := routing.Intake{Deps: d}
	var convs []id.Conversation
	for i := range 30 {
		c, err := in.Open(t.Context(), routing.Hello{Channel: "webchat", Account: "web", Handle: fmt.Sprint("v", i), Language: id.EN})
		must(t, err)
		convs = append(convs, c.ID)
		_, err = in.Accept(t.Context(), routing.Inbound{ConversationID: c.ID, OutsideID: "1", Text: "hi"})
		must(t, err)
	}
	for _, cid := range convs {
		for {
			c, err := db.Conversation(t.Context(), cid)
			must(t, err)
			if c.LastSeq == 2 && c.AnsweredSeq == 1 {
				break
			}
			select {
			case <-answered:
			case <-time.After(30 * time.Second):
				t.Fatalf("no answer: %+v", c)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	must(t, run.Stop(ctx))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func second[T any](_ T, err error) error { return err }

// tally counts citations and fails on wish: a count that fails must not take the answer back.
type tally struct {
	got map[id.Article]int
	err error
}

func (c *tally) Cited(_ context.Context, a id.Article) error {
	c.got[a]++
	return c.err
}

func TestCitedArticlesAreCountedOncePerStoredAnswer(t *testing.T) {
	for _, failing := range []error{nil, context.DeadlineExceeded} {
		b, c := fresh(t), &tally{got: map[id.Article]int{}, err: failing}
		b.agent.reply = func(conversation.Turn) conversation.Reply {
			cite := func(a string) conversation.Citation { return conversation.Citation{ArticleID: a} }
			return conversation.Reply{Messages: []conversation.Message{
				{Kind: conversation.Text, Text: "a", Citations: []conversation.Citation{cite("art_1"), cite("art_2"), cite("")}},
				{Kind: conversation.Text, Text: "b", Citations: []conversation.Citation{cite("art_1")}}}}
		}
		b.deps.Citing = c
		b.wire()
		b.say("1", "hello")
		b.work()
		if len(c.got) != 2 || c.got["art_1"] != 1 || c.got["art_2"] != 1 {
			t.Fatalf("counted %v", c.got)
		}
	}
}
