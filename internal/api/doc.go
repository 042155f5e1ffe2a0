// Package api is the staff and integrator API under /api/v1: one file per noun, described by the OpenAPI document it serves.
//
// # States
//
// A request passes the edge (number, address, headers, limits, encoding), then the guard (session, origin, CSRF header,
// permission), then its handler, which asks the data within the caller's scope. Nothing is kept between requests but who
// is looking at what, for thirty seconds.
//
// # Promise
//
// Every route has one rule in the table of rules.go; New panics without it, so such a binary does not pass its first
// test. Foreign and missing ids look equal. Fields, query parameters and spellings that are not described are refused and
// change nothing. Every error is one problem document (RFC 9457), made from the error's kind in one place; what is
// internal stays in the log.
//
// # Failure
//
// A panic in a handler is a problem document with status 500 and a line in the log; the process goes on. A store that is
// down is 503 with nothing changed.
package api
