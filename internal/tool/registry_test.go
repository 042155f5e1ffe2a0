package tool_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

func spec(fields ...tool.Field) tool.Spec {
	return tool.Spec{Name: "do_it", Title: id.Text{ZH: "做", EN: "Do it"}, Schema: tool.Object(fields...)}
}

func TestLint(t *testing.T) {
	if faults := tool.Lint(spec(tool.Field{Name: "order"}, tool.Field{Name: "items", Kind: "strings"}, tool.Field{Name: "all", Kind: "boolean"}, tool.Field{Name: "n", Kind: "integer"})); len(faults) > 0 {
		t.Errorf("a fit tool: %v", faults)
	}
	for _, name := range []string{"customer_id", "customerId", "CUSTOMER", "user", "tenant_id", "phone", "phone2", "mobile_no", "role", "accountNumber", "owner_id", "open_id_of_user", "is_verified", "session"} {
		if faults := tool.Lint(spec(tool.Field{Name: name})); len(faults) == 0 {
			t.Errorf("the argument %q was let through", name)
		}
	}
	loose := spec()
	loose.Schema.AdditionalProperties = nil
	unbounded := spec()
	unbounded.Schema.Properties = map[string]*jsonschema.Schema{"a": {Type: "string"}, "b": {Type: "array"}, "c": {AnyOf: []*jsonschema.Schema{{}}}, "d": {Type: "object"}, "e": {}}
	bare := spec()
	bare.Title, bare.Name, bare.Direct, bare.Schema = id.Text{}, "Do It", true, nil
	for name, c := range map[string]struct {
		s    tool.Spec
		want int
	}{"loose": {loose, 1}, "unbounded": {unbounded, 5}, "bare": {bare, 4}} {
		if faults := tool.Lint(c.s); len(faults) != c.want {
			t.Errorf("%s: %d faults, want %d: %v", name, len(faults), c.want, faults)
		}
	}
}

func TestSessionsCannotBeForged(t *testing.T) {
	if (tool.Session{}).Valid() || (tool.Session{}).Customer() != "" || (tool.Session{}).Assurance() != tool.Anonymous {
		t.Error("the zero session has authority")
	}
	for _, i := range []tool.Identity{{}, {Customer: "c"}, {Conversation: "v"}, {Customer: "c", Conversation: "v", Assurance: 9}, {Customer: "c", Conversation: "v", Assurance: -1}} {
		if s, err := tool.NewSession(i); err == nil || s.Valid() {
			t.Errorf("%+v made a session", i)
		}
	}
	s := session(t, "c", "v", tool.Known)
	if s.Customer() != "c" || s.Conversation() != "v" || s.Assurance() != tool.Known || s.Language() != id.EN || s.Turn() != "t1" || s.Channel() != "" {
		t.Error("the session forgot its identity")
	}
	for name, want := range map[string]tool.Assurance{"fresh": tool.Fresh, "verified": tool.Verified, "known": tool.Known, "root": tool.Anonymous, "": tool.Anonymous} {
		if got := tool.ParseAssurance(name); got != want {
			t.Errorf("%q is %s", name, got)
		}
	}
	if tool.Assurance(7).String() != "assurance(7)" {
		t.Error("odd levels need a name too")
	}
}

func TestOffered(t *testing.T) {
	b := fresh(t, tool.Limits{}, false)
	count := func(a tool.Assurance) int { return len(b.gate.Registry().Offered(a)) }
	if count(tool.Anonymous) != 1 || count(tool.Known) != 1 || count(tool.Verified) != 3 || len(b.gate.Registry().Specs()) != 3 {
		t.Error("tools are offered by level")
	}
	if _, err := tool.NewRegistry(append(b.shop.Tools(), b.shop.Tools()...)...); errs.CodeOf(err) != "tool_doubled" {
		t.Errorf("doubled: %v", err)
	}
	_, err := b.gate.Read(b.ctx, session(t, "li", "v1", tool.Known), "read_order", tool.Args{"order": "li-1"})
	wantCode(t, err, "assurance_too_low")
	_, err = b.gate.Read(b.ctx, session(t, "li", "v1", tool.Fresh), "nothing", nil)
	wantCode(t, err, "tool_unknown")
	_, err = b.gate.Read(b.ctx, tool.Session{}, "read_order", nil)
	wantCode(t, err, "no_session")
	if got, err := b.gate.Read(b.ctx, session(t, "li", "v1", tool.Verified), "read_order", tool.Args{"order": "li-1"}); err != nil || got.Data["order"] != "li-1" {
		t.Errorf("own order: %v %v", got, err)
	}
}

func TestArguments(t *testing.T) {
	for raw, code := range map[string]string{
		`{"a":1,"a":2}`: "argument_doubled", `[1]`: "arguments_not_an_object", `null`: "arguments_not_an_object", `{`: "arguments_not_an_object", `{"a":x}`: "arguments_not_json",
		`{"a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`: "arguments_too_deep", `{"a":"` + strings.Repeat("x", 20_000) + `"}`: "arguments_too_large",
		`{"a":{"b":1,"b":2}}`: "argument_doubled", `{"a":1}{"b":2}`: "arguments_not_an_object",
	} {
		_, err := tool.DecodeArgs([]byte(raw))
		wantCode(t, err, code)
	}
	a, err := tool.DecodeArgs([]byte(`{"s":"x","l":["a","b",3],"n":4,"b":true,"o":{"a":[{"a":1}]}}`))
	if err != nil || a.String("s") != "x" || len(a.Strings("l")) != 2 || a.Int("n") != 4 || !a.Bool("b") || a.String("none") != "" {
		t.Errorf("%v %v", a, err)
	}
	b, li := fresh(t, tool.Limits{}, false), session(t, "li", "v1", tool.Verified)
	for _, args := range []tool.Args{nil, {"order": 1}, {"order": ""}, {"order": "li-1", "extra": 1}, {"order": strings.Repeat("x", 41)}, {"order": "li-1", "reason": "mood"}} {
		_, err := b.gate.Propose(b.ctx, li, "cancel_order", args)
		wantCode(t, err, "arguments_invalid")
	}
	b.want(0)
}

func TestSchemasAreJSON(t *testing.T) {
	raw, err := json.Marshal(spec(tool.Field{Name: "order", Text: id.Text{EN: "order number"}}, tool.Field{Name: "n", Kind: "integer", Optional: true}).Schema)
	if err != nil || !strings.Contains(string(raw), `"required":["order"]`) || !strings.Contains(string(raw), "order number") {
		t.Errorf("%s %v", raw, err)
	}
}

func TestRefusal(t *testing.T) {
	r := &tool.Refusal{Code: "x", Why: id.Text{EN: "because"}}
	if !errs.Is(r, errs.Conflict) || r.Error() != "x: because" || errs.CodeOf(r) != "x" {
		t.Error("a refusal is a Conflict with its code")
	}
	d := &tool.DoneError{Effect: tool.Effect{ID: "e", State: tool.Done}}
	if !strings.Contains(d.Error(), "e is done") || !errs.Is(d, errs.Conflict) {
		t.Error(d.Error())
	}
}
