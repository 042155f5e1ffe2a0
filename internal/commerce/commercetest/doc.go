// Package commercetest keeps the books of commerce in memory, for tests of what stands on them. It has no transactions
// of its own: InTx copies everything and puts the copy back when the function fails, one caller at a time.
package commercetest
