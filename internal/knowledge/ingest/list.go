package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// columns are the heads of a question list in either language.
var columns = map[string][]string{
	"title":       {"title", "question", "标题", "问题", "标准问题"},
	"body":        {"answer", "text", "body", "content", "答案", "回答", "内容"},
	"questions":   {"questions", "similar", "similar questions", "相似问", "相似问题", "相似问法", "其他问法"},
	"category":    {"category", "分类", "类目", "类别"},
	"key":         {"key", "编号"},
	"lang":        {"language", "lang", "语言"},
	"stores":      {"stores", "store", "门店"},
	"tiers":       {"tiers", "tier", "会员等级"},
	"valid_from":  {"valid_from", "valid from", "生效日期", "开始日期"},
	"valid_until": {"valid_until", "valid until", "失效日期", "结束日期"},
}

func (f *file) csv() ([]Item, error) {
	s, err := f.decode()
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(s))
	r.FieldsPerRecord, r.Comma = -1, separator(s)
	l := f.list()
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return l.done()
		}
		if err != nil {
			return nil, f.bad("bad_csv", "%v", err)
		}
		if err := l.add(rec); err != nil {
			return nil, err
		}
	}
}

// separator is what the first line has most of.
func separator(s string) rune {
	first, _, _ := strings.Cut(s, "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best
}

func (f *file) xlsx() ([]Item, error) {
	if _, err := f.open(); err != nil {
		return nil, err
	}
	// Both limits are equal, so that nothing is put on disk.
	x, err := excelize.OpenReader(bytes.NewReader(f.data), excelize.Options{UnzipSizeLimit: f.limits.Unpacked, UnzipXMLSizeLimit: f.limits.Unpacked, RawCellValue: false})
	if err != nil {
		return nil, f.bad("bad_xlsx", "it cannot be opened: %v", err)
	}
	defer x.Close()
	sheets := x.GetSheetList()
	if len(sheets) == 0 {
		return nil, f.bad("bad_xlsx", "it has no sheet")
	}
	rows, err := x.Rows(sheets[0])
	if err != nil {
		return nil, f.bad("bad_xlsx", "its first sheet cannot be read: %v", err)
	}
	defer rows.Close()
	l := f.list()
	for rows.Next() {
		rec, err := rows.Columns()
		if err == nil {
			err = l.add(rec)
		}
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "bad_xlsx", "%s: row %d cannot be read.", f.name, l.row)
		}
	}
	if err := rows.Error(); err != nil {
		return nil, f.bad("bad_xlsx", "its first sheet is damaged: %v", err)
	}
	return l.done()
}

// list turns rows into items; the first row names the columns.
type list struct {
	f     *file
	row   int
	at    map[string]int
	items []Item
}

func (f *file) list() *list { return &list{f: f} }

func (l *list) add(rec []string) error {
	l.row++
	if !slices.ContainsFunc(rec, func(s string) bool { return strings.TrimSpace(s) != "" }) {
		return nil
	}
	if l.at == nil {
		return l.head(rec)
	}
	if len(l.items) >= l.f.limits.Rows {
		return errs.New(errs.TooLarge, "too_many_rows", "%s has more than %d rows; split it.", l.f.name, l.f.limits.Rows)
	}
	it := Item{Where: fmt.Sprintf("row %d", l.row)}
	it.Article, it.Err = l.article(rec)
	l.items = append(l.items, it)
	return nil
}

func (l *list) head(rec []string) error {
	l.at = map[string]int{}
	for i, cell := range rec {
		for name, heads := range columns {
			if _, ok := l.at[name]; !ok && slices.Contains(heads, strings.ToLower(strings.TrimSpace(cell))) {
				l.at[name] = i
			}
		}
	}
	if _, q := l.at["title"]; q {
		if _, a := l.at["body"]; a {
			return nil
		}
	}
	return l.f.bad("bad_columns", "the first row must name the columns: question (问题) and answer (答案), and if wanted category, questions, language, key, stores, tiers, valid_from, valid_until")
}

func (l *list) article(rec []string) (n knowledge.NewArticle, err error) {
	get := func(name string) string {
		if i, ok := l.at[name]; ok && i < len(rec) {
			return strings.TrimSpace(rec[i])
		}
		return ""
	}
	n.Key = get("key")
	if v := get("lang"); v != "" {
		n.Lang = id.ParseLang(strings.NewReplacer("英文", "en", "英语", "en", "中文", "zh").Replace(v))
	}
	n.Content = knowledge.Content{Title: short(get("title")), Body: get("body"), Category: get("category"), Questions: several(get("questions")),
		Limits: knowledge.Limits{Stores: several(get("stores")), Tiers: several(get("tiers"))}}
	if n.Content.ValidFrom, err = l.day(get("valid_from")); err != nil {
		return n, err
	}
	n.Content.ValidUntil, err = l.day(get("valid_until"))
	return n, err
}

func (l *list) day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02", "2006/1/2", "2006-1-2", "01-02-06", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errs.New(errs.Invalid, "bad_day", "%s row %d: %q is not a day such as 2026-03-01.", l.f.name, l.row, text)
}

// several splits a cell that holds a list.
func several(cell string) (out []string) {
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '|' || r == ';' || r == '；' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (l *list) done() ([]Item, error) {
	if len(l.items) == 0 {
		return nil, l.f.bad("no_rows", "it has no rows below the first")
	}
	return l.items, nil
}
