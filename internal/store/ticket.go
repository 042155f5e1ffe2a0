package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

type ticketRow struct {
	bun.BaseModel  `bun:"table:tickets"`
	ID             string `bun:",pk"`
	Number         string
	OpenKey        string
	Type           string
	Priority       string
	Status         string
	Title          string
	Description    string
	Department     string
	TeamID         string
	AssigneeID     string
	CustomerID     string
	ConversationID string
	OrderID        string
	MergedInto     string
	LastSeq        int64
	Clocks         string
	Breached       bool
	CreatedAt      int64
	UpdatedAt      int64
	SolvedAt       int64
	ClosedAt       int64
}

func (r ticketRow) ticket() (ticket.Ticket, error) {
	t := ticket.Ticket{ID: id.Ticket(r.ID), Number: r.Number, Key: r.OpenKey, Type: ticket.Type(r.Type), Priority: ticket.Priority(r.Priority), Status: ticket.Status(r.Status),
		Title: r.Title, Description: r.Description, Department: r.Department, TeamID: id.Team(r.TeamID), AssigneeID: id.Staff(r.AssigneeID), CustomerID: id.Customer(r.CustomerID),
		ConversationID: id.Conversation(r.ConversationID), OrderID: id.Order(r.OrderID), MergedInto: id.Ticket(r.MergedInto), LastSeq: r.LastSeq,
		CreatedAt: at(r.CreatedAt), UpdatedAt: at(r.UpdatedAt), SolvedAt: at(r.SolvedAt), ClosedAt: at(r.ClosedAt)}
	return t, json.Unmarshal([]byte(r.Clocks), &t.Clocks)
}

func ticketRowOf(t ticket.Ticket) (ticketRow, error) {
	clocks, err := json.Marshal(t.Clocks)
	return ticketRow{ID: string(t.ID), Number: t.Number, OpenKey: t.Key, Type: string(t.Type), Priority: string(t.Priority), Status: string(t.Status),
		Title: t.Title, Description: t.Description, Department: t.Department, TeamID: string(t.TeamID), AssigneeID: string(t.AssigneeID), CustomerID: string(t.CustomerID),
		ConversationID: string(t.ConversationID), OrderID: string(t.OrderID), MergedInto: string(t.MergedInto), LastSeq: t.LastSeq, Clocks: string(clocks),
		Breached:  t.Clocks.First.Fired >= 100 || t.Clocks.Resolve.Fired >= 100,
		CreatedAt: ms(t.CreatedAt), UpdatedAt: ms(t.UpdatedAt), SolvedAt: ms(t.SolvedAt), ClosedAt: ms(t.ClosedAt)}, err
}

// InsertTicket implements ticket.Rows. A taken key leaves the transaction usable, so that the caller can read the winner.
func (d *DB) InsertTicket(ctx context.Context, t ticket.Ticket) error {
	row, err := ticketRowOf(t)
	if err != nil {
		return err
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewInsert().Model(&row).On("CONFLICT (open_key) WHERE open_key <> '' DO NOTHING").Exec(ctx)
		return oneRow(res, err, errs.New(errs.Conflict, "ticket_key_taken", "A ticket was opened with this key already."))
	})
}

// SaveTicket implements ticket.Rows.
func (d *DB) SaveTicket(ctx context.Context, t ticket.Ticket) error {
	row, err := ticketRowOf(t)
	if err != nil {
		return err
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewUpdate().Model(&row).ExcludeColumn("id", "number", "open_key", "created_at").WherePK().Exec(ctx)
		return oneRow(res, err, errs.New(errs.NotFound, "ticket_unknown", "There is no such ticket."))
	})
}

// Ticket implements ticket.Rows. SQLite has one writer, so there a transaction needs no lock.
func (d *DB) Ticket(ctx context.Context, tid id.Ticket) (ticket.Ticket, error) {
	lock := ""
	if d.dialect == Postgres && inTx(ctx) {
		lock = " FOR UPDATE"
	}
	return d.oneTicket(ctx, `SELECT * FROM tickets WHERE id = ?`+lock, string(tid))
}

// TicketByKey implements ticket.Keys.
func (d *DB) TicketByKey(ctx context.Context, key string) (ticket.Ticket, error) {
	return d.oneTicket(ctx, `SELECT * FROM tickets WHERE open_key = ? AND open_key <> ''`, key)
}

func (d *DB) oneTicket(ctx context.Context, query, arg string) (ticket.Ticket, error) {
	var r ticketRow
	if err := mapErr(d.q(ctx).NewRaw(query, arg).Scan(ctx, &r)); err != nil {
		return ticket.Ticket{}, err
	}
	return r.ticket()
}

// NextTicketNumber implements ticket.Keys.
func (d *DB) NextTicketNumber(ctx context.Context) (n int64, err error) {
	err = d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		return q.NewRaw(`UPDATE ticket_numbers SET last = last + 1 WHERE id = 1 RETURNING last`).Scan(ctx, &n)
	})
	return n, err
}

type ticketEntryRow struct {
	bun.BaseModel `bun:"table:ticket_entries"`
	TicketID      string
	Seq           int64
	Kind          string
	Author        string
	AuthorID      string
	AuthorName    string
	Public        bool
	Text          string
	Data          string
	At            int64
}

// AddTicketEntry implements ticket.Timeline.
func (d *DB) AddTicketEntry(ctx context.Context, tid id.Ticket, e ticket.Entry) error {
	data, err := json.Marshal(e.Data)
	if err != nil {
		return err
	}
	row := ticketEntryRow{TicketID: string(tid), Seq: e.Seq, Kind: string(e.Kind), Author: string(e.Actor.Kind), AuthorID: e.Actor.ID, AuthorName: e.Actor.Name, Public: e.Public, Text: e.Text, Data: string(data), At: ms(e.At)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// TicketEntries implements ticket.Timeline.
func (d *DB) TicketEntries(ctx context.Context, tid id.Ticket) (out []ticket.Entry, err error) {
	var rows []ticketEntryRow
	err = d.q(ctx).NewRaw(`SELECT * FROM ticket_entries WHERE ticket_id = ? ORDER BY seq`, string(tid)).Scan(ctx, &rows)
	for _, r := range rows {
		e := ticket.Entry{Seq: r.Seq, Kind: ticket.EntryKind(r.Kind), Actor: ticket.Actor{Kind: ticket.AuthorKind(r.Author), ID: r.AuthorID, Name: r.AuthorName}, Public: r.Public, Text: r.Text, At: at(r.At)}
		_ = json.Unmarshal([]byte(r.Data), &e.Data) // written by AddTicketEntry
		out = append(out, e)
	}
	return out, mapErr(err)
}

// Tickets implements ticket.Lists.
func (d *DB) Tickets(ctx context.Context, s ticket.Scope, f ticket.Query) (out []ticket.Ticket, err error) {
	var rows []ticketRow
	q := narrowTickets(d.q(ctx).NewSelect().Model(&rows), s, f)
	if f.Before.At > 0 {
		q = q.Where("updated_at < ? OR (updated_at = ? AND id < ?)", f.Before.At, f.Before.At, string(f.Before.ID))
	}
	if err := q.OrderExpr("updated_at DESC, id DESC").Limit(int64(f.Limit)).Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	for _, r := range rows {
		t, err := r.ticket()
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// TicketCounts implements ticket.Lists.
func (d *DB) TicketCounts(ctx context.Context, s ticket.Scope, f ticket.Query) (map[ticket.Status]int, error) {
	var rows []struct {
		Status string
		N      int
	}
	q := narrowTickets(d.q(ctx).NewSelect().Model((*ticketRow)(nil)), s, f).ColumnExpr("status, COUNT(*) AS n").GroupExpr("status")
	err := q.Scan(ctx, &rows)
	out := map[ticket.Status]int{}
	for _, r := range rows {
		out[ticket.Status(r.Status)] = r.N
	}
	return out, mapErr(err)
}

// narrowTickets is the scope and the query as conditions. A scope that names nobody sees nothing.
func narrowTickets(q *bun.SelectQuery, s ticket.Scope, f ticket.Query) *bun.SelectQuery {
	switch {
	case s.Customer != "":
		q = q.Where("customer_id = ?", string(s.Customer))
	case !s.All && s.Staff == "":
		q = q.Where("1 = 0")
	case !s.All:
		q = q.Where("assignee_id = ? OR team_id IN (?) OR (team_id = '' AND assignee_id = '')", string(s.Staff), bun.List(texts(s.Teams)))
	}
	for column, v := range map[string]string{"status": string(f.Status), "priority": string(f.Priority), "department": f.Department, "assignee_id": string(f.Assignee),
		"customer_id": string(f.Customer), "conversation_id": string(f.Conversation)} {
		if v != "" {
			q = q.Where("? = ?", bun.Ident(column), v)
		}
	}
	if f.IDs != nil {
		q = q.Where("id IN (?)", bun.List(texts(f.IDs)))
	}
	return q
}

// texts turns ids into what a statement takes; never empty, because an empty list is not SQL.
func texts[T ~string](ids []T) []string {
	out := []string{"-"} // no id looks like this
	for _, v := range ids {
		out = append(out, string(v))
	}
	return out
}
