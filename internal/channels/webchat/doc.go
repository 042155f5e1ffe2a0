// Package webchat is the shopper API under /widget/v1: what the widget speaks, and anything else may.
//
// # Promise
//
// POST /messages answers 202 only after the message and the job that answers it are on disk; the same client_id again
// changes nothing and gives the same answer. GET /messages and the stream resume by number: nothing is missed, and what
// comes again carries the number it had. A token is bound to one conversation of one customer, is checked with its
// signature at every use, and opens nothing else. A customer id is believed only with its HMAC-SHA256 under the
// channel's secret, compared in constant time.
//
// # Failure
//
// Every refusal is one problem document and changes nothing. Too much of anything (bytes, requests, sessions from one
// address) is refused with Retry-After. A slow stream is cut; the client resumes where it was.
package webchat
