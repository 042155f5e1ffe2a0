// Package clock is the source of time. Nothing but this package and the wiring asks the operating system what time it is.
//
// System follows the machine; Fake stands still until told to move, and fires its waiters in order of time. Neither fails.
package clock
