package commerce

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Service answers for the shop. What belongs to a customer is reached through For.
type Service struct {
	books    Books
	policies Policies
	events   event.Appender // nil: nobody listens
	now      func() time.Time
	rnd      io.Reader
}

// NewService makes a Service. rnd makes numbers and codes; events may be nil.
func NewService(b Books, p Policies, events event.Appender, now func() time.Time, rnd io.Reader) *Service {
	return &Service{b, p, events, now, rnd}
}

// Policies are the rules in force.
func (s *Service) Policies() Policies { return s.policies }

// Now is the service's time.
func (s *Service) Now() time.Time { return s.now() }

// Products lists the catalogue.
func (s *Service) Products(ctx context.Context) ([]Product, error) { return s.books.Products(ctx) }

// Product finds a product by id.
func (s *Service) Product(ctx context.Context, pid id.Product) (Product, error) {
	return s.books.Product(ctx, pid)
}

// ProductOf finds the product that has a SKU.
func (s *Service) ProductOf(ctx context.Context, sku string) (Product, error) {
	return s.books.ProductOf(ctx, sku)
}

// Stores lists the stores.
func (s *Service) Stores(ctx context.Context) ([]Store, error) { return s.books.Stores(ctx) }

// Stock lists where the SKUs are.
func (s *Service) Stock(ctx context.Context, skus ...string) ([]Stock, error) {
	return s.books.StockOf(ctx, skus...)
}

// Search finds products by words in names, aliases and descriptions, best first. Every word has to occur; words are
// split at spaces, and a word without spaces (Chinese) matches as it is.
func (s *Service) Search(ctx context.Context, words string, limit int) ([]Product, error) {
	all, err := s.books.Products(ctx)
	if err != nil {
		return nil, err
	}
	return rank(all, words, limit), nil
}

func rank(all []Product, words string, limit int) []Product {
	terms := strings.Fields(strings.ToLower(words))
	type hit struct {
		p     Product
		score int
	}
	var hits []hit
	for _, p := range all {
		if n := score(p, terms); n > 0 || len(terms) == 0 {
			hits = append(hits, hit{p, n})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	var out []Product
	for _, h := range hits[:min(len(hits), max(limit, 0))] {
		out = append(out, h.p)
	}
	return out
}

// score weighs where each term occurs: a whole name counts most, then part of a name or alias, then the description.
func score(p Product, terms []string) (sum int) {
	names := append([]string{p.Name.ZH, p.Name.EN, string(p.ID)}, p.Aliases...)
	about := strings.ToLower(p.Description.ZH + " " + p.Description.EN + " " + p.Category)
	for _, t := range terms {
		n := 0
		for _, name := range names {
			switch name = strings.ToLower(name); {
			case name == t:
				n = max(n, 10)
			case strings.Contains(name, t):
				n = max(n, 6)
			case len(name) >= 6 && strings.Contains(t, name): // "想买保温杯" holds the alias 保温杯
				n = max(n, 5)
			}
		}
		if n == 0 && strings.Contains(about, t) {
			n = 1
		}
		if n == 0 {
			return 0
		}
		sum += n
	}
	return sum
}

// For gives the part of the shop that belongs to one customer. The id comes from a verified identity.
func (s *Service) For(c id.Customer) Scope { return Scope{s, c} }

// number makes a number nobody has: prefix, date, six digits.
func (s *Service) number(ctx context.Context, prefix string) (string, error) {
	day := s.now().In(location(s.policies.Zone)).Format("060102")
	for range 50 {
		n := fmt.Sprintf("%s%s%06d", prefix, day, s.random()%1_000_000)
		taken, err := s.books.NumberTaken(ctx, n)
		if err != nil || !taken {
			return n, err
		}
	}
	return "", errs.New(errs.Unavailable, "numbers_used_up", "No free number was found; try again.")
}

func (s *Service) random() uint64 {
	var b [8]byte
	if _, err := io.ReadFull(s.rnd, b[:]); err != nil {
		panic("commerce: the source of randomness failed: " + err.Error())
	}
	return binary.BigEndian.Uint64(b[:])
}
