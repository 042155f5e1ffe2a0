package tool

import (
	"context"
	"errors"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Limits bound what goes through without a person. Zero means no limit.
type Limits struct {
	Single          int64 // value of one effect, minor units
	PerConversation int64 // sum in a conversation
	PerDay          int64 // sum of a customer in 24 hours
	CountPerDay     int   // effects of a customer in 24 hours, direct ones not counted
}

// Ids makes ids.
type Ids interface{ New(prefix string) string }

// Deps are what a Gate stands on.
type Deps struct {
	Registry *Registry
	Store    Store
	Ids      Ids
	Now      func() time.Time
	Limits   Limits
	Life     time.Duration            // of a confirmation; 10 minutes when 0, and never more
	Fault    func(point string) error // kill tests stop here: intent, sent, executed, recorded; nil for none
	// Watch hears of every effect that begins to wait for staff, that stops waiting, or that staff has decided on; inside
	// the transaction that records it, so that what it writes happens exactly as often. Nil for nobody.
	Watch func(ctx context.Context, e Effect, from State) error
}

// maxLife is how long a confirmation can be used at most.
const maxLife = 10 * time.Minute

// Gate is the one way to an effect.
type Gate struct {
	reg    *Registry
	store  Store
	ids    Ids
	now    func() time.Time
	limits Limits
	life   time.Duration
	fault  func(string) error
	watch  func(context.Context, Effect, State) error
}

// NewGate makes a gate.
func NewGate(d Deps) *Gate {
	if d.Life <= 0 || d.Life > maxLife {
		d.Life = maxLife
	}
	if d.Fault == nil {
		d.Fault = func(string) error { return nil }
	}
	if d.Watch == nil {
		d.Watch = func(context.Context, Effect, State) error { return nil }
	}
	return &Gate{d.Registry, d.Store, d.Ids, d.Now, d.Limits, d.Life, d.Fault, d.Watch}
}

// Registry is what the gate knows.
func (g *Gate) Registry() *Registry { return g.reg }

// Read runs a tool that changes nothing.
func (g *Gate) Read(ctx context.Context, s Session, name string, args Args) (Result, error) {
	e, args, err := g.open(ctx, s, name, args)
	if err != nil {
		return Result{}, err
	}
	if e.spec.Write {
		return Result{}, g.deny(ctx, s, name, errs.New(errs.Forbidden, "tool_writes", "%q changes something; propose it.", name))
	}
	p, err := e.tool.Plan(ctx, s, args)
	if err != nil {
		return Result{}, err
	}
	p.Args = args
	return e.tool.Run(ctx, s, p, "")
}

// Propose plans an effect and makes its confirmation. The same action proposed again, while the first waits, is the same
// confirmation; a different action under the same business key takes its place. What is already done, or may be, is a
// Conflict "effect_done" that says so.
func (g *Gate) Propose(ctx context.Context, s Session, name string, args Args) (Confirmation, error) {
	entry, p, err := g.plan(ctx, s, name, args)
	if err != nil {
		return Confirmation{}, err
	}
	if entry.spec.Direct {
		return Confirmation{}, errs.New(errs.Invalid, "tool_is_direct", "%q needs no confirmation; do it.", name)
	}
	e, err := g.intend(ctx, s, entry, p)
	if err != nil {
		return Confirmation{}, err
	}
	return e.confirmation(), g.fault("intent")
}

// Do carries out a Direct tool: the same rows, no confirmation. Done before under the same key gives that outcome.
func (g *Gate) Do(ctx context.Context, s Session, name string, args Args) (Effect, error) {
	entry, p, err := g.plan(ctx, s, name, args)
	if err != nil {
		return Effect{}, err
	}
	if !entry.spec.Direct || p.Amount.Amount != 0 {
		return Effect{}, g.deny(ctx, s, name, errs.New(errs.Forbidden, "confirmation_needed", "%q needs the customer's confirmation.", name))
	}
	e, err := g.intend(ctx, s, entry, p)
	var done *DoneError
	if errors.As(err, &done) && done.Effect.Hash == p.hash(name, s) {
		return done.Effect, nil
	}
	if err != nil {
		return Effect{}, err
	}
	if err := g.fault("intent"); err != nil {
		return Effect{}, err
	}
	return g.execute(ctx, s, entry, e, p, turn{from: Proposed, actor: "customer:" + string(s.Customer())})
}

// DoneError says that the business key has an outcome already, or may have.
type DoneError struct{ Effect Effect }

// Error tells the effect and its state.
func (e *DoneError) Error() string {
	return "effect_done: " + string(e.Effect.ID) + " is " + string(e.Effect.State)
}

// Unwrap makes it a Conflict.
func (e *DoneError) Unwrap() error {
	return errs.New(errs.Conflict, "effect_done", "This has been asked for already; it is %s.", e.Effect.State)
}

// open finds the tool and checks the arguments; every refusal is on record.
func (g *Gate) open(ctx context.Context, s Session, name string, args Args) (entry, Args, error) {
	e, err := g.reg.find(s, name)
	if err == nil {
		args, err = check(args, e.schema)
	}
	if err != nil {
		return entry{}, nil, g.deny(ctx, s, name, err)
	}
	return e, args, nil
}

// plan opens a write and asks its policy.
func (g *Gate) plan(ctx context.Context, s Session, name string, args Args) (entry, Plan, error) {
	e, args, err := g.open(ctx, s, name, args)
	if err != nil {
		return entry{}, Plan{}, err
	}
	if !e.spec.Write {
		return entry{}, Plan{}, errs.New(errs.Invalid, "tool_reads", "%q changes nothing; read it.", name)
	}
	p, err := e.tool.Plan(ctx, s, args)
	if err != nil {
		return entry{}, Plan{}, g.deny(ctx, s, name, err)
	}
	p.Args = args
	if p.BusinessKey == "" || p.Summary.ZH == "" || p.Summary.EN == "" || p.Amount.Amount < 0 {
		return entry{}, Plan{}, errs.New(errs.Internal, "plan_incomplete", "%q made a plan without business key or summary.", name)
	}
	return e, p, nil
}

// intend writes the intent row, or finds the one that is there.
func (g *Gate) intend(ctx context.Context, s Session, entry entry, p Plan) (Effect, error) {
	var out Effect
	err := g.store.InTx(ctx, func(ctx context.Context) error {
		old, err := g.store.FindEffect(ctx, Find{LiveKey: p.BusinessKey})
		switch {
		case errs.Is(err, errs.NotFound):
		case err != nil:
			return err
		case old.State != Proposed:
			return &DoneError{old}
		case old.Hash == p.hash(entry.spec.Name, s) && (entry.spec.Direct || g.now().Before(old.ExpiresAt.Add(-g.life/2))):
			out = old
			return nil
		default:
			if err := g.move(ctx, old, Cancelled, "system", id.Text{ZH: "被新的申请取代", EN: "replaced by a newer request"}); err != nil {
				return err
			}
		}
		out = g.row(s, entry.spec.Name, p)
		if err := g.store.InsertEffect(ctx, out); err != nil {
			return err
		}
		return g.store.ChainAudit(ctx, g.entry(out, "proposed", "customer:"+string(s.Customer()), out.Hash+" "+p.Summary.EN))
	})
	return out, err
}

func (g *Gate) row(s Session, name string, p Plan) Effect {
	now := g.now()
	return Effect{
		ID: id.Effect(g.ids.New("eff")), Confirmation: id.Confirmation(g.ids.New("cfm")),
		Customer: s.Customer(), Conversation: s.Conversation(), Turn: s.Turn(),
		Assurance: s.Assurance().String(), Language: s.Language(), Channel: s.Channel(),
		Tool: name, Args: p.Args, Hash: p.hash(name, s), BusinessKey: p.BusinessKey,
		Summary: p.Summary, Lines: p.Lines, Amount: p.Amount, State: Proposed,
		CreatedAt: now, ExpiresAt: now.Add(g.life), UpdatedAt: now,
	}
}

// move changes the state with its audit entry; call it inside a transaction.
func (g *Gate) move(ctx context.Context, e Effect, to State, actor string, why id.Text) error {
	from := e.State
	e.State, e.Reason, e.UpdatedAt = to, why, g.now()
	if err := g.store.MoveEffect(ctx, e, from); err != nil {
		return err
	}
	if err := g.store.ChainAudit(ctx, g.entry(e, string(to), actor, why.EN)); err != nil {
		return err
	}
	return g.tell(ctx, e, from)
}

// tell lets the watcher hear of what concerns staff.
func (g *Gate) tell(ctx context.Context, e Effect, from State) error {
	if e.State != Approval && from != Approval && e.DecidedBy == "" {
		return nil
	}
	return g.watch(ctx, e, from)
}
