package app

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// brain is what answers: understanding, flows, tools behind the gate.
type brain struct {
	nlu      *nlu.Engine
	book     *flow.Book
	registry *tool.Registry
	gate     *tool.Gate
	answer   routing.Answerer
	hours    routing.Hours
}

func (a *App) wireBrain(ctx context.Context) (err error) {
	if err := a.services.knowledge.Sync(ctx); err != nil {
		return err
	}
	a.brain.hours = a.peopleHours()
	if a.brain.nlu, err = a.understanding(ctx); err != nil {
		return err
	}
	if a.brain.book, err = flow.Load(); err != nil {
		return err
	}
	if a.brain.registry, err = tool.NewRegistry(a.tools()...); err != nil {
		return err
	}
	a.brain.gate = tool.NewGate(tool.Deps{Registry: a.brain.registry, Store: a.db, Ids: a.ids, Now: a.opt.Clock.Now, Limits: gateLimits, Fault: a.opt.Fault, Watch: a.effectMoved})
	a.brain.answer = a.opt.Answer
	if a.brain.answer == nil {
		a.brain.answer = agent.New(a.agentDeps())
	}
	return nil
}

// gateLimits bound what goes through without a person, in minor units of the shop's currency.
var gateLimits = tool.Limits{Single: 500_000, PerConversation: 800_000, PerDay: 1_000_000, CountPerDay: 20}

// understanding is the embedded engine with the shop's own names.
func (a *App) understanding(ctx context.Context) (*nlu.Engine, error) {
	e := nlu.New(a.nluParts())
	products, err := a.services.commerce.Products(ctx)
	if err != nil {
		return nil, err
	}
	stores, err := a.services.commerce.Stores(ctx)
	if err != nil {
		return nil, err
	}
	e.SetCatalogue(catalogue{products, stores})
	return e, nil
}

// catalogue names the shop's products and stores for the understanding.
type catalogue struct {
	products []commerce.Product
	stores   []commerce.Store
}

// Products implements nlu.Catalogue.
func (c catalogue) Products() (out []nlu.CatalogueItem) {
	for _, p := range c.products {
		out = append(out, nlu.CatalogueItem{ID: string(p.ID), Names: namesOf(p.Name, p.Aliases)})
	}
	return out
}

// Stores implements nlu.Catalogue.
func (c catalogue) Stores() (out []nlu.CatalogueItem) {
	for _, s := range c.stores {
		out = append(out, nlu.CatalogueItem{ID: string(s.ID), Names: namesOf(s.Name, nil), Attributes: map[string]string{"city": s.City.EN}})
	}
	return out
}

func namesOf(name id.Text, more []string) []string {
	return append([]string{name.ZH, name.EN}, more...)
}

// handleJobs registers the jobs of the nouns.
func (a *App) handleJobs(r *job.Runner) {
	r.Handle(settleKind, a.settle)
	r.Handle(learnKind, a.learn)
	r.Handle(ticket.TimerKind, a.services.tickets.Timer)
}

// settleKind asks what became of effects whose outcome is unknown.
const settleKind = "tool.settle"

const settleEvery = time.Minute

// settle reconciles and plans its next run.
func (a *App) settle(ctx context.Context, _ job.Job, done job.Done) error {
	if _, err := a.brain.gate.Reconcile(ctx, settleEvery); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context) error {
		if err := done(ctx); err != nil {
			return err
		}
		return a.db.Enqueue(ctx, settleJob(a.opt.Clock.Now().Add(settleEvery)))
	})
}

func settleJob(at time.Time) job.Job {
	j := job.Of(settleKind, settleKind, settleKind, nil)
	j.RunAt = at
	return j
}
