package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
)

type txKey struct{}

// open is a transaction under way. undone is why SQLite gave all of it up in the middle, after which a further statement
// would stand alone and be kept; whoever hid that failure gets it again instead.
type open struct {
	bun.IDB
	undone error
}

// q is where a store method sends its statements: the transaction of ctx, or the read pool outside one.
func (d *DB) q(ctx context.Context) bun.IDB {
	if tx := txOf(ctx); tx != nil {
		return tx
	}
	return d.read
}

func txOf(ctx context.Context) *open {
	tx, _ := ctx.Value(txKey{}).(*open)
	return tx
}

// join runs fn as a part of the transaction.
func (o *open) join(ctx context.Context, fn func(ctx context.Context) error) error {
	if o.undone != nil {
		return o.undone
	}
	err := fn(ctx)
	if undoesAll(err) {
		o.undone = err
	}
	return err
}

// inTx tells whether ctx carries a transaction.
func inTx(ctx context.Context) bool { return txOf(ctx) != nil }

// InTx runs fn in one durable transaction; a nil return means it is on disk. Nested calls join the outer one.
// fn must wait for nothing but the database, and must not keep ctx after it returns.
func (d *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if tx := txOf(ctx); tx != nil {
		return tx.join(ctx, fn)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.dialect == SQLite {
		return d.group.do(ctx, fn) // the committer calls the hooks, once per batch
	}
	err := d.inPostgres(ctx, fn)
	if err == nil {
		d.hooks.call()
	}
	return err
}

// OnCommit adds a function that is called after every commit of this process; it must not block. Runners and readers
// that follow the database use it to look at once instead of at their next poll. Call it before the work begins.
func (d *DB) OnCommit(fn func()) { d.hooks.add(fn) }

type hooks struct {
	mu  sync.RWMutex
	fns []func()
}

func (h *hooks) add(fn func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fns = append(h.fns, fn)
}

func (h *hooks) call() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, fn := range h.fns {
		fn()
	}
}

// writeTx is for single statements of store methods called outside a transaction.
func (d *DB) writeTx(ctx context.Context, fn func(ctx context.Context, q bun.IDB) error) error {
	return d.InTx(ctx, func(ctx context.Context) error { return mapErr(fn(ctx, d.q(ctx))) })
}

const deadlockTries = 5

func (d *DB) inPostgres(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	for range deadlockTries {
		err = d.read.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			return safely(context.WithValue(ctx, txKey{}, &open{IDB: tx}), fn)
		})
		if !mayRunAgain(err) {
			break
		}
	}
	return mapErr(err)
}

// mayRunAgain tells a deadlock or serialisation failure, after which PostgreSQL has undone everything.
func mayRunAgain(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && (pe.Code == "40001" || pe.Code == "40P01")
}

// safely turns a panic of fn into an error, so that a transaction others share is not lost with it.
func safely(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("store: a transaction panicked: %v", p)
		}
	}()
	return fn(ctx)
}
