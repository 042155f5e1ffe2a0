// Package customer is the noun of who we talk to: customers, visitors, and their identities on channels.
//
// A visitor is a customer not yet known. An identity is a handle on one account of one channel; it belongs to exactly one
// customer, and the database holds that. When a visitor proves who he is, his conversations move to the known customer
// (Claim); nothing ever moves between two known customers. Foreign and missing customers look equal: NotFound.
package customer
