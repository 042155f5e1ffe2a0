// Package gate decides whether what was found answers a question: a small forest of decision trees over shares, leads and
// votes of the evidence.
//
// Promise: the same evidence gives the same probability; no word of any shop is in the model, only how well words were met.
// The trees in gate.json are written by `go generate ./internal/knowledge/gate` from the demo shop's articles, each way to
// ask tried with itself taken out and once more with its whole article taken out, and from the development questions in
// evals/answers; with XIAOER_LONG=1 a test fits them again and holds the file to it. Failure: none once the file is read; a broken file stops
// the tests, not a shop.
package gate

//go:generate go run ./make
