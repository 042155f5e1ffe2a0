// Package seed is the demo shop: Verdant Living (青禾生活), a lifestyle chain with eight stores that does not exist.
//
// # Promise
//
// Load makes the same shop for the same moment: products, stores, people, orders in every state and what followed from
// them, all written and drawn for this project. Ages count from that moment, so the shop never grows stale. The three
// customers li-na, wang-wei and emma and their orders are a stable surface. Write stores it whole or not at all.
//
// # Failure
//
// The files are part of the binary; one that cannot be read is a mistake in the build and stops the program at once.
package seed
