package app

import (
	"context"
	"io"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce/intake"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// ImportShop reads a file of shop data and keeps all of it, or, when it has one mistake, nothing. It tells how many
// products, rows of stock, stores, customers or orders it kept.
func ImportShop(ctx context.Context, db *store.DB, what, format string, in io.Reader, now time.Time) (int, error) {
	b, err := intake.Read(ctx, what, format, in, db)
	if err != nil {
		return 0, err
	}
	people := make([]customer.Customer, len(b.People))
	for i, p := range b.People {
		people[i] = customer.Customer{ID: p.ID, Name: p.Name, Language: p.Language, Phone: p.Phone, Email: p.Email, CreatedAt: p.JoinedAt, UpdatedAt: now}
	}
	err = db.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []func() error{
			func() error { return db.PutProducts(ctx, b.Products...) },
			func() error { return db.PutStores(ctx, b.Stores...) },
			func() error { return db.PutStock(ctx, b.Stock...) },
			func() error { return db.PutCustomers(ctx, people...) },
			func() error { return db.PutMembers(ctx, b.Members, nil) },
			func() error { return db.PutOrders(ctx, b.Orders...) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return b.Size(), err
}
