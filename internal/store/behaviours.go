package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type behaviourRow struct {
	bun.BaseModel `bun:"table:behaviours"`
	CustomerID    string
	EventID       string
	Type          string
	At            int64
	Properties    string
}

// AddBehaviour implements customer.BehaviourStore.
func (d *DB) AddBehaviour(ctx context.Context, cid id.Customer, events []customer.Behaviour) (n int, err error) {
	rows := make([]behaviourRow, len(events))
	for i, e := range events {
		rows[i] = behaviourRow{CustomerID: string(cid), EventID: e.EventID, Type: e.Type, At: ms(e.At), Properties: string(e.Properties)}
	}
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewInsert().Model(&rows).On("CONFLICT (customer_id, event_id) DO NOTHING").Exec(ctx)
		if err != nil {
			return err
		}
		added, err := res.RowsAffected()
		n = int(added)
		return err
	})
	return n, err
}

// BehaviourOf implements customer.BehaviourStore.
func (d *DB) BehaviourOf(ctx context.Context, cid id.Customer, limit int) (out []customer.Behaviour, err error) {
	var rows []behaviourRow
	err = d.q(ctx).NewRaw(`SELECT * FROM behaviours WHERE customer_id = ? ORDER BY at DESC LIMIT ?`, string(cid), limit).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, customer.Behaviour{EventID: r.EventID, Type: r.Type, At: at(r.At), Properties: json.RawMessage(r.Properties)})
	}
	return out, mapErr(err)
}
