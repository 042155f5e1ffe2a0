// Package archtest holds the rules of the house as tests: who may import whom, how long things may be, what every package
// owes its reader. A rule that pinches is changed here, openly, with the reason in docs/decisions.
package archtest
