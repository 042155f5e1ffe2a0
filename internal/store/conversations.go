package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type conversationRow struct {
	bun.BaseModel `bun:"table:conversations"`
	ID            string `bun:",pk"`
	CustomerID    string
	Channel       string
	Account       string
	Assurance     string
	Language      string
	Status        string
	Handler       string
	AssigneeID    string
	TeamID        string
	Reason        string
	Summary       string
	LastSeq       int64
	AnsweredSeq   int64
	ReadSeq       int64
	StaffReadSeq  int64
	LastText      string
	LastAuthor    string
	Category      string
	Intent        string
	Emotion       string
	Intensity     float64
	Priority      int
	Rating        int
	RatingText    string
	Page          string
	WaitingSince  int64
	CreatedAt     int64
	UpdatedAt     int64
	ClosedAt      int64
}

func (r conversationRow) conversation() conversation.Conversation {
	return conversation.Conversation{
		ID: id.Conversation(r.ID), CustomerID: id.Customer(r.CustomerID), Channel: r.Channel, Account: r.Account,
		Assurance: conversation.Assurance(r.Assurance), Language: id.Lang(r.Language), Status: conversation.Status(r.Status), Handler: conversation.Handler(r.Handler),
		AssigneeID: id.Staff(r.AssigneeID), TeamID: id.Team(r.TeamID), Reason: r.Reason, Summary: r.Summary,
		LastSeq: r.LastSeq, AnsweredSeq: r.AnsweredSeq, ReadSeq: r.ReadSeq, StaffReadSeq: r.StaffReadSeq, LastText: r.LastText, LastAuthor: conversation.Author(r.LastAuthor),
		Category: r.Category, Intent: r.Intent, Emotion: r.Emotion, Intensity: r.Intensity, Priority: r.Priority, Rating: r.Rating, RatingText: r.RatingText, Page: r.Page,
		WaitingSince: at(r.WaitingSince), CreatedAt: at(r.CreatedAt), UpdatedAt: at(r.UpdatedAt), ClosedAt: at(r.ClosedAt),
	}
}

func conversationRowOf(c conversation.Conversation) conversationRow {
	return conversationRow{
		ID: string(c.ID), CustomerID: string(c.CustomerID), Channel: c.Channel, Account: c.Account, Assurance: string(c.Assurance), Language: string(c.Language),
		Status: string(c.Status), Handler: string(c.Handler), AssigneeID: string(c.AssigneeID), TeamID: string(c.TeamID), Reason: c.Reason, Summary: c.Summary,
		LastSeq: c.LastSeq, AnsweredSeq: c.AnsweredSeq, ReadSeq: c.ReadSeq, StaffReadSeq: c.StaffReadSeq, LastText: c.LastText, LastAuthor: string(c.LastAuthor),
		Category: c.Category, Intent: c.Intent, Emotion: c.Emotion, Intensity: c.Intensity, Priority: c.Priority, Rating: c.Rating, RatingText: c.RatingText, Page: c.Page,
		WaitingSince: ms(c.WaitingSince), CreatedAt: ms(c.CreatedAt), UpdatedAt: ms(c.UpdatedAt), ClosedAt: ms(c.ClosedAt),
	}
}

// Conversation implements conversation.Threads. SQLite has one writer, so there a transaction needs no lock.
func (d *DB) Conversation(ctx context.Context, cid id.Conversation) (conversation.Conversation, error) {
	lock := ""
	if d.dialect == Postgres && inTx(ctx) {
		lock = " FOR UPDATE"
	}
	return d.oneConversation(ctx, cid, `SELECT * FROM conversations WHERE id = ?`+lock, string(cid))
}

// Latest implements conversation.Threads.
func (d *DB) Latest(ctx context.Context, customer id.Customer, channel, account string) (conversation.Conversation, error) {
	return d.oneConversation(ctx, "", `SELECT * FROM conversations WHERE customer_id = ? AND channel = ? AND account = ? ORDER BY created_at DESC LIMIT 1`, string(customer), channel, account)
}

func (d *DB) oneConversation(ctx context.Context, cid id.Conversation, query string, args ...any) (conversation.Conversation, error) {
	var r conversationRow
	err := mapErr(d.q(ctx).NewRaw(query, args...).Scan(ctx, &r))
	if errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "conversation_unknown", "There is no conversation %q.", cid)
	}
	return r.conversation(), err
}

// PutConversation implements conversation.Threads.
func (d *DB) PutConversation(ctx context.Context, c conversation.Conversation) error {
	row := conversationRowOf(c)
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		res, err := q.NewUpdate().Model(&row).ExcludeColumn("id", "last_seq", "last_text", "last_author", "created_at").WherePK().Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		_, err = q.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// MarkRead moves a reader's mark forwards; marks never go back.
func (d *DB) MarkRead(ctx context.Context, cid id.Conversation, byStaff bool, seq int64) error {
	column := "read_seq"
	if byStaff {
		column = "staff_read_seq"
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`UPDATE conversations SET ? = ? WHERE id = ? AND ? < ? AND last_seq >= ?`, bun.Ident(column), seq, string(cid), bun.Ident(column), seq, seq).Exec(ctx)
		return err
	})
}

// InboxQuery narrows the list of conversations. Empty fields do not narrow.
type InboxQuery struct {
	Status   string
	Handlers []string
	Assignee string
	Teams    []string // of these teams or of none; nil means all
	Customer string
	Before   int64 // updated_at in milliseconds; pages go on below it
	Limit    int
}

// Inbox lists conversations, last changed first.
func (d *DB) Inbox(ctx context.Context, f InboxQuery) (out []conversation.Conversation, err error) {
	var rows []conversationRow
	s := d.q(ctx).NewSelect().Model(&rows).Where("last_seq > 0").OrderExpr("updated_at DESC, id").Limit(int64(f.Limit))
	s = f.narrow(s)
	if f.Before > 0 {
		s = s.Where("updated_at < ?", f.Before)
	}
	err = s.Scan(ctx)
	for _, r := range rows {
		out = append(out, r.conversation())
	}
	return out, mapErr(err)
}

// CountInbox counts what Inbox would list over all pages.
func (d *DB) CountInbox(ctx context.Context, f InboxQuery) (int, error) {
	n, err := f.narrow(d.q(ctx).NewSelect().Model((*conversationRow)(nil)).Where("last_seq > 0")).Count(ctx)
	return int(n), mapErr(err)
}

func (f InboxQuery) narrow(s *bun.SelectQuery) *bun.SelectQuery {
	if f.Status != "" {
		s = s.Where("status = ?", f.Status)
	}
	if len(f.Handlers) > 0 {
		s = s.Where("handler IN (?)", bun.List(f.Handlers))
	}
	if f.Assignee != "" {
		s = s.Where("assignee_id = ?", f.Assignee)
	}
	if f.Customer != "" {
		s = s.Where("customer_id = ?", f.Customer)
	}
	if f.Teams != nil {
		s = s.Where("team_id = '' OR team_id IN (?)", bun.List(f.Teams))
	}
	return s
}
