package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type memberRow struct {
	bun.BaseModel `bun:"table:members"`
	CustomerID    string `bun:",pk"`
	Tier          string
	Points        int64
	Data          string
	Version       int64
}

type couponRow struct {
	bun.BaseModel `bun:"table:coupons"`
	ID            string `bun:",pk"`
	CustomerID    string
	Code          string
	ValidUntil    int64
	UsedAt        int64
	Data          string
}

func memberRowOf(m commerce.Member) memberRow {
	m.Version++
	return memberRow{CustomerID: string(m.CustomerID), Tier: m.Tier, Points: m.Points, Data: written(m), Version: m.Version}
}

func couponRowOf(c commerce.Coupon) couponRow {
	return couponRow{ID: c.ID, CustomerID: string(c.CustomerID), Code: c.Code, ValidUntil: ms(c.ValidUntil), UsedAt: ms(c.UsedAt), Data: written(c)}
}

// MemberOf implements commerce.MemberBook.
func (d *DB) MemberOf(ctx context.Context, c id.Customer) (commerce.Member, error) {
	m, err := document[commerce.Member](ctx, d.q(ctx).NewRaw(`SELECT data FROM members WHERE customer_id = ?`, string(c)), "member_unknown", "member", string(c))
	if errs.Is(err, errs.NotFound) {
		return commerce.Member{CustomerID: c}, nil
	}
	return m, err
}

// SaveMember implements commerce.MemberBook.
func (d *DB) SaveMember(ctx context.Context, m commerce.Member) error {
	row := memberRowOf(m)
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if m.Version == 0 {
			_, err := q.NewInsert().Model(&row).Exec(ctx)
			return err
		}
		res, err := q.NewRaw(`UPDATE members SET tier = ?, points = ?, data = ?, version = ? WHERE customer_id = ? AND version = ?`,
			row.Tier, row.Points, row.Data, row.Version, row.CustomerID, m.Version).Exec(ctx)
		return oneRow(res, err, changedMeanwhile)
	})
}

// CouponsOf implements commerce.MemberBook.
func (d *DB) CouponsOf(ctx context.Context, c id.Customer) ([]commerce.Coupon, error) {
	return documents[commerce.Coupon](ctx, d.q(ctx).NewRaw(`SELECT data FROM coupons WHERE customer_id = ? ORDER BY valid_until, id`, string(c)))
}

// AddCoupon implements commerce.CouponBook.
func (d *DB) AddCoupon(ctx context.Context, c commerce.Coupon) error {
	row := couponRowOf(c)
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// PutMembers implements commerce.HistoryLoader.
func (d *DB) PutMembers(ctx context.Context, members []commerce.Member, coupons []commerce.Coupon) error {
	rows, tickets := make([]memberRow, len(members)), make([]couponRow, len(coupons))
	for i, m := range members {
		rows[i] = memberRowOf(m)
	}
	for i, c := range coupons {
		tickets[i] = couponRowOf(c)
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if err := chunked(rows, func(part []memberRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (customer_id) DO UPDATE").
				Set("tier = EXCLUDED.tier, points = EXCLUDED.points, data = EXCLUDED.data, version = EXCLUDED.version").Exec(ctx)
			return err
		}); err != nil {
			return err
		}
		return chunked(tickets, func(part []couponRow) error {
			_, err := q.NewInsert().Model(&part).On("CONFLICT (id) DO UPDATE").Set("used_at = EXCLUDED.used_at, data = EXCLUDED.data").Exec(ctx)
			return err
		})
	})
}

// ClaimKey implements commerce.KeyBook.
func (d *DB) ClaimKey(ctx context.Context, c id.Customer, key, print string) (outcome []byte, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`INSERT INTO commerce_keys (customer_id, key, print, at) VALUES (?, ?, ?, ?) ON CONFLICT (customer_id, key) DO NOTHING`,
			string(c), key, print, ms(d.now())).Exec(ctx)
		if err != nil {
			return err
		}
		if n, _ := res.RowsAffected(); n == 1 {
			return nil
		}
		var before struct{ Print, Outcome string }
		if err := q.NewRaw(`SELECT print, outcome FROM commerce_keys WHERE customer_id = ? AND key = ?`, string(c), key).Scan(ctx, &before); err != nil {
			return err
		}
		if before.Print != print {
			return errs.New(errs.Conflict, "key_reused", "This key was already used for another request; make a new key.")
		}
		outcome = []byte(before.Outcome)
		return nil
	})
	return outcome, err
}

// KeepOutcome implements commerce.KeyBook.
func (d *DB) KeepOutcome(ctx context.Context, c id.Customer, key string, outcome []byte) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`UPDATE commerce_keys SET outcome = ? WHERE customer_id = ? AND key = ?`, string(outcome), string(c), key).Exec(ctx)
		return oneRow(res, err, changedMeanwhile)
	})
}
