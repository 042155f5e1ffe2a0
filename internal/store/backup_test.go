package store_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func open(t *testing.T, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestBackupRestoresIntoEitherDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, e storetest.Env) {
		e.Thread(t, "cnv_b", "cus_b")
		if err := e.DB.PutFile(t.Context(), store.File{ID: "att_1", ConversationID: "cnv_b", Name: "n", MIME: "image/png", Data: []byte{0, 1, 255}}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for w := range 4 { // writers go on while the backup runs
			wg.Go(func() {
				for i := range 50 {
					m := conversation.Message{ID: id.Message(fmt.Sprintf("m%d-%d", w, i)), Author: conversation.Customer, Kind: conversation.Text, Text: "你好"}
					if _, err := e.DB.Append(t.Context(), "cnv_b", m); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var archive bytes.Buffer
		if _, err := e.DB.Backup(t.Context(), &archive); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		for name, o := range map[string]store.Options{"sqlite": {Path: filepath.Join(t.TempDir(), "r.db")}, "postgres": {URL: pgtest.URL(t)}} {
			t.Run("into "+name, func(t *testing.T) { restored(t, open(t, o), archive.Bytes()) })
		}
	})
}

func restored(t *testing.T, db *store.DB, archive []byte) {
	if _, err := db.Restore(t.Context(), bytes.NewReader(archive[:len(archive)/2])); err == nil {
		t.Fatal("half an archive was taken")
	}
	if _, err := db.Conversation(t.Context(), "cnv_b"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a failed restore left something: %v", err)
	}
	if _, err := db.Restore(t.Context(), bytes.NewReader(archive)); err != nil {
		t.Fatal(err)
	}
	c, err := db.Conversation(t.Context(), "cnv_b")
	if err != nil {
		t.Fatal(err)
	}
	msgs, err := db.After(t.Context(), "cnv_b", 0, 1000)
	if err != nil || int64(len(msgs)) != c.LastSeq {
		t.Fatalf("%d messages, last number %d, %v", len(msgs), c.LastSeq, err)
	}
	if f, err := db.FileOf(t.Context(), "cnv_b", "att_1"); err != nil || !bytes.Equal(f.Data, []byte{0, 1, 255}) {
		t.Fatalf("file: %v %v", f.Data, err)
	}
	if _, err := db.Restore(t.Context(), bytes.NewReader(archive)); !errs.Is(err, errs.Conflict) {
		t.Fatalf("restored over data: %v", err)
	}
	if _, err := db.Append(t.Context(), "cnv_b", conversation.Message{ID: "new", Author: conversation.Agent, Kind: conversation.Text, Text: "on"}); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	db := open(t, store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	for _, junk := range []string{"", "hello", "\x1f\x8b\x08\x00broken"} {
		if _, err := db.Restore(t.Context(), bytes.NewReader([]byte(junk))); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", junk, err)
		}
	}
}

func TestMigrations(t *testing.T) {
	t.Run("both dialects have the same numbers", func(t *testing.T) {
		numbers := func(d string) (out []string) {
			files, _ := filepath.Glob("migrations/" + d + "/*.sql")
			for _, f := range files {
				out = append(out, filepath.Base(f))
			}
			return out
		}
		if a, b := fmt.Sprint(numbers("sqlite")), fmt.Sprint(numbers("postgres")); a != b {
			t.Fatalf("sqlite %s\npostgres %s", a, b)
		}
	})
	t.Run("opening again changes nothing", func(t *testing.T) {
		o := store.Options{Path: filepath.Join(t.TempDir(), "x.db")}
		first := open(t, o)
		v, err := first.SchemaVersion(t.Context())
		if err != nil || v == 0 {
			t.Fatal(v, err)
		}
		_ = first.Close()
		if again, err := open(t, o).SchemaVersion(t.Context()); err != nil || again != v {
			t.Fatal(again, err)
		}
	})
	t.Run("newer data is refused", func(t *testing.T) {
		o := store.Options{Path: filepath.Join(t.TempDir(), "x.db")}
		db := open(t, o)
		if err := db.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
		if _, err := store.Open(t.Context(), o); !errs.Is(err, errs.Conflict) || errs.CodeOf(err) != "data_newer" {
			t.Fatalf("err = %v", err)
		}
	})
}
