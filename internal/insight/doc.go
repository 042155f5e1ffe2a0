// Package insight is the noun of figures: what was asked, what was solved by whom, how long people waited.
//
// # Promise
//
// Every figure is counted from rows that can be opened; nothing is estimated. A conversation counts on the day it began,
// in the shop's time zone. It is automated when the agent answered and no person was asked for or took part; durable when,
// besides, the customer did not come back about the same topic within [DurableAfter]. Beside every share stands the number it is a share
// of, so that a high share of little cannot pass for success.
//
// # Failure
//
// A range that ends before it begins, or is longer than [MaxRange], is Invalid. Store errors pass through.
package insight
