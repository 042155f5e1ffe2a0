// Package store keeps everything in one database: SQLite in the process by default, PostgreSQL by setting a URL.
//
// # Promise
//
// What InTx has returned nil for is on disk (SQLite: WAL with synchronous=FULL; PostgreSQL: synchronous commit). On SQLite
// the transactions of concurrent callers share one commit (group commit): each runs in a savepoint of its own, a failing
// one is undone alone, and all are answered after the one fsync. Open brings the schema to the binary's version, goes on
// where an interrupted migration stopped, and refuses data that a newer binary has written.
//
// # Failure
//
// Driver errors are mapped in one place (errors.go): not found, conflict on a unique key, unavailable (disk full,
// connection lost, busy), everything else internal. After a failed commit nothing of the batch is stored and every
// caller of the batch gets the error. Functions given to InTx must not wait for anything but the database; on
// PostgreSQL they may run again after a deadlock.
package store
