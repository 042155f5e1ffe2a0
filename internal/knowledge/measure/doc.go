// Package measure tells how well knowledge is found: it reads passages and questions as JSON lines, indexes the first,
// asks the second and counts.
//
// Promise: one setting for every set; figures come from the same index and gate that answer shoppers. Failure: a row that
// cannot be read stops the run with its line number and what it should look like; nothing is counted then.
package measure
