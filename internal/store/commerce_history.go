package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type orderRow struct {
	bun.BaseModel `bun:"table:orders"`
	ID            string `bun:",pk"`
	Number        string
	CustomerID    string
	Status        string
	PlacedAt      int64
	Total         int64
	Currency      string
	Data          string
	Version       int64
}

type caseRow struct {
	bun.BaseModel `bun:"table:cases"`
	ID            string `bun:",pk"`
	Number        string
	Kind          string
	CustomerID    string
	OrderID       string
	Status        string
	OpenedAt      int64
	DueAt         int64
	Data          string
	Version       int64
}

func orderRowOf(o commerce.Order) orderRow {
	o.Version++
	return orderRow{ID: string(o.ID), Number: o.Number, CustomerID: string(o.CustomerID), Status: string(o.Status), PlacedAt: ms(o.PlacedAt),
		Total: o.Total.Amount, Currency: o.Total.Currency, Data: written(o), Version: o.Version}
}

func caseRowOf(c commerce.Case) caseRow {
	c.Version++
	return caseRow{ID: c.ID, Number: c.Number, Kind: string(c.Kind), CustomerID: string(c.CustomerID), OrderID: string(c.OrderID),
		Status: string(c.Status), OpenedAt: ms(c.OpenedAt), DueAt: ms(c.DueAt), Data: written(c), Version: c.Version}
}

// OrdersOf implements commerce.OrderBook.
func (d *DB) OrdersOf(ctx context.Context, c id.Customer, limit int) ([]commerce.Order, error) {
	return documents[commerce.Order](ctx, d.q(ctx).NewRaw(`SELECT data FROM orders WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT ?`, string(c), limit))
}

// OrderOf implements commerce.OrderBook.
func (d *DB) OrderOf(ctx context.Context, c id.Customer, ref string) (commerce.Order, error) {
	n := commerce.Numbers(ref)
	return document[commerce.Order](ctx, d.q(ctx).NewRaw(`SELECT data FROM orders WHERE customer_id = ? AND (id = ? OR number = ? OR number = ?)`,
		string(c), ref, n[0], n[1]), "order_unknown", "order", ref)
}

// OrderNumbered implements commerce.BackOffice.
func (d *DB) OrderNumbered(ctx context.Context, number string) (commerce.Order, error) {
	return document[commerce.Order](ctx, d.q(ctx).NewRaw(`SELECT data FROM orders WHERE number = ?`, number), "order_unknown", "order", number)
}

// OrdersLike finds orders by a part of the number, for people's search.
func (d *DB) OrdersLike(ctx context.Context, part string, limit int) ([]commerce.Order, error) {
	return documents[commerce.Order](ctx, d.q(ctx).NewRaw(`SELECT data FROM orders WHERE number LIKE ? ESCAPE '\' ORDER BY placed_at DESC LIMIT ?`,
		"%"+escapeLike(commerce.NormalNumber(part))+"%", limit))
}

// SaveOrder implements commerce.OrderBook.
func (d *DB) SaveOrder(ctx context.Context, o commerce.Order) error {
	row := orderRowOf(o)
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if o.Version == 0 {
			_, err := q.NewInsert().Model(&row).Exec(ctx)
			return err
		}
		res, err := q.NewRaw(`UPDATE orders SET status = ?, total = ?, data = ?, version = ? WHERE id = ? AND customer_id = ? AND version = ?`,
			row.Status, row.Total, row.Data, row.Version, row.ID, row.CustomerID, o.Version).Exec(ctx)
		return oneRow(res, err, changedMeanwhile)
	})
}

// changedMeanwhile is what an update says that found no row of the version it was made from.
var changedMeanwhile = errs.New(errs.Conflict, "changed_meanwhile", "This was changed in the meantime; look again and repeat.")

// PutOrders implements commerce.HistoryLoader.
func (d *DB) PutOrders(ctx context.Context, os ...commerce.Order) error {
	rows := make([]orderRow, len(os))
	for i, o := range os {
		rows[i] = orderRowOf(o)
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return chunked(rows, func(part []orderRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (id) DO UPDATE").
				Set("number = EXCLUDED.number, customer_id = EXCLUDED.customer_id, status = EXCLUDED.status, placed_at = EXCLUDED.placed_at, total = EXCLUDED.total, currency = EXCLUDED.currency, data = EXCLUDED.data, version = EXCLUDED.version").Exec(ctx)
			return err
		})
	})
}

// CasesOf implements commerce.CaseBook.
func (d *DB) CasesOf(ctx context.Context, c id.Customer, limit int) ([]commerce.Case, error) {
	return documents[commerce.Case](ctx, d.q(ctx).NewRaw(`SELECT data FROM cases WHERE customer_id = ? ORDER BY opened_at DESC, id DESC LIMIT ?`, string(c), limit))
}

// CaseNumbered implements commerce.BackOffice.
func (d *DB) CaseNumbered(ctx context.Context, number string) (commerce.Case, error) {
	return document[commerce.Case](ctx, d.q(ctx).NewRaw(`SELECT data FROM cases WHERE number = ?`, number), "case_unknown", "request", number)
}

// SaveCase implements commerce.CaseBook.
func (d *DB) SaveCase(ctx context.Context, c commerce.Case) error {
	row := caseRowOf(c)
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if c.Version == 0 {
			_, err := q.NewInsert().Model(&row).Exec(ctx)
			return err
		}
		res, err := q.NewRaw(`UPDATE cases SET status = ?, due_at = ?, data = ?, version = ? WHERE id = ? AND customer_id = ? AND version = ?`,
			row.Status, row.DueAt, row.Data, row.Version, row.ID, row.CustomerID, c.Version).Exec(ctx)
		return oneRow(res, err, changedMeanwhile)
	})
}

// PutCases implements commerce.HistoryLoader.
func (d *DB) PutCases(ctx context.Context, cs ...commerce.Case) error {
	rows := make([]caseRow, len(cs))
	for i, c := range cs {
		rows[i] = caseRowOf(c)
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return chunked(rows, func(part []caseRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (id) DO UPDATE").
				Set("status = EXCLUDED.status, due_at = EXCLUDED.due_at, data = EXCLUDED.data, version = EXCLUDED.version").Exec(ctx)
			return err
		})
	})
}

// NumberTaken implements commerce.CaseBook.
func (d *DB) NumberTaken(ctx context.Context, number string) (taken bool, err error) {
	err = d.q(ctx).NewRaw(`SELECT EXISTS (SELECT 1 FROM cases WHERE number = ?) OR EXISTS (SELECT 1 FROM orders WHERE number = ?)`, number, number).Scan(ctx, &taken)
	return taken, mapErr(err)
}
