package app

import (
	"bytes"
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/evals"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// learnKind is the job that reads what happened, groups it, and looks after what was published.
const learnKind = "learning.collect"

const learnEvery = time.Hour

func (a *App) wireLearning(context.Context) error {
	suite, err := a.suite()
	if err != nil {
		return err
	}
	know := a.services.knowledge
	a.services.learning = learning.New(learning.Deps{Tx: a.db, Signals: a.db, Flows: a.db, Gaps: a.db, Dropper: a.db, Drafts: a.db, Past: a.db, Talk: a.db, Marks: a.db,
		Library: know, Shelf: know, Editor: know, Events: a.db, Suite: suite, NewID: a.ids.New, Now: a.opt.Clock.Now})
	return nil
}

// suite is the answers suite of the demo shop; another shop's suite is what its articles ask themselves.
func (a *App) suite() (out []learning.Case, err error) {
	if !a.opt.Seed {
		return nil, nil
	}
	for _, file := range [][]byte{evals.AnswersDev, evals.AnswersHeldOut} {
		qs, err := measure.ReadQuestions(bytes.NewReader(file), "")
		if err != nil {
			return nil, err
		}
		for _, q := range qs {
			out = append(out, learning.Case{Text: q.Text, Keys: q.IDs})
		}
	}
	return out, nil
}

// learn collects and plans its next run.
func (a *App) learn(ctx context.Context, _ job.Job, done job.Done) error {
	if err := a.services.learning.Collect(ctx); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context) error {
		if err := done(ctx); err != nil {
			return err
		}
		return a.db.Enqueue(ctx, learnJob(a.opt.Clock.Now().Add(learnEvery)))
	})
}

func learnJob(at time.Time) job.Job {
	j := job.Of(learnKind, learnKind, learnKind, nil)
	j.RunAt = at
	return j
}

// Learning is the learning loop, for commands that work on it directly.
func (a *App) Learning() *learning.Service { return a.services.learning }

// Knowledge is what the shop knows, for commands that work on it directly.
func (a *App) Knowledge() *knowledge.Service { return a.services.knowledge }

// StaffSay answers as a member of staff would at the desk.
func (t *Talk) StaffSay(ctx context.Context, staff id.Staff, name, text string) (conversation.Message, error) {
	t.said++
	return t.app.kernel.desk.Say(ctx, t.conv, routing.Actor{ID: staff, Name: name}, t.app.ids.New("say"), text, false)
}
