// Package evals holds the demo shop's suites, so that the binary can replay them when it proves a draft.
package evals

import _ "embed" // the suites

// AnswersDev is the dev part of the answers suite, JSON lines.
//
//go:embed answers/dev.jsonl
var AnswersDev []byte

// AnswersHeldOut is its held-out part.
//
//go:embed answers/heldout.jsonl
var AnswersHeldOut []byte

// Learning is the scripted customers and staff of `xiaoer eval learning`.
//
//go:embed learning.yaml
var Learning []byte
