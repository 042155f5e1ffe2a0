package store

import (
	"context"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

//go:embed migrations
var migrations embed.FS

func (d *DB) start(context.Context) error {
	if d.dialect == SQLite {
		d.group = newCommitter(d.write, &d.hooks)
	}
	return nil
}

// provider is goose over the migrations of this dialect. Numbers come in blocks per noun, so a block may gain a number
// after a later block is applied: out of order is allowed.
func (d *DB) provider() (*goose.Provider, error) {
	sub, err := fs.Sub(migrations, "migrations/"+string(d.dialect))
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, d.write.DB, sub, goose.WithAllowOutofOrder(true), goose.WithDisableGlobalRegistry(true))
}

// migrate brings the schema up. Each migration is one transaction, so an interrupted one is simply run again.
func (d *DB) migrate(ctx context.Context) error {
	unlock, err := d.lockMigrations(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	p, err := d.provider()
	if err != nil {
		return errs.Wrap(err, errs.Internal, "migrations", "The migrations of this binary cannot be read.")
	}
	if err := d.refuseNewer(ctx, p); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return errs.Wrap(err, errs.Unavailable, "migration_failed", "The database could not be brought up to date; nothing of the failing step was kept. Start again after mending the cause.")
	}
	return nil
}

// refuseNewer stops a binary from working on data whose schema it does not know.
func (d *DB) refuseNewer(ctx context.Context, p *goose.Provider) error {
	known := map[int64]bool{0: true}
	for _, s := range p.ListSources() {
		known[s.Version] = true
	}
	applied, err := d.appliedVersions(ctx)
	if err != nil {
		return err
	}
	for _, v := range applied {
		if !known[v] {
			return errs.New(errs.Conflict, "data_newer", "The data was written by a newer xiaoer (it has migration %04d, which this binary does not know). Start the newer binary, or restore a backup made by this version.", v)
		}
	}
	return nil
}

func (d *DB) appliedVersions(ctx context.Context) (vs []int64, err error) {
	probe := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'"
	if d.dialect == Postgres {
		probe = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'goose_db_version'"
	}
	var n int
	if err := d.write.NewRaw(probe).Scan(ctx, &n); err != nil || n == 0 {
		return nil, mapErr(err)
	}
	err = d.write.NewRaw("SELECT version_id FROM goose_db_version WHERE is_applied").Scan(ctx, &vs)
	return vs, mapErr(err)
}

// SchemaVersion is the highest migration applied.
func (d *DB) SchemaVersion(ctx context.Context) (v int64, err error) {
	vs, err := d.appliedVersions(ctx)
	for _, x := range vs {
		v = max(v, x)
	}
	return v, err
}

// lockMigrations keeps two nodes from migrating one PostgreSQL at once; SQLite has one process.
func (d *DB) lockMigrations(ctx context.Context) (func(), error) {
	if d.dialect != Postgres {
		return func() {}, nil
	}
	const key = 7_281_001 // any constant of ours
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, mapErr(err)
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(?)", key); err != nil {
		conn.Close()
		return nil, mapErr(err)
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", key)
		conn.Close()
	}, nil
}
