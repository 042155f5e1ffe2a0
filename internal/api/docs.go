package api

import (
	"bytes"
	_ "embed" // the page
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

//go:embed docs.html
var docsHTML string

var docsTemplate = template.Must(template.New("docs").Parse(docsHTML))

type docsTag struct {
	Name string
	Ops  []docsOp
}

type docsOp struct {
	Method, Path, ID, Summary, Description, Body, Answer string
	Params                                               []docsParam
}

type docsParam struct{ Name, In, Type, Doc string }

type docsType struct {
	Name   string
	Fields []docsParam
}

type docsProblem struct {
	Kind, Title string
	Status      int
}

// docsPage renders the description as one page without scripts and without foreign hosts.
func docsPage(o *huma.OpenAPI) ([]byte, error) {
	var buf bytes.Buffer
	err := docsTemplate.Execute(&buf, map[string]any{"Info": o.Info, "Tags": docsTags(o), "Types": docsTypes(o), "Problems": docsProblems()})
	return buf.Bytes(), err
}

func docsTags(o *huma.OpenAPI) []docsTag {
	byTag := map[string][]docsOp{}
	for _, path := range slices.Sorted(maps.Keys(o.Paths)) {
		item := o.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				byTag[op.Tags[0]] = append(byTag[op.Tags[0]], docsOpOf(o, op))
			}
		}
	}
	var out []docsTag
	for _, name := range slices.Sorted(maps.Keys(byTag)) {
		out = append(out, docsTag{name, byTag[name]})
	}
	return out
}

func docsOpOf(o *huma.OpenAPI, op *huma.Operation) docsOp {
	d := docsOp{Method: op.Method, Path: op.Path, ID: op.OperationID, Summary: op.Summary, Description: op.Description}
	for _, p := range op.Parameters {
		d.Params = append(d.Params, docsParam{p.Name, p.In, typeName(p.Schema), p.Description})
	}
	if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
		d.Body = typeName(op.RequestBody.Content["application/json"].Schema)
	}
	for _, status := range []string{"200", "201"} {
		if r := op.Responses[status]; r != nil && r.Content["application/json"] != nil {
			d.Answer = typeName(r.Content["application/json"].Schema)
		}
	}
	return d
}

func typeName(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Type == huma.TypeArray:
		return typeName(s.Items) + "[]"
	case s.Format != "":
		return s.Type + " (" + s.Format + ")"
	}
	return s.Type
}

func docsTypes(o *huma.OpenAPI) (out []docsType) {
	schemas := o.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		t := docsType{Name: name}
		for _, field := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			p := schemas[name].Properties[field]
			in := "optional"
			if slices.Contains(schemas[name].Required, field) {
				in = "always"
			}
			t.Fields = append(t.Fields, docsParam{field, in, typeName(p), p.Description})
		}
		out = append(out, t)
	}
	return out
}

func docsProblems() (out []docsProblem) {
	for _, k := range slices.Sorted(maps.Keys(titles)) {
		out = append(out, docsProblem{string(k), titles[k], problem.Status(k)})
	}
	return out
}
