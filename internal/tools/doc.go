// Package tools holds the built-in tools: what the agent can look up and carry out in the shop, for tickets and stores.
//
// # Promise
//
// No tool takes a customer: everything is reached through the commerce.Scope of the session's customer, so another's
// order looks exactly like one that does not exist. A write asks policy when it is planned and again when it runs, shows
// the exact action in both languages, and happens once per idempotency key. Texts of results are in the session's language.
//
// # Failure
//
// What policy forbids, and what cannot be found, is a *tool.Refusal with its reason in both languages and the flows that
// may help instead. Errors of the stores pass through.
package tools
