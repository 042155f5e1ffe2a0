package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// tap keeps the statements that were run.
type tap struct {
	mu  sync.Mutex
	all []string
}

func (s *tap) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (s *tap) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, e.Query)
}

// wholeTable is a step that reads every row of a table that grows; one along an index, in order, up to a LIMIT, is fine.
var wholeTable = regexp.MustCompile(`^SCAN (c|j|r|e|w|conversations|messages|jobs|effects|inbound_keys)( |$)`)

// TestHotStatementsUseIndexes runs what every message and every look at the inbox needs and asks SQLite for the plans.
// XIAOER_PLANS names a file to keep them in.
func TestHotStatementsUseIndexes(t *testing.T) {
	d, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := &tap{}
	d.read.AddQueryHook(s)
	d.write.AddQueryHook(s)
	var doc strings.Builder
	for _, hot := range hotPaths(t.Context(), d) {
		s.all = nil
		if err := hot.run(); err != nil && !strings.Contains(err.Error(), "no such") && !strings.Contains(err.Error(), "no ") {
			t.Fatalf("%s: %v", hot.name, err)
		}
		planned := 0
		for _, q := range s.all {
			if q = strings.TrimSpace(q); !strings.HasPrefix(q, "SELECT") && !strings.HasPrefix(q, "UPDATE") {
				continue
			}
			planned++
			fmt.Fprintf(&doc, "\n## %s\n\n```\n", hot.name)
			for _, step := range d.plan(t, q) {
				fmt.Fprintln(&doc, step)
				if wholeTable.MatchString(step) && !strings.Contains(step, "USING") {
					t.Errorf("%s reads a whole table: %s\n%s", hot.name, step, q)
				}
			}
			doc.WriteString("```\n")
		}
		if planned == 0 {
			t.Errorf("%s ran no statement", hot.name)
		}
	}
	if to := os.Getenv("XIAOER_PLANS"); to != "" {
		if err := os.WriteFile(to, []byte("# Plans of the hot statements (SQLite)\n\nWritten by `XIAOER_PLANS=FILE go test ./internal/store -run HotStatements`; the same test fails when one of them reads a whole table.\n"+doc.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type hotPath struct {
	name string
	run  func() error
}

func hotPaths(ctx context.Context, d *DB) (out []hotPath) {
	add := func(name string, run func() error) { out = append(out, hotPath{name, run}) }
	for _, v := range []conversation.View{conversation.Mine, conversation.InLine, conversation.WithAgent, conversation.Everything, conversation.Done} {
		add("inbox: "+string(v), func() error {
			_, err := d.InboxRows(ctx, conversation.Scope{All: true, Staff: "stf_1"}, conversation.InboxFilter{View: v, Limit: 50})
			return err
		})
	}
	add("messages after", func() error { _, err := d.After(ctx, "cnv_1", 5, 50); return err })
	add("messages before", func() error { _, err := d.Before(ctx, "cnv_1", 5, 50); return err })
	add("unanswered", func() error { _, err := d.Unanswered(ctx, "cnv_1", 5, 50); return err })
	add("outside id seen", func() error { _, _, _, err := d.Seen(ctx, "webchat", "web", "x"); return err })
	add("place in line", func() error { _, err := d.PlaceInLine(ctx, conversation.Conversation{ID: "cnv_1"}); return err })
	add("claim", func() error { _, err := d.Claim(ctx, "node", []string{"agent.turn"}, 10, time.Minute); return err })
	for name, f := range map[string]tool.Find{"id": {ID: "eff_1"}, "confirmation": {Confirmation: "cfm_1"}, "key": {LiveKey: "return:1"}} {
		add("effect by "+name, func() error { _, err := d.FindEffect(ctx, f); return err })
	}
	add("spent", func() error { _, _, err := d.Spent(ctx, id.Customer("cus_1"), "", time.Time{}); return err })
	return out
}

// plan is what SQLite would do, step by step.
func (d *DB) plan(t *testing.T, query string) (steps []string) {
	t.Helper()
	rows, err := d.read.DB.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query)
	if err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c int
		var step string
		if err := rows.Scan(&a, &b, &c, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	return steps
}
