// Package commerce is the noun of what the shop sells and owes: products and SKUs, stock by place, stores, members with
// their points, coupons and payment methods, orders with payments and shipments, and the cases that follow an order
// (return, exchange, repair, invoice, price protection, pick-up, appointment).
//
// # States
//
// An order goes
//
//	unpaid -> paid -> processing -> shipped -> delivered -> completed     sent to an address
//	unpaid -> paid -> processing -> ready_for_pickup -> picked_up         fetched in a store
//	unpaid, paid -> cancelled
//
// and a case of each kind its own way (see Steps). Every other move is a Conflict and changes nothing.
//
// # Promise
//
// A customer's things are reached through a Scope only, which cannot be made without the customer's id and puts it into
// every query: what belongs to another looks exactly like what does not exist. Every change is a Request that is first
// decided by Policies (data, see seed/policies.yaml) and then written whole, in one transaction, under the caller's
// idempotency key: the same key again gives the first outcome and changes nothing. Money is in integer minor units; what
// is negative, of another currency, above what was paid, or too large is refused.
//
// # Failure
//
// A request that policy forbids comes back as a *Refusal, which carries the reason in both languages and a stable code.
// An order or case that changed between decision and writing is a Conflict; the caller may decide again. Errors of the
// books (the stores of this noun) pass through unchanged.
package commerce
