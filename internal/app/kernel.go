package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/realtime"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// kernel is what carries conversations: customers, routing, jobs, pushes.
type kernel struct {
	customers *customer.Service
	intake    routing.Intake
	turns     routing.Turns
	desk      routing.Desk
	runner    *job.Runner
	hub       *realtime.Hub
}

// sweepKind is the job that removes what is past its keeping time.
const sweepKind = "kernel.sweep"

const (
	keepEvents = 14 * 24 * time.Hour
	sweepEvery = time.Hour
	sweepPage  = 5000
)

func (a *App) wireKernel(ctx context.Context) error {
	d := routing.Deps{Tx: a.db, Threads: a.db, Messages: a.db, Pending: a.db, Cards: a.db, Keys: a.db, Memory: a.db, Decisions: a.db,
		Customers: a.kernel.customers, Jobs: a.db, Events: a.db, Hours: a.brain.hours, Answer: tracedTurns{a.brain.answer, a.tracer}, Citing: a.services.knowledge, IDs: a.ids, Clock: a.opt.Clock, Settle: a.cfg.Agent.Settle.Std()}
	a.kernel.intake, a.kernel.turns, a.kernel.desk = routing.Intake{Deps: d}, routing.Turns{Deps: d}, routing.Desk{Deps: d}
	node := a.cfg.Node
	if node == "" {
		node = "single"
	}
	a.kernel.runner = job.NewRunner(a.db, job.Config{Owner: node, Workers: a.cfg.Jobs.Workers, Clock: a.opt.Clock, Log: a.log})
	a.kernel.runner.Handle(routing.TurnKind, a.kernel.turns.Handle)
	a.kernel.runner.Handle(sweepKind, a.sweep)
	a.handleJobs(a.kernel.runner)
	broker, err := a.broker()
	if err != nil {
		return err
	}
	lookBack := int64(0)
	if a.db.Dialect() == store.Postgres {
		lookBack = 200
	}
	a.kernel.hub = realtime.NewHub(a.db, realtime.Config{Node: node, Clock: a.opt.Clock, Broker: broker, Log: a.log, LookBack: lookBack})
	a.db.OnCommit(a.kernel.runner.Wake)
	a.db.OnCommit(a.kernel.hub.Wake)
	return nil
}

// broker is nil without Redis; a nil pointer in the interface would not be.
func (a *App) broker() (realtime.Broker, error) {
	if a.cfg.Redis.URL == "" {
		return nil, nil
	}
	return realtime.NewRedis(a.cfg.Redis.URL, "xiaoer", a.log)
}

func (a *App) startKernel(ctx context.Context) error {
	if err := a.kernel.hub.Start(ctx); err != nil {
		return err
	}
	if err := a.db.Enqueue(ctx, sweepJob(a.opt.Clock.Now()), settleJob(a.opt.Clock.Now()), learnJob(a.opt.Clock.Now())); err != nil {
		return err
	}
	return a.kernel.runner.Start(ctx)
}

func (a *App) stopKernel(ctx context.Context) error {
	err := a.kernel.runner.Stop(ctx)
	a.kernel.hub.Stop()
	return err
}

func sweepJob(at time.Time) job.Job {
	j := job.Of(sweepKind, sweepKind, sweepKind, nil)
	j.RunAt = at
	return j
}

// sweep removes old events in bounded steps, and sessions that ended, keeps the search index near, and plans its next run in the same transaction.
func (a *App) sweep(ctx context.Context, _ job.Job, done job.Done) error {
	now := a.opt.Clock.Now()
	n, err := a.db.DropEventsBefore(ctx, now.Add(-keepEvents), sweepPage)
	if err != nil {
		return err
	}
	if err := a.db.DropStaffSessions(ctx, now.Add(-staff.DefaultLimits.Absolute)); err != nil {
		return err
	}
	if err := a.db.FoldSearch(ctx); err != nil {
		return err
	}
	next := now.Add(sweepEvery)
	if n == sweepPage {
		next = now
	}
	return a.db.InTx(ctx, func(ctx context.Context) error {
		if err := done(ctx); err != nil {
			return err
		}
		return a.db.Enqueue(ctx, sweepJob(next))
	})
}

// secret reads a secret of ours, made at the first start and kept in the database, the same on every node.
func (a *App) secret(ctx context.Context, name string) (string, error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return a.db.AddSetting(ctx, "secret."+name, hex.EncodeToString(b))
}
