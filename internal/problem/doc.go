// Package problem writes errors to HTTP clients as RFC 9457 problem documents, the one form of every HTTP edge.
//
// The kind of a house error chooses the status; code and message are shown as they are. Anything else, and everything
// internal, is logged and shown only as "internal": no driver text, path or stack reaches a client.
package problem
