package event

import (
	"context"
	"encoding/json"
	"time"
)

// Event is one fact about one subject.
type Event struct {
	Seq       int64           `json:"seq"`
	Type      string          `json:"type"`    // "message.added", "conversation.moved", "ticket.opened" ...
	Subject   string          `json:"subject"` // the noun: conversation, ticket, article ...
	SubjectID string          `json:"subject_id"`
	At        time.Time       `json:"at"`
	Data      json.RawMessage `json:"data,omitempty"`
}

// Appender stores events in the caller's transaction.
type Appender interface {
	AppendEvents(ctx context.Context, events ...Event) error
}

// Of makes an event; data that cannot be JSON is a programming error and shows as null.
func Of(typ, subject, subjectID string, at time.Time, data any) Event {
	e := Event{Type: typ, Subject: subject, SubjectID: subjectID, At: at}
	if data != nil {
		e.Data, _ = json.Marshal(data)
	}
	return e
}
