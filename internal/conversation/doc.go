// Package conversation is the noun of what is said: conversations, their messages, and who answers next.
//
// # States
//
// A conversation is open or closed. While open, exactly one handler answers: the agent, nobody yet (waiting for a
// person), or a member of staff. Only [Handler.Next] moves it; every illegal move is a Conflict and changes nothing.
//
//	agent -> waiting -> staff -> agent     and from each of them -> closed
//	agent -> staff                         a member of staff takes over unasked
//	closed -> agent                        the customer writes again
//
// # Promise
//
// Messages of a conversation carry gap-free numbers from 1, given inside the transaction that stores them, so that any
// reader resumes by number. A message from outside is stored once per (conversation, client id): the same again gives
// the first one back and changes nothing. One turn at a time answers a conversation; a turn's replies are stored
// together with its decision record and the agent's memory, or not at all.
//
// # Failure
//
// Store errors pass through unchanged; nothing here retries.
package conversation
