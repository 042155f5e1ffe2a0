// Package phrase finds many short patterns in one pass over a folded message.
//
// A pattern is a line of slots in order; a slot is a choice of literals:
//
//	转|找|要 .. 人工|真人 !怎么转    one of the first, within 12 characters one of the second, and nowhere "怎么转"
//	^ yes|yeah $                     the whole message is this, punctuation and blanks aside
//	refund* ... money                a Latin literal matches whole words; a star lets it grow; three dots allow 40 characters
//
// Literals are matched as they are (_ stands for a blank, ¦ for a bar); a literal that begins or ends with a Latin letter or digit needs a word border there.
// A blank between slots means that they follow at once. A Set is immutable and safe for concurrent use. Compile panics on
// a malformed line: patterns are program text, and tests compile them all.
package phrase
