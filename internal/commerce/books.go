package commerce

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Catalogue is what is on sale.
type Catalogue interface {
	Products(ctx context.Context) ([]Product, error)
	Product(ctx context.Context, pid id.Product) (Product, error)
	ProductOf(ctx context.Context, sku string) (Product, error)
}

// Floor is where we have stores, and what stands in them.
type Floor interface {
	Stores(ctx context.Context) ([]Store, error)
	StockOf(ctx context.Context, skus ...string) ([]Stock, error)
	// MoveStock changes stock in one statement each; a move that promises more than is free is a Conflict "out_of_stock".
	// Releasing what was never promised is no error and never goes below zero.
	MoveStock(ctx context.Context, moves ...Move) error
}

// OrderBook keeps orders. OrderOf finds by id or number and answers NotFound for another's order too. SaveOrder adds
// version 0, else replaces the row of the same version and customer; Conflict "changed_meanwhile" when there is none.
type OrderBook interface {
	OrdersOf(ctx context.Context, c id.Customer, limit int) ([]Order, error)
	OrderOf(ctx context.Context, c id.Customer, ref string) (Order, error)
	SaveOrder(ctx context.Context, o Order) error
}

// CaseBook keeps cases, by the same rules as OrderBook.
type CaseBook interface {
	CasesOf(ctx context.Context, c id.Customer, limit int) ([]Case, error)
	SaveCase(ctx context.Context, c Case) error
	// NumberTaken tells whether an order or a case has the number.
	NumberTaken(ctx context.Context, number string) (bool, error)
}

// MemberBook keeps members and their coupons. MemberOf of an unknown customer is a new Member of version 0.
type MemberBook interface {
	MemberOf(ctx context.Context, c id.Customer) (Member, error)
	SaveMember(ctx context.Context, m Member) error
	CouponsOf(ctx context.Context, c id.Customer) ([]Coupon, error)
}

// CouponBook takes new coupons in.
type CouponBook interface {
	AddCoupon(ctx context.Context, c Coupon) error
}

// KeyBook remembers outcomes by idempotency key, per customer.
type KeyBook interface {
	// ClaimKey takes the key, or gives what is kept under it. A key claimed for another print is a Conflict "key_reused".
	ClaimKey(ctx context.Context, c id.Customer, key, print string) (outcome []byte, err error)
	KeepOutcome(ctx context.Context, c id.Customer, key string, outcome []byte) error
}

// BackOffice reaches any customer's order or case by number: for staff and the warehouse, never for the agent.
type BackOffice interface {
	OrderNumbered(ctx context.Context, number string) (Order, error)
	CaseNumbered(ctx context.Context, number string) (Case, error)
}

// Loader replaces many rows at once: imports and the seed.
type Loader interface {
	PutProducts(ctx context.Context, ps ...Product) error
	PutStores(ctx context.Context, ss ...Store) error
	PutStock(ctx context.Context, ss ...Stock) error
}

// HistoryLoader replaces many rows of customers' histories at once.
type HistoryLoader interface {
	PutOrders(ctx context.Context, os ...Order) error
	PutCases(ctx context.Context, cs ...Case) error
	PutMembers(ctx context.Context, ms []Member, cs []Coupon) error
}

// Books is everything this noun keeps. Methods take part in the transaction of ctx.
type Books interface {
	Catalogue
	Floor
	OrderBook
	CaseBook
	MemberBook
	CouponBook
	KeyBook
	BackOffice
	InTx(ctx context.Context, fn func(context.Context) error) error
}
