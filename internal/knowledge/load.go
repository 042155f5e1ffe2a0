package knowledge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// front is the head of an article file.
type front struct {
	Title      string   `yaml:"title"`
	Category   string   `yaml:"category"`
	Questions  []string `yaml:"questions"`
	Scope      Limits   `yaml:"scope"`
	ValidFrom  string   `yaml:"valid_from"` // 2006-01-02 or RFC 3339
	ValidUntil string   `yaml:"valid_until"`
}

// ReadFile reads one article file: YAML between lines of three dashes, then Markdown. name is KEY.LANG.md.
func ReadFile(name string, data []byte) (NewArticle, error) {
	var n NewArticle
	stem, ok := strings.CutSuffix(path.Base(name), ".md")
	key, lang, two := strings.Cut(stem, ".")
	if !ok || !two || lang != "zh" && lang != "en" {
		return n, errs.New(errs.Invalid, "bad_article_name", "%s: the name must be KEY.zh.md or KEY.en.md.", name)
	}
	head, body, ok := cutFront(data)
	if !ok {
		return n, errs.New(errs.Invalid, "no_front_matter", "%s: the file must begin with front matter between two lines of ---.", name)
	}
	var f front
	d := yaml.NewDecoder(bytes.NewReader(head))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return n, errs.Wrap(err, errs.Invalid, "bad_front_matter", "%s: the front matter cannot be read: %v", name, err)
	}
	n = NewArticle{Key: key, Lang: id.Lang(lang), Content: Content{Title: f.Title, Category: f.Category, Questions: f.Questions, Body: strings.TrimSpace(string(body)) + "\n", Limits: f.Scope, Source: "file:" + path.Base(name)}}
	var err error
	if n.Content.ValidFrom, err = day(name, f.ValidFrom); err != nil {
		return n, err
	}
	if n.Content.ValidUntil, err = day(name, f.ValidUntil); err != nil {
		return n, err
	}
	return n, n.Content.Check()
}

func cutFront(data []byte) (head, body []byte, ok bool) {
	data = bytes.TrimPrefix(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\xef\xbb\xbf"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, nil, false
	}
	return bytes.Cut(rest, []byte("\n---\n"))
}

func day(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errs.New(errs.Invalid, "bad_day", "%s: %q is not a day such as 2026-03-01.", name, text)
}

// ReadFiles reads every article file of a folder, by name.
func ReadFiles(files fs.FS, dir string) (out []NewArticle, err error) {
	names, err := fs.Glob(files, path.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		n, err := ReadFile(name, data)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// Outcome tells what an import did with one item.
type Outcome string

// The outcomes.
const (
	Added     Outcome = "added"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
)

// Import keeps an article: a new one, or new content of the one with the same key and language. With publish it is live at
// once. Importing the same again changes nothing, so an interrupted import is simply run again.
func (s *Service) Import(ctx context.Context, n NewArticle, publish bool, by string) (a Article, o Outcome, err error) {
	a, o, err = s.keep(ctx, n, by)
	if err != nil || !publish || o == Unchanged && a.Live != 0 {
		return a, o, err
	}
	a, err = s.Publish(ctx, a.ID, a.Version, by, "import")
	return a, o, err
}

func (s *Service) keep(ctx context.Context, n NewArticle, by string) (Article, Outcome, error) {
	if n.Key == "" {
		a, err := s.Create(ctx, n, by)
		return a, Added, err
	}
	old, err := s.ByKey(ctx, n.Key, n.Lang)
	if errs.Is(err, errs.NotFound) {
		a, err := s.Create(ctx, n, by)
		return a, Added, err
	}
	if err != nil || old.Content.same(n.Content) {
		return old, Unchanged, err
	}
	a, err := s.Edit(ctx, old.ID, old.Version, n.Content, by, "import")
	return a, Changed, err
}

// ImportAll keeps and publishes many in one transaction: all or none. The index sees them at its next Sync. The seed uses it.
func (s *Service) ImportAll(ctx context.Context, all []NewArticle, by string) error {
	return s.p.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, n := range all {
			if err := s.importOne(ctx, n, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// importOne writes an article that is live from its first version.
func (s *Service) importOne(ctx context.Context, n NewArticle, by string) error {
	old, err := s.ByKey(ctx, n.Key, n.Lang)
	if err != nil && !errs.Is(err, errs.NotFound) || err == nil && old.Live == old.Version && old.Content.same(n.Content) {
		return err
	}
	if err := errors.Join(checkKey(n.Key), n.Content.Check()); err != nil {
		return err
	}
	a := Article{ID: old.ID, Key: n.Key, Lang: n.Lang, Status: Published, Version: old.Version + 1, Live: old.Version + 1, Content: n.Content, Author: by, CreatedAt: old.CreatedAt}
	if old.ID == "" {
		a.ID, a.CreatedAt = id.Article(s.p.IDs.New("art")), s.p.Clock.Now()
	}
	_, err = s.write(ctx, a, old.Version, "import", "article.published")
	return err
}

// same tells whether two contents say the same.
func (c Content) same(d Content) bool {
	c.Source, d.Source = "", ""
	if !c.ValidFrom.Equal(d.ValidFrom) || !c.ValidUntil.Equal(d.ValidUntil) {
		return false
	}
	c.ValidFrom, c.ValidUntil, d.ValidFrom, d.ValidUntil = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	x, errX := json.Marshal(c)
	y, errY := json.Marshal(d)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
