package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

type articleRow struct {
	bun.BaseModel `bun:"table:articles"`
	ID            string `bun:",pk"`
	Key           string
	Lang          string
	Status        string
	Version       int
	LiveVersion   int
	Category      string
	Title         string
	Author        string
	Changed       int64
	CreatedAt     int64
	UpdatedAt     int64
	Content       string `bun:",scanonly"` // of the version that the query joined; "" when none
}

type articleVersionRow struct {
	bun.BaseModel `bun:"table:article_versions"`
	ArticleID     string `bun:",pk"`
	Number        int    `bun:",pk"`
	Status        string
	Content       string
	Author        string
	Note          string
	At            int64
}

func (r articleRow) article() (knowledge.Article, error) {
	a := knowledge.Article{ID: id.Article(r.ID), Key: r.Key, Lang: id.Lang(r.Lang), Status: knowledge.Status(r.Status), Version: r.Version, Live: r.LiveVersion,
		Author: r.Author, CreatedAt: at(r.CreatedAt), UpdatedAt: at(r.UpdatedAt)}
	if r.Content == "" {
		return a, nil
	}
	return a, unjson(r.Content, &a.Content)
}

func unjson(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return errs.Wrap(err, errs.Internal, "bad_row", "A stored document cannot be read.")
	}
	return nil
}

// PutArticle implements knowledge.Store.
func (d *DB) PutArticle(ctx context.Context, a knowledge.Article, v knowledge.Version, was int) error {
	content, err := json.Marshal(v.Content)
	if err != nil {
		return errs.Wrap(err, errs.Internal, "bad_article", "The article cannot be stored.")
	}
	ver := articleVersionRow{ArticleID: string(a.ID), Number: v.Number, Status: string(v.Status), Content: string(content), Author: v.Author, Note: v.Note, At: ms(v.At)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		row := articleRow{ID: string(a.ID), Key: a.Key, Lang: string(a.Lang), Status: string(a.Status), Version: a.Version, LiveVersion: a.Live,
			Category: a.Content.Category, Title: a.Content.Title, Author: a.Author, CreatedAt: ms(a.CreatedAt), UpdatedAt: ms(a.UpdatedAt)}
		if err := q.NewRaw(`UPDATE article_changes SET last = last + 1 WHERE id = 1 RETURNING last`).Scan(ctx, &row.Changed); err != nil {
			return err
		}
		if err := putArticleRow(ctx, q, &row, was); err != nil {
			return err
		}
		_, err := q.NewInsert().Model(&ver).Exec(ctx)
		return err
	})
}

func putArticleRow(ctx context.Context, q bun.IDB, row *articleRow, was int) error {
	if was == 0 {
		_, err := q.NewInsert().Model(row).Exec(ctx)
		if mapped := mapErr(err); errs.Is(mapped, errs.Conflict) {
			return errs.Wrap(err, errs.Conflict, "article_exists", "There is an article %q in this language already.", row.Key)
		}
		return err
	}
	res, err := q.NewUpdate().Model(row).ExcludeColumn("key", "lang", "created_at").WherePK().Where("version = ?", was).Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errs.Wrap(err, errs.Conflict, "article_changed", "Somebody changed this article; load it again.")
	}
	return nil
}

const newestArticle = `SELECT a.*, v.content FROM articles a JOIN article_versions v ON v.article_id = a.id AND v.number = a.version `

// Article implements knowledge.Store.
func (d *DB) Article(ctx context.Context, aid id.Article) (knowledge.Article, error) {
	return d.oneArticle(ctx, newestArticle+`WHERE a.id = ?`, string(aid))
}

// ArticleByKey implements knowledge.Lister.
func (d *DB) ArticleByKey(ctx context.Context, key string, lang id.Lang) (knowledge.Article, error) {
	return d.oneArticle(ctx, newestArticle+`WHERE a.key = ? AND a.lang = ?`, key, string(lang))
}

func (d *DB) oneArticle(ctx context.Context, query string, args ...any) (knowledge.Article, error) {
	var r articleRow
	if err := mapErr(d.q(ctx).NewRaw(query, args...).Scan(ctx, &r)); err != nil {
		if errs.Is(err, errs.NotFound) {
			err = errs.New(errs.NotFound, "article_unknown", "There is no such article.")
		}
		return knowledge.Article{}, err
	}
	return r.article()
}

// ArticleVersions implements knowledge.Store.
func (d *DB) ArticleVersions(ctx context.Context, aid id.Article) ([]knowledge.Version, error) {
	var rows []articleVersionRow
	if err := d.q(ctx).NewSelect().Model(&rows).Where("article_id = ?", string(aid)).Order("number").Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	if len(rows) == 0 {
		return nil, errs.New(errs.NotFound, "article_unknown", "There is no such article.")
	}
	out := make([]knowledge.Version, len(rows))
	for i, r := range rows {
		out[i] = knowledge.Version{Number: r.Number, Status: knowledge.Status(r.Status), Author: r.Author, Note: r.Note, At: at(r.At)}
		if err := unjson(r.Content, &out[i].Content); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Articles implements knowledge.Lister.
func (d *DB) Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error) {
	version := "a.version"
	if f.Live {
		version = "a.live_version" // 0 joins nothing
	}
	q := d.q(ctx).NewSelect().TableExpr("articles AS a").ColumnExpr("a.*, v.content").
		Join("JOIN article_versions AS v ON v.article_id = a.id AND v.number = "+version).
		Where("a.id > ?", string(f.After)).Order("a.id").Limit(int64(f.Limit))
	if f.Lang != "" {
		q = q.Where("a.lang = ?", string(f.Lang))
	}
	if f.Status != "" {
		q = q.Where("a.status = ?", string(f.Status))
	}
	if f.Category != "" {
		q = q.Where("a.category = ?", f.Category)
	}
	if f.Text != "" {
		like := "%" + escapeLike(f.Text) + "%"
		q = q.Where(`(LOWER(a.title) LIKE LOWER(?) ESCAPE '\' OR a.key LIKE LOWER(?) ESCAPE '\')`, like, like)
	}
	var rows []articleRow
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, mapErr(err)
	}
	return articlesOf(rows)
}

func articlesOf(rows []articleRow) ([]knowledge.Article, error) {
	out := make([]knowledge.Article, len(rows))
	for i, r := range rows {
		a, err := r.article()
		if err != nil {
			return nil, err
		}
		out[i] = a
	}
	return out, nil
}

// LiveArticles implements knowledge.Feed.
func (d *DB) LiveArticles(ctx context.Context, after int64, limit int) ([]knowledge.Article, int64, error) {
	var rows []articleRow
	err := d.q(ctx).NewRaw(`SELECT a.*, COALESCE(v.content, '') AS content FROM articles a
		LEFT JOIN article_versions v ON v.article_id = a.id AND v.number = a.live_version
		WHERE a.changed > ? ORDER BY a.changed LIMIT ?`, after, limit).Scan(ctx, &rows)
	if err != nil {
		return nil, after, mapErr(err)
	}
	if n := len(rows); n > 0 {
		after = rows[n-1].Changed
	}
	out, err := articlesOf(rows)
	return out, after, err
}

type articleUseRow struct {
	bun.BaseModel `bun:"table:article_uses"`
	ArticleID     string `bun:",pk"`
	Cited         int
	Helpful       int
	Unhelpful     int
	LastAt        int64
}

// AddUse implements knowledge.UseStore.
func (d *DB) AddUse(ctx context.Context, u knowledge.Use) error {
	row := articleUseRow{ArticleID: string(u.Article), Cited: u.Cited, Helpful: u.Helpful, Unhelpful: u.Unhelpful, LastAt: ms(u.LastAt)}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).On("CONFLICT (article_id) DO UPDATE").
			Set("cited = article_use_row.cited + EXCLUDED.cited, helpful = article_use_row.helpful + EXCLUDED.helpful").
			Set("unhelpful = article_use_row.unhelpful + EXCLUDED.unhelpful").
			Set("last_at = CASE WHEN EXCLUDED.last_at > article_use_row.last_at THEN EXCLUDED.last_at ELSE article_use_row.last_at END").Exec(ctx)
		return err
	})
}

// Uses implements knowledge.UseStore.
func (d *DB) Uses(ctx context.Context) (map[id.Article]knowledge.Use, error) {
	var rows []articleUseRow
	if err := d.q(ctx).NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, mapErr(err)
	}
	out := make(map[id.Article]knowledge.Use, len(rows))
	for _, r := range rows {
		aid := id.Article(r.ArticleID)
		out[aid] = knowledge.Use{Article: aid, Cited: r.Cited, Helpful: r.Helpful, Unhelpful: r.Unhelpful, LastAt: at(r.LastAt)}
	}
	return out, nil
}
