package agent

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/nlu"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Understander reads a message.
type Understander interface {
	Understand(text string, c nlu.Context) nlu.Understanding
}

// Knowledge answers questions from passages.
type Knowledge interface {
	Answer(ctx context.Context, question string, sc knowledge.Scope) (knowledge.Answer, error)
}

// Gate is the way to tools and effects.
type Gate interface {
	Read(ctx context.Context, s tool.Session, name string, args tool.Args) (tool.Result, error)
	Do(ctx context.Context, s tool.Session, name string, args tool.Args) (tool.Effect, error)
	Confirmer
}

// Confirmer is the part of the gate that needs the customer's word.
type Confirmer interface {
	Propose(ctx context.Context, s tool.Session, name string, args tool.Args) (tool.Confirmation, error)
	Confirm(ctx context.Context, s tool.Session, c id.Confirmation) (tool.Effect, error)
	Cancel(ctx context.Context, s tool.Session, c id.Confirmation) error
}

// Interpreter turns a situation into commands. The embedded one is [Embedded]; a language model is another.
type Interpreter interface {
	Commands(ctx context.Context, s Situation) ([]flow.Command, error)
}

// Situation is all an interpreter may look at.
type Situation struct {
	Text          string
	Images        int
	Understanding nlu.Understanding
	State         flow.State
	Book          *flow.Book
	Offered       []flow.Option // flows that were offered in the last answer
	Language      id.Lang
	Recent        []conversation.Message
	Consult       Consult // what may be asked of models
}

// Deps are what an Agent stands on.
type Deps struct {
	NLU         Understander
	Knowledge   Knowledge
	Gate        Gate
	Tools       *tool.Registry
	Book        *flow.Book
	Interpreter Interpreter // nil: the embedded one
	Words       Model       // puts answers into words; nil: the exact sentences of the passages
	Passages    Passages    // more to compose from; nil: the passages of the answer alone
	Live        Live        // shows words while they are made; nil: nobody looks
	Now         func() time.Time
	Location    *time.Location            // of the shop, for relative dates; nil: UTC
	TextYes     func(channel string) bool // channels without buttons; nil: phone and sms
}

// Agent answers turns. It is safe for concurrent use.
type Agent struct {
	d      Deps
	engine *flow.Engine
}

// New makes an agent.
func New(d Deps) *Agent {
	if d.Interpreter == nil {
		d.Interpreter = Embedded{}
	}
	if d.TextYes == nil {
		d.TextYes = func(ch string) bool { return ch == "phone" || ch == "sms" }
	}
	if d.Location == nil {
		d.Location = time.UTC
	}
	return &Agent{d, flow.NewEngine(d.Book)}
}

// Turn answers what the customer has said.
func (a *Agent) Turn(ctx context.Context, in conversation.Turn) (conversation.Reply, error) {
	if in.ID == "" || len(in.Inputs) == 0 {
		return conversation.Reply{}, errs.New(errs.Invalid, "turn_empty", "A turn needs an id and at least one input.")
	}
	t, err := a.begin(in)
	if err != nil {
		return conversation.Reply{}, err
	}
	t.read()
	cmds, err := t.interpret(ctx)
	if err != nil {
		return conversation.Reply{}, err
	}
	if err := t.run(ctx, cmds); err != nil {
		return conversation.Reply{}, err
	}
	return t.reply(), nil
}

// begin prepares a turn: memory, session, language so far.
func (a *Agent) begin(in conversation.Turn) (*turn, error) {
	c := in.Conversation
	who := tool.Identity{Customer: c.CustomerID, Conversation: c.ID, Turn: in.ID, Assurance: tool.ParseAssurance(string(c.Assurance)),
		Language: c.Language, Channel: c.Channel}
	if who.Customer == "" {
		who.Customer, who.Assurance = id.Customer("visitor:"+string(c.ID)), tool.Anonymous
	}
	t := &turn{agent: a, in: in, who: who, mem: readMemory(in.State), lang: c.Language, began: a.d.Now()}
	if t.lang == "" {
		t.lang = id.ZH
	}
	return t, t.authorise()
}
