package customer

import (
	"context"
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Behaviour is something a customer did on a page or in a store, recorded once.
type Behaviour struct {
	EventID    string          `json:"event_id"` // made by the sender; the same again changes nothing
	Type       string          `json:"type"`     // page_view, product_view, guide_open ...
	At         time.Time       `json:"at"`
	Properties json.RawMessage `json:"properties,omitempty"`
}

// BehaviourStore keeps behaviour events.
type BehaviourStore interface {
	// AddBehaviour stores what is new and tells how many that were.
	AddBehaviour(ctx context.Context, cid id.Customer, events []Behaviour) (int, error)
	// BehaviourOf lists the latest of a customer, newest first.
	BehaviourOf(ctx context.Context, cid id.Customer, limit int) ([]Behaviour, error)
}

const (
	maxBehaviours = 100
	maxProperties = 4096
	maxAhead      = 5 * time.Minute
)

// CheckBehaviours refuses a batch with anything wrong in it, naming the place.
func CheckBehaviours(events []Behaviour, now time.Time) error {
	if len(events) == 0 || len(events) > maxBehaviours {
		return errs.New(errs.Invalid, "events_count", "Send 1 to %d events at a time.", maxBehaviours)
	}
	e := errs.New(errs.Invalid, "events_invalid", "Some events are not as they should be; none was stored.")
	for i, b := range events {
		at := "body.events[" + itoa(i) + "]"
		switch {
		case b.EventID == "" || len(b.EventID) > 64:
			e.With(at+".event_id", "1 to 64 characters")
		case !plainWord(b.Type):
			e.With(at+".type", "1 to 40 letters, digits or underscores")
		case b.At.IsZero() || b.At.After(now.Add(maxAhead)):
			e.With(at+".at", "a time that is not in the future")
		case len(b.Properties) > maxProperties:
			e.With(at+".properties", "at most 4096 bytes")
		}
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}

func plainWord(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return true
}

func itoa(i int) string { b, _ := json.Marshal(i); return string(b) }
