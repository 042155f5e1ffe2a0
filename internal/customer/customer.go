package customer

import (
	"context"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Customer is a person we serve.
type Customer struct {
	ID        id.Customer `json:"id"`
	Name      string      `json:"name"`
	Language  id.Lang     `json:"language"`
	Phone     string      `json:"phone,omitempty"` // E.164
	Email     string      `json:"email,omitempty"`
	Visitor   bool        `json:"visitor"`
	CreatedAt time.Time   `json:"created_at"`
	UpdatedAt time.Time   `json:"updated_at"`
}

// Identity is a handle on one channel.
type Identity struct {
	ID         id.Identity `json:"id"`
	CustomerID id.Customer `json:"customer_id"`
	Channel    string      `json:"channel"`
	Account    string      `json:"account"`
	Handle     string      `json:"handle"`
	Assurance  string      `json:"assurance"` // anonymous, known, verified
	CreatedAt  time.Time   `json:"created_at"`
}

// Store keeps customers. Methods take part in the transaction of ctx.
type Store interface {
	Customer(ctx context.Context, cid id.Customer) (Customer, error)
	PutCustomer(ctx context.Context, c Customer) error
	// AddIdentity stores i unless the handle exists, and gives the one that stands.
	AddIdentity(ctx context.Context, i Identity) (Identity, error)
	// IdentityOf finds a handle; NotFound when nobody has it.
	IdentityOf(ctx context.Context, channel, account, handle string) (Identity, error)
}

// Service finds and makes customers.
type Service struct {
	store Store
	ids   *id.Maker
	now   func() time.Time
}

// NewService makes a Service.
func NewService(s Store, ids *id.Maker, now func() time.Time) *Service { return &Service{s, ids, now} }

// Get loads a customer.
func (s *Service) Get(ctx context.Context, cid id.Customer) (Customer, error) {
	return s.store.Customer(ctx, cid)
}

const maxHandle = 256

// Resolve gives the customer behind a handle, making a visitor when nobody has it. Call it in a transaction: two callers
// with the same new handle get the same customer, because the handle is unique and the loser reads the winner's row.
func (s *Service) Resolve(ctx context.Context, channel, account, handle, assurance string, lang id.Lang) (Customer, error) {
	if handle = strings.TrimSpace(handle); handle == "" || len(handle) > maxHandle {
		return Customer{}, errs.New(errs.Invalid, "handle_invalid", "The handle must have 1 to %d bytes.", maxHandle)
	}
	i, err := s.store.IdentityOf(ctx, channel, account, handle)
	if err == nil {
		return s.store.Customer(ctx, i.CustomerID)
	}
	if !errs.Is(err, errs.NotFound) {
		return Customer{}, err
	}
	now := s.now()
	c := Customer{ID: id.Customer(s.ids.New("cus")), Language: lang, Visitor: true, CreatedAt: now, UpdatedAt: now}
	if err := s.store.PutCustomer(ctx, c); err != nil {
		return Customer{}, err
	}
	stands, err := s.store.AddIdentity(ctx, Identity{ID: id.Identity(s.ids.New("idn")), CustomerID: c.ID, Channel: channel, Account: account, Handle: handle, Assurance: assurance, CreatedAt: now})
	if err != nil || stands.CustomerID == c.ID {
		return c, err
	}
	return s.store.Customer(ctx, stands.CustomerID)
}
