package store

import (
	"context"
	"sync"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// maxBatch bounds how many transactions share a commit, and with it how long the first of them waits.
const maxBatch = 256

// committer runs the transactions of SQLite, which has one writer anyway, and lets those that wait share an fsync.
type committer struct {
	db    *bun.DB
	queue chan *request
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
	hooks *hooks
}

type request struct {
	ctx    context.Context
	fn     func(context.Context) error
	result chan error
}

func newCommitter(db *bun.DB, h *hooks) *committer {
	c := &committer{db: db, hooks: h, queue: make(chan *request, maxBatch), quit: make(chan struct{}), done: make(chan struct{})}
	go c.loop()
	return c
}

// do hands fn to the writer and waits for the commit. A caller that gives up while queued is skipped; once begun it is waited for.
func (c *committer) do(ctx context.Context, fn func(context.Context) error) error {
	r := &request{ctx, fn, make(chan error, 1)}
	select {
	case c.queue <- r:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.quit:
		return errs.New(errs.Unavailable, "store_closed", "The database is closing.")
	}
	select {
	case err := <-r.result:
		return err
	case <-c.done:
		select {
		case err := <-r.result:
			return err
		default:
			return errs.New(errs.Unavailable, "store_closed", "The database is closing.")
		}
	}
}

func (c *committer) stop() {
	c.once.Do(func() { close(c.quit) })
	<-c.done
}

func (c *committer) loop() {
	defer close(c.done)
	for {
		select {
		case r := <-c.queue:
			c.batch(r)
		case <-c.quit:
			return
		}
	}
}

// batch runs first and everything that is waiting behind it in one transaction.
func (c *committer) batch(first *request) {
	ctx := context.Background()
	conn, err := c.db.Conn(ctx)
	if err == nil {
		defer conn.Close()
		_, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	}
	if err != nil {
		first.result <- mapErr(err)
		return
	}
	var ran []*request
	results := map[*request]error{}
	for r := first; r != nil; r = c.next(len(ran)) {
		ran = append(ran, r)
		lost, err := c.one(conn, r)
		results[r] = err
		if lost {
			c.fail(conn, ran, err)
			return
		}
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		c.fail(conn, ran, err)
		return
	}
	for _, r := range ran {
		r.result <- results[r]
	}
	c.hooks.call()
}

func (c *committer) next(n int) *request {
	if n >= maxBatch {
		return nil
	}
	select {
	case r := <-c.queue:
		return r
	default:
		return nil
	}
}

// one runs a request in a savepoint. lost means that SQLite has given up the whole transaction.
func (c *committer) one(conn bun.Conn, r *request) (lost bool, err error) {
	if err := r.ctx.Err(); err != nil {
		return false, err
	}
	// The caller's cancellation must not tear a statement of a transaction that others share.
	tx := &open{IDB: conn}
	ctx := context.WithValue(context.WithoutCancel(r.ctx), txKey{}, tx)
	if _, err := conn.ExecContext(ctx, "SAVEPOINT s"); err != nil {
		return true, err
	}
	err = safely(ctx, r.fn)
	if tx.undone != nil {
		return true, tx.undone
	}
	if err != nil {
		if _, e := conn.ExecContext(ctx, "ROLLBACK TO s"); e != nil {
			return true, err
		}
	}
	if _, e := conn.ExecContext(ctx, "RELEASE s"); e != nil {
		return true, e
	}
	return false, mapErr(err)
}

func (c *committer) fail(conn bun.Conn, ran []*request, err error) {
	_, _ = conn.ExecContext(context.Background(), "ROLLBACK") // SQLite may have rolled back already
	for _, r := range ran {
		r.result <- mapErr(err)
	}
}
