package flow

import (
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// conds compiles each condition once; programs are immutable.
type conds struct{ programs sync.Map }

// holds evaluates a condition; the empty one holds. An error says that it cannot be told.
func (c *conds) holds(cond string, env map[string]any) (bool, error) {
	if cond == "" {
		return true, nil
	}
	p, ok := c.programs.Load(cond)
	if !ok {
		compiled, err := expr.Compile(cond, expr.AllowUndefinedVariables())
		if err != nil {
			return false, err
		}
		p, _ = c.programs.LoadOrStore(cond, compiled)
	}
	out, err := expr.Run(p.(*vm.Program), env)
	if err != nil {
		return false, err
	}
	b, _ := out.(bool)
	return b, nil
}

// names lists the variables a condition stands on.
func names(cond string) ([]string, error) {
	tree, err := parser.Parse(cond)
	if err != nil {
		return nil, err
	}
	v := &collector{}
	ast.Walk(&tree.Node, v)
	return v.names, nil
}

type collector struct{ names []string }

// Visit notes an identifier.
func (c *collector) Visit(n *ast.Node) {
	if i, ok := (*n).(*ast.IdentifierNode); ok {
		c.names = append(c.names, i.Value)
	}
}

// env is what conditions and templates see: facts, slots (text in conditions, label in templates) and results by name.
func env(f *Frame, facts Facts) map[string]any {
	m := map[string]any{
		"emotion": facts.Emotion, "intensity": facts.Intensity, "negative": facts.Negative(), "language": string(facts.Language),
		"images": facts.Images, "assurance": facts.Assurance, "text": facts.Text, "words": f.Words, "wish": f.Wish,
	}
	for name, r := range f.Results {
		m[name] = map[string]any(r)
	}
	for name, v := range f.Slots {
		m[name] = v
	}
	return m
}

// plain is env with slots as plain values, and unset slots as "", for conditions.
func plain(fl *Flow, f *Frame, facts Facts) map[string]any {
	m := env(f, facts)
	for name := range fl.Slots {
		m[name] = f.Slots[name].Value
	}
	return m
}

// known are the names of env that are always there.
var known = []string{"emotion", "intensity", "negative", "language", "images", "assurance", "text", "words", "wish", "refused"}
