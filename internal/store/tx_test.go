package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestTransactions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, e storetest.Env) {
		set := func(ctx context.Context, k, v string) error { return e.DB.PutSetting(ctx, k, v) }
		t.Run("a failing one is undone alone", func(t *testing.T) {
			var wg sync.WaitGroup
			for i := range 40 {
				wg.Go(func() {
					err := e.DB.InTx(e.Ctx, func(ctx context.Context) error {
						if err := set(ctx, fmt.Sprintf("k%d", i), "v"); err != nil {
							return err
						}
						if i%3 == 0 {
							return errors.New("no")
						}
						return nil
					})
					if (err != nil) != (i%3 == 0) {
						t.Errorf("tx %d: %v", i, err)
					}
				})
			}
			wg.Wait()
			for i := range 40 {
				_, err := e.DB.Setting(e.Ctx, fmt.Sprintf("k%d", i))
				if errs.Is(err, errs.NotFound) != (i%3 == 0) {
					t.Errorf("k%d: %v", i, err)
				}
			}
		})
		t.Run("a panic is an error, and others go on", func(t *testing.T) {
			if err := e.DB.InTx(e.Ctx, func(context.Context) error { panic("boom") }); err == nil {
				t.Fatal("no error")
			}
			if err := set(e.Ctx, "after", "v"); err != nil {
				t.Fatal(err)
			}
		})
		t.Run("nested joins", func(t *testing.T) {
			_ = e.DB.InTx(e.Ctx, func(ctx context.Context) error {
				_ = e.DB.InTx(ctx, func(ctx context.Context) error { return set(ctx, "inner", "v") })
				return errors.New("outer fails")
			})
			if _, err := e.DB.Setting(e.Ctx, "inner"); !errs.Is(err, errs.NotFound) {
				t.Fatal("the inner transaction survived the outer one")
			}
		})
		t.Run("a cancelled caller is refused", func(t *testing.T) {
			ctx, cancel := context.WithCancel(e.Ctx)
			cancel()
			if err := set(ctx, "late", "v"); !errors.Is(err, context.Canceled) {
				t.Fatalf("err = %v", err)
			}
		})
	})
}

func TestClosedStoreSaysSo(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.PutSetting(t.Context(), "k", "v"); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("err = %v", err)
	}
}
