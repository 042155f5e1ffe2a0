package killtest_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the checker reads with plain SQL
	_ "modernc.org/sqlite"
)

// inspect compares the database with the ledger.
func inspect(t *testing.T, driver, dsn string, l *ledger) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	integrity(t, db, driver)
	acknowledged(t, db, l)
	for what, query := range map[string]string{
		"conversations whose numbers have gaps": `SELECT count(*) FROM (SELECT conversation_id FROM messages GROUP BY conversation_id HAVING max(seq) <> count(*) OR min(seq) <> 1) x`,
		"messages stored twice":                 `SELECT count(*) FROM (SELECT conversation_id, client_id FROM messages WHERE author = 'customer' GROUP BY conversation_id, client_id HAVING count(*) > 1) x`,
		"turns that answered the same message":  `SELECT count(*) FROM decisions a JOIN decisions b ON a.conversation_id = b.conversation_id AND a.turn_id < b.turn_id AND a.seq_from <= b.seq_to AND b.seq_from <= a.seq_to`,
		"conversations left unanswered":         `SELECT count(*) FROM conversations c WHERE handler = 'agent' AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.author = 'customer' AND m.seq > c.answered_seq)`,
		"effects done twice":                    `SELECT count(*) FROM (SELECT business_key FROM effects WHERE state = 'done' GROUP BY business_key HAVING count(*) > 1) x`,
		"effects left between states":           `SELECT count(*) FROM effects WHERE state IN ('executing', 'unknown')`,
		"jobs left over or dead":                `SELECT count(*) FROM jobs WHERE kind = 'agent.turn'`,
		"tickets opened twice":                  `SELECT count(*) FROM (SELECT open_key FROM tickets WHERE open_key <> '' GROUP BY open_key HAVING count(*) > 1) x`,
	} {
		if n := number(t, db, query); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	done, made := number(t, db, `SELECT count(*) FROM effects WHERE state = 'done'`), number(t, db, `SELECT count(*) FROM commerce_keys`)
	t.Logf("effects done %d, requests kept under a key %d, messages %d, turns %d", done, made, number(t, db, `SELECT count(*) FROM messages`), number(t, db, `SELECT count(*) FROM decisions`))
	if lost := number(t, db, `SELECT count(*) FROM commerce_keys`); lost > done {
		t.Errorf("%d requests were carried out, but only %d effects say so", lost, done)
	}
}

func integrity(t *testing.T, db *sql.DB, driver string) {
	if driver != "sqlite" {
		return
	}
	var ok string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&ok); err != nil || ok != "ok" {
		t.Errorf("integrity: %s %v", ok, err)
	}
}

func acknowledged(t *testing.T, db *sql.DB, l *ledger) {
	rows, err := db.Query(`SELECT conversation_id, client_id, seq FROM messages WHERE author = 'customer'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	stored := map[string]int64{}
	for rows.Next() {
		var conv, client string
		var seq int64
		if err := rows.Scan(&conv, &client, &seq); err != nil {
			t.Fatal(err)
		}
		stored[conv+"/"+client] = seq
	}
	missing := 0
	for conv, clients := range l.acked {
		for client, seq := range clients {
			if got, ok := stored[conv+"/"+client]; !ok || got != seq {
				missing++
				t.Errorf("acknowledged as %d and stored as %d (found: %v): %s/%s", seq, got, ok, conv, client)
			}
		}
	}
	t.Logf("acknowledged %d, missing %d", l.count(), missing)
}

func number(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
