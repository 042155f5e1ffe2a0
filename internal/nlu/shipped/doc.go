// Package shipped holds the models the product starts with, trained on the house's own corpus, as compact files in the
// binary. `go generate ./internal/nlu/shipped` makes them anew; a test holds them to the corpus.
//
// States: none; models are read once, when first asked for.
// Promise: reading takes a fraction of a second; the models are safe for concurrent use.
// Failure: a damaged file cannot happen in a tested build and panics.
package shipped

//go:generate go run ./make
