package tool

import (
	"fmt"
	"sort"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Registry holds the tools that exist. It is filled at start and only read afterwards.
type Registry struct {
	byName map[string]entry
}

type entry struct {
	tool   Tool
	spec   Spec
	schema *jsonschema.Resolved
}

// NewRegistry takes the tools in; a tool that Lint finds fault with, or a doubled name, fails the start.
func NewRegistry(tools ...Tool) (*Registry, error) {
	r := &Registry{map[string]entry{}}
	for _, t := range tools {
		spec := t.Spec()
		if faults := Lint(spec); len(faults) > 0 {
			return nil, errs.New(errs.Invalid, "tool_unfit", "The tool %q cannot be registered: %s", spec.Name, faults[0])
		}
		if _, dup := r.byName[spec.Name]; dup {
			return nil, errs.New(errs.Conflict, "tool_doubled", "Two tools are called %q.", spec.Name)
		}
		resolved, err := spec.Schema.Resolve(nil)
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "tool_unfit", "The schema of %q does not resolve", spec.Name)
		}
		r.byName[spec.Name] = entry{t, spec, resolved}
	}
	return r, nil
}

// Specs lists all tools by name.
func (r *Registry) Specs() []Spec { return r.Offered(Fresh) }

// Offered lists the tools of a level of assurance, by name.
func (r *Registry) Offered(a Assurance) []Spec {
	var out []Spec
	for _, e := range r.byName {
		if e.spec.MinAssurance <= a {
			out = append(out, e.spec)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Spec is the description of a tool.
func (r *Registry) Spec(name string) (Spec, bool) {
	e, ok := r.byName[name]
	return e.spec, ok
}

// find gives the tool to a session that may use it. What does not exist and what is not offered fail apart only in code.
func (r *Registry) find(s Session, name string) (entry, error) {
	if !s.Valid() {
		return entry{}, errs.New(errs.Unauthenticated, "no_session", "A tool needs a session.")
	}
	e, ok := r.byName[name]
	if !ok {
		return entry{}, errs.New(errs.NotFound, "tool_unknown", "There is no tool %.60q.", name)
	}
	if s.Assurance() < e.spec.MinAssurance {
		return entry{}, errs.New(errs.Forbidden, "assurance_too_low", "%s needs the level %s; this conversation has %s.",
			fmt.Sprintf("%q", name), e.spec.MinAssurance, s.Assurance())
	}
	return e, nil
}
