package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// Meta is what the sign-in page may know.
type Meta struct {
	Name       string      `json:"name"`
	Version    string      `json:"version"`
	Demo       bool        `json:"demo"`
	DemoLogins []DemoLogin `json:"demo_logins" doc:"Only in a demo"`
}

// DemoLogin opens an account of the demo shop.
type DemoLogin struct {
	Login    string     `json:"login"`
	Password string     `json:"password"`
	Name     string     `json:"name"`
	Role     staff.Role `json:"role"`
}

type metaOutput struct{ Body Meta }

type rawOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) metaRoutes() {
	tag := []string{"About"}
	page := func(kind string) map[string]*huma.Response {
		return map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{kind: {}}}}
	}
	route(s, huma.Operation{OperationID: "meta", Method: http.MethodGet, Path: "/meta", Summary: "What this installation is", Tags: tag}, s.meta)
	route(s, huma.Operation{OperationID: "openapi", Method: http.MethodGet, Path: "/openapi.json", Summary: "This description", Tags: tag, Responses: page("application/json")}, s.openapi)
	route(s, huma.Operation{OperationID: "docs", Method: http.MethodGet, Path: "/docs", Summary: "This description as a page", Tags: tag, Responses: page("text/html")}, s.docs)
}

func (s *server) meta(context.Context, *none) (*metaOutput, error) {
	m := s.Meta
	if m.Name == "" {
		m.Name = "Xiaoer"
	}
	if !m.Demo || m.DemoLogins == nil {
		m.DemoLogins = []DemoLogin{}
	}
	return &metaOutput{m}, nil
}

func (s *server) openapi(context.Context, *none) (*rawOutput, error) {
	b, err := s.huma.OpenAPI().MarshalJSON()
	return &rawOutput{"application/json", b}, err
}

func (s *server) docs(context.Context, *none) (*rawOutput, error) {
	b, err := docsPage(s.huma.OpenAPI())
	return &rawOutput{"text/html; charset=utf-8", b}, err
}
