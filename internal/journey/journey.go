package journey

import (
	"context"
	_ "embed" // the shipped table
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Stage is a third of the way.
type Stage string

// The stages.
const (
	PreSale   Stage = "presale"
	InSale    Stage = "insale"
	AfterSale Stage = "aftersale"
)

// Participation is how far the agent takes part at a node.
type Participation string

// The participations.
const (
	None   Participation = "none"   // people only
	Assist Participation = "assist" // the agent answers when asked
	Lead   Participation = "lead"   // the agent begins
)

// Dial is how much the agent may do on its own at a node.
type Dial string

// The settings of the dial, least first.
const (
	Off       Dial = "off"
	Answer    Dial = "answer"    // says what is known, does nothing
	Suggest   Dial = "suggest"   // prepares for a person to carry out
	Confirmed Dial = "confirmed" // acts after the customer confirms
	Alone     Dial = "alone"     // acts, and tells
)

// Dials lists the settings, least first.
var Dials = []Dial{Off, Answer, Suggest, Confirmed, Alone}

// Node is one row of the table.
type Node struct {
	Key           string        `json:"key" yaml:"key"`
	Stage         Stage         `json:"stage" yaml:"stage" enum:"presale,insale,aftersale"`
	Name          id.Text       `json:"name" yaml:"name"`
	Touchpoints   []id.Text     `json:"touchpoints" yaml:"touchpoints"`
	Behaviour     id.Text       `json:"behaviour" yaml:"behaviour" doc:"What the customer does"`
	Service       id.Text       `json:"service" yaml:"service" doc:"What service does"`
	Duty          id.Text       `json:"duty" yaml:"duty" doc:"What service owes"`
	OKR           id.Text       `json:"okr" yaml:"okr"`
	Participation Participation `json:"participation" yaml:"participation" enum:"none,assist,lead"`
	Dial          Dial          `json:"dial" yaml:"dial" enum:"off,answer,suggest,confirmed,alone"`
	Flows         []string      `json:"flows" yaml:"flows" doc:"Flows offered here"`
}

// Table is all nodes, in the order of the way.
type Table struct {
	Nodes []Node `json:"nodes" yaml:"nodes"`
}

// Version is a stored table.
type Version struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Note   string    `json:"note,omitempty"`
	Table  Table     `json:"table"`
}

//go:embed table.yaml
var shipped []byte

// Shipped is the table the product comes with.
func Shipped() (Table, error) {
	var t Table
	if err := yaml.UnmarshalWithOptions(shipped, &t, yaml.DisallowUnknownField()); err != nil {
		return t, errs.Wrap(err, errs.Internal, "journey_shipped", "The shipped journey table cannot be read.")
	}
	return t, t.Check()
}

const maxNodes = 60

// Check tells every wrong place of a table.
func (t Table) Check() error {
	e := errs.New(errs.Invalid, "journey_invalid", "The journey table has mistakes; mend the places named.")
	if len(t.Nodes) == 0 || len(t.Nodes) > maxNodes {
		e.With("body.nodes", fmt.Sprintf("1 to %d nodes", maxNodes))
	}
	seen := map[string]bool{}
	for i, n := range t.Nodes {
		where := fmt.Sprintf("body.nodes[%d]", i)
		if seen[n.Key] {
			e.With(where+".key", "used twice")
		}
		seen[n.Key] = true
		n.check(where, e)
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}

func (n Node) check(where string, e *errs.Error) {
	if n.Key == "" || len(n.Key) > 40 {
		e.With(where+".key", "1 to 40 characters")
	}
	if n.Stage != PreSale && n.Stage != InSale && n.Stage != AfterSale {
		e.With(where+".stage", "one of presale, insale, aftersale")
	}
	for field, text := range map[string]id.Text{"name": n.Name, "behaviour": n.Behaviour, "service": n.Service, "duty": n.Duty, "okr": n.OKR} {
		if text.ZH == "" || text.EN == "" || len(text.ZH) > 600 || len(text.EN) > 600 {
			e.With(where+"."+field, "needs Chinese and English, at most 600 bytes each")
		}
	}
	if n.Participation != None && n.Participation != Assist && n.Participation != Lead {
		e.With(where+".participation", "one of none, assist, lead")
	}
	if !slices.Contains(Dials, n.Dial) {
		e.With(where+".dial", "one of off, answer, suggest, confirmed, alone")
	}
	if (n.Participation == None) != (n.Dial == Off) {
		e.With(where+".dial", "off where the agent takes no part, and only there")
	}
	if n.Participation == None && len(n.Flows) > 0 {
		e.With(where+".flows", "none where the agent takes no part")
	}
}

// Node finds a node by key.
func (t Table) Node(key string) (Node, bool) {
	for _, n := range t.Nodes {
		if n.Key == key {
			return n, true
		}
	}
	return Node{}, false
}

// AtLeast tells whether the dial allows what min asks for.
func (d Dial) AtLeast(min Dial) bool {
	return slices.Index(Dials, d) >= slices.Index(Dials, min) && slices.Contains(Dials, d)
}

// Store keeps versions.
type Store interface {
	AddJourney(ctx context.Context, v Version) error            // Conflict when the number is taken
	Journey(ctx context.Context, number int) (Version, error)   // 0: the newest; NotFound without any
	Journeys(ctx context.Context, limit int) ([]Version, error) // newest first
}

// Transactor runs a function in one transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// Service gives and changes the table.
type Service struct {
	store  Store
	tx     Transactor
	events event.Appender
	now    func() time.Time
}

// New makes a Service.
func New(s Store, tx Transactor, events event.Appender, now func() time.Time) *Service {
	return &Service{s, tx, events, now}
}

// Current is the version in force.
func (s *Service) Current(ctx context.Context) (Version, error) {
	v, err := s.store.Journey(ctx, 0)
	if errs.Is(err, errs.NotFound) {
		t, err := Shipped()
		return Version{Table: t, By: "xiaoer"}, err
	}
	return v, err
}

// Save makes the table the next version; was is the one the editor had before the eyes.
func (s *Service) Save(ctx context.Context, was int, t Table, by, note string) (v Version, err error) {
	if err := t.Check(); err != nil {
		return Version{}, err
	}
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		now, err := s.Current(ctx)
		if err != nil {
			return err
		}
		if now.Number != was {
			return errs.New(errs.Conflict, "journey_moved_on", "Somebody saved version %d in the meantime; look at it and save again.", now.Number)
		}
		v = Version{Number: was + 1, At: s.now(), By: by, Note: note, Table: t}
		if err := s.store.AddJourney(ctx, v); err != nil {
			return err
		}
		return s.events.AppendEvents(ctx, event.Of("journey.saved", "journey", "journey", v.At, map[string]int{"number": v.Number}))
	})
	return v, err
}

// Versions lists the newest versions.
func (s *Service) Versions(ctx context.Context) ([]Version, error) { return s.store.Journeys(ctx, 50) }

// Version gives one.
func (s *Service) Version(ctx context.Context, number int) (Version, error) {
	return s.store.Journey(ctx, number)
}
