package agent

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// run alternates between the engine and the world until nothing is left to do.
func (t *turn) run(ctx context.Context, cmds []flow.Command) error {
	t.rec.Commands = cmds
	var res *flow.Result
	for round := 0; ; round++ {
		var acts []flow.Action
		t.mem.Flow, acts, t.steps = t.agent.engine.Advance(t.mem.Flow, cmds, t.facts(res))
		t.rec.keep(t.mem.Flow)
		var err error
		if res, err = t.perform(ctx, acts); err != nil || res == nil {
			return err
		}
		cmds = nil
	}
}

// perform carries actions out in order; the result of the one that has one goes back to the engine.
func (t *turn) perform(ctx context.Context, acts []flow.Action) (*flow.Result, error) {
	for _, a := range acts {
		switch a.Kind {
		case flow.DoCall:
			return t.call(ctx, a)
		case flow.DoPropose:
			return t.propose(ctx, a)
		case flow.DoExecute:
			res, err := t.execute(ctx, a)
			if err != nil || a.Topic != "recorded" {
				return res, err
			}
		case flow.DoDrop:
			if err := t.withdraw(ctx, a.Ref); err != nil {
				return nil, err
			}
		case flow.DoAnswer:
			if ok := t.answer(ctx, a); t.mem.Flow.Asking {
				return &flow.Result{Answered: ok}, nil
			}
		default:
			t.show(a)
		}
	}
	return nil, nil
}

// call runs a reading or a direct tool.
func (t *turn) call(ctx context.Context, a flow.Action) (*flow.Result, error) {
	args := tool.Args(a.Args)
	spec, _ := t.agent.d.Tools.Spec(a.Tool)
	if !spec.Write {
		r, err := t.agent.d.Gate.Read(ctx, t.session, a.Tool, args)
		return t.result(a, r, err)
	}
	e, err := t.agent.d.Gate.Do(ctx, t.session, a.Tool, args)
	if err == nil && e.State != tool.Done {
		err = errs.New(errs.Unavailable, "effect_"+string(e.State), "The effect is %s.", e.State)
	}
	if err == nil {
		t.rec.effect(e)
	}
	return t.result(a, e.Result, err)
}

// result tells the engine how a call went, shows its cards, and notes both.
func (t *turn) result(a flow.Action, r tool.Result, err error) (*flow.Result, error) {
	out := &flow.Result{}
	no := refusal(err)
	switch {
	case err == nil:
		r = normal(r)
		t.sources(r)
		out.Data, out.Options = r.Data, options(r.Options)
		if a.Show {
			t.cards(r.Cards)
		}
	case no != nil:
		out.Refused = &flow.Refusal{Code: no.Code, Why: no.Why.In(t.lang), Offer: no.Offer}
		t.out.sourced(mustJSON(no.Data), no.Why.ZH, no.Why.EN)
	case errs.Is(err, errs.Forbidden), errs.Is(err, errs.Unauthenticated):
		out.Refused = &flow.Refusal{Code: errs.CodeOf(err), Why: t.say("login", map[string]any{"flow": t.title(a.Flow)})}
	default:
		out.Error = err.Error()
	}
	t.rec.tool(a, err)
	return out, nil
}

// refusal is policy's no in an error.
func refusal(err error) *tool.Refusal {
	var no *tool.Refusal
	if errors.As(err, &no) {
		return no
	}
	return nil
}

// normal turns whatever a tool put into Data into plain JSON values, as the engine and its conditions expect.
func normal(r tool.Result) tool.Result {
	raw, err := json.Marshal(r)
	if err != nil {
		return tool.Result{Text: r.Text}
	}
	var out tool.Result
	if json.Unmarshal(raw, &out) != nil {
		return tool.Result{Text: r.Text}
	}
	return out
}

func options(list []tool.Option) []flow.Option {
	var out []flow.Option
	for _, o := range list {
		out = append(out, flow.Option{Value: o.Value, Label: o.Label, Detail: o.Detail, Image: o.Image, Attributes: o.Attributes})
	}
	return out
}

// propose plans an effect and shows its confirmation.
func (t *turn) propose(ctx context.Context, a flow.Action) (*flow.Result, error) {
	c, err := t.agent.d.Gate.Propose(ctx, t.session, a.Tool, tool.Args(a.Args))
	var done *tool.DoneError
	if errors.As(err, &done) {
		t.rec.tool(a, err)
		return &flow.Result{Refused: &flow.Refusal{Code: "already_done", Why: t.say("already_done", nil)}}, nil
	}
	if err != nil {
		return t.result(a, tool.Result{}, err)
	}
	t.rec.tool(a, nil)
	t.confirmation(a.Flow, c)
	return &flow.Result{Confirmation: string(c.ID)}, nil
}

// execute uses a confirmation. Asked without a flow that waits for it, it only tells what became of it.
func (t *turn) execute(ctx context.Context, a flow.Action) (*flow.Result, error) {
	e, err := t.agent.d.Gate.Confirm(ctx, t.session, id.Confirmation(a.Ref))
	if err != nil && (errs.KindOf(err) == errs.Internal || errs.KindOf(err) == errs.Unavailable) {
		return nil, err // the store failed: the same turn runs again, under the same keys
	}
	a.Tool = e.Tool
	t.rec.tool(a, err)
	if err != nil {
		return t.voided(a, err), nil
	}
	t.closeRef(a.Ref, "done")
	t.rec.effect(e)
	r := normal(e.Result)
	t.sources(r)
	t.out.sourced(nil, e.Reason.ZH, e.Reason.EN)
	if a.Topic == "recorded" {
		t.out.text(t.say("already_done", nil))
	}
	t.cards(r.Cards)
	return &flow.Result{Data: r.Data, State: string(e.State)}, nil
}

// voided is a confirmation that cannot be used.
func (t *turn) voided(a flow.Action, err error) *flow.Result {
	no := refusal(err)
	name, status := "stale_card", "cancelled"
	if errs.CodeOf(err) == "confirmation_expired" {
		name, status = "expired_card", "expired"
	}
	t.closeRef(a.Ref, status)
	why := t.say(name, nil)
	if a.Topic == "recorded" {
		t.out.text(why)
		return nil
	}
	if no != nil {
		t.out.sourced(mustJSON(no.Data), no.Why.ZH, no.Why.EN)
		return &flow.Result{Refused: &flow.Refusal{Code: "void:" + no.Code, Why: no.Why.In(t.lang), Offer: no.Offer}}
	}
	return &flow.Result{Refused: &flow.Refusal{Code: "void", Why: why}}
}

// withdraw cancels a confirmation nobody wants any more; one that is gone already is fine.
func (t *turn) withdraw(ctx context.Context, ref string) error {
	t.closeRef(ref, "cancelled")
	err := t.agent.d.Gate.Cancel(ctx, t.session, id.Confirmation(ref))
	if errs.Is(err, errs.Conflict) || errs.Is(err, errs.NotFound) {
		return nil
	}
	return err
}
