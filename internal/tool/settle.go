package tool

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Approver is the member of staff who decides; Customer is set when that person shops here too.
type Approver struct {
	Staff    id.Staff
	Customer id.Customer
	Still    func(ctx context.Context) error // asked inside the deciding transaction whether the right is still there
}

func (a Approver) still(ctx context.Context) error {
	if a.Still == nil {
		return nil
	}
	return a.Still(ctx)
}

// Approve lets an effect that waits for staff happen, as it was shown to the customer; policy is asked once more.
func (g *Gate) Approve(ctx context.Context, by Approver, eid id.Effect) (Effect, error) {
	e, err := g.waiting(ctx, by, eid)
	if err != nil {
		return Effect{}, err
	}
	s, err := e.session()
	if err != nil {
		return Effect{}, err
	}
	if err := by.still(ctx); err != nil {
		return Effect{}, err // before policy is asked, whose no would end the request
	}
	e.DecidedBy = by.Staff
	entry, p, err := g.replan(ctx, s, e)
	if err != nil {
		return Effect{}, err
	}
	return g.execute(ctx, s, entry, e, p, turn{Approval, "staff:" + string(by.Staff), by.still})
}

// Reject says no, with a reason the customer may be told.
func (g *Gate) Reject(ctx context.Context, by Approver, eid id.Effect, why id.Text) error {
	e, err := g.waiting(ctx, by, eid)
	if err != nil {
		return err
	}
	e.DecidedBy = by.Staff
	return g.store.InTx(ctx, func(ctx context.Context) error {
		if err := by.still(ctx); err != nil {
			return err
		}
		return g.move(ctx, e, Rejected, "staff:"+string(by.Staff), why)
	})
}

// Waiting is one effect that waits for staff; any other looks missing.
func (g *Gate) Waiting(ctx context.Context, eid id.Effect) (Effect, error) {
	e, err := g.store.FindEffect(ctx, Find{ID: eid})
	if err == nil && e.DecidedBy == "" && e.State != Approval {
		err = errs.New(errs.NotFound, "effect_unknown", "There is no such effect.")
	}
	return e, err
}

// Pending lists what waits for staff, oldest first.
func (g *Gate) Pending(ctx context.Context, limit int) ([]Effect, error) {
	return g.store.EffectsIn(ctx, Approval, g.now().Add(time.Second), limit)
}

func (g *Gate) waiting(ctx context.Context, by Approver, eid id.Effect) (Effect, error) {
	e, err := g.store.FindEffect(ctx, Find{ID: eid})
	if err != nil {
		return Effect{}, err
	}
	if by.Staff == "" || by.Customer == e.Customer {
		return Effect{}, errs.New(errs.Forbidden, "approver_is_requester", "Somebody else than the one who asked has to decide.")
	}
	if e.State != Approval {
		return Effect{}, errs.New(errs.Conflict, "not_waiting", "This does not wait for a decision; it is %s.", e.State)
	}
	return e, nil
}

// session is the authority an effect was confirmed with.
func (e Effect) session() (Session, error) {
	return NewSession(Identity{Customer: e.Customer, Conversation: e.Conversation, Turn: e.Turn,
		Assurance: ParseAssurance(e.Assurance), Language: e.Language, Channel: e.Channel})
}

// Report counts what Reconcile found.
type Report struct{ Done, Failed, Unknown, Expired int }

// Reconcile settles what a crash or a silent shop system left open: executing and unknown effects older than age are asked
// about, never repeated; confirmations past their time expire. Run it at start and then now and again.
func (g *Gate) Reconcile(ctx context.Context, age time.Duration) (Report, error) {
	var r Report
	for _, st := range []State{Executing, Unknown} {
		list, err := g.store.EffectsIn(ctx, st, g.now().Add(-age), 200)
		if err != nil {
			return r, err
		}
		for _, e := range list {
			if err := g.settle(ctx, e, &r); err != nil {
				return r, err
			}
		}
	}
	return r, g.expire(ctx, &r)
}

func (g *Gate) settle(ctx context.Context, e Effect, r *Report) error {
	state, res, why := g.ask(ctx, e)
	switch state {
	case Done:
		r.Done++
	case Failed:
		r.Failed++
	default:
		r.Unknown++
		if e.State == Unknown {
			return nil
		}
	}
	_, err := g.finish(ctx, e, state, res, why)
	return err
}

// ask puts the question to the tool; whatever cannot be told stays unknown.
func (g *Gate) ask(ctx context.Context, e Effect) (State, Result, id.Text) {
	unsure := id.Text{ZH: "结果还不确定，正在核实", EN: "the outcome is not known yet"}
	s, err := e.session()
	entry, ok := g.reg.byName[e.Tool]
	settler, can := entry.tool.(Settler)
	if err != nil || !ok || !can {
		return Unknown, Result{}, unsure
	}
	p := Plan{Args: e.Args, Summary: e.Summary, Lines: e.Lines, BusinessKey: e.BusinessKey, Amount: e.Amount}
	state, res, err := settler.Settle(ctx, s, p, string(e.ID))
	switch {
	case err == nil && state == Done:
		return Done, res, id.Text{}
	case err == nil && state == Failed:
		return Failed, Result{}, id.Text{ZH: "核实后确认没有执行", EN: "it was found not to have happened"}
	}
	return Unknown, Result{}, unsure
}

func (g *Gate) expire(ctx context.Context, r *Report) error {
	list, err := g.store.EffectsIn(ctx, Proposed, g.now().Add(-g.life), 200)
	if err != nil {
		return err
	}
	for _, e := range list {
		if g.now().Before(e.ExpiresAt) {
			continue
		}
		err := g.store.InTx(ctx, func(ctx context.Context) error {
			return g.move(ctx, e, Expired, "system", id.Text{ZH: "已过期", EN: "expired"})
		})
		if err != nil && !errs.Is(err, errs.Conflict) {
			return err
		}
		r.Expired++
	}
	return nil
}
