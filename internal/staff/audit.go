package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Entry is one sensitive action. Seq, At, Prev and Hash are given when it is appended.
type Entry struct {
	Seq     int64
	At      time.Time
	Actor   id.Staff // "" for the system itself
	Action  string   // noun.verb
	Subject string   // the id it was done to
	Address string
	Detail  map[string]string
	Prev    string
	Hash    string
}

// Trail keeps the audit entries. AppendAudit gives the entry the next number and seals it to the one before with Seal,
// serially; there is no method that changes or removes one.
type Trail interface {
	AppendAudit(ctx context.Context, e Entry) error
	AuditEntries(ctx context.Context, before int64, limit int) ([]Entry, error) // newest first; before 0 means from the end
}

// Seal chains an entry to the hash of the one before.
func (e Entry) Seal(prev string) Entry {
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.Prev = prev
	if len(e.Detail) == 0 {
		e.Detail = nil // an empty map and none must seal alike
	}
	body, err := json.Marshal([]any{e.Seq, e.At.UnixMilli(), e.Actor, e.Action, e.Subject, e.Address, e.Detail, prev})
	if err != nil {
		panic("staff: an audit entry is made of text only: " + err.Error())
	}
	sum := sha256.Sum256(body)
	e.Hash = hex.EncodeToString(sum[:])
	return e
}

// Verify checks a stretch of the trail, oldest first, that follows the hash prev at number seq-1. It tells the number of
// the first entry that was altered, removed or reordered; 0 when all is well.
func Verify(prev string, seq int64, entries []Entry) int64 {
	for _, e := range entries {
		sealed := e.Seal(prev)
		if e.Seq != seq || e.Prev != prev || e.Hash != sealed.Hash {
			return seq
		}
		prev, seq = e.Hash, seq+1
	}
	return 0
}

// Record appends a sensitive action done by the principal; call it inside the transaction of the action.
func (s *Service) Record(ctx context.Context, by Principal, action, subject, address string, detail map[string]string) error {
	return s.record(ctx, Entry{Actor: by.ID, Action: action, Subject: subject, Address: address, Detail: detail})
}

func (s *Service) record(ctx context.Context, e Entry) error {
	e.At = s.d.Now()
	return s.d.Audit.AppendAudit(ctx, e)
}

// AuditPage lists entries, newest first, and whether the page's chain is whole.
func (s *Service) AuditPage(ctx context.Context, by Principal, before int64, limit int) (entries []Entry, broken int64, err error) {
	if err := by.Require(AuditRead); err != nil {
		return nil, 0, err
	}
	if limit < 1 || limit > 200 {
		return nil, 0, errs.New(errs.Invalid, "limit_out_of_range", "limit is 1 to 200.").With("query.limit", "1 to 200")
	}
	entries, err = s.d.Audit.AuditEntries(ctx, before, limit)
	if err != nil || len(entries) == 0 {
		return entries, 0, err
	}
	oldest := make([]Entry, len(entries))
	for i, e := range entries {
		oldest[len(entries)-1-i] = e
	}
	return entries, Verify(oldest[0].Prev, oldest[0].Seq, oldest), nil
}
