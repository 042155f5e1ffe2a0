// Package storetest holds the contract suites of the stores, one file per noun. Each suite runs on SQLite and on
// PostgreSQL through [Each], on a fresh database per subtest, and knows nothing of either.
package storetest
