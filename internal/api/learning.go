package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

func (s *server) learningRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: path, Summary: summary, Tags: []string{"Learning"}}
	}
	route(s, op("list-gaps", http.MethodGet, "/gaps", "What could not be answered, the largest impact first"), s.listGaps)
	route(s, op("get-gap", http.MethodGet, "/gaps/{id}", "One gap with the questions and staff's answers behind it"), s.getGap)
	route(s, op("draft-gap", http.MethodPost, "/gaps/{id}/draft", "Make a draft from what staff said"), s.draftGap)
	route(s, op("list-drafts", http.MethodGet, "/drafts", "Drafts, the newest change first"), s.listDrafts)
	route(s, op("get-draft", http.MethodGet, "/drafts/{id}", "One draft with its proof and figures"), s.getDraft)
	route(s, op("save-draft", http.MethodPut, "/drafts/{id}", "Edit a draft; it must be proved again"), s.saveDraft)
	route(s, op("prove-draft", http.MethodPost, "/drafts/{id}/prove", "Ask past questions and the whole suite with the draft and without it"), s.proveDraft)
	route(s, op("accept-draft", http.MethodPost, "/drafts/{id}/accept", "Publish a proved draft"), s.acceptDraft)
	route(s, op("reject-draft", http.MethodPost, "/drafts/{id}/reject", "Reject a draft with a reason"), s.rejectDraft)
	route(s, op("roll-back-draft", http.MethodPost, "/drafts/{id}/rollback", "Take back what a draft published"), s.rollBackDraft)
}

type listGapsInput struct {
	State learning.GapState `query:"state" enum:"open,drafted,closed"`
	Limit int               `query:"limit" minimum:"1" maximum:"200" default:"100"`
}

type gapsOutput struct {
	Body struct {
		Items []learning.Gap `json:"items"`
	}
}

func (s *server) listGaps(ctx context.Context, in *listGapsInput) (*gapsOutput, error) {
	if s.Learning == nil {
		return nil, errPart("learning")
	}
	list, err := s.Learning.Gaps(ctx, learning.GapFilter{State: in.State, Limit: in.Limit})
	out := &gapsOutput{}
	out.Body.Items = orEmpty(list)
	return out, err
}

// LearningPath names a gap or a draft.
type LearningPath struct {
	ID string `path:"id" maxLength:"120"`
}

type gapOutput struct {
	Body struct {
		learning.Gap
		Questions []learning.Signal `json:"questions" doc:"The newest signals, with what staff said"`
		Drafts    []learning.Draft  `json:"drafts"`
	}
}

func (s *server) getGap(ctx context.Context, in *LearningPath) (*gapOutput, error) {
	if s.Learning == nil {
		return nil, errPart("learning")
	}
	g, signals, err := s.Learning.Gap(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	drafts, err := s.Learning.Drafts(ctx, learning.DraftFilter{Gap: g.ID, Limit: 50})
	out := &gapOutput{}
	out.Body.Gap, out.Body.Questions, out.Body.Drafts = g, orEmpty(s.signalsFor(ctx, signals)), orEmpty(drafts)
	return out, err
}

// signalsFor leaves out the way to conversations that the member may not open; the words carry no personal data.
func (s *server) signalsFor(ctx context.Context, list []learning.Signal) []learning.Signal {
	if principal(ctx).Role.May(staff.ConversationAll) {
		return list
	}
	for i := range list {
		list[i].Conversation, list[i].Customer, list[i].ID = "", "", ""
	}
	return list
}

type draftOutput struct{ Body learning.Draft }

func (s *server) draftGap(ctx context.Context, in *LearningPath) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.draft", in.ID, func(by string) (learning.Draft, error) { return s.Learning.Draft(ctx, in.ID, by) })
}

// moveDraft does one move and writes it into the audit.
func (s *server) moveDraft(ctx context.Context, what, subject string, move func(by string) (learning.Draft, error)) (*draftOutput, error) {
	if s.Learning == nil {
		return nil, errPart("learning")
	}
	p := principal(ctx)
	d, err := move(string(p.ID))
	if err == nil {
		err = s.Staff.Record(ctx, p, what, subject, addressOf(ctx), nil)
	}
	return &draftOutput{d}, err
}

type listDraftsInput struct {
	State learning.DraftState `query:"state" enum:"draft,proved,failed,rejected,accepted,published,kept,rolled_back"`
	Limit int                 `query:"limit" minimum:"1" maximum:"200" default:"100"`
}

type draftsOutput struct {
	Body struct {
		Items []learning.Draft `json:"items"`
	}
}

func (s *server) listDrafts(ctx context.Context, in *listDraftsInput) (*draftsOutput, error) {
	if s.Learning == nil {
		return nil, errPart("learning")
	}
	list, err := s.Learning.Drafts(ctx, learning.DraftFilter{State: in.State, Limit: in.Limit})
	out := &draftsOutput{}
	out.Body.Items = orEmpty(list)
	return out, err
}

func (s *server) getDraft(ctx context.Context, in *LearningPath) (*draftOutput, error) {
	if s.Learning == nil {
		return nil, errPart("learning")
	}
	d, err := s.Learning.Find(ctx, in.ID)
	return &draftOutput{d}, err
}

type saveDraftInput struct {
	LearningPath
	Body struct {
		Version   int      `json:"version" minimum:"1" doc:"The version you had before your eyes"`
		Title     string   `json:"title" maxLength:"200"`
		Questions []string `json:"questions" maxItems:"50"`
		Body      string   `json:"body" maxLength:"200000"`
	}
}

func (s *server) saveDraft(ctx context.Context, in *saveDraftInput) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.edit", in.ID, func(by string) (learning.Draft, error) {
		d, err := s.Learning.Find(ctx, in.ID)
		if err != nil {
			return d, err
		}
		c := d.Content
		c.Title, c.Questions, c.Body = in.Body.Title, in.Body.Questions, in.Body.Body
		return s.Learning.Edit(ctx, in.ID, in.Body.Version, c, by)
	})
}

type moveDraftInput struct {
	LearningPath
	Body struct {
		Version int    `json:"version,omitempty" minimum:"0" doc:"Refused with 409 when the draft has moved on; 0 does not ask"`
		Reason  string `json:"reason,omitempty" maxLength:"400"`
	} `required:"false"`
}

func (s *server) proveDraft(ctx context.Context, in *moveDraftInput) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.prove", in.ID, func(by string) (learning.Draft, error) { return s.Learning.Prove(ctx, in.ID, by) })
}

func (s *server) acceptDraft(ctx context.Context, in *moveDraftInput) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.accept", in.ID, func(by string) (learning.Draft, error) {
		return s.Learning.Accept(ctx, in.ID, in.Body.Version, by)
	})
}

func (s *server) rejectDraft(ctx context.Context, in *moveDraftInput) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.reject", in.ID, func(by string) (learning.Draft, error) {
		if _, err := s.Learning.Find(ctx, in.ID); err != nil {
			return learning.Draft{}, err
		}
		return s.Learning.Reject(ctx, in.ID, in.Body.Version, by, in.Body.Reason)
	})
}

func (s *server) rollBackDraft(ctx context.Context, in *moveDraftInput) (*draftOutput, error) {
	return s.moveDraft(ctx, "learning.rollback", in.ID, func(by string) (learning.Draft, error) {
		return s.Learning.Rollback(ctx, in.ID, in.Body.Version, by, in.Body.Reason)
	})
}
