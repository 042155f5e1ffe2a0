package dialogue

import (
	"bytes"
	"io/fs"
	"path"
	"sort"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Suite is one dialogue.
type Suite struct {
	File     string         `yaml:"-"`
	Name     string         `yaml:"name"`
	Customer string         `yaml:"customer"` // a seed customer's id; empty or "none" for a visitor
	Now      time.Time      `yaml:"now"`
	Language string         `yaml:"language"` // of the page; empty means the customer's
	Turns    []Turn         `yaml:"turns"`
	State    map[string]int `yaml:"state"`
}

// Turn is one message or press, and what is expected of all replies to it.
type Turn struct {
	Say    string `yaml:"say"`
	Press  string `yaml:"press"`
	Expect Expect `yaml:"expect"`
}

// Expect is what must hold; empty fields expect nothing.
type Expect struct {
	Category    string   `yaml:"category"`
	CategoryAny []string `yaml:"category_any"`
	Intent      string   `yaml:"intent"`
	Emotion     string   `yaml:"emotion"`
	EmotionAny  []string `yaml:"emotion_any"`
	Flow        string   `yaml:"flow"`
	FlowAny     []string `yaml:"flow_any"`
	Tools       []string `yaml:"tools"`
	Card        string   `yaml:"card"`
	CardAny     []string `yaml:"card_any"`
	Contains    []string `yaml:"contains"`
	ContainsAny []string `yaml:"contains_any"`
	NotContains []string `yaml:"not_contains"`
	Cites       *bool    `yaml:"cites"`
	Handoff     *bool    `yaml:"handoff"`
}

// counted are the numbers a suite may name in its state.
var counted = map[string]bool{"effects": true, "returns": true, "exchanges": true, "refunds": true, "cancellations": true, "tickets": true}

// Read reads all suites of a folder and of the folders in it, by path.
func Read(dir fs.FS) ([]Suite, error) {
	var out []Suite
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isYAML(name) {
			return err
		}
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			return err
		}
		s, err := Parse(raw)
		if err != nil {
			return errs.Wrap(err, errs.Invalid, "suite_invalid", "%s: %v", name, err)
		}
		s.File = name
		out = append(out, s)
		return nil
	})
	sort.Slice(out, func(i, j int) bool { return out[i].File < out[j].File })
	return out, err
}

func isYAML(name string) bool { return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml" }

// Parse reads one suite.
func Parse(raw []byte) (Suite, error) {
	var s Suite
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return s, err
	}
	return s, s.check()
}

func (s *Suite) check() error {
	if s.Customer == "none" {
		s.Customer = ""
	}
	if s.Name == "" || len(s.Turns) == 0 {
		return errs.New(errs.Invalid, "suite_empty", "A suite needs a name and turns.")
	}
	for i, t := range s.Turns {
		if (t.Say == "") == (t.Press == "") {
			return errs.New(errs.Invalid, "turn_unclear", "Turn %d must have say or press, one of them.", i+1)
		}
	}
	for k := range s.State {
		if !counted[k] {
			return errs.New(errs.Invalid, "state_unknown", "The state %q cannot be counted.", k)
		}
	}
	return nil
}
