package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type customerRow struct {
	bun.BaseModel `bun:"table:customers"`
	ID            string `bun:",pk"`
	Name          string
	Language      string
	Phone         string
	Email         string
	Visitor       bool
	Data          string
	CreatedAt     int64
	UpdatedAt     int64
}

type identityRow struct {
	bun.BaseModel `bun:"table:identities"`
	ID            string `bun:",pk"`
	CustomerID    string
	Channel       string
	Account       string
	Handle        string
	Assurance     string
	CreatedAt     int64
}

func (r customerRow) customer() customer.Customer {
	return customer.Customer{ID: id.Customer(r.ID), Name: r.Name, Language: id.Lang(r.Language), Phone: r.Phone, Email: r.Email, Visitor: r.Visitor, CreatedAt: at(r.CreatedAt), UpdatedAt: at(r.UpdatedAt)}
}

func customerRowOf(c customer.Customer) customerRow {
	return customerRow{ID: string(c.ID), Name: c.Name, Language: string(c.Language), Phone: c.Phone, Email: c.Email, Visitor: c.Visitor, Data: "{}", CreatedAt: ms(c.CreatedAt), UpdatedAt: ms(c.UpdatedAt)}
}

func (r identityRow) identity() customer.Identity {
	return customer.Identity{ID: id.Identity(r.ID), CustomerID: id.Customer(r.CustomerID), Channel: r.Channel, Account: r.Account, Handle: r.Handle, Assurance: r.Assurance, CreatedAt: at(r.CreatedAt)}
}

// Customer implements customer.Store.
func (d *DB) Customer(ctx context.Context, cid id.Customer) (customer.Customer, error) {
	var r customerRow
	err := d.q(ctx).NewRaw(`SELECT * FROM customers WHERE id = ?`, string(cid)).Scan(ctx, &r)
	if err = mapErr(err); errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "customer_unknown", "There is no customer %q.", cid)
	}
	return r.customer(), err
}

// PutCustomer implements customer.Store.
func (d *DB) PutCustomer(ctx context.Context, c customer.Customer) error {
	return d.PutCustomers(ctx, c)
}

// PutCustomers writes many in one statement; the seed and imports use it.
func (d *DB) PutCustomers(ctx context.Context, cs ...customer.Customer) error {
	if len(cs) == 0 {
		return nil
	}
	rows := make([]customerRow, len(cs))
	for i, c := range cs {
		rows[i] = customerRowOf(c)
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&rows).On("CONFLICT (id) DO UPDATE").
			Set("name = EXCLUDED.name, language = EXCLUDED.language, phone = EXCLUDED.phone, email = EXCLUDED.email, visitor = EXCLUDED.visitor, updated_at = EXCLUDED.updated_at").Exec(ctx)
		if err != nil {
			return err
		}
		return d.indexCustomers(ctx, cs)
	})
}

// AddIdentity implements customer.Store.
func (d *DB) AddIdentity(ctx context.Context, i customer.Identity) (stands customer.Identity, err error) {
	row := identityRow{ID: string(i.ID), CustomerID: string(i.CustomerID), Channel: i.Channel, Account: i.Account, Handle: i.Handle, Assurance: i.Assurance, CreatedAt: ms(i.CreatedAt)}
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewInsert().Model(&row).On("CONFLICT (channel, account, handle) DO NOTHING").Exec(ctx); err != nil {
			return err
		}
		stands, err = d.IdentityOf(ctx, i.Channel, i.Account, i.Handle)
		return err
	})
	return stands, err
}

// IdentityOf implements customer.Store.
func (d *DB) IdentityOf(ctx context.Context, channel, account, handle string) (customer.Identity, error) {
	var r identityRow
	err := d.q(ctx).NewRaw(`SELECT * FROM identities WHERE channel = ? AND account = ? AND handle = ?`, channel, account, handle).Scan(ctx, &r)
	return r.identity(), mapErr(err)
}
