// Package evaluate measures classifiers of texts: it reads labelled rows, asks a predictor, and counts.
//
// States: none; every function is a calculation.
// Promise: what is printed is counted from the rows given, nothing is left out silently: rows without exactly one label
// are counted as skipped.
// Failure: a row that cannot be read stops the reading with its line number and how to mend it.
package evaluate
