package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Approvals decides on what customers have confirmed and a person has to allow.
type Approvals interface {
	Pending(ctx context.Context, limit int) ([]tool.Effect, error)
	Waiting(ctx context.Context, eid id.Effect) (tool.Effect, error)
}

// Approver carries a decision out.
type Approver interface {
	Approve(ctx context.Context, by tool.Approver, eid id.Effect) (tool.Effect, error)
	Reject(ctx context.Context, by tool.Approver, eid id.Effect, why id.Text) error
}

// Approval is an action that waits, as the customer was shown it.
type Approval struct {
	ID             id.Effect       `json:"id"`
	Tool           string          `json:"tool"`
	Summary        id.Text         `json:"summary"`
	Lines          []tool.Line     `json:"lines"`
	Amount         *Amount         `json:"amount,omitempty"`
	Reason         id.Text         `json:"reason" doc:"Why a person has to decide, or how it ended"`
	State          tool.State      `json:"state" enum:"approval,executing,done,failed,unknown,cancelled,rejected"`
	Customer       CustomerBrief   `json:"customer"`
	ConversationID id.Conversation `json:"conversation_id"`
	AskedAt        time.Time       `json:"asked_at"`
	UpdatedAt      time.Time       `json:"updated_at"`
	DecidedBy      *Person         `json:"decided_by,omitempty"`
}

// Amount is money as JSON.
type Amount struct {
	Amount   int64  `json:"amount" doc:"Minor units"`
	Currency string `json:"currency"`
}

const shownApprovals = 200

func (s *server) approvalRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/approvals" + path, Summary: summary, Tags: []string{"Approvals"}}
	}
	route(s, op("list-approvals", http.MethodGet, "", "What waits for a decision, oldest first"), s.listApprovals)
	route(s, op("approve", http.MethodPost, "/{id}/approve", "Let it happen, as it was shown to the customer"), s.approve)
	route(s, op("reject", http.MethodPost, "/{id}/reject", "Say no, with a reason the customer reads"), s.reject)
}

type approvalsOutput struct {
	Body struct {
		Items []Approval `json:"items"`
	}
}

func (s *server) listApprovals(ctx context.Context, _ *none) (*approvalsOutput, error) {
	if s.Approvals == nil {
		return nil, errPart("approvals")
	}
	es, err := s.Approvals.Pending(ctx, shownApprovals)
	if err != nil {
		return nil, err
	}
	out := &approvalsOutput{}
	out.Body.Items = []Approval{}
	for _, e := range es {
		if _, err := s.seen(ctx, e.Conversation); errs.Is(err, errs.NotFound) {
			continue // of another team
		} else if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, s.approvalView(ctx, e))
	}
	return out, nil
}

func (s *server) approvalView(ctx context.Context, e tool.Effect) Approval {
	v := Approval{ID: e.ID, Tool: e.Tool, Summary: e.Summary, Lines: orEmpty(e.Lines), Reason: e.Reason, State: e.State, ConversationID: e.Conversation,
		Customer: CustomerBrief{ID: e.Customer, Tier: s.tier(ctx, e.Customer)}, AskedAt: e.CreatedAt.UTC(), UpdatedAt: e.UpdatedAt.UTC()}
	if e.Amount.Currency != "" {
		v.Amount = &Amount{e.Amount.Amount, e.Amount.Currency}
	}
	if s.People != nil {
		if c, err := s.People.Customer(ctx, e.Customer); err == nil {
			v.Customer.Name = c.Name
		}
	}
	if e.DecidedBy != "" {
		if names, err := s.names(ctx); err == nil {
			v.DecidedBy = person(string(e.DecidedBy), names[string(e.DecidedBy)])
		}
	}
	return v
}

// ApprovalPath names the waiting action of a route.
type ApprovalPath struct {
	ID id.Effect `path:"id" maxLength:"64"`
}

// decidable is an action the asker may see; every other one looks missing.
func (s *server) decidable(ctx context.Context, eid id.Effect) (tool.Effect, error) {
	missing := errs.New(errs.NotFound, "approval_unknown", "Nothing with this id waits for a decision.")
	if s.Approvals == nil || s.Approver == nil {
		return tool.Effect{}, errPart("approvals")
	}
	e, err := s.Approvals.Waiting(ctx, eid)
	if errs.Is(err, errs.NotFound) {
		return e, missing
	}
	if err != nil {
		return e, err
	}
	if _, err := s.seen(ctx, e.Conversation); errs.Is(err, errs.NotFound) {
		return e, missing
	} else if err != nil {
		return e, err
	}
	return e, nil
}

// approver is the asker, who is asked for again inside the transaction that decides: a right lost in between is lost.
func (s *server) approver(ctx context.Context) tool.Approver {
	p, secret := principal(ctx), secretOf(ctx)
	return tool.Approver{Staff: p.ID, Customer: p.Customer, Still: func(ctx context.Context) error {
		now, err := s.Staff.Who(ctx, secret)
		if err != nil {
			return err
		}
		return now.Require(staff.ApprovalDecide)
	}}
}

type approvalOutput struct{ Body Approval }

func (s *server) approve(ctx context.Context, in *ApprovalPath) (*approvalOutput, error) {
	if _, err := s.decidable(ctx, in.ID); err != nil {
		return nil, err
	}
	e, err := s.Approver.Approve(ctx, s.approver(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return s.decided(ctx, e, "approval.approve", "")
}

type rejectInput struct {
	ApprovalPath
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"300" doc:"The customer reads it as it is"`
	}
}

func (s *server) reject(ctx context.Context, in *rejectInput) (*approvalOutput, error) {
	if _, err := s.decidable(ctx, in.ID); err != nil {
		return nil, err
	}
	why := id.Text{ZH: in.Body.Reason, EN: in.Body.Reason}
	if err := s.Approver.Reject(ctx, s.approver(ctx), in.ID, why); err != nil {
		return nil, err
	}
	e, err := s.Approvals.Waiting(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.decided(ctx, e, "approval.reject", in.Body.Reason)
}

// decided keeps the decision on the trail of staff; the gate keeps its own beside it.
func (s *server) decided(ctx context.Context, e tool.Effect, action, reason string) (*approvalOutput, error) {
	detail := map[string]string{"tool": e.Tool, "summary": e.Summary.EN, "state": string(e.State), "amount": strconv.FormatInt(e.Amount.Amount, 10) + " " + e.Amount.Currency}
	if reason != "" {
		detail["reason"] = reason
	}
	err := s.Staff.Record(ctx, principal(ctx), action, string(e.ID), addressOf(ctx), detail)
	return &approvalOutput{s.approvalView(ctx, e)}, err
}
