package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
)

type signalRow struct {
	bun.BaseModel  `bun:"table:learning_signals"`
	ID             string `bun:",pk"`
	Kind           string
	ConversationID string
	CustomerID     string
	Seq            int64
	Lang           string
	Text           string
	Intent         string
	Flow           string
	Step           string
	Answer         string
	ArticleID      string
	Harmed         bool
	GapID          string
	At             int64
}

func signalRowOf(s learning.Signal) signalRow {
	return signalRow{ID: s.ID, Kind: string(s.Kind), ConversationID: string(s.Conversation), CustomerID: string(s.Customer), Seq: s.Seq, Lang: string(s.Lang), Text: s.Text,
		Intent: s.Intent, Flow: s.Flow, Step: s.Step, Answer: s.Answer, ArticleID: string(s.Article), Harmed: s.Harmed, GapID: s.Gap, At: ms(s.At)}
}

func (r signalRow) signal() learning.Signal {
	return learning.Signal{ID: r.ID, Kind: learning.Kind(r.Kind), Conversation: id.Conversation(r.ConversationID), Customer: id.Customer(r.CustomerID), Seq: r.Seq, Lang: id.Lang(r.Lang), Text: r.Text,
		Intent: r.Intent, Flow: r.Flow, Step: r.Step, Answer: r.Answer, Article: id.Article(r.ArticleID), Harmed: r.Harmed, Gap: r.GapID, At: at(r.At)}
}

// PutSignals implements learning.Signals.
func (d *DB) PutSignals(ctx context.Context, list ...learning.Signal) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		for _, s := range list {
			row := signalRowOf(s)
			_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").
				Set("text = EXCLUDED.text, intent = EXCLUDED.intent, step = EXCLUDED.step, answer = EXCLUDED.answer, article_id = EXCLUDED.article_id, harmed = EXCLUDED.harmed").Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Signals implements learning.Signals.
func (d *DB) Signals(ctx context.Context, f learning.SignalFilter) (out []learning.Signal, err error) {
	var rows []signalRow
	q := d.q(ctx).NewSelect().Model(&rows).Where("at >= ?", ms(f.Since)).Limit(int64(f.Limit))
	if f.Gap != "" {
		q = q.Where("gap_id = ?", f.Gap)
	}
	if f.Article != "" {
		q = q.Where("article_id = ?", string(f.Article))
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", string(f.Kind))
	}
	order := "at DESC, id DESC"
	if f.Ungrouped {
		q, order = q.Where("gap_id = ''").Where("kind NOT IN (?)", bun.List([]string{string(learning.Cited), string(learning.FlowRun)})), "at, id"
	}
	if err := q.OrderExpr(order).Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	for _, r := range rows {
		out = append(out, r.signal())
	}
	return out, nil
}

// AssignSignals implements learning.Signals.
func (d *DB) AssignSignals(ctx context.Context, gap string, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw("UPDATE learning_signals SET gap_id = ? WHERE id IN (?)", gap, bun.List(ids)).Exec(ctx)
		return err
	})
}

// FlowCounts implements learning.FlowCounts.
func (d *DB) FlowCounts(ctx context.Context, since time.Time) (out []learning.FlowCount, err error) {
	var rows []struct {
		Flow, Left                         string
		Runs, Dropped, People, First, Last int64
	}
	err = d.q(ctx).NewRaw(`SELECT flow, CASE WHEN harmed THEN step ELSE '' END AS "left", COUNT(*) AS runs, SUM(CASE WHEN harmed THEN 1 ELSE 0 END) AS dropped,
		COUNT(DISTINCT customer_id) AS people, MIN(at) AS first, MAX(at) AS last FROM learning_signals WHERE kind = ? AND at >= ? GROUP BY 1, 2 ORDER BY 1, 2`, string(learning.FlowRun), ms(since)).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, learning.FlowCount{Flow: r.Flow, Step: r.Left, Runs: int(r.Runs), Dropped: int(r.Dropped), People: int(r.People), First: at(r.First), Last: at(r.Last)})
	}
	return out, mapErr(err)
}

type gapRow struct {
	bun.BaseModel `bun:"table:learning_gaps"`
	ID            string `bun:",pk"`
	Kind          string
	State         string
	Impact        float64
	Data          string
}

// PutGap implements learning.Gaps.
func (d *DB) PutGap(ctx context.Context, g learning.Gap) error {
	data, err := json.Marshal(g)
	if err != nil {
		return err
	}
	row := gapRow{ID: g.ID, Kind: string(g.Kind), State: string(g.State), Impact: g.Impact, Data: string(data)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("state = EXCLUDED.state, impact = EXCLUDED.impact, data = EXCLUDED.data").Exec(ctx)
		return err
	})
}

// Gap implements learning.Gaps.
func (d *DB) Gap(ctx context.Context, gid string) (g learning.Gap, err error) {
	var r gapRow
	if err := mapErr(d.q(ctx).NewSelect().Model(&r).Where("id = ?", gid).Scan(ctx)); errs.Is(err, errs.NotFound) {
		return g, errs.New(errs.NotFound, "gap_unknown", "There is no such gap.")
	} else if err != nil {
		return g, err
	}
	return g, unjson(r.Data, &g)
}

// Gaps implements learning.Gaps.
func (d *DB) Gaps(ctx context.Context, f learning.GapFilter) ([]learning.Gap, error) {
	var rows []gapRow
	q := d.q(ctx).NewSelect().Model(&rows).OrderExpr("impact DESC, id").Limit(int64(f.Limit))
	if f.State != "" {
		q = q.Where("state = ?", string(f.State))
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", string(f.Kind))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	out := make([]learning.Gap, len(rows))
	for i, r := range rows {
		if err := unjson(r.Data, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DropGap implements learning.Dropper.
func (d *DB) DropGap(ctx context.Context, gid string) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw("DELETE FROM learning_gaps WHERE id = ?", gid).Exec(ctx)
		return err
	})
}

type draftRow struct {
	bun.BaseModel `bun:"table:learning_drafts"`
	ID            string `bun:",pk"`
	GapID         string
	State         string
	Version       int
	UpdatedAt     int64
	Data          string
}

// PutDraft implements learning.Drafts.
func (d *DB) PutDraft(ctx context.Context, dr learning.Draft, was int) error {
	data, err := json.Marshal(dr)
	if err != nil {
		return err
	}
	row := draftRow{ID: dr.ID, GapID: dr.Gap, State: string(dr.State), Version: dr.Version, UpdatedAt: ms(dr.UpdatedAt), Data: string(data)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if was == 0 {
			_, err := q.NewInsert().Model(&row).Exec(ctx)
			return err
		}
		res, err := q.NewUpdate().Model(&row).WherePK().Where("version = ?", was).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errs.Wrap(err, errs.Conflict, "draft_changed", "Somebody changed this draft; load it again.")
		}
		return nil
	})
}

// Draft implements learning.Drafts.
func (d *DB) Draft(ctx context.Context, did string) (dr learning.Draft, err error) {
	var r draftRow
	if err := mapErr(d.q(ctx).NewSelect().Model(&r).Where("id = ?", did).Scan(ctx)); errs.Is(err, errs.NotFound) {
		return dr, errs.New(errs.NotFound, "draft_unknown", "There is no such draft.")
	} else if err != nil {
		return dr, err
	}
	return dr, unjson(r.Data, &dr)
}

// Drafts implements learning.Drafts.
func (d *DB) Drafts(ctx context.Context, f learning.DraftFilter) ([]learning.Draft, error) {
	var rows []draftRow
	q := d.q(ctx).NewSelect().Model(&rows).OrderExpr("updated_at DESC, id DESC").Limit(int64(f.Limit))
	if f.State != "" {
		q = q.Where("state = ?", string(f.State))
	}
	if f.Gap != "" {
		q = q.Where("gap_id = ?", f.Gap)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	out := make([]learning.Draft, len(rows))
	for i, r := range rows {
		if err := unjson(r.Data, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ConversationsChanged implements learning.Past.
func (d *DB) ConversationsChanged(ctx context.Context, from time.Time, after id.Conversation, limit int) (out []conversation.Conversation, err error) {
	var rows []conversationRow
	t := ms(from)
	err = d.q(ctx).NewSelect().Model(&rows).Where("updated_at > ? OR (updated_at = ? AND id > ?)", t, t, string(after)).OrderExpr("updated_at, id").Limit(int64(limit)).Scan(ctx)
	for _, r := range rows {
		out = append(out, r.conversation())
	}
	return out, mapErr(err)
}

// CameBack implements learning.Past.
func (d *DB) CameBack(ctx context.Context, c conversation.Conversation) (bool, error) {
	if c.Intent == "" || c.Intent == "oos" {
		return false, nil
	}
	n, err := d.q(ctx).NewSelect().Model((*conversationRow)(nil)).Where("customer_id = ? AND intent = ? AND id <> ?", string(c.CustomerID), c.Intent, string(c.ID)).
		Where("created_at < ? AND created_at >= ?", ms(c.CreatedAt), ms(c.CreatedAt.AddDate(0, 0, -7))).Limit(1).Count(ctx)
	return n > 0, mapErr(err)
}

// AnsweredLately implements learning.Past.
func (d *DB) AnsweredLately(ctx context.Context, limit int) (out []conversation.Decision, err error) {
	var rows []struct {
		TurnID         string
		SeqFrom, SeqTo int64
		At             int64
		Data           string
	}
	err = d.q(ctx).NewRaw(`SELECT turn_id, seq_from, seq_to, at, data FROM decisions WHERE data LIKE '%"answerable":true%' ORDER BY at DESC LIMIT ?`, limit).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, conversation.Decision{TurnID: id.Turn(r.TurnID), SeqFrom: r.SeqFrom, SeqTo: r.SeqTo, AtMS: r.At, Data: json.RawMessage(r.Data)})
	}
	return out, mapErr(err)
}
