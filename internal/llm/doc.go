// Package llm is the noun of language models: what is asked of one, what comes back, and the one way out to them.
//
// # States
//
// An [Egress] holds, in memory, a breaker and a rest until for each model, and what was spent today and by each conversation. The
// day's spending can be kept by a [Ledger], so that a restart does not open the purse again.
//
// # Promise
//
// Nothing reaches a model but through the Egress. It refuses a host that is not on its list, and a foreign one whose data export
// was not switched on; it puts placeholders in the place of personal data and the data back into what returns; it halts at the
// caps of tokens and cost, stops asking a model that fails (and asks again by itself), obeys Retry-After, bounds every wait and
// every answer, goes on to the next model of the role, and hands a bounded copy of what was really sent to [Capture].
//
// # Failure
//
// An error of the house, always within the time given: Unavailable (model_off, model_down, model_cut, model_timeout), RateLimited
// (model_busy, budget_spent), Invalid (model_malformed). An answer that was cut is an error, never half an answer; a tool call
// counts only when the answer ended and its arguments are an object. The caller goes on without a model.
package llm
