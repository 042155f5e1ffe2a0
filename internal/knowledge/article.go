package knowledge

import (
	"slices"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Status is the state of an article's newest version.
type Status string

// The states.
const (
	Draft     Status = "draft"
	Review    Status = "review"
	Published Status = "published"
	Withdrawn Status = "withdrawn"
)

// Limits tell for whom an article holds; an empty list means everybody.
type Limits struct {
	Stores   []string `json:"stores,omitempty" yaml:"stores"`
	Regions  []string `json:"regions,omitempty" yaml:"regions"`
	Tiers    []string `json:"tiers,omitempty" yaml:"tiers"`
	Channels []string `json:"channels,omitempty" yaml:"channels"`
	HoldOut  int      `json:"hold_out,omitempty" yaml:"hold_out"` // percent of conversations that do not get it, to compare with
}

// Content is what a version says.
type Content struct {
	Title      string    `json:"title"`
	Category   string    `json:"category"`
	Questions  []string  `json:"questions,omitempty"` // other ways to ask for it
	Body       string    `json:"body"`                // Markdown
	Limits     Limits    `json:"limits"`
	ValidFrom  time.Time `json:"valid_from,omitzero"`
	ValidUntil time.Time `json:"valid_until,omitzero"` // not included
	Source     string    `json:"source,omitempty"`     // "staff", "file:NAME", a URL ...
}

// Article is one article in one language, at one version.
type Article struct {
	ID        id.Article
	Key       string // shared by translations, part of the public address
	Lang      id.Lang
	Status    Status
	Version   int // newest
	Live      int // version that answers; 0 when none
	Content   Content
	Author    string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Version is one entry of an article's history.
type Version struct {
	Number  int
	Status  Status
	Content Content
	Author  string
	Note    string
	At      time.Time
}

// Limits of input: they keep one article readable and one import bounded.
const (
	titleMax, bodyMax, questionMax, questionsMax, keyMax = 200, 200_000, 300, 50, 100
)

// Check tells every wrong place of a content at once.
func (c *Content) Check() error {
	e := errs.New(errs.Invalid, "bad_article", "This article cannot be kept as it is.")
	if n := len([]rune(strings.TrimSpace(c.Title))); n == 0 || n > titleMax {
		e.With("title", "must have 1 to 200 characters")
	}
	if n := len(c.Body); strings.TrimSpace(c.Body) == "" || n > bodyMax {
		e.With("body", "must have text, at most 200,000 bytes")
	}
	if len(c.Questions) > questionsMax {
		e.With("questions", "at most 50")
	}
	for _, q := range c.Questions {
		if n := len([]rune(q)); n == 0 || n > questionMax {
			e.With("questions", "each must have 1 to 300 characters")
			break
		}
	}
	if c.Limits.HoldOut < 0 || c.Limits.HoldOut > 90 {
		e.With("hold_out", "must be 0 to 90 percent")
	}
	if !c.ValidUntil.IsZero() && !c.ValidUntil.After(c.ValidFrom) {
		e.With("valid_until", "must be after valid_from")
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}

// checkKey wants what fits an address: letters, digits, dash.
func checkKey(key string) error {
	bad := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	}
	if key == "" || len(key) > keyMax || strings.ContainsFunc(key, bad) {
		return errs.New(errs.Invalid, "bad_key", "The key %q must have 1 to 100 small letters, digits or dashes.", key)
	}
	return nil
}

// moves is the table of states.
var moves = map[Status][]Status{
	Draft:     {Review, Published, Withdrawn},
	Review:    {Draft, Published, Withdrawn},
	Published: {Published, Withdrawn, Draft},
	Withdrawn: {Draft, Published},
}

// Next tells whether a status may follow; every other move is a Conflict.
func (s Status) Next(to Status) error {
	if slices.Contains(moves[s], to) {
		return nil
	}
	return errs.New(errs.Conflict, "bad_move", "An article that is %s cannot become %s.", s, to)
}
