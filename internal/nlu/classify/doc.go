// Package classify is the house's own trainable text classifier. It needs no model, no segmentation and no network.
//
// A text is read as hashed words, word pairs (also with a gap), character grams of words, and grams of Han characters.
// Two learners vote: one linear machine per label over all features, and small networks over a part of them. The best
// labels get calibrated probabilities, fitted on rows the voting models had not seen. Rows labelled "oos" train the
// decision that a text belongs to no label; without such rows the probability alone decides.
//
// States: a Model is immutable. Training makes a new one, which the caller swaps in.
// Promise: the same examples, options and seed give the same model, byte for byte; Predict is safe for concurrent use,
// never fails, and its cost is bounded whatever the text.
// Failure: Train refuses fewer than two labels and empty labels, and stops with the context's error when told to; Read
// refuses anything that Write has not written.
package classify
