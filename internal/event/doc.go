// Package event tells what happened: one row per fact, appended in the transaction that made it true.
//
// Rows are numbered by the database. Pushes made from them are hints; readers that missed some read again by number.
// On PostgreSQL numbers may become visible out of order, so readers look back a little and know what they have seen.
package event
