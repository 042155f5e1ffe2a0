package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

type staffSessionRow struct {
	bun.BaseModel `bun:"table:staff_sessions"`
	Hash          string `bun:",pk"`
	StaffID       string
	Epoch         int64
	CreatedAt     int64
	SeenAt        int64
	Address       string
	Browser       string
}

// SaveStaffSession implements staff.Sessions.
func (d *DB) SaveStaffSession(ctx context.Context, s staff.Session) error {
	row := staffSessionRow{Hash: s.Hash, StaffID: string(s.StaffID), Epoch: s.Epoch, CreatedAt: ms(s.CreatedAt), SeenAt: ms(s.SeenAt), Address: s.Address, Browser: s.Browser}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).On("CONFLICT (hash) DO UPDATE").Set("seen_at = EXCLUDED.seen_at").Exec(ctx)
		return err
	})
}

// StaffSession implements staff.Sessions.
func (d *DB) StaffSession(ctx context.Context, hash string) (staff.Session, error) {
	var r staffSessionRow
	err := d.q(ctx).NewRaw(`SELECT * FROM staff_sessions WHERE hash = ?`, hash).Scan(ctx, &r)
	return staff.Session{Hash: r.Hash, StaffID: id.Staff(r.StaffID), Epoch: r.Epoch, CreatedAt: at(r.CreatedAt), SeenAt: at(r.SeenAt), Address: r.Address, Browser: r.Browser}, mapErr(err)
}

// EndStaffSession implements staff.Sessions.
func (d *DB) EndStaffSession(ctx context.Context, hash string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`DELETE FROM staff_sessions WHERE hash = ?`, hash).Exec(ctx)
		return err
	})
}

// DropStaffSessions removes sessions unused since, and sign-in tries older than that.
func (d *DB) DropStaffSessions(ctx context.Context, since time.Time) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewRaw(`DELETE FROM staff_sessions WHERE seen_at < ?`, ms(since)).Exec(ctx); err != nil {
			return err
		}
		_, err := q.NewRaw(`DELETE FROM sign_in_tries WHERE at < ?`, ms(since)).Exec(ctx)
		return err
	})
}

// TrySignIn implements staff.Attempts. SQLite has one writer; PostgreSQL lines the tries of a bucket up behind a lock.
func (d *DB) TrySignIn(ctx context.Context, bucket string, limit int, now time.Time, window time.Duration) (ok bool, wait time.Duration, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		ok, wait = false, 0
		if d.dialect == Postgres {
			if _, err := q.NewRaw(`SELECT pg_advisory_xact_lock(hashtext(?))`, bucket).Exec(ctx); err != nil {
				return err
			}
		}
		if _, err := q.NewRaw(`DELETE FROM sign_in_tries WHERE bucket = ? AND at <= ?`, bucket, ms(now.Add(-window))).Exec(ctx); err != nil {
			return err
		}
		var n int
		var oldest, last int64
		if err := q.NewRaw(`SELECT COUNT(*), COALESCE(MIN(at), 0), COALESCE(MAX(n), 0) FROM sign_in_tries WHERE bucket = ?`, bucket).Scan(ctx, &n, &oldest, &last); err != nil {
			return err
		}
		if n >= limit {
			wait = at(oldest).Add(window).Sub(now)
			return nil
		}
		ok = true
		_, err := q.NewRaw(`INSERT INTO sign_in_tries (bucket, at, n) VALUES (?, ?, ?)`, bucket, ms(now), last+1).Exec(ctx)
		return err
	})
	return ok, wait, err
}

// ForgiveSignIn implements staff.Attempts.
func (d *DB) ForgiveSignIn(ctx context.Context, bucket string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`DELETE FROM sign_in_tries WHERE bucket = ?`, bucket).Exec(ctx)
		return err
	})
}

// KnowAddress implements staff.Attempts.
func (d *DB) KnowAddress(ctx context.Context, sid id.Staff, address string, now time.Time) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO staff_addresses (staff_id, address, at) VALUES (?, ?, ?) ON CONFLICT (staff_id, address) DO UPDATE SET at = excluded.at`, string(sid), address, ms(now)).Exec(ctx)
		return err
	})
}

// KnowsAddress implements staff.Attempts.
func (d *DB) KnowsAddress(ctx context.Context, sid id.Staff, address string, since time.Time) (bool, error) {
	var n int
	err := d.q(ctx).NewRaw(`SELECT COUNT(*) FROM staff_addresses WHERE staff_id = ? AND address = ? AND at >= ?`, string(sid), address, ms(since)).Scan(ctx, &n)
	return n > 0, mapErr(err)
}

type auditRow struct {
	bun.BaseModel `bun:"table:audit"`
	Seq           int64 `bun:",pk"`
	At            int64
	Actor         string
	Action        string
	Subject       string
	Address       string
	Detail        string
	Prev          string
	Hash          string
}

func (r auditRow) entry() staff.Entry {
	e := staff.Entry{Seq: r.Seq, At: at(r.At), Actor: id.Staff(r.Actor), Action: r.Action, Subject: r.Subject, Address: r.Address, Prev: r.Prev, Hash: r.Hash}
	_ = json.Unmarshal([]byte(r.Detail), &e.Detail) // a row that was tampered with shows by its hash
	return e
}

// AppendAudit implements staff.Trail. Taking the head's next number locks it, so entries are sealed one after another.
func (d *DB) AppendAudit(ctx context.Context, e staff.Entry) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		var prev string
		if err := q.NewRaw(`UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash`).Scan(ctx, &e.Seq, &prev); err != nil {
			return err
		}
		e = e.Seal(prev)
		detail, err := json.Marshal(e.Detail)
		if err != nil {
			return errs.Wrap(err, errs.Internal, "audit_detail", "An audit entry cannot be written.")
		}
		row := auditRow{Seq: e.Seq, At: ms(e.At), Actor: string(e.Actor), Action: e.Action, Subject: e.Subject, Address: e.Address, Detail: string(detail), Prev: e.Prev, Hash: e.Hash}
		if _, err := q.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		_, err = q.NewRaw(`UPDATE audit_head SET hash = ? WHERE id = 1`, e.Hash).Exec(ctx)
		return err
	})
}

// AuditEntries implements staff.Trail.
func (d *DB) AuditEntries(ctx context.Context, before int64, limit int) (out []staff.Entry, err error) {
	var rows []auditRow
	q := d.q(ctx).NewSelect().Model(&rows).OrderExpr("seq DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("seq < ?", before)
	}
	err = q.Scan(ctx)
	for _, r := range rows {
		out = append(out, r.entry())
	}
	return out, mapErr(err)
}
