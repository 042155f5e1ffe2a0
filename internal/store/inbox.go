package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type inboxRow struct {
	conversationRow
	CustomerName string `bun:",scanonly"`
	AssigneeName string `bun:",scanonly"`
	TeamZH       string `bun:"team_zh,scanonly"`
	TeamEN       string `bun:"team_en,scanonly"`
}

func (r inboxRow) row() conversation.InboxRow {
	return conversation.InboxRow{Conversation: r.conversation(), CustomerName: r.CustomerName, AssigneeName: r.AssigneeName, TeamName: id.Text{ZH: r.TeamZH, EN: r.TeamEN}}
}

func (d *DB) inboxSelect(ctx context.Context, s conversation.Scope) *bun.SelectQuery {
	q := d.q(ctx).NewSelect().TableExpr("conversations AS c").
		ColumnExpr("c.*, COALESCE(cu.name, '') AS customer_name, COALESCE(s.name, '') AS assignee_name, COALESCE(t.name_zh, '') AS team_zh, COALESCE(t.name_en, '') AS team_en").
		Join("LEFT JOIN customers AS cu ON cu.id = c.customer_id").Join("LEFT JOIN staff AS s ON s.id = c.assignee_id").Join("LEFT JOIN teams AS t ON t.id = c.team_id")
	return inScope(q, s)
}

// inScope is the scope as a condition on the table c: one's own, one's teams', nobody's. A scope that names nobody sees nothing.
func inScope(q *bun.SelectQuery, s conversation.Scope) *bun.SelectQuery {
	switch {
	case s.All:
		return q
	case s.Staff == "":
		return q.Where("1 = 0")
	}
	return q.Where("c.assignee_id = ? OR c.team_id IN (?) OR (c.team_id = '' AND c.assignee_id = '')", string(s.Staff), bun.List(texts(s.Teams)))
}

// InboxRow implements conversation.Inbox.
func (d *DB) InboxRow(ctx context.Context, s conversation.Scope, cid id.Conversation) (conversation.InboxRow, error) {
	var r inboxRow
	err := mapErr(d.inboxSelect(ctx, s).Where("c.id = ?", string(cid)).Scan(ctx, &r))
	if errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "conversation_unknown", "There is no such conversation.")
	}
	return r.row(), err
}

// InboxRows implements conversation.Inbox.
func (d *DB) InboxRows(ctx context.Context, s conversation.Scope, f conversation.InboxFilter) (out []conversation.InboxRow, err error) {
	var rows []inboxRow
	q := inView(inFilter(d.inboxSelect(ctx, s), f), s, f.View)
	if f.View == conversation.InLine {
		key := bun.SafeQuery("(c.waiting_since - c.priority * ?)", int64(conversation.PriorityStep))
		if f.Before.ID != "" {
			q = q.Where("? > ? OR (? = ? AND c.id > ?)", key, f.Before.At, key, f.Before.At, string(f.Before.ID))
		}
		q = q.OrderExpr("? ASC, c.id ASC", key)
	} else {
		if f.Before.ID != "" {
			q = q.Where("c.updated_at < ? OR (c.updated_at = ? AND c.id < ?)", f.Before.At, f.Before.At, string(f.Before.ID))
		}
		q = q.OrderExpr("c.updated_at DESC, c.id DESC")
	}
	err = q.Limit(int64(f.Limit)).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, r.row())
	}
	return out, mapErr(err)
}

func inFilter(q *bun.SelectQuery, f conversation.InboxFilter) *bun.SelectQuery {
	q = q.Where("c.last_seq > 0")
	for column, v := range map[string]string{"c.customer_id": string(f.Customer), "c.category": f.Category, "c.emotion": f.Emotion, "c.intent": f.Intent, "c.channel": f.Channel} {
		if v != "" {
			q = q.Where("? = ?", bun.Ident(column), v)
		}
	}
	if f.Rating > 0 {
		q = q.Where("c.rating = ?", f.Rating)
	}
	if !f.From.IsZero() {
		q = q.Where("c.created_at >= ? AND c.created_at < ?", ms(f.From), ms(f.To))
	}
	if f.IDs != nil {
		q = q.Where("c.id IN (?)", bun.List(texts(f.IDs)))
	}
	return q
}

func inView(q *bun.SelectQuery, s conversation.Scope, v conversation.View) *bun.SelectQuery {
	switch v {
	case conversation.Done:
		return q.Where("c.status = 'closed'")
	case conversation.Mine:
		q = q.Where("c.handler = 'staff' AND c.assignee_id = ?", string(s.Staff))
	case conversation.InLine:
		q = q.Where("c.handler = 'waiting'")
	case conversation.WithAgent:
		q = q.Where("c.handler = 'agent'")
	}
	return q.Where("c.status = 'open'")
}

// InboxCounts implements conversation.Inbox, in one statement.
func (d *DB) InboxCounts(ctx context.Context, s conversation.Scope, f conversation.InboxFilter) (map[conversation.View]int, error) {
	var mine, line, agent, all, done int
	q := inFilter(inScope(d.q(ctx).NewSelect().TableExpr("conversations AS c"), s), f)
	err := q.ColumnExpr(`COALESCE(SUM(CASE WHEN c.status = 'open' AND c.handler = 'staff' AND c.assignee_id = ? THEN 1 ELSE 0 END), 0)`, string(s.Staff)).
		ColumnExpr(`COALESCE(SUM(CASE WHEN c.status = 'open' AND c.handler = 'waiting' THEN 1 ELSE 0 END), 0)`).
		ColumnExpr(`COALESCE(SUM(CASE WHEN c.status = 'open' AND c.handler = 'agent' THEN 1 ELSE 0 END), 0)`).
		ColumnExpr(`COALESCE(SUM(CASE WHEN c.status = 'open' THEN 1 ELSE 0 END), 0)`).
		ColumnExpr(`COALESCE(SUM(CASE WHEN c.status = 'closed' THEN 1 ELSE 0 END), 0)`).Scan(ctx, &mine, &line, &agent, &all, &done)
	return map[conversation.View]int{conversation.Mine: mine, conversation.InLine: line, conversation.WithAgent: agent, conversation.Everything: all, conversation.Done: done}, mapErr(err)
}

// IdentitiesOf lists a customer's handles, oldest first.
func (d *DB) IdentitiesOf(ctx context.Context, cid id.Customer) (out []customer.Identity, err error) {
	var rows []identityRow
	err = d.q(ctx).NewRaw(`SELECT * FROM identities WHERE customer_id = ? ORDER BY created_at, id`, string(cid)).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, r.identity())
	}
	return out, mapErr(err)
}

// PlaceInLine is a waiting conversation's place among all that wait, in the order staff sees them: 1 is next.
func (d *DB) PlaceInLine(ctx context.Context, c conversation.Conversation) (n int, err error) {
	key := ms(c.WaitingSince) - int64(c.Priority)*int64(conversation.PriorityStep)
	err = d.q(ctx).NewRaw(`SELECT COUNT(*) FROM conversations WHERE status = 'open' AND handler = 'waiting' AND last_seq > 0
		AND ((waiting_since - priority * ?) < ? OR ((waiting_since - priority * ?) = ? AND id < ?))`,
		int64(conversation.PriorityStep), key, int64(conversation.PriorityStep), key, string(c.ID)).Scan(ctx, &n)
	return n + 1, mapErr(err)
}
