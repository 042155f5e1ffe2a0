// Package corpus is the training data the product ships, written for it: intents and emotions in Chinese and English, as
// phrases and small grammars, and held-out parts in separate wording that are never trained on.
//
// States: none; the files are embedded and read when asked for.
// Promise: the same seed gives the same phrases in the same order.
// Failure: a file that breaks its own grammar is a programming error and panics with file and line; the tests read all.
package corpus
