package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// Limits bound one file. Zero fields mean the default.
type Limits struct {
	Bytes    int64         // of the file itself
	Unpacked int64         // of an archive's entries together
	Entries  int           // of an archive
	Text     int           // bytes of one article's body
	Rows     int           // of a question list
	Pages    int           // of a PDF
	Time     time.Duration // for one PDF
}

// Defaults are generous for an office file and small for a server.
var Defaults = Limits{Bytes: 20 << 20, Unpacked: 64 << 20, Entries: 4000, Text: 200_000, Rows: 20_000, Pages: 500, Time: 30 * time.Second}

func (l Limits) orDefault() Limits {
	d := Defaults
	if l.Bytes > 0 {
		d.Bytes = l.Bytes
	}
	if l.Unpacked > 0 {
		d.Unpacked = l.Unpacked
	}
	if l.Entries > 0 {
		d.Entries = l.Entries
	}
	if l.Text > 0 {
		d.Text = l.Text
	}
	if l.Rows > 0 {
		d.Rows = l.Rows
	}
	if l.Pages > 0 {
		d.Pages = l.Pages
	}
	if l.Time > 0 {
		d.Time = l.Time
	}
	return d
}

// Item is one article of a file, or why there is none.
type Item struct {
	Where   string // "" or "row 12"
	Article knowledge.NewArticle
	Err     error
}

// Reader reads files. PDF is optional: nil refuses PDF files.
type Reader struct {
	Limits Limits
	PDF    interface {
		Text(ctx context.Context, data []byte, l Limits) ([]string, error)
	}
}

// Origin tells where a file comes from. A URL makes it the source instead of the name.
type Origin struct{ Name, URL string }

// Read reads one file; see ReadFrom.
func (r *Reader) Read(ctx context.Context, name string, lang id.Lang, src io.Reader) ([]Item, error) {
	return r.ReadFrom(ctx, Origin{Name: name}, lang, src)
}

// ReadFrom reads one file or page; lang is the language of articles that do not tell their own, "" guesses from the text.
func (r *Reader) ReadFrom(ctx context.Context, o Origin, lang id.Lang, src io.Reader) ([]Item, error) {
	name, l := o.Name, r.Limits.orDefault()
	data, err := io.ReadAll(io.LimitReader(src, l.Bytes+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "unreadable_file", "%s cannot be read.", clean(name))
	}
	if int64(len(data)) > l.Bytes {
		return nil, errs.New(errs.TooLarge, "file_too_large", "%s is larger than %d bytes; split it.", clean(name), l.Bytes)
	}
	f := file{name: clean(name), url: o.URL, lang: lang, data: data, limits: l}
	items, err := r.parse(ctx, f)
	if err != nil {
		return nil, err
	}
	for i := range items {
		f.settle(&items[i])
	}
	return items, nil
}

type file struct {
	name   string
	url    string
	lang   id.Lang
	data   []byte
	limits Limits
}

// parse chooses by the file's name, after a look at what it really is.
func (r *Reader) parse(ctx context.Context, f file) ([]Item, error) {
	ext := strings.ToLower(path.Ext(f.name))
	archive, pdf := bytes.HasPrefix(f.data, []byte("PK\x03\x04")), bytes.HasPrefix(f.data, []byte("%PDF-"))
	switch {
	case (ext == ".docx" || ext == ".xlsx") != archive, (ext == ".pdf") != pdf:
		return nil, f.bad("wrong_kind", "its content is not what its name says")
	}
	switch ext {
	case ".md", ".markdown", ".txt":
		return f.markdown()
	case ".html", ".htm":
		return f.html()
	case ".docx":
		return f.docx()
	case ".xlsx":
		return f.xlsx()
	case ".csv", ".tsv":
		return f.csv()
	case ".pdf":
		return r.pdf(ctx, f)
	}
	return nil, f.bad("unknown_kind", "the kind %q is not read; use .md .txt .html .docx .xlsx .csv or .pdf", ext)
}

func (f *file) bad(code, format string, args ...any) error {
	e := errs.New(errs.Invalid, code, format, args...)
	e.Message = f.name + ": " + e.Message
	return e
}

// settle fills what the file did not tell, and checks.
func (f *file) settle(it *Item) {
	if it.Err != nil {
		return
	}
	a := &it.Article
	if a.Lang == "" {
		if a.Lang = f.lang; a.Lang == "" {
			a.Lang = guess(a.Content.Title + a.Content.Body)
		}
	}
	if a.Content.Source == "" {
		if a.Content.Source = f.url; f.url == "" {
			a.Content.Source = "file:" + f.name
		}
	}
	if a.Key == "" {
		a.Key = keyOf(a.Content.Source, a.Content.Title)
	}
	if len(a.Content.Body) > f.limits.Text {
		it.Err = errs.New(errs.TooLarge, "text_too_long", "%s%s: the text is longer than %d bytes; split it.", f.name, it.at(), f.limits.Text)
		return
	}
	if err := a.Content.Check(); err != nil {
		it.Err = errs.Wrap(err, errs.Invalid, "bad_item", "%s%s: %s", f.name, it.at(), reasons(err))
	}
}

// keyOf names an article by its origin, so that the same file imported again changes it and does not double it.
func keyOf(source, title string) string {
	sum := sha256.Sum256([]byte(source + "\n" + title))
	return "doc-" + hex.EncodeToString(sum[:8])
}

func (it *Item) at() string {
	if it.Where == "" {
		return ""
	}
	return " " + it.Where
}

func reasons(err error) string {
	var out []string
	if e, ok := err.(*errs.Error); ok {
		for _, d := range e.Details {
			out = append(out, d.Location+" "+d.Message)
		}
	}
	return strings.Join(out, "; ")
}

// clean keeps the last element of a name and drops what could deceive in a log or a list.
func clean(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, name)
	if rs := []rune(name); len(rs) > 120 {
		name = string(rs[len(rs)-120:])
	}
	return name
}

// guess tells the language of a text: Chinese when a tenth of it is Chinese.
func guess(text string) id.Lang {
	han, all := 0, 0
	for _, r := range text {
		if r > ' ' {
			all++
		}
		if r >= 0x4E00 && r <= 0x9FFF {
			han++
		}
	}
	if han*10 >= all {
		return id.ZH
	}
	return id.EN
}
