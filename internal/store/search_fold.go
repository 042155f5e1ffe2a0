package store

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
)

// foldPage is how many entries are folded in per transaction, so that writers never wait long.
const foldPage = 500

// FoldSearch puts the tokens of entries that came since the last time into SQLite's full-text index, all of them. Every
// search does so first and is therefore never behind; calling it now and then keeps the first search quick.
func (d *DB) FoldSearch(ctx context.Context) error {
	if d.dialect != SQLite {
		return nil
	}
	for {
		var waiting bool
		if err := d.q(ctx).NewRaw(`SELECT COALESCE((SELECT MAX(id) FROM search_entries), 0) > (SELECT upto FROM search_folds WHERE id = 1)`).Scan(ctx, &waiting); err != nil || !waiting {
			return mapErr(err)
		}
		if err := d.writeTx(ctx, d.foldOnce); err != nil {
			return err
		}
	}
}

// foldOnce folds one page; two callers at once do it one after the other, each from where the mark stands then.
func (d *DB) foldOnce(ctx context.Context, q bun.IDB) error {
	var rows []struct {
		ID          int64
		Title, Text string
	}
	if err := q.NewRaw(`SELECT id, title, text FROM search_entries WHERE id > (SELECT upto FROM search_folds WHERE id = 1) ORDER BY id LIMIT ?`, foldPage).Scan(ctx, &rows); err != nil || len(rows) == 0 {
		return err
	}
	for _, r := range rows {
		tokens := unique(searchWords(r.Title+" "+r.Text, false))
		if len(tokens) == 0 {
			continue
		}
		if _, err := q.NewRaw(`INSERT INTO search_tokens (rowid, tokens) VALUES (?, ?)`, r.ID, strings.Join(tokens, " ")).Exec(ctx); err != nil {
			return err
		}
	}
	_, err := q.NewRaw(`UPDATE search_folds SET upto = ? WHERE id = 1`, rows[len(rows)-1].ID).Exec(ctx)
	return err
}
