package flow

import (
	"io/fs"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Fault is what is wrong with a flow's text, where, and how to mend it.
type Fault struct {
	Line     int    `json:"line" doc:"From 1; 0 when it is about the whole"`
	Location string `json:"location,omitempty" doc:"The place by name: steps.done.say, slots.order.ask"`
	Message  string `json:"message"`
}

// Source is the text of a shipped flow, as a beginning for one's own; empty when there is none of this id.
func Source(flow string) string {
	if !idForm.MatchString(flow) {
		return ""
	}
	raw, err := fs.ReadFile(shipped, "flows/"+flow+".yaml")
	if err != nil {
		return ""
	}
	return string(raw)
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// CheckText tells everything that is wrong with a flow as text that is to take its place in the book, line by line. A text
// without faults is one that Load takes.
func (b *Book) CheckText(raw []byte) (*Flow, []Fault) {
	f, err := Parse(raw)
	if err != nil {
		return nil, parseFaults(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(raw, &root); err != nil {
		return nil, parseFaults(err)
	}
	var out []Fault
	for _, d := range b.Check(f) {
		where := strings.TrimPrefix(d.Location, f.ID+".")
		out = append(out, Fault{Line: lineOf(&root, where), Location: where, Message: d.Message})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Line < out[j].Line })
	return f, out
}

// parseFaults are the lines a YAML error names.
func parseFaults(err error) (out []Fault) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if m := yamlLine.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			out = append(out, Fault{Line: n, Message: m[2]})
		}
	}
	if len(out) == 0 {
		out = []Fault{{Message: strings.TrimPrefix(err.Error(), "yaml: ")}}
	}
	return out
}

// lineOf finds the line of a place as Check names it, or of the nearest part around it that is written down.
func lineOf(root *yaml.Node, where string) int {
	at := root
	if at.Kind == yaml.DocumentNode && len(at.Content) > 0 {
		at = at.Content[0]
	}
	line := 0
	for part := range strings.SplitSeq(where, ".") {
		name, index, _ := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		next, l := child(at, name)
		if next == nil {
			break
		}
		at, line = next, l
		if n, err := strconv.Atoi(index); err == nil && at.Kind == yaml.SequenceNode && n < len(at.Content) {
			at, line = at.Content[n], at.Content[n].Line
		}
	}
	return line
}

// child is a member of a mapping by its key, or of a list of steps by its id.
func child(n *yaml.Node, name string) (*yaml.Node, int) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				return n.Content[i+1], n.Content[i].Line
			}
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if v, _ := child(item, "id"); v != nil && v.Value == name {
				return item, item.Line
			}
		}
	}
	return nil, 0
}

// Sound turns faults into one refusal.
func Sound(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	e := errs.New(errs.Invalid, "flow_invalid", "The flow has %d faults; mend the lines named.", len(faults))
	for _, f := range faults {
		e.With("line "+strconv.Itoa(f.Line), f.Message)
	}
	return e
}
