// Package errs holds the one error type of the house.
//
// An Error has a Kind (what class of thing went wrong, which edges map to a status), a stable Code that programs may
// match, and a Message that tells a person what is wrong and how to mend it. Everything below the edges returns these
// or wraps them; the edges translate in one place. An error without a Kind is Internal: its text is logged, never shown.
package errs
