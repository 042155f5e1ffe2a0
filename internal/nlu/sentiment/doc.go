// Package sentiment tells the emotion of a message and whether a review is for or against what it speaks of.
//
// A lexicon of our own in both languages, with negation, intensifiers and contrast, sums what is said; a classifier trained
// on our own phrases knows the six emotions. They vote; neither was trained on anybody's reviews.
//
// States: a Reader is immutable.
// Promise: safe for concurrent use, never fails, cost grows with the length of the text only.
// Failure: New reports a model without the six emotions.
package sentiment
