package flow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var placeholder = regexp.MustCompile(`\{([a-z_][a-z0-9_.]*)\}`)

// Render fills {path} from the environment. A part in [square brackets] is left out when one of its placeholders is
// empty, so that a sentence about a date is not said without the date.
func Render(text string, env map[string]any) string {
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '[')
		end := -1
		if open >= 0 {
			end = strings.IndexByte(text[open:], ']')
		}
		if end < 0 {
			out, _ := fill(text, env)
			b.WriteString(out)
			break
		}
		out, _ := fill(text[:open], env)
		b.WriteString(out)
		if out, whole := fill(text[open+1:open+end], env); whole {
			b.WriteString(out)
		}
		text = text[open+end+1:]
	}
	return strings.TrimSpace(b.String())
}

func fill(text string, env map[string]any) (string, bool) {
	whole := true
	out := placeholder.ReplaceAllStringFunc(text, func(m string) string {
		s := show(lookup(env, m[1:len(m)-1]))
		if s == "" {
			whole = false
		}
		return s
	})
	return out, whole
}

// show writes a value for people; objects have no form of their own.
func show(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool, int, int64:
		return fmt.Sprint(x)
	case Value:
		if x.Label != "" {
			return x.Label
		}
		return x.Value
	}
	return ""
}

// lookup walks a.b.0.c through objects and lists.
func lookup(env map[string]any, path string) any {
	var at any = env
	for part := range strings.SplitSeq(path, ".") {
		switch x := at.(type) {
		case map[string]any:
			at = x[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			at = x[i]
		default:
			return nil
		}
	}
	return at
}

// resolve fills the arguments of a call: "$slot" is the slot's value, "$result.path" a result's; empty ones are left out.
func resolve(args map[string]any, env map[string]any) map[string]any {
	out := map[string]any{}
	for name, v := range args {
		switch x := v.(type) {
		case []any:
			var list []any
			for _, item := range x {
				if r := value(item, env); r != nil {
					list = append(list, r)
				}
			}
			if len(list) > 0 {
				out[name] = list
			}
		default:
			if r := value(x, env); r != nil {
				out[name] = r
			}
		}
	}
	return out
}

func value(v any, env map[string]any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	if strings.Contains(s, "{") {
		v = Render(s, env)
	} else if strings.HasPrefix(s, "$") {
		v = lookup(env, s[1:])
	}
	if x, ok := v.(Value); ok {
		v = x.Value
	}
	if v == "" {
		return nil
	}
	return v
}
