// Package journey is the noun of the customer's way: the table of nodes from knowing the brand to buying again.
//
// # States
//
// The table is data in numbered versions; the newest one is in force. Saving makes a new version and never changes an old
// one; restoring an old one is saving it again.
//
// # Promise
//
// What is stored passes [Table.Check]: every node has both languages, a stage, a participation and a dial that agree, so
// that the running system can follow it without asking. A node where the agent takes no part offers no flows. Without any
// saved version the shipped table is in force, as version 0. A save on an older version than the newest is a Conflict.
//
// # Failure
//
// Wrong tables are Invalid with every wrong place named and change nothing.
package journey
