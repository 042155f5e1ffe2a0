// Package tool is the noun of what the agent can do: tools, the session they run in, and the one gate every effect passes.
//
// # States
//
// A tool either reads (answers from what the session's customer may see) or writes. A write is an [Effect], one row:
//
//	proposed -> executing -> done | failed | unknown        the ordinary way, started by Confirm
//	proposed -> cancelled | expired                         nothing happened
//	proposed -> approval  -> executing | rejected           above a limit: staff decide, never the one who asked
//	unknown  -> done | failed                               settled by asking the tool, never by repeating
//
// A row is live while its effect may have happened or may still happen; the store allows one live row per business key.
//
// # Promise
//
// A [Session] is the only authority. It is made from the identity the channel proved, and no tool takes a customer, a
// tenant, a phone number or a role as an argument ([Registry] refuses such a schema). An effect happens only after a
// [Confirmation]: the exact rendered action, bound to session, tool and argument hash, used once, gone after ten minutes;
// at the moment of use the tool plans again, and a plan that differs from the one shown voids it. Confirming twice gives
// the recorded outcome. Tools marked Direct (they only make work for the shop: a ticket, a note) need no confirmation, may
// move no money, and pass through the same rows. Every decision, each denial included, is a row of a hash chain.
//
// # Failure
//
// A [Refusal] is policy saying no, with its reason in both languages. A tool that answers with any error that does not
// prove that nothing happened leaves the effect unknown. Store errors pass through; the gate never retries a tool.
package tool
