package store

import "context"

// Exec runs a statement as a newer version or an operator would.
func (d *DB) Exec(ctx context.Context, stmt string) error {
	return d.InTx(ctx, func(ctx context.Context) error {
		_, err := d.q(ctx).ExecContext(ctx, stmt)
		return err
	})
}

// Pragma sets something of the one connection that writes, outside any transaction.
func (d *DB) Pragma(ctx context.Context, stmt string) error {
	_, err := d.write.ExecContext(ctx, stmt)
	return err
}
