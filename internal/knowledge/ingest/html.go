package ingest

import (
	"bytes"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	htmltomarkdown "github.com/JohannesKaufmann/html-to-markdown/v2"
	"golang.org/x/net/html"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// htmlMax bounds a page: parsing builds a tree many times its size.
const htmlMax = 5 << 20

func (f *file) html() ([]Item, error) {
	if len(f.data) > htmlMax {
		return nil, f.bad("page_too_large", "a page may have %d bytes", htmlMax)
	}
	s, err := f.decode()
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, f.bad("bad_html", "it cannot be parsed: %v", err)
	}
	return f.page(doc)
}

// page keeps the readable part of a page as Markdown.
func (f *file) page(doc *html.Node) ([]Item, error) {
	art, err := readability.FromDocument(doc, &url.URL{Scheme: "https", Host: "file.invalid"})
	var b bytes.Buffer
	if err != nil || art.RenderHTML(&b) != nil {
		return nil, f.bad("no_text", "no readable text was found")
	}
	md, err := htmltomarkdown.ConvertString(b.String())
	if err != nil {
		return nil, f.bad("bad_html", "it cannot be turned into Markdown: %v", err)
	}
	title := short(art.Title())
	if title == "" {
		title = f.stem()
	}
	a := knowledge.NewArticle{Content: knowledge.Content{Title: title, Body: strings.TrimSpace(md)}}
	if l := art.Language(); l != "" {
		a.Lang = id.ParseLang(l)
	}
	return []Item{{Article: a}}, nil
}
