package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

type jobRow struct {
	bun.BaseModel `bun:"table:jobs"`
	ID            string `bun:",pk"`
	Kind          string
	Lane          string
	Key           string
	Payload       string
	State         string
	RunAt         int64
	Attempt       int
	MaxAttempts   int
	LeaseOwner    string
	LeaseUntil    int64
	LastError     string
	CreatedAt     int64
}

func (r jobRow) job() job.Job {
	return job.Job{ID: r.ID, Kind: r.Kind, Lane: r.Lane, Key: r.Key, Payload: json.RawMessage(r.Payload), RunAt: at(r.RunAt),
		Attempt: r.Attempt, MaxAttempts: r.MaxAttempts, Owner: r.LeaseOwner, LastError: r.LastError, CreatedAt: at(r.CreatedAt)}
}

func (d *DB) jobRowOf(j job.Job) jobRow {
	now := d.now()
	if j.RunAt.IsZero() {
		j.RunAt = now
	}
	if j.MaxAttempts == 0 {
		j.MaxAttempts = job.DefaultAttempts
	}
	if j.ID == "" {
		j.ID = "job_" + rand.Text()
	}
	return jobRow{ID: j.ID, Kind: j.Kind, Lane: j.Lane, Key: j.Key, Payload: string(j.Payload), State: "ready", RunAt: ms(j.RunAt), MaxAttempts: j.MaxAttempts, CreatedAt: ms(now)}
}

// Enqueue implements job.Enqueuer: a waiting job with the same key stands, and the new one is dropped.
func (d *DB) Enqueue(ctx context.Context, jobs ...job.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		for _, j := range jobs {
			row := d.jobRowOf(j)
			if _, err := q.NewInsert().Model(&row).On("CONFLICT (key) WHERE state = 'ready' AND key <> '' DO NOTHING").Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// Claim implements job.Store. Expired leases count as due. One job per lane, and none of a lane that runs: the unique
// index makes that hold between nodes too, so a lost race is a Conflict, answered with "none now".
func (d *DB) Claim(ctx context.Context, owner string, kinds []string, n int, lease time.Duration) (out []job.Job, err error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	now := ms(d.now())
	if due, err := d.anyDue(ctx, now); err != nil || !due {
		return nil, err // look through the read pool first: an idle poll must not take the write lock
	}
	skip := ""
	if d.dialect == Postgres {
		skip = "FOR UPDATE SKIP LOCKED"
	}
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if err := d.expireLeases(ctx, q, now); err != nil {
			return err
		}
		var rows []jobRow
		if err := q.NewRaw(`UPDATE jobs SET state = 'running', attempt = attempt + 1, lease_owner = ?, lease_until = ?
			WHERE id IN (
				SELECT id FROM jobs j WHERE state = 'ready' AND run_at <= ? AND kind IN (?)
				AND (lane = '' OR NOT EXISTS (SELECT 1 FROM jobs r WHERE r.lane = j.lane AND r.state = 'running'))
				AND (lane = '' OR NOT EXISTS (SELECT 1 FROM jobs e WHERE e.lane = j.lane AND e.state = 'ready' AND e.run_at <= ? AND (e.run_at < j.run_at OR (e.run_at = j.run_at AND e.id < j.id))))
				ORDER BY run_at LIMIT ? `+skip+`)
			RETURNING *`, owner, now+lease.Milliseconds(), now, bun.List(kinds), now, n).Scan(ctx, &rows); err != nil {
			return err
		}
		for _, r := range rows {
			out = append(out, r.job())
		}
		return nil
	})
	if errs.Is(err, errs.Conflict) {
		return nil, nil
	}
	return out, err
}

func (d *DB) anyDue(ctx context.Context, now int64) (due bool, err error) {
	err = d.read.NewRaw(`SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'ready' AND run_at <= ?) OR EXISTS (SELECT 1 FROM jobs WHERE state = 'running' AND lease_until < ?)`, now, now).Scan(ctx, &due)
	return due, mapErr(err)
}

// expireLeases takes back the jobs of nodes that stopped renewing. Where the same key waits again already, that one stands.
func (d *DB) expireLeases(ctx context.Context, q bun.IDB, now int64) error {
	if _, err := q.NewRaw(`DELETE FROM jobs WHERE state = 'running' AND lease_until < ? AND key <> ''
		AND EXISTS (SELECT 1 FROM jobs w WHERE w.key = jobs.key AND w.state = 'ready')`, now).Exec(ctx); err != nil {
		return err
	}
	_, err := q.NewRaw(`UPDATE jobs SET state = 'ready', lease_owner = '' WHERE state = 'running' AND lease_until < ?`, now).Exec(ctx)
	return err
}

var errLease = errs.New(errs.Conflict, "lease_lost", "Another node has taken this job over; what was done here is not stored.")

// Finish implements job.Store.
func (d *DB) Finish(ctx context.Context, j job.Job) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`DELETE FROM jobs WHERE id = ? AND state = 'running' AND lease_owner = ? AND attempt = ?`, j.ID, j.Owner, j.Attempt).Exec(ctx)
		return oneRow(res, err, errLease)
	})
}

// Retry implements job.Store.
func (d *DB) Retry(ctx context.Context, j job.Job, cause string, runAt time.Time) error {
	if len(cause) > 2000 {
		cause = cause[:2000]
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		var waits bool
		if err := q.NewRaw(`SELECT EXISTS (SELECT 1 FROM jobs WHERE key = ? AND key <> '' AND state = 'ready')`, j.Key).Scan(ctx, &waits); err != nil {
			return err
		}
		if waits {
			return d.Finish(ctx, j)
		}
		state := "ready"
		if j.Attempt >= j.MaxAttempts {
			state = "dead"
		}
		res, err := q.NewRaw(`UPDATE jobs SET state = ?, run_at = ?, last_error = ?, lease_owner = '' WHERE id = ? AND state = 'running' AND lease_owner = ? AND attempt = ?`,
			state, ms(runAt), cause, j.ID, j.Owner, j.Attempt).Exec(ctx)
		return oneRow(res, err, errLease)
	})
}

// Renew implements job.Store.
func (d *DB) Renew(ctx context.Context, owner string, lease time.Duration) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`UPDATE jobs SET lease_until = ? WHERE state = 'running' AND lease_owner = ?`, ms(d.now())+lease.Milliseconds(), owner).Exec(ctx)
		return err
	})
}

// Release implements job.Store.
func (d *DB) Release(ctx context.Context, owner string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewRaw(`UPDATE jobs SET lease_until = 0 WHERE state = 'running' AND lease_owner = ?`, owner).Exec(ctx); err != nil {
			return err
		}
		return d.expireLeases(ctx, q, 1)
	})
}

// NextDue implements job.Store.
func (d *DB) NextDue(ctx context.Context) (time.Time, error) {
	var next int64
	err := d.read.NewRaw(`SELECT COALESCE(MIN(run_at), 0) FROM jobs WHERE state = 'ready'`).Scan(ctx, &next)
	return at(next), mapErr(err)
}

// DeadJobs lists the jobs whose tries are used up, newest first.
func (d *DB) DeadJobs(ctx context.Context, limit int) (out []job.Job, err error) {
	var rows []jobRow
	err = d.q(ctx).NewRaw(`SELECT * FROM jobs WHERE state = 'dead' ORDER BY created_at DESC LIMIT ?`, limit).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, r.job())
	}
	return out, mapErr(err)
}

// ReviveJob gives a dead job its tries back; NotFound when it is not dead.
func (d *DB) ReviveJob(ctx context.Context, jobID string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewRaw(`UPDATE jobs SET state = 'ready', attempt = 0, run_at = ? WHERE id = ? AND state = 'dead'`, ms(d.now()), jobID).Exec(ctx)
		return oneRow(res, err, errs.New(errs.NotFound, "job_unknown", "There is no dead job %q.", jobID))
	})
}

// CountJobs is how many jobs of a kind wait or run.
func (d *DB) CountJobs(ctx context.Context, kind string) (n int, err error) {
	err = d.read.NewRaw(`SELECT count(*) FROM jobs WHERE kind = ? AND state <> 'dead'`, kind).Scan(ctx, &n)
	return n, mapErr(err)
}
