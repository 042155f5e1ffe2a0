package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// A full disk, as SQLite meets it: max_page_count makes the next page SQLITE_FULL. What was acknowledged stays, what was
// not is nowhere, each caller hears a failure that may be tried again, and with room again all goes on.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	acked := map[string]bool{}
	var mu sync.Mutex
	write := func(name string, callers int) (failed int) {
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				key := fmt.Sprintf("%s.%d", name, i)
				err := db.InTx(t.Context(), func(ctx context.Context) error {
					for part := range 3 { // all three or none
						if err := db.PutSetting(ctx, fmt.Sprintf("%s.%d", key, part), strings.Repeat("x", 3000)); err != nil {
							return err
						}
					}
					return nil
				})
				mu.Lock()
				defer mu.Unlock()
				if acked[key] = err == nil; err != nil {
					failed++
					if !errs.Is(err, errs.Unavailable) {
						t.Errorf("%s: %v", key, err)
					}
				}
			})
		}
		wg.Wait()
		return failed
	}
	if n := write("before", 20); n != 0 {
		t.Fatalf("%d failed with room", n)
	}
	limit := func(pages string) {
		if err := db.Pragma(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // SQLite raises it to what the file has
	if n := write("full", 40); n == 0 {
		t.Error("nobody heard that the disk is full")
	}
	if n := write("still", 10); n != 10 {
		t.Errorf("%d of 10 failed on a disk without a free page", n)
	}
	limit("1073741823")
	if n := write("after", 20); n != 0 {
		t.Errorf("%d failed after room came back", n)
	}
	check := func() {
		t.Helper()
		for key, ok := range acked {
			for part := range 3 {
				if _, err := db.Setting(t.Context(), fmt.Sprintf("%s.%d", key, part)); (err == nil) != ok {
					t.Errorf("%s.%d: acknowledged %v, stored: %v", key, part, ok, err)
				}
			}
		}
	}
	check()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = store.Open(t.Context(), store.Options{Path: path}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	check()
}

// A caller that hides the failure of one of its statements must not get half of its work acknowledged.
func TestAHiddenFullDiskIsNotAcknowledged(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Pragma(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	err = db.InTx(t.Context(), func(ctx context.Context) error {
		if err := db.PutSetting(ctx, "first", "small"); err != nil {
			return err
		}
		_ = db.PutSetting(ctx, "big", strings.Repeat("x", 1<<20)) // SQLite gives up the transaction here
		return db.PutSetting(ctx, "last", "small")
	})
	_, first := db.Setting(t.Context(), "first")
	_, last := db.Setting(t.Context(), "last")
	if (err == nil) != (first == nil) || (err == nil) != (last == nil) {
		t.Errorf("answer %v, first %v, last %v", err, first, last)
	}
	if err := db.Pragma(t.Context(), "PRAGMA max_page_count = 1073741823"); err != nil {
		t.Fatal(err)
	}
	if err := db.PutSetting(t.Context(), "again", "v"); err != nil {
		t.Error(err)
	}
}
