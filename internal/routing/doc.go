// Package routing decides what happens to a message and who answers next.
//
// # The path
//
// Intake stores a customer's message together with its outside id and the job that will answer it, in one transaction,
// and only then answers its caller (accept = commit). Turns runs that job: it gathers every unanswered message of the
// conversation into one turn, asks the Answerer, and stores replies, memory, decision, moves and the end of the job in
// one transaction. Desk is what members of staff do: take, reply, note, hand back, close.
//
// # Promises
//
// The same outside id twice stores one message. One turn at a time per conversation, on whatever node: the job's lane is
// the conversation. Messages that arrive while a turn runs are answered by the next one. The agent is silent unless it
// is the handler at the moment its reply is stored; a reply thought out before a person took over is dropped.
//
// # Failure
//
// When the Answerer fails, the turn is tried again; after [giveUpAfter] tries the customer is told and a person is asked
// for, so that nobody waits on a broken agent.
package routing
