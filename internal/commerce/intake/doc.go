// Package intake reads a shop's data from CSV and JSON: products, stock, stores, customers and orders.
//
// # Promise
//
// A file is read whole before anything is kept: every mistake is reported with its line and column, and a file with one
// mistake gives nothing. Rows of one product (a row per variant) or one order (a row per line) belong together.
// docs/import.md lists the columns; JSON is an array of objects with the same names.
//
// # Failure
//
// The error is an errs.Error of kind Invalid, code import_invalid, with one detail for each mistake (at most a hundred).
package intake
