package customer_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// books is a customer.Store in memory: handles are unique, and a test may fail it or let a rival come first.
type books struct {
	mu         sync.Mutex
	customers  map[id.Customer]customer.Customer
	identities map[string]customer.Identity
	broken     error
	rival      *customer.Identity
}

func newBooks() *books {
	return &books{customers: map[id.Customer]customer.Customer{}, identities: map[string]customer.Identity{}}
}

func key(channel, account, handle string) string { return channel + "\x00" + account + "\x00" + handle }

func (b *books) Customer(_ context.Context, cid id.Customer) (customer.Customer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.customers[cid]
	if !ok {
		return c, errs.New(errs.NotFound, "customer_unknown", "There is no such customer.")
	}
	return c, nil
}

func (b *books) PutCustomer(_ context.Context, c customer.Customer) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.customers[c.ID] = c
	return b.broken
}

func (b *books) AddIdentity(_ context.Context, i customer.Identity) (customer.Identity, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := key(i.Channel, i.Account, i.Handle)
	if b.rival != nil {
		b.identities[k] = *b.rival
	}
	if stands, ok := b.identities[k]; ok {
		return stands, b.broken
	}
	b.identities[k] = i
	return i, b.broken
}

func (b *books) IdentityOf(_ context.Context, channel, account, handle string) (customer.Identity, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i, ok := b.identities[key(channel, account, handle)]; ok {
		return i, nil
	}
	return customer.Identity{}, errs.New(errs.NotFound, "handle_unknown", "Nobody has this handle.")
}

func service(b *books) *customer.Service {
	at := func() time.Time { return now }
	return customer.NewService(b, id.NewMaker(at, nil), at)
}

func TestAHandleIsOneCustomer(t *testing.T) {
	b := newBooks()
	s := service(b)
	first, err := s.Resolve(t.Context(), "webchat", "web", "v1", "anonymous", id.EN)
	if err != nil || !first.Visitor || first.Language != id.EN || !first.CreatedAt.Equal(now) {
		t.Fatalf("%+v %v", first, err)
	}
	for _, handle := range []string{"v1", " v1 ", "v1\n"} {
		if again, err := s.Resolve(t.Context(), "webchat", "web", handle, "known", id.ZH); err != nil || again != first {
			t.Errorf("%q: %+v %v", handle, again, err)
		}
	}
	for _, other := range [][3]string{{"sms", "web", "v1"}, {"webchat", "second", "v1"}, {"webchat", "web", "V1"}} {
		if c, err := s.Resolve(t.Context(), other[0], other[1], other[2], "anonymous", id.EN); err != nil || c.ID == first.ID {
			t.Errorf("%v is the same customer: %v", other, err)
		}
	}
	if got, err := s.Get(t.Context(), first.ID); err != nil || got != first {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := s.Get(t.Context(), "cus_none"); !errs.Is(err, errs.NotFound) {
		t.Error(err)
	}
}

func TestTheOneWhoComesSecondGetsTheFirst(t *testing.T) {
	b := newBooks()
	b.customers["winner"] = customer.Customer{ID: "winner"}
	b.rival = &customer.Identity{CustomerID: "winner"}
	if c, err := service(b).Resolve(t.Context(), "webchat", "web", "v1", "anonymous", id.EN); err != nil || c.ID != "winner" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWrongHandlesAndBrokenBooks(t *testing.T) {
	for _, handle := range []string{"", "  ", strings.Repeat("x", 257)} {
		b := newBooks()
		if _, err := service(b).Resolve(t.Context(), "webchat", "web", handle, "anonymous", id.EN); !errs.Is(err, errs.Invalid) || len(b.customers) != 0 {
			t.Errorf("%.20q: %v, %d customers", handle, err, len(b.customers))
		}
	}
	b := newBooks()
	b.broken = errors.New("disk full")
	if _, err := service(b).Resolve(t.Context(), "webchat", "web", "v1", "anonymous", id.EN); !errors.Is(err, b.broken) {
		t.Error(err)
	}
}

func event(change func(*customer.Behaviour)) customer.Behaviour {
	e := customer.Behaviour{EventID: "e1", Type: "page_view", At: now}
	change(&e)
	return e
}

func TestBehavioursAreAllRightOrNoneIs(t *testing.T) {
	good := event(func(*customer.Behaviour) {})
	if err := customer.CheckBehaviours([]customer.Behaviour{good, event(func(e *customer.Behaviour) { e.At = now.Add(5 * time.Minute); e.Properties = json.RawMessage(`{}`) })}, now); err != nil {
		t.Error(err)
	}
	for place, bad := range map[string]customer.Behaviour{
		"event_id": event(func(e *customer.Behaviour) { e.EventID = "" }), "event_id ": event(func(e *customer.Behaviour) { e.EventID = strings.Repeat("x", 65) }),
		"type": event(func(e *customer.Behaviour) { e.Type = "" }), "type ": event(func(e *customer.Behaviour) { e.Type = "page view" }), "type  ": event(func(e *customer.Behaviour) { e.Type = "浏览" }),
		"type   ": event(func(e *customer.Behaviour) { e.Type = strings.Repeat("t", 41) }), "at": event(func(e *customer.Behaviour) { e.At = time.Time{} }),
		"at ": event(func(e *customer.Behaviour) { e.At = now.Add(5*time.Minute + 1) }), "properties": event(func(e *customer.Behaviour) { e.Properties = make([]byte, 4097) }),
	} {
		err := customer.CheckBehaviours([]customer.Behaviour{good, bad}, now)
		var e *errs.Error
		if !errors.As(err, &e) || e.Kind != errs.Invalid || len(e.Details) != 1 || e.Details[0].Location != "body.events[1]."+strings.TrimSpace(place) {
			t.Errorf("%s: %v", place, err)
		}
	}
	for _, n := range []int{0, 101} {
		if err := customer.CheckBehaviours(make([]customer.Behaviour, n), now); errs.CodeOf(err) != "events_count" {
			t.Errorf("%d events: %v", n, err)
		}
	}
	many := make([]customer.Behaviour, 100)
	for i := range many {
		many[i] = event(func(e *customer.Behaviour) { e.EventID = fmt.Sprint(i) })
	}
	if err := customer.CheckBehaviours(many, now); err != nil {
		t.Error(err)
	}
}
