package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

// knowledgeCmd works on the shop's articles in the database.
type knowledgeCmd struct {
	Import knowledgeImportCmd `cmd:"" help:"Read files, folders, web pages and sitemaps into articles; again reads only what changed."`
	Search knowledgeSearchCmd `cmd:"" help:"Ask as a shopper would and see what is found."`
	Check  knowledgeCheckCmd  `cmd:"" help:"List duplicates, contradictions, stale and unused articles, dead links, missing translations."`
	Export knowledgeExportCmd `cmd:"" help:"Write every article as KEY.LANG.md with front matter."`
}

// openKnowledge opens the database of the settings; the index is filled only when wanted.
func (c *configFlag) openKnowledge(ctx context.Context, fill bool) (*knowledge.Service, *store.DB, error) {
	cfg, err := c.load()
	if err != nil {
		return nil, nil, err
	}
	db, err := openStore(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	k := clock.System{}
	s := knowledge.New(knowledge.Parts{Store: db, Lister: db, Feed: db, Uses: db, Tx: db, Events: db, Clock: k, IDs: id.NewMaker(k.Now, nil)}, knowledge.Options{})
	if fill {
		if err := s.Sync(ctx); err != nil {
			_ = db.Close()
			return nil, nil, err
		}
	}
	return s, db, nil
}

// knowledgeSearchCmd asks.
type knowledgeSearchCmd struct {
	configFlag
	Question string `arg:"" help:"The question."`
	Lang     string `help:"zh or en; empty goes by the question."`
	Store    string `help:"Ask as somebody in this store."`
	Tier     string `help:"Ask as a member of this tier."`
	Limit    int    `default:"5" help:"How many passages."`
	JSON     bool   `help:"Print one JSON object."`
}

// Run prints the answer and what was found.
func (c *knowledgeSearchCmd) Run() error {
	ctx := context.Background()
	s, db, err := c.openKnowledge(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close()
	sc := knowledge.Scope{Language: c.Lang, Store: c.Store, Tier: c.Tier}
	ans, err := s.Answer(ctx, c.Question, sc)
	if err != nil {
		return err
	}
	hits, err := s.Search(ctx, c.Question, sc, c.Limit)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"answer": ans, "hits": hits})
	}
	fmt.Printf("answerable: %v (%.2f)\n%s\n\n", ans.Answerable, ans.Confidence, ans.Text)
	for n, h := range hits {
		fmt.Printf("%d. %.2f %s  %s\n", n+1, h.Score, h.Title, h.URL)
	}
	return nil
}

// knowledgeCheckCmd inspects.
type knowledgeCheckCmd struct {
	configFlag
	JSON bool `help:"Print one JSON array."`
}

// Run prints what should be mended.
func (c *knowledgeCheckCmd) Run() error {
	ctx := context.Background()
	s, db, err := c.openKnowledge(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := s.Inspect(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		if found == nil {
			found = []knowledge.Finding{}
		}
		return json.NewEncoder(os.Stdout).Encode(found)
	}
	for _, f := range found {
		fmt.Printf("%-20s %s  %s (%s)\n", f.Kind, f.Title, f.Detail, f.Article)
	}
	fmt.Printf("%d findings\n", len(found))
	return nil
}

// knowledgeExportCmd writes files that import reads.
type knowledgeExportCmd struct {
	configFlag
	Folder string `arg:"" help:"Folder to write into; it is made when missing and must be empty."`
}

// Run writes one file an article, at its newest version.
func (c *knowledgeExportCmd) Run() error {
	ctx := context.Background()
	s, db, err := c.openKnowledge(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := emptyFolder(c.Folder); err != nil {
		return err
	}
	n := 0
	for after := id.Article(""); ; {
		page, err := s.Articles(ctx, knowledge.Filter{After: after, Limit: 500})
		if err != nil {
			return err
		}
		for _, a := range page {
			if err := os.WriteFile(filepath.Join(c.Folder, a.Key+"."+string(a.Lang)+".md"), articleFile(a), 0o644); err != nil {
				return err
			}
			n, after = n+1, a.ID
		}
		if len(page) < 500 {
			fmt.Printf("%d articles written to %s\n", n, c.Folder)
			return nil
		}
	}
}

func emptyFolder(path string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(path)
	if err == nil && len(entries) > 0 {
		err = errs.New(errs.Conflict, "folder_not_empty", "%s is not empty; name another folder.", path)
	}
	return err
}

// articleFile is an article as knowledge.ReadFile reads it.
func articleFile(a knowledge.Article) []byte {
	c := a.Content
	front := map[string]any{"title": c.Title, "category": c.Category, "questions": c.Questions}
	scope := map[string][]string{}
	for name, list := range map[string][]string{"stores": c.Limits.Stores, "regions": c.Limits.Regions, "tiers": c.Limits.Tiers, "channels": c.Limits.Channels} {
		if len(list) > 0 {
			scope[name] = list
		}
	}
	if len(scope) > 0 {
		front["scope"] = scope
	}
	if !c.ValidFrom.IsZero() {
		front["valid_from"] = c.ValidFrom.UTC().Format("2006-01-02T15:04:05Z07:00")
	}
	if !c.ValidUntil.IsZero() {
		front["valid_until"] = c.ValidUntil.UTC().Format("2006-01-02T15:04:05Z07:00")
	}
	head, err := yaml.Marshal(front)
	if err != nil {
		head = nil // maps of strings cannot fail
	}
	return []byte("---\n" + string(head) + "---\n\n" + c.Body)
}
