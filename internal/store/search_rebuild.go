package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// rebuildPage is how many rows are read at a time.
const rebuildPage = 500

// rebuildSearch makes the text search anew from what it is derived from; backups do not carry it.
func (d *DB) rebuildSearch(ctx context.Context) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		stmts := []string{`DELETE FROM search_entries`, `UPDATE search_folds SET upto = 0`}
		if d.dialect == SQLite {
			stmts = append(stmts, `DELETE FROM search_tokens`)
		}
		for _, stmt := range stmts {
			if _, err := q.ExecContext(ctx, stmt); err != nil {
				return err
			}
		}
		for _, part := range []func(context.Context, bun.IDB, string) (string, error){d.rebuildMessages, d.rebuildCustomers, d.rebuildTickets} {
			for after := ""; ; {
				next, err := part(ctx, q, after)
				if err != nil {
					return err
				}
				if next == "" {
					break
				}
				after = next
			}
		}
		return nil
	})
}

func (d *DB) rebuildMessages(ctx context.Context, q bun.IDB, after string) (next string, err error) {
	var rows []messageRow
	if err := q.NewRaw(`SELECT * FROM messages WHERE id > ? ORDER BY id LIMIT ?`, after, rebuildPage).Scan(ctx, &rows); err != nil {
		return "", err
	}
	for _, r := range rows {
		next = r.ID
		if err := d.indexMessages(ctx, q, id.Conversation(r.ConversationID), []conversation.Message{r.message()}); err != nil {
			return "", err
		}
	}
	return next, nil
}

func (d *DB) rebuildCustomers(ctx context.Context, q bun.IDB, after string) (next string, err error) {
	var rows []customerRow
	if err := q.NewRaw(`SELECT * FROM customers WHERE id > ? ORDER BY id LIMIT ?`, after, rebuildPage).Scan(ctx, &rows); err != nil {
		return "", err
	}
	for _, r := range rows {
		next = r.ID
		if err := d.indexCustomers(ctx, []customer.Customer{r.customer()}); err != nil {
			return "", err
		}
	}
	return next, nil
}

func (d *DB) rebuildTickets(ctx context.Context, q bun.IDB, after string) (next string, err error) {
	var rows []ticketRow
	if err := q.NewRaw(`SELECT * FROM tickets WHERE id > ? ORDER BY id LIMIT ?`, after, rebuildPage).Scan(ctx, &rows); err != nil {
		return "", err
	}
	for _, r := range rows {
		next = r.ID
		t, err := r.ticket()
		if err == nil {
			err = d.IndexTicket(ctx, t, t.Description)
		}
		if err != nil {
			return "", err
		}
	}
	return next, nil
}
