package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// DB implements tool.Store.
var _ tool.Store = (*DB)(nil)

// InsertEffect implements tool.Rows.
func (d *DB) InsertEffect(ctx context.Context, e tool.Effect) error {
	body, err := json.Marshal(e)
	if err != nil {
		return errs.Wrap(err, errs.Internal, "effect_not_json", "The effect cannot be written.")
	}
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO effects (id, confirmation_id, customer_id, conversation_id, tool, business_key, state, amount, body, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, string(e.ID), string(e.Confirmation), string(e.Customer), string(e.Conversation), e.Tool, e.BusinessKey,
			string(e.State), e.Amount.Amount, string(body), ms(e.CreatedAt), ms(e.UpdatedAt)).Exec(ctx)
		return err
	})
	if errs.CodeOf(err) == "already_exists" {
		return errs.Wrap(err, errs.Conflict, "effect_live", "The business key %q has a live effect.", e.BusinessKey)
	}
	return err
}

var errEffectMoved = errs.New(errs.Conflict, "effect_moved", "The effect has changed its state in between.")

// MoveEffect implements tool.Rows.
func (d *DB) MoveEffect(ctx context.Context, e tool.Effect, from tool.State) error {
	body, err := json.Marshal(e)
	if err != nil {
		return errs.Wrap(err, errs.Internal, "effect_not_json", "The effect cannot be written.")
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`UPDATE effects SET state = ?, body = ?, updated_at = ? WHERE id = ? AND state = ?`,
			string(e.State), string(body), ms(e.UpdatedAt), string(e.ID), string(from)).Exec(ctx)
		return oneRow(res, err, errEffectMoved)
	})
}

// FindEffect implements tool.Rows.
func (d *DB) FindEffect(ctx context.Context, f tool.Find) (tool.Effect, error) {
	where, arg := "id = ?", string(f.ID)
	switch {
	case f.ID != "":
	case f.Confirmation != "":
		where, arg = "confirmation_id = ?", string(f.Confirmation)
	default:
		where, arg = "state IN ('proposed', 'approval', 'executing', 'done', 'unknown') AND business_key = ?", f.LiveKey
	}
	list, err := d.effects(ctx, `SELECT body FROM effects WHERE `+where, arg)
	if err == nil && len(list) == 0 {
		err = errs.New(errs.NotFound, "effect_unknown", "There is no such effect.")
	}
	if err != nil {
		return tool.Effect{}, err
	}
	return list[0], nil
}

func (d *DB) effects(ctx context.Context, query string, args ...any) ([]tool.Effect, error) {
	var bodies []string
	if err := d.q(ctx).NewRaw(query, args...).Scan(ctx, &bodies); err != nil {
		return nil, mapErr(err)
	}
	out := make([]tool.Effect, len(bodies))
	for i, b := range bodies {
		if err := json.Unmarshal([]byte(b), &out[i]); err != nil {
			return nil, errs.Wrap(err, errs.Internal, "effect_not_json", "A stored effect cannot be read.")
		}
	}
	return out, nil
}

// Spent implements tool.Ledger.
func (d *DB) Spent(ctx context.Context, c id.Customer, in id.Conversation, since time.Time) (amount int64, count int, err error) {
	from := int64(0)
	if !since.IsZero() {
		from = ms(since)
	}
	err = d.q(ctx).NewRaw(`SELECT COALESCE(SUM(amount), 0), COUNT(*) FROM effects WHERE customer_id = ? AND (? = '' OR conversation_id = ?)
		AND updated_at >= ? AND state IN ('executing', 'done', 'unknown')`, string(c), string(in), string(in), from).Scan(ctx, &amount, &count)
	return amount, count, mapErr(err)
}

// EffectsIn implements tool.Ledger.
func (d *DB) EffectsIn(ctx context.Context, s tool.State, before time.Time, limit int) ([]tool.Effect, error) {
	return d.effects(ctx, `SELECT body FROM effects WHERE state = ? AND updated_at < ? ORDER BY updated_at, id LIMIT ?`, string(s), ms(before), limit)
}

type effectAuditRow struct {
	Seq                                               int64
	At                                                int64
	EffectID, Event, Actor, Tool, Place, Detail, Prev string
	Hash                                              string
}

// ChainAudit implements tool.Log. Updating the head first makes writers take turns until the transaction ends.
func (d *DB) ChainAudit(ctx context.Context, a tool.Audit) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		var last tool.Audit
		if err := q.NewRaw(`UPDATE effect_audit_heads SET seq = seq + 1 WHERE id = 1 RETURNING seq - 1, hash`).Scan(ctx, &last.Seq, &last.Hash); err != nil {
			return err
		}
		a.At = at(ms(a.At)) // what is hashed is what can be read again
		a = tool.Chain(a, last)
		if _, err := q.NewRaw(`UPDATE effect_audit_heads SET hash = ? WHERE id = 1`, a.Hash).Exec(ctx); err != nil {
			return err
		}
		_, err := q.NewRaw(`INSERT INTO effect_audits (seq, at, effect_id, event, actor, tool, place, detail, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.Seq, ms(a.At), string(a.Effect), a.Event, a.Actor, a.Tool, a.Where, a.Detail, a.Prev, a.Hash).Exec(ctx)
		return err
	})
}

// AuditsAfter implements tool.Log.
func (d *DB) AuditsAfter(ctx context.Context, seq int64, limit int) ([]tool.Audit, error) {
	var rows []effectAuditRow
	if err := d.q(ctx).NewRaw(`SELECT * FROM effect_audits WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit).Scan(ctx, &rows); err != nil {
		return nil, mapErr(err)
	}
	out := make([]tool.Audit, len(rows))
	for i, r := range rows {
		out[i] = tool.Audit{Seq: r.Seq, At: at(r.At), Effect: id.Effect(r.EffectID), Event: r.Event, Actor: r.Actor, Tool: r.Tool, Where: r.Place, Detail: r.Detail, Prev: r.Prev, Hash: r.Hash}
	}
	return out, nil
}
