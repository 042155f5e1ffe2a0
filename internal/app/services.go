package app

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/seed"
)

// services are the nouns at work.
type services struct {
	commerce  *commerce.Service
	knowledge *knowledge.Service
	tickets   *ticket.Service
	staff     *staff.Service
	learning  *learning.Service
	logins    []staff.DemoLogin // of the demo, to print
}

func (a *App) wireServices(ctx context.Context) error {
	now := a.opt.Clock.Now
	a.services.tickets = ticket.New(ticket.Deps{Tx: a.db, Rows: a.db, Keys: a.db, Timeline: a.db, Lists: a.db, Teams: a.db, Index: a.db, Events: a.db, Jobs: a.db,
		Policy: ticket.DefaultPolicy(a.zone), Watch: a.ticketHappened, NewID: a.ids.New, Now: now})
	a.services.staff = staff.New(staff.Deps{Tx: a.db, Store: a.db, Directory: a.db, Rota: a.db, Sessions: a.db, Attempts: a.db, Audit: a.db,
		Hasher: staff.NewHasher(staff.DefaultArgon, nil), Limits: staff.DefaultLimits, NewID: a.ids.New, Now: now})
	a.kernel.customers = customer.NewService(a.db, a.ids, now)
	a.services.commerce = commerce.NewService(a.db, seed.Policies(), a.db, now, rand.Reader)
	a.services.knowledge = knowledge.New(knowledge.Parts{Store: a.db, Lister: a.db, Feed: a.db, Uses: a.db, Tx: a.db, Events: a.db, Clock: a.opt.Clock, IDs: a.ids}, knowledge.Options{})
	return nil
}

// firstStaff makes somebody able to sign in: the demo's open logins, or one administrator with a password said once.
func (a *App) firstStaff(ctx context.Context) (err error) {
	if a.cfg.Shop.Demo {
		a.services.logins, err = a.services.staff.EnsureDemo(ctx)
		return err
	}
	login, password, err := a.services.staff.EnsureAdmin(ctx)
	if err == nil && login != "" && a.opt.FirstAdmin != nil {
		a.opt.FirstAdmin(login, password)
	}
	return err
}

// seeded is the setting that tells when the demo shop was filled in.
const seeded = "seed.at"

// seed fills an empty database with the demo shop, in one transaction.
func (a *App) seed(ctx context.Context) error {
	if !a.opt.Seed {
		return nil
	}
	if _, err := a.db.Setting(ctx, seeded); err == nil {
		return nil
	}
	articles, err := knowledge.ReadFiles(seed.Articles, "articles")
	if err != nil {
		return err
	}
	now := a.opt.Clock.Now()
	shop := seed.Load(now)
	return a.db.InTx(ctx, func(ctx context.Context) error {
		if err := a.putShop(ctx, shop); err != nil {
			return err
		}
		if err := a.services.knowledge.ImportAll(ctx, articles, "seed"); err != nil {
			return err
		}
		return a.db.PutSetting(ctx, seeded, now.Format(time.RFC3339))
	})
}

func (a *App) putShop(ctx context.Context, s seed.Shop) error {
	for _, put := range []func() error{
		func() error { return a.db.PutCustomers(ctx, s.Customers...) },
		func() error { return a.db.PutProducts(ctx, s.Products...) },
		func() error { return a.db.PutStores(ctx, s.Stores...) },
		func() error { return a.db.PutStock(ctx, s.Stock...) },
		func() error { return a.db.PutMembers(ctx, s.Members, s.Coupons) },
		func() error { return a.db.PutOrders(ctx, s.Orders...) },
		func() error { return a.db.PutCases(ctx, s.Cases...) },
	} {
		if err := put(); err != nil {
			return err
		}
	}
	return nil
}
