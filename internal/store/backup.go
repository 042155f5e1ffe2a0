package store

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// An archive is a gzipped tar: manifest.json, then one JSONL file per table and chunk. It is the same for both
// databases, so a backup of one restores into the other: that is how a shop grows from SQLite to PostgreSQL.

// Manifest says what an archive holds.
type Manifest struct {
	Format  int       `json:"format"`
	Schema  int64     `json:"schema"` // migration it was taken at
	Dialect Dialect   `json:"dialect"`
	At      time.Time `json:"at"`
	Tables  []string  `json:"tables"`
}

const (
	archiveFormat = 1
	chunkBytes    = 4 << 20
)

// Backup writes a consistent snapshot while the database goes on serving.
func (d *DB) Backup(ctx context.Context, w io.Writer) (rows int64, err error) {
	tables, err := d.tables(ctx)
	if err != nil {
		return 0, err
	}
	version, err := d.SchemaVersion(ctx)
	if err != nil {
		return 0, err
	}
	gz := gzip.NewWriter(w)
	out := tar.NewWriter(gz)
	m, _ := json.Marshal(Manifest{archiveFormat, version, d.dialect, d.now().UTC(), tables})
	if err := addFile(out, "manifest.json", m); err != nil {
		return 0, err
	}
	err = d.snapshot(ctx, func(q bun.IDB) error {
		for _, t := range tables {
			n, err := dumpTable(ctx, q, out, t)
			if err != nil {
				return fmt.Errorf("table %s: %w", t, err)
			}
			rows += n
		}
		return nil
	})
	if err != nil {
		return rows, mapErr(err)
	}
	return rows, errors.Join(out.Close(), gz.Close())
}

// snapshot reads everything as of one moment, without holding up writers.
func (d *DB) snapshot(ctx context.Context, fn func(q bun.IDB) error) error {
	o := &sql.TxOptions{ReadOnly: true}
	if d.dialect == Postgres {
		o.Isolation = sql.LevelRepeatableRead
	} else {
		o = nil // a deferred read transaction of SQLite is a snapshot
	}
	if d.dialect == SQLite {
		conn, err := d.read.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
			return err
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return fn(conn)
	}
	return d.read.RunInTx(ctx, o, func(_ context.Context, tx bun.Tx) error { return fn(tx) })
}

// tables lists ours, parents before children, derived ones left out.
func (d *DB) tables(ctx context.Context) (names []string, err error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if d.dialect == Postgres {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
	}
	if err := d.read.NewRaw(query).Scan(ctx, &names); err != nil {
		return nil, mapErr(err)
	}
	return slices.DeleteFunc(names, derived), nil
}

// derived tables are made anew: the migration log and the text search.
func derived(name string) bool {
	return name == "goose_db_version" || strings.HasPrefix(name, "search_") || strings.Contains(name, "_fts")
}

func addFile(out *tar.Writer, name string, b []byte) error {
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(b))}); err != nil {
		return err
	}
	_, err := out.Write(b)
	return err
}

func dumpTable(ctx context.Context, q bun.IDB, out *tar.Writer, table string) (n int64, err error) {
	rows, err := q.QueryContext(ctx, "SELECT * FROM "+quoted(table))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return 0, err
	}
	var chunk bytes.Buffer
	flush := func(part int64) error {
		defer chunk.Reset()
		return addFile(out, fmt.Sprintf("%s/%06d.jsonl", table, part), chunk.Bytes())
	}
	for rows.Next() {
		line, err := rowJSON(rows, columns)
		if err != nil {
			return n, err
		}
		n++
		chunk.Write(append(line, '\n'))
		if chunk.Len() > chunkBytes {
			if err := flush(n); err != nil {
				return n, err
			}
		}
	}
	if chunk.Len() > 0 {
		err = flush(n)
	}
	return n, errors.Join(err, rows.Err())
}

// blob marks bytes in an archive, because JSON has none.
type blob struct {
	B []byte `json:"$bytes"`
}

func rowJSON(rows *sql.Rows, columns []*sql.ColumnType) ([]byte, error) {
	values, pointers := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		pointers[i] = &values[i]
	}
	if err := rows.Scan(pointers...); err != nil {
		return nil, err
	}
	row := make(map[string]any, len(columns))
	for i, c := range columns {
		switch v := values[i].(type) {
		case []byte:
			row[c.Name()] = blob{v}
		case int64: // SQLite keeps booleans as numbers
			row[c.Name()] = v
			if c.DatabaseTypeName() == "BOOLEAN" {
				row[c.Name()] = v != 0
			}
		default:
			row[c.Name()] = v
		}
	}
	return json.Marshal(row)
}

// Restore fills an empty database from an archive in one transaction: all of it or nothing.
func (d *DB) Restore(ctx context.Context, r io.Reader) (rows int64, err error) {
	gz, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return 0, errs.New(errs.Invalid, "archive_invalid", "This is not a xiaoer backup (no gzip stream).")
	}
	in := tar.NewReader(gz)
	if err := d.checkManifest(ctx, in); err != nil {
		return 0, err
	}
	err = d.InTx(ctx, func(ctx context.Context) error {
		if err := d.mustBeEmpty(ctx); err != nil {
			return err
		}
		if err := d.deferKeys(ctx); err != nil {
			return err
		}
		if rows, err = d.fill(ctx, in); err != nil {
			return err
		}
		return d.rebuildSearch(ctx)
	})
	return rows, err
}

func (d *DB) checkManifest(ctx context.Context, in *tar.Reader) error {
	bad := errs.New(errs.Invalid, "archive_invalid", "This is not a xiaoer backup (no manifest).")
	h, err := in.Next()
	if err != nil || h.Name != "manifest.json" || h.Size > 1<<20 {
		return bad
	}
	var m Manifest
	if err := json.NewDecoder(in).Decode(&m); err != nil || m.Format != archiveFormat {
		return bad
	}
	known, err := d.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if m.Schema > known {
		return errs.New(errs.Conflict, "data_newer", "The backup was made by a newer xiaoer (schema %04d, this one knows %04d). Restore it with that version.", m.Schema, known)
	}
	return nil
}

func (d *DB) mustBeEmpty(ctx context.Context) error {
	var n int
	if err := d.q(ctx).NewRaw("SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM conversations)").Scan(ctx, &n); err != nil {
		return mapErr(err)
	}
	if n > 0 {
		return errs.New(errs.Conflict, "database_not_empty", "The database has data already; restore into an empty one, so that nothing is mixed or lost.")
	}
	return nil
}

// deferKeys lets rows arrive in any order; the references are checked at the commit.
func (d *DB) deferKeys(ctx context.Context) error {
	stmt := "PRAGMA defer_foreign_keys = ON"
	if d.dialect == Postgres {
		stmt = "SET LOCAL session_replication_role = replica"
	}
	_, err := d.q(ctx).ExecContext(ctx, stmt)
	return mapErr(err)
}

func (d *DB) fill(ctx context.Context, in *tar.Reader) (rows int64, err error) {
	known, err := d.tables(ctx)
	if err != nil {
		return 0, err
	}
	cleared := map[string]bool{}
	for {
		h, err := in.Next()
		if err == io.EOF {
			return rows, d.resetCounters(ctx)
		}
		if err != nil {
			return rows, errs.Wrap(err, errs.Invalid, "archive_broken", "The backup ends early or is damaged; nothing was restored.")
		}
		table, _, _ := strings.Cut(h.Name, "/")
		if !slices.Contains(known, table) {
			return rows, errs.New(errs.Invalid, "archive_table", "The backup has a table %q that this version does not know; nothing was restored.", table)
		}
		if !cleared[table] { // rows that a migration or first start put there
			cleared[table] = true
			if _, err := d.q(ctx).ExecContext(ctx, "DELETE FROM "+quoted(table)); err != nil {
				return rows, mapErr(err)
			}
		}
		n, err := d.fillChunk(ctx, table, in)
		if rows += n; err != nil {
			return rows, err
		}
	}
}

func (d *DB) fillChunk(ctx context.Context, table string, r io.Reader) (n int64, err error) {
	dec := json.NewDecoder(r)
	dec.UseNumber()
	for {
		var row map[string]any
		if err := dec.Decode(&row); err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, errs.Wrap(err, errs.Invalid, "archive_broken", "The backup is damaged in table %s; nothing was restored.", table)
		}
		if err := d.insertRow(ctx, table, row); err != nil {
			return n, err
		}
		n++
	}
}

func (d *DB) insertRow(ctx context.Context, table string, row map[string]any) error {
	var columns, marks []string
	var values []any
	for c, v := range row {
		value, err := plainValue(v)
		if err != nil {
			return err
		}
		columns, marks, values = append(columns, quoted(c)), append(marks, "?"), append(values, value)
	}
	_, err := d.q(ctx).NewRaw("INSERT INTO "+quoted(table)+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", values...).Exec(ctx)
	return mapErr(err)
}

func plainValue(v any) (any, error) {
	switch x := v.(type) {
	case json.Number:
		if i, err := x.Int64(); err == nil {
			return i, nil
		}
		return x.Float64()
	case map[string]any:
		b, _ := json.Marshal(x)
		var bl blob
		if err := json.Unmarshal(b, &bl); err != nil {
			return nil, errs.New(errs.Invalid, "archive_broken", "The backup has a value of an unknown form; nothing was restored.")
		}
		return bl.B, nil
	}
	return v, nil
}

// resetCounters makes PostgreSQL's own numbering go on after the restored rows; SQLite does so by itself.
func (d *DB) resetCounters(ctx context.Context) error {
	if d.dialect != Postgres {
		return nil
	}
	var found []struct{ TableName, ColumnName string }
	if err := d.q(ctx).NewRaw(`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'`).Scan(ctx, &found); err != nil {
		return mapErr(err)
	}
	for _, f := range found {
		if _, err := d.q(ctx).NewRaw("SELECT setval(pg_get_serial_sequence(?, ?), COALESCE((SELECT max(?) FROM ?), 0) + 1, false)", f.TableName, f.ColumnName, bun.Ident(f.ColumnName), bun.Ident(f.TableName)).Exec(ctx); err != nil {
			return mapErr(err)
		}
	}
	return nil
}

// quoted is a table or column name as both databases read it; names come from the schema, never from users.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
