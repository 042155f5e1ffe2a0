package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type passRow struct {
	bun.BaseModel  `bun:"table:flow_passes"`
	TurnID         string
	Flow           string
	ConversationID string
	Seq            int64
	At             int64
	Marks          string
}

// putPasses derives a turn's ways through flows from its decision record; a turn that runs again replaces them.
func putPasses(ctx context.Context, q bun.IDB, cid id.Conversation, x conversation.Decision) error {
	var d struct {
		Path []struct{ Flow, Mark string }
	}
	if json.Unmarshal(x.Data, &d) != nil || len(d.Path) == 0 { // a record of another shape has no way to tell
		return nil
	}
	marks, order := map[string][]string{}, []string{}
	for _, p := range d.Path {
		if marks[p.Flow] == nil {
			order = append(order, p.Flow)
		}
		marks[p.Flow] = append(marks[p.Flow], p.Mark)
	}
	rows := make([]passRow, 0, len(order))
	for _, f := range order {
		raw, err := json.Marshal(marks[f])
		if err != nil {
			return err
		}
		rows = append(rows, passRow{TurnID: string(x.TurnID), Flow: f, ConversationID: string(cid), Seq: x.SeqTo, At: x.AtMS, Marks: string(raw)})
	}
	if _, err := q.NewRaw(`DELETE FROM flow_passes WHERE turn_id = ?`, string(x.TurnID)).Exec(ctx); err != nil {
		return err
	}
	_, err := q.NewInsert().Model(&rows).Exec(ctx)
	return err
}

// Passes implements flow.Passes.
func (d *DB) Passes(ctx context.Context, name string, from, to time.Time, limit int) (out []flow.Pass, err error) {
	var rows []passRow
	q := d.q(ctx).NewSelect().Model(&rows).Where("at >= ? AND at < ?", ms(from), ms(to)).OrderExpr("at, conversation_id, seq").Limit(int64(limit))
	if name != "" {
		q = q.Where("flow = ?", name)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	for _, r := range rows {
		p := flow.Pass{Turn: r.TurnID, Conversation: r.ConversationID, Flow: r.Flow, At: at(r.At)}
		if err := json.NewDecoder(strings.NewReader(r.Marks)).Decode(&p.Marks); err != nil {
			return nil, errs.Wrap(err, errs.Internal, "pass_unreadable", "A stored way through a flow cannot be read.")
		}
		out = append(out, p)
	}
	return out, nil
}
