package tool

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"github.com/google/jsonschema-go/jsonschema"
)

var snake = regexp.MustCompile(`^[a-z][a-z0-9_]{1,47}$`)

// authority are the words no argument may carry: whoever could pass one could act as somebody else.
var authority = map[string]bool{
	"customer": true, "cust": true, "user": true, "uid": true, "userid": true, "tenant": true, "shopper": true, "buyer": true,
	"phone": true, "mobile": true, "tel": true, "telephone": true, "msisdn": true, "role": true, "permission": true, "admin": true,
	"account": true, "owner": true, "member": true, "identity": true, "openid": true, "unionid": true, "visitor": true,
	"session": true, "assurance": true, "verified": true, "staff": true, "approver": true, "impersonate": true,
}

// Lint tells what is wrong with a tool's description; an empty list is a fit tool.
func Lint(s Spec) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if !snake.MatchString(s.Name) {
		fault("its name must be snake_case, 2 to 48 characters")
	}
	if s.Title.ZH == "" || s.Title.EN == "" {
		fault("its title must be there in Chinese and in English")
	}
	if s.Direct && !s.Write {
		fault("only a write can be direct")
	}
	if s.Schema == nil || s.Schema.Type != "object" {
		fault("its schema must be an object; use tool.Object")
		return faults
	}
	return append(faults, lintSchema("arguments", s.Schema)...)
}

func lintSchema(at string, s *jsonschema.Schema) []string {
	switch {
	case s.Ref != "" || len(s.AnyOf)+len(s.OneOf)+len(s.AllOf)+len(s.PatternProperties) > 0 || s.If != nil:
		return []string{at + ": only plain fields are allowed, no references, alternatives or patterns of names"}
	case s.Type == "object":
		return lintObject(at, s)
	case s.Type == "array":
		if s.Items == nil || s.MaxItems == nil {
			return []string{at + ": a list needs a schema of its items and a maxItems"}
		}
		return lintSchema(at+"[]", s.Items)
	case s.Type == "string":
		if s.MaxLength == nil && len(s.Enum) == 0 {
			return []string{at + ": a text needs a maxLength or an enum"}
		}
	case s.Type == "integer" || s.Type == "boolean" || s.Type == "number":
	default:
		return []string{fmt.Sprintf("%s: the type %q is not allowed", at, s.Type)}
	}
	return nil
}

func lintObject(at string, s *jsonschema.Schema) []string {
	var faults []string
	if s.AdditionalProperties == nil || s.AdditionalProperties.Not == nil {
		faults = append(faults, at+": unknown arguments must be refused (additionalProperties: false)")
	}
	names := make([]string, 0, len(s.Properties))
	for n := range s.Properties {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		for _, w := range words(n) {
			if authority[w] {
				faults = append(faults, fmt.Sprintf("%s.%s: no argument may name a %s; it comes from the session", at, n, w))
			}
		}
		faults = append(faults, lintSchema(at+"."+n, s.Properties[n])...)
	}
	return faults
}

// words splits customer_id, customerId and CUSTOMER-ID alike.
func words(name string) []string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(rune(name[i-1])) {
			b.WriteByte(' ')
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || unicode.IsDigit(r) })
}
