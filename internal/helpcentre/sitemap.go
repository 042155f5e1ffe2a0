package helpcentre

import (
	"encoding/xml"
	"net/http"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

type urlset struct {
	XMLName xml.Name  `xml:"urlset"`
	NS      string    `xml:"xmlns,attr"`
	XHTML   string    `xml:"xmlns:xhtml,attr"`
	URLs    []siteURL `xml:"url"`
}

type siteURL struct {
	Loc   string      `xml:"loc"`
	Mod   string      `xml:"lastmod,omitempty"`
	Links []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemap names every public page with its languages.
func (h *Handler) sitemap(w http.ResponseWriter, r *http.Request) error {
	all, err := h.public(r.Context(), "")
	if err != nil {
		return err
	}
	base := h.view(r, id.ZH).Base
	byKey := map[string][]alternate{}
	for _, a := range all {
		byKey[a.Key] = append(byKey[a.Key], alternate{"alternate", string(a.Lang), base + knowledge.Address(a)})
	}
	set := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, l := range []string{"zh", "en"} {
		set.URLs = append(set.URLs, siteURL{Loc: base + "/help/" + l, Links: []alternate{{"alternate", "zh", base + "/help/zh"}, {"alternate", "en", base + "/help/en"}}})
	}
	for _, a := range all {
		set.URLs = append(set.URLs, siteURL{Loc: base + knowledge.Address(a), Mod: a.UpdatedAt.Format("2006-01-02"), Links: byKey[a.Key]})
	}
	out, err := xml.Marshal(set)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	_, _ = w.Write(append([]byte(xml.Header), out...))
	return nil
}
