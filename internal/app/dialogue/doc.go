// Package dialogue plays dialogue suites against the wired product: what is said, what must come back, and what must have
// changed in the shop afterwards.
//
// A suite is one YAML file (see [Suite]); each plays on a fresh demo shop with its own clock, over the same intake, turns
// and stores as any channel. Read refuses a file with an unknown key or an impossible expectation. A failed expectation
// names the turn, what was expected and what was got; the rest of the dialogue is played all the same.
package dialogue
