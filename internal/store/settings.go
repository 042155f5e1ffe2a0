package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Setting reads one small value kept by the product itself (secrets it made, schema of derived data).
func (d *DB) Setting(ctx context.Context, key string) (v string, err error) {
	err = d.q(ctx).NewRaw("SELECT value FROM settings WHERE key = ?", key).Scan(ctx, &v)
	return v, mapErr(err)
}

// PutSetting writes one.
func (d *DB) PutSetting(ctx context.Context, key, value string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, key, value, ms(d.now())).Exec(ctx)
		return err
	})
}

// AddSetting writes one unless it is there, and gives the value that stands; nodes that start together agree by it.
func (d *DB) AddSetting(ctx context.Context, key, value string) (stands string, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING`, key, value, ms(d.now())).Exec(ctx); err != nil {
			return err
		}
		return q.NewRaw("SELECT value FROM settings WHERE key = ?", key).Scan(ctx, &stands)
	})
	return stands, err
}
