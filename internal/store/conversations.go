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
