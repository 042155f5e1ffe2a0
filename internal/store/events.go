package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/event"
)

type eventRow struct {
	bun.BaseModel `bun:"table:events"`
	Seq           int64 `bun:",pk,autoincrement"`
	Type          string
	Subject       string
	SubjectID     string
	At            int64
	Data          string
}

// AppendEvents implements event.Appender.
func (d *DB) AppendEvents(ctx context.Context, events ...event.Event) error {
	if len(events) == 0 {
		return nil
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		for _, e := range events {
			if _, err := q.NewRaw(`INSERT INTO events (type, subject, subject_id, at, data) VALUES (?, ?, ?, ?, ?)`,
				e.Type, e.Subject, e.SubjectID, ms(e.At), string(e.Data)).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// EventsAfter reads committed events with a number above seq, in order.
func (d *DB) EventsAfter(ctx context.Context, seq int64, limit int) (out []event.Event, err error) {
	var rows []eventRow
	err = d.read.NewRaw(`SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?`, seq, limit).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, event.Event{Seq: r.Seq, Type: r.Type, Subject: r.Subject, SubjectID: r.SubjectID, At: at(r.At), Data: json.RawMessage(r.Data)})
	}
	return out, mapErr(err)
}

// LastEvent is the highest event number so far, 0 when there is none.
func (d *DB) LastEvent(ctx context.Context) (seq int64, err error) {
	err = d.read.NewRaw(`SELECT COALESCE(MAX(seq), 0) FROM events`).Scan(ctx, &seq)
	return seq, mapErr(err)
}

// DropEventsBefore removes old events and inbound keys in bounded steps; it tells how many events went.
func (d *DB) DropEventsBefore(ctx context.Context, t time.Time, limit int) (n int64, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE at < ? ORDER BY seq LIMIT ?)`, ms(t), limit).Exec(ctx)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// oneRow turns "no row was touched" into the given error.
func oneRow(res sql.Result, err, none error) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return none
	}
	return nil
}
