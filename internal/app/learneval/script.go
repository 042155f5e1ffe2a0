package learneval

import (
	"bytes"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
)

// Script is who asks what, and what staff say.
type Script struct {
	Topics  []Topic `yaml:"topics"`
	Harmful struct {
		Language  id.Lang  `yaml:"language"`
		Title     string   `yaml:"title"`
		Questions []string `yaml:"questions"`
		Body      string   `yaml:"body"`
	} `yaml:"harmful"`
}

// Topic is one thing the shop does not know.
type Topic struct {
	Name     string   `yaml:"name"`
	Language id.Lang  `yaml:"language"`
	Ask      []string `yaml:"ask"`
	Answers  []string `yaml:"answers"`
	Again    []string `yaml:"again"`
}

// Read reads a script.
func Read(data []byte) (s Script, err error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return s, errs.Wrap(err, errs.Invalid, "learning_script", "The script cannot be read: %v", err)
	}
	for _, t := range s.Topics {
		if t.Name == "" || len(t.Ask) == 0 || len(t.Again) == 0 {
			return s, errs.New(errs.Invalid, "learning_script", "Topic %q needs a name, ask and again.", t.Name)
		}
	}
	return s, nil
}

// unanswered are the topics that staff left alone.
func (s Script) unanswered() (out []Topic) {
	for _, t := range s.Topics {
		if len(t.Answers) == 0 {
			out = append(out, t)
		}
	}
	return out
}

// right is what an answer to the topic must say; "" when nobody answered it.
func (t Topic) right() string {
	if len(t.Answers) == 0 {
		return ""
	}
	return learning.Extract(t.Answers[0])
}
