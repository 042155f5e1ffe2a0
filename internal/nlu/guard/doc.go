// Package guard spots what needs care in a message before anything acts on it: abuse, spam, attempts to command the machine
// (prompt injection), personal data, and the wish for a person.
//
// It only tells, with spans; what to do is up to the parts that act. Redact and Restore swap personal data for placeholders
// and back, for texts that leave the house. Everything works on a folded message, so that full-width, invisible and lookalike
// characters do not help to hide. It never fails.
package guard
