// Package bench measures the product on the machine it runs on.
//
// Turn times the path of a message on a seeded shop: how many are accepted durably a second, beside the raw rate of
// single-row durable commits on the same database and disk in the same run; how many turns the embedded interpreter
// completes; and how long a customer waits at half that load. It works in a directory of its own and removes it. It
// fails only when the product fails, never because a machine is slow.
package bench
