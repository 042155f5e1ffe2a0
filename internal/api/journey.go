package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/journey"
)

type journeyInput struct {
	Version int `query:"version" minimum:"0" doc:"0: the one in force"`
}

type journeyOutput struct{ Body journey.Version }

type journeysOutput struct {
	Body struct {
		Items []journey.Version `json:"items"`
	}
}

type saveJourneyInput struct {
	Body struct {
		Version int           `json:"version" minimum:"0" doc:"The version you had before your eyes"`
		Note    string        `json:"note,omitempty" maxLength:"400"`
		Table   journey.Table `json:"table"`
	}
}

func (s *server) journeyRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/journey" + path, Summary: summary, Tags: []string{"Journey"}}
	}
	route(s, op("get-journey", http.MethodGet, "", "The journey table"), s.getJourney)
	route(s, op("save-journey", http.MethodPut, "", "Save the table as the next version"), s.saveJourney)
	route(s, op("journey-versions", http.MethodGet, "/versions", "The table's history, newest first"), s.journeyVersions)
}

func (s *server) getJourney(ctx context.Context, in *journeyInput) (*journeyOutput, error) {
	if s.Journey == nil {
		return nil, errPart("the journey table")
	}
	var v journey.Version
	var err error
	if in.Version > 0 {
		v, err = s.Journey.Version(ctx, in.Version)
	} else {
		v, err = s.Journey.Current(ctx)
	}
	return &journeyOutput{v}, err
}

func (s *server) saveJourney(ctx context.Context, in *saveJourneyInput) (*journeyOutput, error) {
	if s.Journey == nil {
		return nil, errPart("the journey table")
	}
	p := principal(ctx)
	v, err := s.Journey.Save(ctx, in.Body.Version, in.Body.Table, string(p.ID), in.Body.Note)
	if err == nil {
		err = s.Staff.Record(ctx, p, "journey.save", "journey", addressOf(ctx), nil)
	}
	return &journeyOutput{v}, err
}

func (s *server) journeyVersions(ctx context.Context, _ *none) (*journeysOutput, error) {
	if s.Journey == nil {
		return nil, errPart("the journey table")
	}
	vs, err := s.Journey.Versions(ctx)
	out := &journeysOutput{}
	out.Body.Items = orEmpty(vs)
	return out, err
}
