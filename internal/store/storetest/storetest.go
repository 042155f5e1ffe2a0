package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

// Start is the moment the suites' clocks show first.
var Start = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// Env is a fresh database and what a suite needs around it.
type Env struct {
	DB    *store.DB
	Clock *clock.Fake
	Ctx   context.Context
}

// Each runs fn as a subtest on every dialect, each with a fresh database.
func Each(t *testing.T, fn func(t *testing.T, e Env)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, open(t, store.Options{Path: filepath.Join(t.TempDir(), "x.db")})) })
	t.Run("postgres", func(t *testing.T) { fn(t, open(t, store.Options{URL: pgtest.URL(t)})) })
}

func open(t *testing.T, o store.Options) Env {
	t.Helper()
	c := clock.NewFake(Start)
	o.Now = c.Now
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return Env{DB: db, Clock: c, Ctx: t.Context()}
}
