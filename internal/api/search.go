package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// searchNeeds is what a kind of result asks of the searcher, besides the search itself.
var searchNeeds = map[string]staff.Permission{
	"conversation": staff.ConversationRead, "customer": staff.CustomerRead, "ticket": staff.TicketRead,
	"order": staff.OrderRead, "article": staff.KnowledgeRead, "product": staff.SearchRead,
}

type searchInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"200"`
	Kinds string `query:"kinds" maxLength:"120" doc:"Comma-separated: conversation, customer, ticket, order, article, product; none means all"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"Results per kind"`
}

type searchOutput struct {
	Body struct {
		Items  []Found        `json:"items"`
		Counts map[string]int `json:"counts"`
	}
}

func (s *server) searchRoutes() {
	route(s, huma.Operation{OperationID: "search", Method: http.MethodGet, Path: "/search", Summary: "Live search over everything the asker may see", Tags: []string{"Search"}}, s.search)
}

func (s *server) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	p := principal(ctx)
	kinds, err := kindsFor(p, in.Kinds)
	if err != nil {
		return nil, err
	}
	found, err := s.find(ctx, p, in.Q, kinds, in.Limit)
	out := &searchOutput{}
	out.Body.Items, out.Body.Counts = orEmpty(found), map[string]int{}
	for _, f := range found {
		out.Body.Counts[f.Kind]++
	}
	return out, err
}

// kindsFor are the kinds asked for that the searcher may read.
func kindsFor(p staff.Principal, asked string) ([]string, error) {
	var out []string
	for kind, need := range searchNeeds {
		if p.Role.May(need) {
			out = append(out, kind)
		}
	}
	slices.Sort(out)
	if asked == "" {
		return out, nil
	}
	var some []string
	for _, k := range strings.Split(asked, ",") {
		if _, ok := searchNeeds[k]; !ok {
			return nil, errs.New(errs.Invalid, "kind_unknown", "There is nothing of the kind %q to search.", clipText(k, 40)).With("query.kinds", "conversation, customer, ticket, order, article, product")
		}
		if slices.Contains(out, k) {
			some = append(some, k)
		}
	}
	return some, nil
}

// find asks every finder for the kinds it knows.
func (s *server) find(ctx context.Context, p staff.Principal, q string, kinds []string, limit int) (out []Found, err error) {
	for _, f := range s.Finders {
		mine := slices.DeleteFunc(slices.Clone(f.Kinds()), func(k string) bool { return !slices.Contains(kinds, k) })
		if len(mine) == 0 {
			continue
		}
		found, err := f.Find(ctx, p, q, mine, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func invalid(code, place, why string) error {
	return errs.New(errs.Invalid, code, "%s", why).With(place, why)
}
