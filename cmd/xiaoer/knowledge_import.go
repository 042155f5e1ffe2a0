package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/ingest"
	"github.com/xiaoer-cs/xiaoer/internal/safefetch"
)

// knowledgeImportCmd reads sources into articles.
type knowledgeImportCmd struct {
	configFlag
	Sources []string `arg:"" help:"Files, folders, or http(s) addresses of pages or of a sitemap.xml."`
	Lang    string   `help:"Language of articles that do not tell theirs: zh or en; empty guesses."`
	Draft   bool     `help:"Keep as drafts; the default publishes."`
	Pages   int      `default:"200" help:"How many pages of a sitemap."`
}

// importer counts what one run did.
type importer struct {
	cmd    *knowledgeImportCmd
	s      *knowledge.Service
	read   ingest.Reader
	web    *safefetch.Fetcher
	counts map[knowledge.Outcome]int
	failed int
}

// Run imports everything that can be imported; what cannot is told item by item, and the command then fails at the end.
func (c *knowledgeImportCmd) Run() error {
	ctx := context.Background()
	s, db, err := c.openKnowledge(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	pdf := &ingest.PDF{}
	defer pdf.Close()
	i := &importer{cmd: c, s: s, read: ingest.Reader{PDF: pdf}, web: safefetch.New(safefetch.Options{}), counts: map[knowledge.Outcome]int{}}
	for _, src := range c.Sources {
		i.source(ctx, src)
	}
	fmt.Printf("added %d, changed %d, unchanged %d, failed %d\n", i.counts[knowledge.Added], i.counts[knowledge.Changed], i.counts[knowledge.Unchanged], i.failed)
	if i.failed > 0 {
		return errs.New(errs.Invalid, "import_incomplete", "%d items were not imported; mend them and run the same command again.", i.failed)
	}
	return nil
}

func (i *importer) fail(where string, err error) {
	i.failed++
	fmt.Fprintf(os.Stderr, "%s: %v\n", where, err)
}

func (i *importer) source(ctx context.Context, src string) {
	if strings.HasPrefix(src, "http://") || strings.HasPrefix(src, "https://") {
		i.address(ctx, src)
		return
	}
	err := filepath.WalkDir(src, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() {
			return err
		}
		f, err := os.Open(p)
		if err != nil {
			i.fail(p, err)
			return nil
		}
		defer f.Close()
		i.items(ctx, p, "", f)
		return nil
	})
	if err != nil {
		i.fail(src, err)
	}
}

// address imports a page, or every page that a sitemap names.
func (i *importer) address(ctx context.Context, url string) {
	p, err := i.web.Get(ctx, url)
	if err != nil {
		i.fail(url, err)
		return
	}
	pages := sitemap(p.Body)
	if pages == nil {
		i.items(ctx, "page.html", p.URL, bytes.NewReader(p.Body))
		return
	}
	for _, u := range pages[:min(len(pages), i.cmd.Pages)] {
		if p, err = i.web.Get(ctx, u); err != nil {
			i.fail(u, err)
			continue
		}
		i.items(ctx, "page.html", p.URL, bytes.NewReader(p.Body))
	}
}

// sitemap gives the addresses of a sitemap, nil when it is none.
func sitemap(body []byte) []string {
	var m struct {
		XMLName xml.Name `xml:"urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if xml.Unmarshal(body, &m) != nil {
		return nil
	}
	out := []string{}
	for _, u := range m.URLs {
		out = append(out, strings.TrimSpace(u.Loc))
	}
	return out
}

// items reads one file or page and keeps what it holds.
func (i *importer) items(ctx context.Context, name, url string, r io.Reader) {
	lang := id.Lang("")
	if i.cmd.Lang != "" {
		lang = id.ParseLang(i.cmd.Lang)
	}
	items, err := i.read.ReadFrom(ctx, ingest.Origin{Name: name, URL: url}, lang, r)
	if err != nil {
		i.fail(name, err)
		return
	}
	for n, it := range items {
		if it.Err != nil {
			i.fail(name, it.Err)
			continue
		}
		_, o, err := i.s.Import(ctx, it.Article, !i.cmd.Draft, "import")
		if err != nil {
			i.fail(name+" "+it.Where, err)
			continue
		}
		i.counts[o]++
		if len(items) > 100 && n%100 == 99 {
			fmt.Printf("%s: %d of %d\n", name, n+1, len(items))
		}
	}
}
