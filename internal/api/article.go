package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// Article is what the shop knows about one thing, in one or both languages. Each language keeps versions of its own; the
// article's version is their sum, which moves on with every change of either.
type Article struct {
	ID        string             `json:"id" doc:"The key, shared by both languages"`
	Key       string             `json:"key"`
	Title     id.Text            `json:"title"`
	Body      id.Text            `json:"body" doc:"Markdown"`
	Status    knowledge.Status   `json:"status" enum:"draft,review,published,withdrawn"`
	Live      bool               `json:"live" doc:"Some version answers customers now"`
	Kind      string             `json:"kind,omitempty"`
	Tags      []string           `json:"tags"`
	Scope     ArticleScope       `json:"scope"`
	ValidFrom *time.Time         `json:"valid_from,omitempty"`
	ValidTo   *time.Time         `json:"valid_to,omitempty" doc:"Not included"`
	Version   int                `json:"version"`
	UpdatedAt time.Time          `json:"updated_at"`
	UpdatedBy string             `json:"updated_by,omitempty"`
	Passages  []ArticlePassage   `json:"passages"`
	Editions  map[id.Lang]string `json:"editions" doc:"The id of each language's article, as citations name it"`
}

// ArticleScope tells for whom an article holds; empty lists mean everybody.
type ArticleScope struct {
	Stores   []string `json:"stores"`
	Regions  []string `json:"regions"`
	Tiers    []string `json:"tiers"`
	Channels []string `json:"channels"`
}

// ArticlePassage is a passage that citations point to.
type ArticlePassage struct {
	ID       string  `json:"id"`
	Language id.Lang `json:"language"`
	Text     string  `json:"text"`
}

// ArticleContent is what an editor writes.
type ArticleContent struct {
	Title     id.Text      `json:"title"`
	Body      id.Text      `json:"body"`
	Kind      string       `json:"kind,omitempty" maxLength:"60"`
	Tags      []string     `json:"tags,omitempty" maxItems:"50" doc:"Other ways to ask for it"`
	Scope     ArticleScope `json:"scope,omitempty" required:"false"`
	ValidFrom *time.Time   `json:"valid_from,omitempty"`
	ValidTo   *time.Time   `json:"valid_to,omitempty"`
	Note      string       `json:"note,omitempty" maxLength:"400"`
}

// editions are the articles behind one key.
type editions map[id.Lang]knowledge.Article

var languages = []id.Lang{id.ZH, id.EN}

func (s *server) articleRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/articles" + path, Summary: summary, Tags: []string{"Knowledge"}}
	}
	create := op("create-article", http.MethodPost, "", "Write a new article")
	create.DefaultStatus = http.StatusCreated
	route(s, op("list-articles", http.MethodGet, "", "Articles"), s.listArticles)
	route(s, create, s.createArticle)
	route(s, op("get-article", http.MethodGet, "/{id}", "An article, by key or by the id of an edition"), s.getArticle)
	route(s, op("save-article", http.MethodPut, "/{id}", "Save a new version; what is live stays until it is published"), s.saveArticle)
	route(s, op("publish-article", http.MethodPost, "/{id}/publish", "Let the newest version answer"), s.moveArticle(func(ctx context.Context, a knowledge.Article, by, note string) error {
		_, err := s.Editor.Publish(ctx, a.ID, a.Version, by, note)
		return err
	}))
	route(s, op("withdraw-article", http.MethodPost, "/{id}/withdraw", "Stop it from answering"), s.moveArticle(func(ctx context.Context, a knowledge.Article, by, note string) error {
		_, err := s.Editor.Withdraw(ctx, a.ID, a.Version, by, note)
		return err
	}))
	route(s, op("article-versions", http.MethodGet, "/{id}/versions", "An article's history, newest first"), s.articleVersions)
}

type articlesInput struct {
	Paging
	Status knowledge.Status `query:"status" enum:"draft,review,published,withdrawn"`
	Kind   string           `query:"kind" maxLength:"60"`
	Q      string           `query:"q" maxLength:"200"`
}

type articlesOutput struct {
	Body struct {
		Items      []Article `json:"items"`
		NextCursor string    `json:"next_cursor,omitempty"`
	}
}

// listArticles pages over editions and shows each key once, with all its languages.
func (s *server) listArticles(ctx context.Context, in *articlesInput) (*articlesOutput, error) {
	if s.Articles == nil {
		return nil, errPart("knowledge")
	}
	_, after, err := in.at()
	if err != nil {
		return nil, err
	}
	found, err := s.Articles.Articles(ctx, knowledge.Filter{Status: in.Status, Category: in.Kind, Text: in.Q, After: id.Article(after), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &articlesOutput{}
	out.Body.Items = []Article{}
	seen := map[string]bool{}
	for _, a := range found {
		if seen[a.Key] {
			continue
		}
		seen[a.Key] = true
		e, err := s.editionsOf(ctx, a.Key)
		if err != nil {
			return nil, err
		}
		view := e.view()
		view.Passages = []ArticlePassage{}
		out.Body.Items = append(out.Body.Items, view)
	}
	if len(found) == in.Limit {
		out.Body.NextCursor = cursor(0, string(found[len(found)-1].ID))
	}
	return out, nil
}

// editionsOf loads all languages of a key.
func (s *server) editionsOf(ctx context.Context, key string) (editions, error) {
	e := editions{}
	for _, l := range languages {
		found, err := s.Articles.Articles(ctx, knowledge.Filter{Lang: l, Text: key, Limit: 200})
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			if a.Key == key {
				e[l] = a
			}
		}
	}
	if len(e) == 0 {
		return nil, errs.New(errs.NotFound, "article_unknown", "There is no such article.")
	}
	return e, nil
}

// article finds by key, or by the id of an edition as citations carry it.
func (s *server) article(ctx context.Context, name string) (editions, error) {
	if s.Articles == nil {
		return nil, errPart("knowledge")
	}
	if strings.HasPrefix(name, "art_") {
		a, err := s.Articles.Article(ctx, id.Article(name))
		if errs.Is(err, errs.NotFound) {
			return nil, errs.New(errs.NotFound, "article_unknown", "There is no such article.")
		}
		if err != nil {
			return nil, err
		}
		name = a.Key
	}
	return s.editionsOf(ctx, name)
}

// view joins the languages.
func (e editions) view() Article {
	out := Article{Tags: []string{}, Passages: []ArticlePassage{}, Editions: map[id.Lang]string{}}
	for _, l := range languages {
		a, ok := e[l]
		if !ok {
			continue
		}
		c := a.Content
		put(&out.Key, a.Key)
		out.ID, out.Status, out.Kind = out.Key, worse(out.Status, a.Status), c.Category
		out.Scope = ArticleScope{orEmpty(c.Limits.Stores), orEmpty(c.Limits.Regions), orEmpty(c.Limits.Tiers), orEmpty(c.Limits.Channels)}
		out.ValidFrom, out.ValidTo = when(c.ValidFrom), when(c.ValidUntil)
		out.Live = out.Live || a.Live > 0
		out.Version += a.Version
		out.Tags = append(out.Tags, c.Questions...)
		out.Editions[l] = string(a.ID)
		if a.UpdatedAt.After(out.UpdatedAt) {
			out.UpdatedAt, out.UpdatedBy = a.UpdatedAt.UTC(), a.Author
		}
		if l == id.EN {
			out.Title.EN, out.Body.EN = c.Title, c.Body
		} else {
			out.Title.ZH, out.Body.ZH = c.Title, c.Body
		}
		for i, p := range knowledge.Passages(c.Body) {
			out.Passages = append(out.Passages, ArticlePassage{ID: string(a.ID) + "." + strconv.Itoa(i+1), Language: l, Text: p.Text})
		}
	}
	return out
}

// worse shows the status that still needs work.
func worse(a, b knowledge.Status) knowledge.Status {
	rank := map[knowledge.Status]int{"": 0, knowledge.Withdrawn: 1, knowledge.Published: 2, knowledge.Review: 3, knowledge.Draft: 4}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// ArticlePath names the article of a route.
type ArticlePath struct {
	ID string `path:"id" maxLength:"120"`
}

type articleOutput struct{ Body Article }

func (s *server) getArticle(ctx context.Context, in *ArticlePath) (*articleOutput, error) {
	e, err := s.article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &articleOutput{e.view()}, nil
}

// content is one language of what was written; ok is false when that language is empty.
func (c ArticleContent) content(l id.Lang, old knowledge.Content) (knowledge.Content, bool) {
	title, body := c.Title.ZH, c.Body.ZH
	if l == id.EN {
		title, body = c.Title.EN, c.Body.EN
	}
	out := knowledge.Content{Title: title, Body: body, Category: c.Kind, Questions: old.Questions, Source: "staff",
		Limits: knowledge.Limits{Stores: c.Scope.Stores, Regions: c.Scope.Regions, Tiers: c.Scope.Tiers, Channels: c.Scope.Channels}}
	if c.Tags != nil {
		out.Questions = tagsOf(c.Tags, l)
	}
	if c.ValidFrom != nil {
		out.ValidFrom = *c.ValidFrom
	}
	if c.ValidTo != nil {
		out.ValidUntil = *c.ValidTo
	}
	return out, title != "" || body != ""
}

// tagsOf gives each language the questions written in it; what has no Chinese character is English.
func tagsOf(tags []string, l id.Lang) (out []string) {
	for _, t := range tags {
		chinese := strings.ContainsFunc(t, func(r rune) bool { return r >= 0x2e80 })
		if chinese == (l == id.ZH) {
			out = append(out, t)
		}
	}
	return out
}

type createArticleInput struct {
	Body struct {
		Key string `json:"key,omitempty" maxLength:"100" doc:"Small letters, digits, dashes; made when missing"`
		ArticleContent
	}
}

func (s *server) createArticle(ctx context.Context, in *createArticleInput) (*articleOutput, error) {
	if s.Editor == nil {
		return nil, errPart("knowledge")
	}
	key := in.Body.Key
	if key == "" {
		key = strings.ReplaceAll(s.NewID("a"), "_", "-")
	}
	if _, err := s.editionsOf(ctx, key); !errs.Is(err, errs.NotFound) {
		if err == nil {
			err = errs.New(errs.Conflict, "key_taken", "There is an article with this key.").With("body.key", "taken")
		}
		return nil, err
	}
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	for _, l := range languages {
		if c, ok := in.Body.content(l, knowledge.Content{}); ok {
			if _, err := s.Editor.Create(ctx, knowledge.NewArticle{Key: key, Lang: l, Content: c}, string(principal(ctx).ID)); err != nil {
				return nil, err
			}
		}
	}
	return s.getArticle(ctx, &ArticlePath{key})
}

// check judges all languages before any is stored.
func (c ArticleContent) check() error {
	n := 0
	for _, l := range languages {
		if content, ok := c.content(l, knowledge.Content{}); ok {
			n++
			if err := content.Check(); err != nil {
				return err
			}
		}
	}
	if n == 0 {
		return invalid("article_empty", "body.title", "Write the article in at least one language.")
	}
	return nil
}

type saveArticleInput struct {
	ArticlePath
	Body struct {
		Version int `json:"version" minimum:"1" doc:"The version you had before your eyes"`
		ArticleContent
	}
}

func (s *server) saveArticle(ctx context.Context, in *saveArticleInput) (*articleOutput, error) {
	e, err := s.article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	view := e.view()
	if view.Version != in.Body.Version {
		return nil, errs.New(errs.Conflict, "article_moved_on", "Somebody saved version %d in the meantime; look at it and save again.", view.Version)
	}
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	by := string(principal(ctx).ID)
	for _, l := range languages {
		old, exists := e[l]
		c, ok := in.Body.content(l, old.Content)
		switch {
		case exists && ok:
			_, err = s.Editor.Edit(ctx, old.ID, old.Version, c, by, in.Body.Note)
		case ok:
			_, err = s.Editor.Create(ctx, knowledge.NewArticle{Key: view.Key, Lang: l, Content: c}, by)
		}
		if err != nil {
			return nil, err
		}
	}
	return s.getArticle(ctx, &ArticlePath{view.Key})
}

type moveArticleInput struct {
	ArticlePath
	Body struct {
		Version int    `json:"version,omitempty" minimum:"0" doc:"Refused with 409 when the article has moved on; 0 does not ask"`
		Note    string `json:"note,omitempty" maxLength:"400"`
	} `required:"false"`
}

// moveArticle publishes or withdraws every language of an article.
func (s *server) moveArticle(fn func(ctx context.Context, a knowledge.Article, by, note string) error) func(context.Context, *moveArticleInput) (*articleOutput, error) {
	return func(ctx context.Context, in *moveArticleInput) (*articleOutput, error) {
		e, err := s.article(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if v := e.view().Version; in.Body.Version != 0 && in.Body.Version != v {
			return nil, errs.New(errs.Conflict, "article_moved_on", "Somebody saved version %d in the meantime; look at it first.", v)
		}
		p := principal(ctx)
		for _, a := range e {
			if err := fn(ctx, a, string(p.ID), in.Body.Note); err != nil {
				return nil, err
			}
			if err := s.Staff.Record(ctx, p, "article.move", string(a.ID), addressOf(ctx), nil); err != nil {
				return nil, err
			}
		}
		return s.getArticle(ctx, &in.ArticlePath)
	}
}

// ArticleVersion is one entry of an article's history.
type ArticleVersion struct {
	Version  int              `json:"version"`
	Language id.Lang          `json:"language"`
	Status   knowledge.Status `json:"status"`
	At       time.Time        `json:"at"`
	By       string           `json:"by"`
	Title    string           `json:"title"`
	Body     string           `json:"body"`
	Note     string           `json:"note,omitempty"`
}

type articleVersionsOutput struct {
	Body struct {
		Items []ArticleVersion `json:"items"`
	}
}

func (s *server) articleVersions(ctx context.Context, in *ArticlePath) (*articleVersionsOutput, error) {
	e, err := s.article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &articleVersionsOutput{}
	out.Body.Items = []ArticleVersion{}
	for _, l := range languages {
		a, ok := e[l]
		if !ok {
			continue
		}
		vs, err := s.Articles.Versions(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for i := len(vs) - 1; i >= 0; i-- {
			v := vs[i]
			out.Body.Items = append(out.Body.Items, ArticleVersion{v.Number, l, v.Status, v.At.UTC(), v.Author, v.Content.Title, v.Content.Body, v.Note})
		}
	}
	return out, nil
}
