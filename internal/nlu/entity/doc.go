// Package entity finds the named things of retail in a message and normalises them: order and tracking numbers, phones, e-mail,
// products and stores of the catalogue (misspelt and partial names too), money, quantities, sizes, colours, dates, addresses, names.
//
// Works on a folded message; spans are byte offsets into the original. Every recogniser is deterministic; where two claim the same
// words, the more specific one wins. A Finder is immutable but for its catalogue, which is swapped whole; it never fails.
package entity
