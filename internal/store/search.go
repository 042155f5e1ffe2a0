package store

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// Entry is one text that people's search finds. Kind, RefID and Part name it: indexing it again replaces it.
type Entry struct {
	Kind       string // conversation, customer, ticket
	RefID      string // what a result opens
	Part       string // one of several texts of the same thing
	Title      string
	Text       string
	CustomerID string
	At         time.Time
}

// The bounds of what is indexed and asked.
const (
	searchRunes  = 4000 // of a text
	searchTokens = 12   // of a query
)

// Index puts an entry into the search in the caller's transaction; one without any word is left out.
func (d *DB) Index(ctx context.Context, e Entry) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if err := d.unindex(ctx, q, e.Kind, e.RefID, e.Part); err != nil {
			return err
		}
		return d.addEntry(ctx, q, e)
	})
}

// addEntry stores an entry that is not there yet. On SQLite its tokens follow by FoldSearch: the full-text index writes
// a segment per savepoint, which would cost every message more than all the rest of storing it.
func (d *DB) addEntry(ctx context.Context, q bun.IDB, e Entry) error {
	if strings.TrimSpace(e.Title+e.Text) == "" {
		return nil
	}
	text := clipRunes(e.Text, searchRunes)
	if d.dialect == SQLite {
		_, err := q.NewRaw(`INSERT INTO search_entries (kind, ref_id, part, title, text, customer_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			e.Kind, e.RefID, e.Part, e.Title, text, e.CustomerID, ms(e.At)).Exec(ctx)
		return err
	}
	tokens := unique(searchWords(e.Title+" "+text, false))
	_, err := q.NewRaw(`INSERT INTO search_entries (kind, ref_id, part, title, text, customer_id, at, tokens) VALUES (?, ?, ?, ?, ?, ?, ?, array_to_tsvector(ARRAY[?]::text[]))`,
		e.Kind, e.RefID, e.Part, e.Title, text, e.CustomerID, ms(e.At), bun.List(append(tokens, "-"))).Exec(ctx)
	return err
}

func (d *DB) unindex(ctx context.Context, q bun.IDB, kind, ref, part string) error {
	if d.dialect == SQLite {
		if _, err := q.NewRaw(`DELETE FROM search_tokens WHERE rowid IN (SELECT id FROM search_entries WHERE kind = ? AND ref_id = ? AND part = ?)`, kind, ref, part).Exec(ctx); err != nil {
			return err
		}
	}
	_, err := q.NewRaw(`DELETE FROM search_entries WHERE kind = ? AND ref_id = ? AND part = ?`, kind, ref, part).Exec(ctx)
	return err
}

// IndexTicket implements ticket.Indexer.
func (d *DB) IndexTicket(ctx context.Context, t ticket.Ticket, text string) error {
	return d.Index(ctx, Entry{Kind: "ticket", RefID: string(t.ID), Title: t.Number + " " + t.Title, Text: text, CustomerID: string(t.CustomerID), At: t.UpdatedAt})
}

// indexMessages puts new messages into the search; notices and presses carry no words of people.
func (d *DB) indexMessages(ctx context.Context, q bun.IDB, cid id.Conversation, msgs []conversation.Message) error {
	for _, m := range msgs {
		if m.Text == "" || m.Kind == conversation.Notice || m.Kind == conversation.Action {
			continue
		}
		if err := d.addEntry(ctx, q, Entry{Kind: "conversation", RefID: string(cid), Part: strconv.FormatInt(m.Seq, 10), Text: m.Text, At: m.At}); err != nil {
			return err
		}
	}
	return nil
}

// indexCustomers puts known customers into the search.
func (d *DB) indexCustomers(ctx context.Context, cs []customer.Customer) error {
	for _, c := range cs {
		if c.Visitor {
			continue
		}
		if err := d.Index(ctx, Entry{Kind: "customer", RefID: string(c.ID), Title: c.Name, Text: string(c.ID) + " " + c.Phone + " " + c.Email, CustomerID: string(c.ID), At: c.UpdatedAt}); err != nil {
			return err
		}
	}
	return nil
}

type searchRow struct {
	Kind, RefID, Title, Text string
	At                       int64
}

// FindText gives what contains every word of the query to fn, newest first and each thing once. Conversations and
// tickets outside the scopes are left out inside the query.
func (d *DB) FindText(ctx context.Context, query string, kinds []string, cs conversation.Scope, ts ticket.Scope, limit int, fn func(kind, ref, title, text string, at time.Time)) error {
	words := searchWords(clipRunes(query, 200), true)
	if len(words) == 0 || len(kinds) == 0 {
		return nil
	}
	if err := d.FoldSearch(ctx); err != nil {
		return err
	}
	q := d.matching(d.q(ctx).NewSelect(), words).ColumnExpr("e.kind, e.ref_id, e.title, e.text, e.at").Where("e.kind IN (?)", bun.List(kinds))
	q = seen(q, "conversation", "conversations", cs.All, string(cs.Staff), texts(cs.Teams))
	q = seen(q, "ticket", "tickets", ts.All, string(ts.Staff), texts(ts.Teams))
	var rows []searchRow
	if err := q.Limit(int64(limit)*5).Scan(ctx, &rows); err != nil {
		return mapErr(err)
	}
	once, left := map[string]bool{}, map[string]int{}
	for _, r := range rows {
		if key := r.Kind + "/" + r.RefID; !once[key] && left[r.Kind] < limit {
			once[key] = true
			left[r.Kind]++
			fn(r.Kind, r.RefID, r.Title, excerptOf(r.Text, query), at(r.At))
		}
	}
	return nil
}

// matching demands every word; the last one may go on. Newer entries have higher numbers, and reading them from the end
// spares sorting everything that a common word matches.
func (d *DB) matching(q *bun.SelectQuery, words []string) *bun.SelectQuery {
	last := words[len(words)-1]
	if d.dialect == Postgres {
		return q.TableExpr("search_entries AS e").OrderExpr("e.id DESC").Where("e.tokens @@ (?)::tsquery", strings.Join(append(words[:len(words)-1:len(words)-1], last+":*"), " & "))
	}
	return q.TableExpr("search_tokens").Join("JOIN search_entries AS e ON e.id = search_tokens.rowid").OrderExpr("search_tokens.rowid DESC").
		Where("search_tokens MATCH ?", strings.Join(append(words[:len(words)-1:len(words)-1], last+"*"), " AND "))
}

func seen(q *bun.SelectQuery, kind, table string, all bool, staff string, teams []string) *bun.SelectQuery {
	if all {
		return q
	}
	return q.Where("e.kind <> ? OR EXISTS (SELECT 1 FROM ? AS o WHERE o.id = e.ref_id AND ? <> '' AND (o.assignee_id = ? OR o.team_id IN (?) OR (o.team_id = '' AND o.assignee_id = '')))",
		kind, bun.Ident(table), staff, staff, bun.List(teams))
}

// searchWords are the tokens of a text: words in lower case, and of Chinese every pair of neighbours. A text to be found
// also gives single characters; a query only where it has just one. What is not ASCII is written as its code points, so
// that no tokenizer of a database has an opinion on it.
func searchWords(text string, query bool) (out []string) {
	var word strings.Builder
	var run []rune
	flush := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
		out = append(out, pairs(run, query)...)
		run = run[:0]
	}
	for _, r := range strings.ToLower(text) {
		switch {
		case isIdeograph(r):
			if word.Len() > 0 {
				flush()
			}
			run = append(run, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(run) > 0 {
				flush()
			}
			word.WriteString(plain(r))
		default:
			flush()
		}
	}
	flush()
	if query && len(out) > searchTokens {
		out = out[:searchTokens]
	}
	return out
}

func pairs(run []rune, query bool) (out []string) {
	for i, r := range run {
		if !query || len(run) == 1 {
			out = append(out, plain(r))
		}
		if i > 0 {
			out = append(out, plain(run[i-1])+plain(r))
		}
	}
	return out
}

func plain(r rune) string {
	if r < 128 {
		return string(r)
	}
	return "x" + strconv.FormatInt(int64(r), 16) + "x"
}

func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func unique(in []string) (out []string) {
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func clipRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// excerptOf is the stretch of a text around the first place that matches.
func excerptOf(text, query string) string {
	const around = 60
	r := []rune(text)
	first := strings.Index(strings.ToLower(text), strings.ToLower(strings.TrimSpace(query)))
	from := 0
	if first > 0 && first <= len(text) {
		from = max(0, len([]rune(text[:first]))-around/2)
	}
	to := min(len(r), from+2*around)
	out := strings.TrimSpace(string(r[from:to]))
	if from > 0 {
		out = "…" + out
	}
	if to < len(r) {
		out += "…"
	}
	return out
}
