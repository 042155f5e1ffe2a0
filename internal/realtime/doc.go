// Package realtime tells open pages at once that something changed.
//
// # Promise
//
// A Hub follows the events table and hands each event to those who listen to its subject. What it hands over is a hint:
// the reader looks into the database for the truth, by number, so a lost hint costs time and never data. Between nodes the
// table itself is the link; a broker (Redis) only makes the others look sooner and carries what is not stored (typing,
// words of an answer in the making). With the broker gone, the poll goes on.
//
// # Failure
//
// A listener that does not read fast enough is closed, and reads again from its last number. A failing database makes
// the hub wait and try again; listeners notice nothing but the delay.
package realtime
