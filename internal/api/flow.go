package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Flows gives the flows in force and what is known of their runs.
type Flows interface {
	Book() *flow.Book
	Passes(ctx context.Context, flow string, from, to time.Time, limit int) ([]flow.Pass, error)
}

// FlowRow is a flow in the list.
type FlowRow struct {
	ID        string       `json:"id"`
	Title     id.Text      `json:"title"`
	Intents   []string     `json:"intents"`
	Assurance string       `json:"assurance" doc:"How well the customer must be known"`
	Complaint bool         `json:"complaint"`
	Steps     int          `json:"steps"`
	Figures   flow.Figures `json:"figures"`
}

// FlowFull is a flow with all it says.
type FlowFull struct {
	Flow   flow.Flow     `json:"flow"`
	Faults []errs.Detail `json:"faults" doc:"What is wrong with it and how to mend it; empty in a sound flow"`
}

type flowsInput struct {
	From time.Time `query:"from" doc:"Included; 30 days ago when missing"`
	To   time.Time `query:"to" doc:"Not included; now when missing"`
}

type flowsOutput struct {
	Body struct {
		From  time.Time `json:"from"`
		To    time.Time `json:"to"`
		Items []FlowRow `json:"items"`
	}
}

type flowInput struct {
	ID string `path:"id" maxLength:"64"`
}

type flowOutput struct{ Body FlowFull }

type flowFiguresInput struct {
	ID   string    `path:"id" maxLength:"64"`
	From time.Time `query:"from" doc:"Included; 30 days ago when missing"`
	To   time.Time `query:"to" doc:"Not included; now when missing"`
}

type flowFiguresOutput struct{ Body flow.Figures }

type flowSourceOutput struct {
	Body struct {
		Text string `json:"text" doc:"YAML"`
	}
}

type checkFlowInput struct {
	Body struct {
		Text string `json:"text" maxLength:"200000" doc:"A flow as YAML"`
	}
}

type checkFlowOutput struct {
	Body struct {
		Sound  bool         `json:"sound"`
		Flow   *flow.Flow   `json:"flow,omitempty" doc:"As it was read; absent when it cannot be read"`
		Faults []flow.Fault `json:"faults" doc:"In the order of lines, each with how to mend it"`
	}
}

func (s *server) flowRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/flows" + path, Summary: summary, Tags: []string{"Flows"}}
	}
	route(s, op("list-flows", http.MethodGet, "", "The flows in force, with how their runs went"), s.listFlows)
	route(s, op("get-flow", http.MethodGet, "/{id}", "A flow: steps, slots, texts in both languages"), s.getFlow)
	route(s, op("flow-source", http.MethodGet, "/{id}/source", "The text of a shipped flow, as a beginning for one's own"), s.flowSource)
	route(s, op("check-flow", http.MethodPost, "/check", "What is wrong with a flow as text, line by line; nothing is stored"), s.checkFlow)
	route(s, op("flow-figures", http.MethodGet, "/{id}/figures", "How the runs of a flow went, step by step"), s.flowFigures)
}

// span is the range asked for, bounded.
func (s *server) span(in flowsInput) (from, to time.Time, err error) {
	if in.To.IsZero() {
		in.To = s.Now()
	}
	if in.From.IsZero() {
		in.From = in.To.AddDate(0, 0, -30)
	}
	if !in.From.Before(in.To) || in.To.Sub(in.From) > 400*24*time.Hour {
		return in.From, in.To, errs.New(errs.Invalid, "range_invalid", "The range must begin before it ends and span at most 400 days.")
	}
	return in.From, in.To, nil
}

func (s *server) figuresOf(ctx context.Context, name string, in flowsInput) (map[string]flow.Figures, error) {
	from, to, err := s.span(in)
	if err != nil {
		return nil, err
	}
	ps, err := s.Flows.Passes(ctx, name, from, to, flow.MaxPasses)
	if err == nil && len(ps) == flow.MaxPasses {
		err = errs.New(errs.Invalid, "range_too_much", "There is too much in this range to count at once; ask for a shorter one.")
	}
	return flow.Count(ps), err
}

func (s *server) listFlows(ctx context.Context, in *flowsInput) (*flowsOutput, error) {
	if s.Flows == nil {
		return nil, errPart("the flows")
	}
	all, err := s.figuresOf(ctx, "", *in)
	if err != nil {
		return nil, err
	}
	out := &flowsOutput{}
	out.Body.From, out.Body.To, _ = s.span(*in)
	for _, f := range s.Flows.Book().Flows() {
		out.Body.Items = append(out.Body.Items, FlowRow{ID: f.ID, Title: f.Title, Intents: orEmpty(f.Intents), Assurance: assuranceOf(f), Complaint: f.Complaint,
			Steps: len(f.Steps), Figures: figuresFor(all, f.ID)})
	}
	return out, nil
}

func figuresFor(all map[string]flow.Figures, name string) flow.Figures {
	f := all[name]
	f.Flow, f.Steps = name, orEmpty(f.Steps)
	return f
}

func assuranceOf(f *flow.Flow) string {
	if f.Assurance == "" {
		return "anonymous"
	}
	return f.Assurance
}

// flow finds a flow in force.
func (s *server) flow(name string) (*flow.Flow, error) {
	if s.Flows == nil {
		return nil, errPart("the flows")
	}
	if f := s.Flows.Book().Flow(name); f != nil {
		return f, nil
	}
	return nil, errs.New(errs.NotFound, "flow_unknown", "There is no such flow.")
}

func (s *server) getFlow(_ context.Context, in *flowInput) (*flowOutput, error) {
	f, err := s.flow(in.ID)
	if err != nil {
		return nil, err
	}
	return &flowOutput{FlowFull{*whole(f), orEmpty(s.Flows.Book().Check(f))}}, nil
}

// whole is a copy with nothing absent that the description promises.
func whole(f *flow.Flow) *flow.Flow {
	full := *f
	full.Assurance, full.Intents, full.Steps = assuranceOf(f), orEmpty(f.Intents), orEmpty(f.Steps)
	if full.Slots == nil {
		full.Slots = map[string]flow.Slot{}
	}
	return &full
}

func (s *server) flowSource(_ context.Context, in *flowInput) (*flowSourceOutput, error) {
	if _, err := s.flow(in.ID); err != nil {
		return nil, err
	}
	out := &flowSourceOutput{}
	if out.Body.Text = flow.Source(in.ID); out.Body.Text == "" {
		return nil, errs.New(errs.NotFound, "flow_unknown", "There is no such flow.")
	}
	return out, nil
}

func (s *server) checkFlow(_ context.Context, in *checkFlowInput) (*checkFlowOutput, error) {
	if s.Flows == nil {
		return nil, errPart("the flows")
	}
	out := &checkFlowOutput{}
	f, faults := s.Flows.Book().CheckText([]byte(in.Body.Text))
	if f != nil {
		out.Body.Flow = whole(f)
	}
	out.Body.Faults = orEmpty(faults)
	out.Body.Sound = f != nil && len(faults) == 0
	return out, nil
}

func (s *server) flowFigures(ctx context.Context, in *flowFiguresInput) (*flowFiguresOutput, error) {
	if _, err := s.flow(in.ID); err != nil {
		return nil, err
	}
	all, err := s.figuresOf(ctx, in.ID, flowsInput{in.From, in.To})
	return &flowFiguresOutput{figuresFor(all, in.ID)}, err
}
