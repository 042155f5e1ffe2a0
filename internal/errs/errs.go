package errs

import (
	"errors"
	"fmt"
	"time"
)

// Kind classifies an error for whoever has to react to it.
type Kind string

// The kinds, and the HTTP status the API edge gives them.
const (
	Invalid         Kind = "invalid"         // 422: the input is wrong; mend it and send again
	Unauthenticated Kind = "unauthenticated" // 401: we do not know who asks
	Forbidden       Kind = "forbidden"       // 403: we know, and it is not allowed
	NotFound        Kind = "not_found"       // 404: not there, or not yours (the two look equal)
	Conflict        Kind = "conflict"        // 409: the state changed, or the key is taken
	TooLarge        Kind = "too_large"       // 413: over a stated limit
	RateLimited     Kind = "rate_limited"    // 429: later, see RetryAfter
	Unavailable     Kind = "unavailable"     // 503: a part is down; nothing was changed
	Internal        Kind = "internal"        // 500: our fault; details are in the log only
)

// Detail names one wrong place of an input.
type Detail struct {
	Location string `json:"location"` // path into the input, e.g. "body.text" or "line 12, column price"
	Message  string `json:"message"`
}

// Error is the error of the house.
type Error struct {
	Kind       Kind
	Code       string // stable, snake_case, e.g. "message_too_long"
	Message    string // for a person: what, and how to mend it
	Details    []Detail
	RetryAfter time.Duration // with RateLimited and Unavailable; 0 when unknown
	Err        error         // cause, for the log
}

// Error tells kind, message and cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind; format and args make the message.
func New(k Kind, code, format string, args ...any) *Error {
	return &Error{Kind: k, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error of a kind around a cause.
func Wrap(err error, k Kind, code, format string, args ...any) *Error {
	e := New(k, code, format, args...)
	e.Err = err
	return e
}

// With adds a wrong place and returns the same error.
func (e *Error) With(location, message string) *Error {
	e.Details = append(e.Details, Detail{location, message})
	return e
}

// KindOf is the kind of the nearest house error in err's chain; Internal when there is none, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// CodeOf is the stable code of the nearest house error, "internal" without one.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}
