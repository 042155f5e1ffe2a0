// Package agent is the verb of one turn: understand, plan, act, answer.
//
// # States
//
// The agent keeps none of its own. What it remembers of a conversation comes with the turn and goes back with the reply
// (see [Memory]: flows in progress, cards shown, feelings lately), versioned and bounded.
//
// # Promise
//
// An [Interpreter] turns the message into commands for the flow engine; wishes for a person, legal threats, presses on
// cards and attacks are recognised in code before any interpreter. Tools run through the effect gate as the session's
// customer; the model holds no authority. A turn that runs again (same ID) makes no second effect and the same cards. What
// leaves is checked: a figure with a unit that is in no tool result, no cited passage and not in the customer's own words
// is taken out. Every turn ends in an answer, and every answer keeps its decision record with the reasons.
//
// # Failure
//
// A tool or knowledge that is down is told as such, and a person is asked for. Turn returns an error only when the turn
// itself makes no sense or the gate's store fails; the caller runs it again.
package agent
