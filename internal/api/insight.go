package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/insight"
)

type insightInput struct {
	From time.Time `query:"from" doc:"Included; 30 days ago when missing"`
	To   time.Time `query:"to" doc:"Not included; now when missing"`
}

type insightOutput struct{ Body insight.Summary }

func (s *server) insightRoutes() {
	route(s, huma.Operation{OperationID: "insight-summary", Method: http.MethodGet, Path: "/insight/summary", Summary: "Figures of a range, each with what it is a share of", Tags: []string{"Insight"}}, s.insightSummary)
}

func (s *server) insightSummary(ctx context.Context, in *insightInput) (*insightOutput, error) {
	if s.Insight == nil {
		return nil, errPart("insight")
	}
	if in.To.IsZero() {
		in.To = s.Now()
	}
	if in.From.IsZero() {
		in.From = in.To.AddDate(0, 0, -30)
	}
	sum, err := s.Insight.Summary(ctx, in.From, in.To)
	return &insightOutput{sum}, err
}
