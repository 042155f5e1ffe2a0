package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type productRow struct {
	bun.BaseModel `bun:"table:products"`
	ID            string `bun:",pk"`
	Category      string
	Data          string
	Position      int64
}

type skuRow struct {
	bun.BaseModel `bun:"table:skus"`
	Code          string `bun:",pk"`
	ProductID     string
}

type storeRow struct {
	bun.BaseModel `bun:"table:stores"`
	ID            string `bun:",pk"`
	Data          string
	Position      int64
}

type stockRow struct {
	bun.BaseModel `bun:"table:stock"`
	SKU           string `bun:"sku,pk"`
	Place         string `bun:",pk"`
	OnHand        int
	Reserved      int
}

// documents reads the data column of a query's rows.
func documents[T any](ctx context.Context, q *bun.RawQuery) ([]T, error) {
	var raw []string
	if err := q.Scan(ctx, &raw); err != nil {
		return nil, mapErr(err)
	}
	out := make([]T, len(raw))
	for i, r := range raw {
		if err := json.Unmarshal([]byte(r), &out[i]); err != nil {
			return nil, mapErr(err)
		}
	}
	return out, nil
}

// document reads one; none is NotFound with the given code.
func document[T any](ctx context.Context, q *bun.RawQuery, code, what, ref string) (v T, err error) {
	list, err := documents[T](ctx, q)
	if err == nil && len(list) == 0 {
		err = errs.New(errs.NotFound, code, "There is no %s %q.", what, ref)
	}
	if err != nil {
		return v, err
	}
	return list[0], nil
}

// written is v as its data column; the nouns' types are plain data, so it cannot fail.
func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("store: not a document: " + err.Error())
	}
	return string(b)
}

// Products implements commerce.Catalogue.
func (d *DB) Products(ctx context.Context) ([]commerce.Product, error) {
	return documents[commerce.Product](ctx, d.q(ctx).NewRaw(`SELECT data FROM products ORDER BY position, id`))
}

// Product implements commerce.Catalogue.
func (d *DB) Product(ctx context.Context, pid id.Product) (commerce.Product, error) {
	return document[commerce.Product](ctx, d.q(ctx).NewRaw(`SELECT data FROM products WHERE id = ?`, string(pid)), "product_unknown", "product", string(pid))
}

// ProductOf implements commerce.Catalogue.
func (d *DB) ProductOf(ctx context.Context, sku string) (commerce.Product, error) {
	return document[commerce.Product](ctx, d.q(ctx).NewRaw(`SELECT p.data FROM products p JOIN skus s ON s.product_id = p.id WHERE s.code = ?`, sku),
		"sku_unknown", "variant", sku)
}

// PutProducts implements commerce.Loader.
func (d *DB) PutProducts(ctx context.Context, ps ...commerce.Product) error {
	if len(ps) == 0 {
		return nil
	}
	rows, skus, ids := make([]productRow, len(ps)), []skuRow(nil), make([]string, len(ps))
	for i, p := range ps {
		ids[i] = string(p.ID)
		rows[i] = productRow{ID: string(p.ID), Category: p.Category, Data: written(p), Position: int64(i)}
		for _, s := range p.SKUs {
			skus = append(skus, skuRow{Code: s.Code, ProductID: string(p.ID)})
		}
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewInsert().Model(&rows).On("CONFLICT (id) DO UPDATE").
			Set("category = EXCLUDED.category, data = EXCLUDED.data, position = EXCLUDED.position").Exec(ctx); err != nil {
			return err
		}
		if _, err := q.NewRaw(`DELETE FROM skus WHERE product_id IN (?)`, bun.List(ids)).Exec(ctx); err != nil {
			return err
		}
		return chunked(skus, func(part []skuRow) error {
			_, err := q.NewInsert().Model(&part).Exec(ctx)
			return err
		})
	})
}

// Stores implements commerce.Floor.
func (d *DB) Stores(ctx context.Context) ([]commerce.Store, error) {
	return documents[commerce.Store](ctx, d.q(ctx).NewRaw(`SELECT data FROM stores ORDER BY position, id`))
}

// PutStores implements commerce.Loader.
func (d *DB) PutStores(ctx context.Context, ss ...commerce.Store) error {
	rows := make([]storeRow, len(ss))
	for i, s := range ss {
		rows[i] = storeRow{ID: string(s.ID), Data: written(s), Position: int64(i)}
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return chunked(rows, func(part []storeRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (id) DO UPDATE").Set("data = EXCLUDED.data, position = EXCLUDED.position").Exec(ctx)
			return err
		})
	})
}

// StockOf implements commerce.Floor.
func (d *DB) StockOf(ctx context.Context, skus ...string) (out []commerce.Stock, err error) {
	if len(skus) == 0 {
		return nil, nil
	}
	var rows []stockRow
	err = d.q(ctx).NewRaw(`SELECT sku, place, on_hand, reserved FROM stock WHERE sku IN (?) ORDER BY sku, place`, bun.List(skus)).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, commerce.Stock{SKU: r.SKU, Place: r.Place, OnHand: r.OnHand, Reserved: r.Reserved})
	}
	return out, mapErr(err)
}

// PutStock implements commerce.Loader.
func (d *DB) PutStock(ctx context.Context, ss ...commerce.Stock) error {
	rows := make([]stockRow, len(ss))
	for i, s := range ss {
		rows[i] = stockRow{SKU: s.SKU, Place: s.Place, OnHand: s.OnHand, Reserved: s.Reserved}
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return chunked(rows, func(part []stockRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (sku, place) DO UPDATE").
				Set("on_hand = EXCLUDED.on_hand, reserved = EXCLUDED.reserved").Exec(ctx)
			return err
		})
	})
}

// MoveStock implements commerce.Floor. The condition sits in the statement, so two buyers cannot both get the last one.
func (d *DB) MoveStock(ctx context.Context, moves ...commerce.Move) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		for _, m := range moves {
			res, err := q.NewRaw(`UPDATE stock SET on_hand = on_hand + ?, reserved = CASE WHEN reserved + ? < 0 THEN 0 ELSE reserved + ? END
				WHERE sku = ? AND place = ? AND on_hand + ? >= 0 AND (? <= 0 OR on_hand - reserved >= ?)`,
				m.OnHand, m.Reserved, m.Reserved, m.SKU, m.Place, m.OnHand, m.Reserved, m.Reserved).Exec(ctx)
			if err != nil {
				return err
			}
			// Goods that were never counted (an imported history) may leave and be released without a row.
			if n, _ := res.RowsAffected(); n == 0 && m.Reserved > 0 {
				return errs.New(errs.Conflict, "out_of_stock", "There is not enough of %s at %s.", m.SKU, m.Place)
			}
		}
		return nil
	})
}

// chunk keeps statements below the number of values that both databases take at once.
const chunk = 400

func chunked[T any](rows []T, fn func([]T) error) error {
	for len(rows) > 0 {
		n := min(chunk, len(rows))
		if err := fn(rows[:n:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
