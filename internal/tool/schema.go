package tool

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Field is one argument of a tool.
type Field struct {
	Name     string
	Text     id.Text  // what it means
	Kind     string   // string (the default), strings, integer, boolean
	Enum     []string // allowed values
	Pattern  string   // of a string; anchored by whoever writes it
	MaxLen   int      // of a string: 200 when 0; of strings: of each
	Max      int      // of strings: how many, 20 when 0; of an integer: the largest, 1,000,000 when 0
	Min      int      // of an integer
	Optional bool
}

// Object makes the strict schema of a tool's arguments: nothing beyond the fields is accepted, all of them are bounded.
func Object(fields ...Field) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: nothing()}
	for _, f := range fields {
		s.Properties[f.Name] = f.schema()
		s.PropertyOrder = append(s.PropertyOrder, f.Name)
		if !f.Optional {
			s.Required = append(s.Required, f.Name)
		}
	}
	return s
}

// nothing is the schema no value satisfies.
func nothing() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

func (f Field) schema() *jsonschema.Schema {
	var s *jsonschema.Schema
	switch f.Kind {
	case "boolean":
		s = &jsonschema.Schema{Type: "boolean"}
	case "integer":
		lo, hi := float64(f.Min), float64(or(f.Max, 1_000_000))
		s = &jsonschema.Schema{Type: "integer", Minimum: &lo, Maximum: &hi}
	case "strings":
		one, most := 1, or(f.Max, 20)
		s = &jsonschema.Schema{Type: "array", Items: f.text(), MinItems: &one, MaxItems: &most, UniqueItems: true}
	default:
		s = f.text()
	}
	s.Description = f.Text.In(id.EN)
	return s
}

func (f Field) text() *jsonschema.Schema {
	one, most := 1, or(f.MaxLen, 200)
	s := &jsonschema.Schema{Type: "string", MinLength: &one, MaxLength: &most, Pattern: f.Pattern}
	for _, v := range f.Enum {
		s.Enum = append(s.Enum, v)
	}
	return s
}

func or(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}
