package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// SpentOn implements llm.Ledger.
func (d *DB) SpentOn(ctx context.Context, day string) (s llm.Spent, err error) {
	err = mapErr(d.q(ctx).NewRaw("SELECT tokens, cost, calls FROM model_spending WHERE day = ?", day).Scan(ctx, &s.Tokens, &s.Cost, &s.Calls))
	if errs.Is(err, errs.NotFound) {
		return llm.Spent{}, nil
	}
	return s, err
}

// Spend implements llm.Ledger.
func (d *DB) Spend(ctx context.Context, day string, s llm.Spent) (sum llm.Spent, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return q.NewRaw(`INSERT INTO model_spending (day, tokens, cost, calls) VALUES (?, ?, ?, ?)
			ON CONFLICT (day) DO UPDATE SET tokens = model_spending.tokens + excluded.tokens, cost = model_spending.cost + excluded.cost, calls = model_spending.calls + excluded.calls
			RETURNING tokens, cost, calls`, day, s.Tokens, s.Cost, s.Calls).Scan(ctx, &sum.Tokens, &sum.Cost, &sum.Calls)
	})
	return sum, err
}
