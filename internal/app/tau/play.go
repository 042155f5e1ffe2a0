package tau

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Played is what playing came to.
type Played struct {
	Tasks    int            `json:"tasks"`  // in the template
	Equal    int            `json:"equal"`  // ended as expected
	Played   int            `json:"played"` // to the end, the user being known and the agent done
	Breaking int            `json:"policy_breaking_writes"`
	Handed   int            `json:"handed_off"`
	Skipped  int            `json:"skipped"` // not in the template
	Writes   int            `json:"writes"`
	Turns    int            `json:"turns"`
	Kinds    map[string]Sum `json:"kinds"`  // by what the reference does
	Halves   map[string]Sum `json:"halves"` // even and odd places in the file
	Wrong    []Difference   `json:"different"`
	Seconds  float64        `json:"seconds"`
}

// Sum counts tasks of a kind.
type Sum struct {
	Tasks int `json:"tasks"`
	Equal int `json:"equal"`
}

// maxTurns bounds a conversation.
const maxTurns = 40

// Play lets the agent without a model serve a scripted user in every task whose instruction is in the template, and
// compares the ends.
func Play(ctx context.Context, dir string) (Played, error) {
	start := time.Now()
	out := Played{Kinds: map[string]Sum{}, Halves: map[string]Sum{}, Wrong: []Difference{}}
	r, all, done, err := prepare(ctx, dir)
	if err != nil {
		return out, err
	}
	defer done()
	p := player{runner: r, out: &out, desk: newDesk(r.db.users), nlu: nlu.New(nlu.Shipped())}
	p.nlu.SetCatalogue(goods{r.db})
	if p.book, err = flow.Shipped(); err != nil {
		return out, err
	}
	for _, part := range all {
		for i, t := range part.tasks {
			u, ok := scripted(t.Instruction)
			if !ok {
				out.Skipped++
				continue
			}
			if err := p.task(ctx, t, part.expect[t.ID], u, i); err != nil {
				return out, fmt.Errorf("task %s: %w", t.ID, err)
			}
		}
	}
	out.Seconds = math.Round(time.Since(start).Seconds()*10) / 10
	return out, nil
}

// player plays tasks.
type player struct {
	*runner
	out  *Played
	desk desk
	nlu  *nlu.Engine
	book *flow.Book
}

func (p *player) task(ctx context.Context, t Task, want expected, u script, place int) error {
	if want.ID == "" {
		return errs.New(errs.Invalid, "tau_no_expectation", "There is no expected end of this task.")
	}
	books, done, err := p.fresh(ctx)
	if err != nil {
		return err
	}
	defer done()
	talk, err := p.talk(books, t.ID)
	if err != nil {
		return err
	}
	if err := talk.play(ctx, u, p.desk); err != nil {
		return err
	}
	where, err := p.compare(ctx, books, want)
	if err != nil {
		return err
	}
	if err := p.judge(ctx, books, t); err != nil {
		return err
	}
	p.count(t, place, talk, where)
	return nil
}

func (p *player) count(t Task, place int, k *talk, where string) {
	o := p.out
	o.Tasks++
	o.Turns += k.turns
	if k.handed {
		o.Handed++
	}
	if k.conv.CustomerID != "" && !k.handed && k.turns < maxTurns {
		o.Played++
	}
	equal := 0
	if where == "" {
		equal, o.Equal = 1, o.Equal+1
	} else {
		o.Wrong = append(o.Wrong, Difference{t.ID, where})
	}
	half := []string{"even", "odd"}[place%2]
	o.Halves[half] = Sum{o.Halves[half].Tasks + 1, o.Halves[half].Equal + equal}
	for _, kind := range kinds(t) {
		o.Kinds[kind] = Sum{o.Kinds[kind].Tasks + 1, o.Kinds[kind].Equal + equal}
	}
}

// kinds are what the reference does, each once, and "several" when it does more than one thing.
func kinds(t Task) (out []string) {
	seen := map[string]bool{}
	for _, a := range t.Actions {
		if !seen[a.Name] {
			seen[a.Name] = true
			out = append(out, a.Name)
		}
	}
	if len(t.Actions) > 1 {
		out = append(out, "several")
	}
	return out
}

// judge counts the writes, and those against policy.
func (p *player) judge(ctx context.Context, books *store.DB, t Task) error {
	list, err := books.EffectsIn(ctx, tool.Done, time.Now().Add(24*time.Hour), 1000)
	w := watch{db: p.db, user: t.User, touched: map[string]string{}}
	for _, e := range list {
		p.out.Writes++
		if why := w.breaks(e); why != "" {
			p.out.Breaking++
			p.out.Wrong = append(p.out.Wrong, Difference{t.ID, "against policy: " + e.Tool + ": " + why})
		}
	}
	return err
}

// goods names the benchmark's products for the understanding.
type goods struct{ db database }

// Products implements nlu.Catalogue.
func (g goods) Products() (out []nlu.CatalogueItem) {
	for _, k := range sortedKeys(g.db.products) {
		out = append(out, nlu.CatalogueItem{ID: k, Names: []string{g.db.products[k].Name}})
	}
	return out
}

// Stores implements nlu.Catalogue.
func (goods) Stores() []nlu.CatalogueItem { return nil }

// unread is a knowledge base without articles.
type unread struct{}

// Answer implements agent.Knowledge.
func (unread) Answer(context.Context, string, knowledge.Scope) (knowledge.Answer, error) {
	return knowledge.Answer{}, nil
}

// talk is one conversation.
type talk struct {
	agent  *agent.Agent
	conv   conversation.Conversation
	state  json.RawMessage
	turns  int
	handed bool
}

func (p *player) talk(books *store.DB, task string) (*talk, error) {
	gate, reg, err := p.gateAndTools(books)
	if err != nil {
		return nil, err
	}
	a := agent.New(agent.Deps{NLU: p.nlu, Knowledge: unread{}, Gate: gate, Tools: reg, Book: p.book, Now: time.Now})
	return &talk{agent: a, conv: conversation.Conversation{ID: id.Conversation("cnv_" + task), Channel: "webchat", Assurance: conversation.Anonymous, Language: id.EN}}, nil
}

// play is the user: he proves who he is, says his wish, and answers cards until there is none that he can answer.
func (k *talk) play(ctx context.Context, u script, d desk) error {
	k.conv = d.verify(k.conv, u.proof)
	if _, err := k.say(ctx, u.proof); err != nil {
		return err
	}
	reply, err := k.say(ctx, u.wish)
	for err == nil && !k.handed && k.turns < maxTurns {
		press, more := u.answer(reply)
		if !more {
			return nil
		}
		reply, err = k.turn(ctx, conversation.Message{Kind: conversation.Action, Press: &press})
	}
	return err
}

func (k *talk) say(ctx context.Context, text string) (conversation.Reply, error) {
	return k.turn(ctx, conversation.Message{Kind: conversation.Text, Text: text})
}

func (k *talk) turn(ctx context.Context, m conversation.Message) (conversation.Reply, error) {
	k.turns++
	m.Author, m.Seq = conversation.Customer, int64(k.turns)
	r, err := k.agent.Turn(ctx, conversation.Turn{ID: id.Turn(fmt.Sprintf("%s_%d", k.conv.ID, k.turns)), Conversation: k.conv, Inputs: []conversation.Message{m}, State: k.state, At: time.Now()})
	k.state, k.handed = r.State, k.handed || r.Handoff != nil
	return r, err
}
