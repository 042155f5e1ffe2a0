package tool

import (
	"context"
	"errors"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Confirm uses a confirmation: once. A confirmation of another session does not exist for this one. Used before, it gives
// the recorded outcome and changes nothing. Cancelled, expired or void ones are a Conflict that says which.
func (g *Gate) Confirm(ctx context.Context, s Session, c id.Confirmation) (Effect, error) {
	e, err := g.mine(ctx, s, c)
	if err != nil {
		return Effect{}, err
	}
	switch e.State {
	case Proposed:
	case Cancelled, Expired, Rejected:
		return Effect{}, g.deny(ctx, s, e.Tool, errs.New(errs.Conflict, "confirmation_"+string(e.State), "This confirmation is %s; ask again.", e.State))
	default:
		return e, nil
	}
	if g.now().After(e.ExpiresAt) {
		return Effect{}, g.void(ctx, e, Expired, "confirmation_expired", "This confirmation has expired; ask again.")
	}
	entry, p, err := g.replan(ctx, s, e)
	if err != nil {
		return Effect{}, err
	}
	return g.execute(ctx, s, entry, e, p, turn{from: Proposed, actor: "customer:" + string(s.Customer())})
}

// Cancel gives a confirmation up. Cancelling twice is fine; what is done cannot be cancelled.
func (g *Gate) Cancel(ctx context.Context, s Session, c id.Confirmation) error {
	e, err := g.mine(ctx, s, c)
	if err != nil {
		return err
	}
	switch e.State {
	case Proposed:
		return g.store.InTx(ctx, func(ctx context.Context) error {
			return g.move(ctx, e, Cancelled, "customer:"+string(s.Customer()), id.Text{ZH: "顾客取消", EN: "cancelled by the customer"})
		})
	case Cancelled, Expired, Rejected, Failed:
		return nil
	}
	return errs.New(errs.Conflict, "effect_done", "This has been confirmed already; it is %s.", e.State)
}

// mine finds a confirmation of this very session.
func (g *Gate) mine(ctx context.Context, s Session, c id.Confirmation) (Effect, error) {
	unknown := errs.New(errs.NotFound, "confirmation_unknown", "There is no such confirmation in this conversation.")
	if !s.Valid() || c == "" {
		return Effect{}, g.deny(ctx, s, "confirm", unknown)
	}
	e, err := g.store.FindEffect(ctx, Find{Confirmation: c})
	if err != nil && !errs.Is(err, errs.NotFound) {
		return Effect{}, err
	}
	if err != nil || e.Customer != s.Customer() || e.Conversation != s.Conversation() {
		return Effect{}, g.deny(ctx, s, "confirm", unknown)
	}
	return e, nil
}

// replan asks policy again at the last moment. A plan that no longer reads as it was shown voids the confirmation.
func (g *Gate) replan(ctx context.Context, s Session, e Effect) (entry, Plan, error) {
	entry, p, err := g.plan(ctx, s, e.Tool, e.Args)
	if err == nil && entry.spec.Direct {
		err = errs.New(errs.Invalid, "tool_is_direct", "%q needs no confirmation.", e.Tool)
	}
	var no *Refusal
	if errors.As(err, &no) {
		if verr := g.void(ctx, e, Cancelled, "confirmation_void", no.Why.In(id.EN)); !errs.Is(verr, errs.Conflict) {
			return entry, p, verr
		}
		return entry, p, err
	}
	if err != nil {
		return entry, p, err
	}
	if p.hash(e.Tool, s) != e.Hash {
		return entry, p, g.void(ctx, e, Cancelled, "confirmation_void", "What was confirmed has changed since; look at it again.")
	}
	return entry, p, nil
}

// void ends a confirmation and answers the Conflict that tells it.
func (g *Gate) void(ctx context.Context, e Effect, to State, code, why string) error {
	err := g.store.InTx(ctx, func(ctx context.Context) error { return g.move(ctx, e, to, "system", id.Text{ZH: why, EN: why}) })
	if err != nil && !errs.Is(err, errs.Conflict) {
		return err
	}
	return errs.New(errs.Conflict, code, "%s", why)
}

// turn is who carries an effect on from which state; still, when set, is asked once more inside the transaction.
type turn struct {
	from  State
	actor string
	still func(context.Context) error
}

// execute runs the tool from the state `from`. Above a limit it parks the effect for staff instead.
func (g *Gate) execute(ctx context.Context, s Session, entry entry, e Effect, p Plan, by turn) (Effect, error) {
	if entry.spec.Local {
		return g.executeLocal(ctx, s, entry, e, p, by)
	}
	e, err := g.start(ctx, e, p, by)
	if err != nil || e.State != Executing {
		return g.raced(ctx, e, err)
	}
	if err := g.fault("sent"); err != nil {
		return Effect{}, err
	}
	res, err := entry.tool.Run(ctx, s, p, string(e.ID))
	if ferr := g.fault("executed"); ferr != nil {
		return Effect{}, ferr
	}
	state, why := outcome(err)
	out, err := g.finish(ctx, e, state, res, why)
	if err != nil {
		return Effect{}, err
	}
	return out, g.fault("recorded")
}

// executeLocal runs the tool inside the transaction that records it: after a crash either both are there or neither.
func (g *Gate) executeLocal(ctx context.Context, s Session, entry entry, e Effect, p Plan, by turn) (Effect, error) {
	var out Effect
	var ran error
	err := g.store.InTx(ctx, func(ctx context.Context) error {
		ran = nil
		started, err := g.start(ctx, e, p, by)
		if out = started; err != nil || started.State != Executing {
			return err
		}
		if err := g.fault("sent"); err != nil {
			return err
		}
		res, err := entry.tool.Run(ctx, s, p, string(e.ID))
		if err != nil {
			ran = err
			return err
		}
		if err := g.fault("executed"); err != nil {
			return err
		}
		out, err = g.finish(ctx, started, Done, res, id.Text{})
		return err
	})
	if ran != nil { // rolled back: nothing happened, whatever the error was
		_, why := outcome(ran)
		e.State = by.from
		return g.finish(ctx, e, Failed, Result{}, why)
	}
	if err != nil {
		return g.raced(ctx, e, err)
	}
	return out, g.fault("recorded")
}

// start moves to executing, or to approval above a limit, in one transaction that holds the audit chain's head, so that
// two confirmations at once cannot both pass a limit that has room for one.
func (g *Gate) start(ctx context.Context, e Effect, p Plan, by turn) (Effect, error) {
	err := g.store.InTx(ctx, func(ctx context.Context) error {
		if err := g.store.ChainAudit(ctx, g.entry(e, "confirmed", by.actor, e.Hash)); err != nil {
			return err
		}
		if by.still != nil {
			if err := by.still(ctx); err != nil {
				return err
			}
		}
		to, why := Executing, id.Text{}
		if by.from == Proposed {
			over, err := g.over(ctx, e, p)
			if err != nil {
				return err
			}
			if over != nil {
				to, why = Approval, *over
			}
		}
		e.State = by.from
		if err := g.move(ctx, e, to, by.actor, why); err != nil {
			return err
		}
		e.State, e.Reason = to, why
		return nil
	})
	return e, err
}

// raced turns a lost race into the outcome the winner recorded.
func (g *Gate) raced(ctx context.Context, e Effect, err error) (Effect, error) {
	if errs.CodeOf(err) == "effect_moved" {
		return g.store.FindEffect(ctx, Find{ID: e.ID})
	}
	return e, err
}

// over tells why a person has to decide, or nil.
func (g *Gate) over(ctx context.Context, e Effect, p Plan) (*id.Text, error) {
	if p.Approval != nil {
		return p.Approval, nil
	}
	amount := p.Amount.Amount
	if amount == 0 && g.limits.CountPerDay == 0 {
		return nil, nil
	}
	inConversation, _, err := g.store.Spent(ctx, e.Customer, e.Conversation, time.Time{})
	if err != nil {
		return nil, err
	}
	today, count, err := g.store.Spent(ctx, e.Customer, "", g.now().Add(-24*time.Hour))
	if err != nil {
		return nil, err
	}
	l := g.limits
	exceeds := func(sum, limit int64) bool { return limit > 0 && amount > 0 && sum+amount > limit }
	switch {
	case exceeds(0, l.Single):
		return &id.Text{ZH: "金额超过单笔上限，需要人工审批", EN: "the amount is above the limit for one action; a person has to approve it"}, nil
	case exceeds(inConversation, l.PerConversation), exceeds(today, l.PerDay):
		return &id.Text{ZH: "累计金额超过上限，需要人工审批", EN: "the sum of recent actions is above the limit; a person has to approve it"}, nil
	case l.CountPerDay > 0 && count >= l.CountPerDay:
		return &id.Text{ZH: "今日操作次数超过上限，需要人工审批", EN: "too many actions today; a person has to approve it"}, nil
	}
	return nil, nil
}

// outcome reads a tool's error: only what proves that nothing happened is a failure.
func outcome(err error) (State, id.Text) {
	var no *Refusal
	switch {
	case err == nil:
		return Done, id.Text{}
	case errors.As(err, &no):
		return Failed, no.Why
	case errs.Is(err, errs.Invalid), errs.Is(err, errs.NotFound), errs.Is(err, errs.Forbidden), errs.Is(err, errs.Conflict):
		return Failed, id.Text{ZH: "系统拒绝了这次操作", EN: "the system refused: " + clip(err.Error(), 200)}
	}
	return Unknown, id.Text{ZH: "结果还不确定，正在核实", EN: "the outcome is not known yet: " + clip(err.Error(), 200)}
}

// finish records an outcome.
func (g *Gate) finish(ctx context.Context, e Effect, to State, res Result, why id.Text) (Effect, error) {
	from := e.State
	e.State, e.Result, e.Reason, e.UpdatedAt = to, res, why, g.now()
	err := g.store.InTx(ctx, func(ctx context.Context) error {
		if err := g.store.MoveEffect(ctx, e, from); err != nil {
			return err
		}
		if err := g.store.ChainAudit(ctx, g.entry(e, string(to), "system", why.EN)); err != nil {
			return err
		}
		return g.tell(ctx, e, from)
	})
	if err != nil {
		return g.raced(ctx, e, err)
	}
	return e, nil
}
