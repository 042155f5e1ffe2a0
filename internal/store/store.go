package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Dialect names a kind of database.
type Dialect string

// The dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Options say where the data is.
type Options struct {
	URL     string // "postgres://..." for PostgreSQL, or empty
	Path    string // SQLite file, used when URL is empty
	MaxConn int    // connections for reads (SQLite) or in all (PostgreSQL); 0 means a default
	Now     func() time.Time
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect Dialect
	read    *bun.DB // read pool; on PostgreSQL the only pool
	write   *bun.DB // SQLite: exactly one connection
	group   *committer
	now     func() time.Time
	hooks   hooks
}

// Open connects, migrates and starts the committer.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	db, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, db.start(ctx)
}

func connect(ctx context.Context, o Options) (*DB, error) {
	if o.URL != "" {
		return openPostgres(ctx, o)
	}
	return openSQLite(ctx, o)
}

// sqliteDSN sets what every connection needs; FULL is what makes an acknowledgement true.
func sqliteDSN(path string, readOnly bool) string {
	q := url.Values{}
	for _, p := range []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-8000)", "journal_size_limit(67108864)"} {
		q.Add("_pragma", p)
	}
	if readOnly {
		q.Add("_pragma", "query_only(1)")
	}
	q.Set("_txlock", "immediate")
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func openSQLite(ctx context.Context, o Options) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "data_dir", "The data directory %q cannot be made.", filepath.Dir(o.Path))
	}
	w, err := sql.Open("sqlite", sqliteDSN(o.Path, false))
	if err != nil {
		return nil, mapErr(err)
	}
	w.SetMaxOpenConns(1)
	if err := w.PingContext(ctx); err != nil {
		return nil, mapErr(err)
	}
	r, err := sql.Open("sqlite", sqliteDSN(o.Path, true))
	if err != nil {
		return nil, mapErr(err)
	}
	n := o.MaxConn
	if n == 0 {
		n = 4
	}
	r.SetMaxOpenConns(n)
	r.SetMaxIdleConns(n)
	return &DB{dialect: SQLite, read: bun.NewDB(r, sqlitedialect.New()), write: bun.NewDB(w, sqlitedialect.New()), now: o.Now}, nil
}

func openPostgres(ctx context.Context, o Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, errs.New(errs.Invalid, "database_url", "The database URL cannot be read; it looks like postgres://user:password@host:5432/name.")
	}
	// Statements arrive with their values in place, so preparing each of them would only fill the cache.
	cfg.DefaultQueryExecMode = pgx.QueryExecModeExec
	p := stdlib.OpenDB(*cfg)
	n := o.MaxConn
	if n == 0 {
		n = 16
	}
	p.SetMaxOpenConns(n)
	p.SetMaxIdleConns(n)
	p.SetConnMaxLifetime(time.Hour)
	if err := p.PingContext(ctx); err != nil {
		p.Close()
		return nil, mapErr(err)
	}
	b := bun.NewDB(p, pgdialect.New())
	return &DB{dialect: Postgres, read: b, write: b, now: o.Now}, nil
}

// Dialect is the kind of database in use.
func (d *DB) Dialect() Dialect { return d.dialect }

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return mapErr(d.read.PingContext(ctx)) }

// Close stops the committer after the transactions it has begun, and closes the connections.
func (d *DB) Close() error {
	if d.group != nil {
		d.group.stop()
	}
	err := d.read.Close()
	if d.write != d.read {
		if e := d.write.Close(); err == nil {
			err = e
		}
	}
	return err
}

// ms is a time as the database keeps it; the zero time is 0.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at turns a stored time back; 0 is the zero time.
func at(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).UTC()
}

// String says which database this is, without its password.
func (d *DB) String() string { return fmt.Sprintf("%s database", d.dialect) }
