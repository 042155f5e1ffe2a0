package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
)

type journeyRow struct {
	bun.BaseModel `bun:"table:journey_versions"`
	Number        int64 `bun:",pk"`
	At            int64
	Author        string
	Note          string
	Body          string
}

func (r journeyRow) version() (journey.Version, error) {
	v := journey.Version{Number: int(r.Number), At: at(r.At), By: r.Author, Note: r.Note}
	if err := json.Unmarshal([]byte(r.Body), &v.Table); err != nil {
		return v, errs.Wrap(err, errs.Internal, "journey_unreadable", "A stored journey table cannot be read.")
	}
	return v, nil
}

// AddJourney implements journey.Store.
func (d *DB) AddJourney(ctx context.Context, v journey.Version) error {
	body, err := json.Marshal(v.Table)
	if err != nil {
		return err
	}
	row := journeyRow{Number: int64(v.Number), At: ms(v.At), Author: v.By, Note: v.Note, Body: string(body)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// Journey implements journey.Store.
func (d *DB) Journey(ctx context.Context, number int) (journey.Version, error) {
	var r journeyRow
	q := d.q(ctx).NewSelect().Model(&r).OrderExpr("number DESC").Limit(1)
	if number > 0 {
		q = q.Where("number = ?", number)
	}
	if err := mapErr(q.Scan(ctx)); errs.Is(err, errs.NotFound) {
		return journey.Version{}, errs.New(errs.NotFound, "journey_unknown", "There is no such version of the journey table.")
	} else if err != nil {
		return journey.Version{}, err
	}
	return r.version()
}

// Journeys implements journey.Store.
func (d *DB) Journeys(ctx context.Context, limit int) (out []journey.Version, err error) {
	var rows []journeyRow
	if err := d.q(ctx).NewSelect().Model(&rows).OrderExpr("number DESC").Limit(int64(limit)).Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	for _, r := range rows {
		v, err := r.version()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
