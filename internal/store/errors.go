package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// mapErr is the one place where driver errors become errors of the house. House errors and context errors pass.
func mapErr(err error) error {
	var house *errs.Error
	switch {
	case err == nil, errors.As(err, &house), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return errs.Wrap(err, errs.NotFound, "not_found", "There is no such thing.")
	case isUnique(err):
		return errs.Wrap(err, errs.Conflict, "already_exists", "This exists already.")
	case isForeign(err):
		return errs.Wrap(err, errs.Conflict, "reference_missing", "Something this refers to does not exist.")
	case isDown(err):
		return errs.Wrap(err, errs.Unavailable, "store_unavailable", "The database cannot be written or reached; nothing was changed, try again.")
	}
	return errs.Wrap(err, errs.Internal, "store_error", "The database reported an error.")
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return -1
}

func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func isUnique(err error) bool {
	c := sqliteCode(err)
	return c == sqlite3.SQLITE_CONSTRAINT_UNIQUE || c == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || pgCode(err) == "23505"
}

func isForeign(err error) bool {
	return sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY || pgCode(err) == "23503"
}

// undoesAll tells the failures after which SQLite may have rolled back the whole transaction and not only the statement
// (https://www.sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction").
func undoesAll(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_INTERRUPT:
		return true
	}
	return false
}

func isDown(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return true
	}
	// 08 connection, 53 out of resources, 57 operator intervention, 58 system error, 25006 read-only.
	if c := pgCode(err); c != "" {
		return strings.HasPrefix(c, "08") || strings.HasPrefix(c, "53") || strings.HasPrefix(c, "57") || strings.HasPrefix(c, "58") || c == "25006"
	}
	var ne net.Error
	var ce *pgconn.ConnectError
	return errors.As(err, &ne) || errors.As(err, &ce) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}
