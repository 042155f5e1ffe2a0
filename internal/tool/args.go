package tool

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// maxArgs bounds the arguments of one call, in bytes of JSON.
const maxArgs = 16 << 10

// Args are the arguments of a call, checked against the tool's schema: JSON values only.
type Args map[string]any

// String is a text argument, "" when it is missing.
func (a Args) String(name string) string { s, _ := a[name].(string); return s }

// Strings is a list argument.
func (a Args) Strings(name string) []string {
	list, _ := a[name].([]any)
	out := make([]string, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// Int is a whole-number argument, 0 when it is missing.
func (a Args) Int(name string) int { f, _ := a[name].(float64); return int(f) }

// Bool is a yes-or-no argument.
func (a Args) Bool(name string) bool { b, _ := a[name].(bool); return b }

// DecodeArgs reads arguments from JSON that nobody vouches for: one object, bounded, no second value, no doubled name.
func DecodeArgs(raw []byte) (Args, error) {
	if len(raw) > maxArgs {
		return nil, errs.New(errs.TooLarge, "arguments_too_large", "Arguments may have %d bytes; these have %d.", maxArgs, len(raw))
	}
	if err := noDoubledNames(raw); err != nil {
		return nil, err
	}
	var a Args
	if err := json.Unmarshal(raw, &a); err != nil || a == nil {
		return nil, errs.Wrap(err, errs.Invalid, "arguments_not_an_object", "Arguments must be one JSON object.")
	}
	return a, nil
}

// noDoubledNames refuses {"order":"a","order":"b"}: two readers could take different ones for true.
func noDoubledNames(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	type frame struct {
		names map[string]bool // nil in arrays
		key   bool            // the next token is a name
	}
	var stack []frame
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errs.Wrap(err, errs.Invalid, "arguments_not_json", "Arguments must be JSON.")
		}
		top := len(stack) - 1
		switch t := tok.(type) {
		case json.Delim:
			if t == '}' || t == ']' {
				stack = stack[:top]
				break
			}
			if top >= 0 {
				stack[top].key = stack[top].names != nil
			}
			if len(stack) > 8 {
				return errs.New(errs.Invalid, "arguments_too_deep", "Arguments may nest 8 deep.")
			}
			if t == '{' {
				stack = append(stack, frame{map[string]bool{}, true})
			} else {
				stack = append(stack, frame{})
			}
		default:
			if top < 0 || stack[top].names == nil {
				break
			}
			if !stack[top].key {
				stack[top].key = true
				break
			}
			name := fmt.Sprint(t)
			if stack[top].names[name] {
				return errs.New(errs.Invalid, "argument_doubled", "The argument %q is given twice.", name)
			}
			stack[top].names[name], stack[top].key = true, false
		}
	}
}

// check normalises args through JSON and holds them against the schema.
func check(a Args, schema *jsonschema.Resolved) (Args, error) {
	raw, err := json.Marshal(a)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "arguments_not_json", "Arguments must be JSON values.")
	}
	if a == nil {
		raw = []byte("{}")
	}
	out, err := DecodeArgs(raw)
	if err != nil {
		return nil, err
	}
	if err := schema.Validate(map[string]any(out)); err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "arguments_invalid", "The arguments do not fit the tool's schema: %v", err)
	}
	return out, nil
}
