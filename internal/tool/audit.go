package tool

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Chain fills number, Prev and Hash of an entry that follows last; the zero Audit precedes the first.
func Chain(a, last Audit) Audit {
	a.Seq, a.Prev, a.Hash = last.Seq+1, last.Hash, ""
	a.Hash = a.sum()
	return a
}

// sum hashes everything but the hash itself; times count in milliseconds, as stored.
func (a Audit) sum() string {
	b, err := json.Marshal([]any{a.Seq, a.At.UnixMilli(), a.Effect, a.Event, a.Actor, a.Tool, a.Where, a.Detail, a.Prev})
	if err != nil {
		panic("tool: an audit entry that is not JSON: " + err.Error())
	}
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// VerifyChain walks the whole log and names the first entry that was altered, removed or moved.
func VerifyChain(ctx context.Context, l Log) error {
	var last Audit
	for {
		page, err := l.AuditsAfter(ctx, last.Seq, 500)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		for _, a := range page {
			if a.Seq != last.Seq+1 || a.Prev != last.Hash || a.Hash != a.sum() {
				return errs.New(errs.Conflict, "audit_broken", "The audit chain is broken at entry %d (after %d).", a.Seq, last.Seq)
			}
			last = a
		}
	}
}

// entry describes what happened to an effect.
func (g *Gate) entry(e Effect, event, actor, detail string) Audit {
	return Audit{At: g.now(), Effect: e.ID, Event: event, Actor: actor, Tool: e.Tool,
		Where: fmt.Sprintf("%s/%s", e.Conversation, e.Turn), Detail: clip(detail, 500)}
}

// deny records a refused call and passes the error on.
func (g *Gate) deny(ctx context.Context, s Session, name string, cause error) error {
	a := Audit{At: g.now(), Event: "denied", Actor: "customer:" + string(s.Customer()), Tool: clip(name, 60),
		Where: fmt.Sprintf("%s/%s", s.Conversation(), s.Turn()), Detail: clip(cause.Error(), 500)}
	if err := g.store.ChainAudit(ctx, a); err != nil {
		return err
	}
	return cause
}

// clip shortens to n runes and keeps the text valid UTF-8.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}
