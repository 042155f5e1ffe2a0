package helpcentre_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/helpcentre"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

var now = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// shelf is a fixed set of live articles.
type shelf struct {
	all   []knowledge.Article
	rated []string
	down  bool
	asked knowledge.Scope
}

func (s *shelf) Articles(_ context.Context, f knowledge.Filter) (out []knowledge.Article, err error) {
	if s.down {
		return nil, errs.New(errs.Unavailable, "store_unavailable", "secret cause")
	}
	for _, a := range s.all {
		if a.ID > f.After && (f.Lang == "" || a.Lang == f.Lang) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *shelf) Search(_ context.Context, q string, sc knowledge.Scope, _ int) ([]knowledge.Hit, error) {
	if s.asked = sc; strings.Contains(q, "nothing") {
		return nil, nil
	}
	return []knowledge.Hit{{Title: "Found " + q, URL: "/help/en/wrap", Text: "<b>text</b>", Foreign: true}}, nil
}

func (s *shelf) Rated(_ context.Context, aid id.Article, helpful bool) error {
	s.rated = append(s.rated, string(aid)+map[bool]string{true: "+", false: "-"}[helpful])
	return nil
}

func article(aid id.Article, key string, lang id.Lang, c knowledge.Content) knowledge.Article {
	return knowledge.Article{ID: aid, Key: key, Lang: lang, Live: 1, Content: c, UpdatedAt: now}
}

func centre(t *testing.T) (*helpcentre.Handler, *shelf) {
	t.Helper()
	s := &shelf{all: []knowledge.Article{
		article("art_1", "wrap", id.ZH, knowledge.Content{Title: "礼品包装多少钱？", Category: "gifts", Body: "每件 **10 元**。"}),
		article("art_2", "wrap", id.EN, knowledge.Content{Title: "How much is gift wrap?", Category: "gifts", Body: "CNY 10 an item.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](data:text/html,z)"}),
		article("art_3", "only-zh", id.ZH, knowledge.Content{Title: "</script><img src=x onerror=alert(1)>", Category: "odd", Body: "正文"}),
		article("art_4", "diamond", id.EN, knowledge.Content{Title: "Secret for diamond", Body: "x", Limits: knowledge.Limits{Tiers: []string{"diamond"}}}),
		article("art_5", "old", id.EN, knowledge.Content{Title: "Old offer", Body: "x", ValidUntil: now}),
		article("art_6", "later", id.EN, knowledge.Content{Title: "Later offer", Body: "x", ValidFrom: now.Add(time.Hour)}),
	}}
	return helpcentre.New(s, helpcentre.Options{Shop: id.Text{ZH: "青禾生活", EN: "Verdant Living"}, Public: "https://shop.example/", Chat: "/widget/loader.js", Now: func() time.Time { return now }}), s
}

func get(t *testing.T, h http.Handler, path string, status int) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != status {
		t.Fatalf("%s gives %d, want %d: %s", path, w.Code, status, w.Body)
	}
	return w
}

func contains(t *testing.T, body string, wants ...string) {
	t.Helper()
	for _, s := range wants {
		if !strings.Contains(body, s) {
			t.Errorf("the page lacks %q", s)
		}
	}
}

func TestHomeListsWhatHoldsForEverybodyNow(t *testing.T) {
	h, _ := centre(t)
	body := get(t, h, "/help/en", 200).Body.String()
	contains(t, body, `<html lang="en">`, "Gifts and engraving", `href="/help/en/wrap"`, "How much is gift wrap?", `hreflang="zh" href="https://shop.example/help/zh"`, `rel="canonical" href="https://shop.example/help/en"`)
	for _, hidden := range []string{"diamond", "Old offer", "Later offer", "礼品包装"} {
		if strings.Contains(body, hidden) {
			t.Errorf("the page shows %q", hidden)
		}
	}
	contains(t, get(t, h, "/help/zh", 200).Body.String(), `<html lang="zh-CN">`, "礼品与定制", "礼品包装多少钱")
}

func TestArticleIsSafeAndStructured(t *testing.T) {
	h, _ := centre(t)
	w := get(t, h, "/help/en/wrap", 200)
	body := w.Body.String()
	contains(t, body, "CNY 10 an item.", `action="/help/en/wrap/rating"`, `hreflang="zh" href="https://shop.example/help/zh/wrap"`, `src="/widget/loader.js"`, "2026-03-02")
	if strings.Contains(body, "alert(1)</script>") && strings.Contains(body, "<script>alert") || strings.Contains(body, "javascript:") || strings.Contains(body, "data:text/html") {
		t.Errorf("unsafe body: %s", body)
	}
	csp := w.Header().Get("Content-Security-Policy")
	contains(t, csp, "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
	data := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindStringSubmatch(body)
	var doc map[string]any
	if data == nil || json.Unmarshal([]byte(data[1]), &doc) != nil || doc["@type"] != "FAQPage" {
		t.Fatalf("structured data: %v", data)
	}
}

func TestAHostileTitleStaysText(t *testing.T) {
	h, _ := centre(t)
	for _, path := range []string{"/help/zh/only-zh", "/help/zh"} {
		doc, err := html.Parse(get(t, h, path, 200).Body)
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "img" {
				t.Fatalf("%s: the title became an element", path)
			}
		}
	}
}

func TestUnknownAndHiddenPagesLookEqual(t *testing.T) {
	h, _ := centre(t)
	seen := ""
	for _, path := range []string{"/help/en/none", "/help/en/diamond", "/help/en/old", "/help/en/later", "/help/en/only-zh"} {
		body := get(t, h, path, 404).Body.String()
		contains(t, body, "There is no such page", `name="robots" content="noindex"`, `type="search"`)
		if seen == "" {
			seen = body
		}
		if body != seen {
			t.Errorf("%s differs", path)
		}
	}
	get(t, h, "/help/fr", 404)
}

func TestSearch(t *testing.T) {
	h, s := centre(t)
	body := get(t, h, "/help/en/search?q="+url.QueryEscape(`<i>wrap"`), 200).Body.String()
	contains(t, body, "&lt;i&gt;wrap", "&lt;b&gt;text&lt;/b&gt;", "in Chinese", "noindex")
	if s.asked != (knowledge.Scope{Language: "en"}) {
		t.Errorf("asked with %+v", s.asked)
	}
	contains(t, get(t, h, "/help/zh/search?q=nothing", 200).Body.String(), "没有找到")
	get(t, h, "/help/en/search?q="+strings.Repeat("x", 5000), 200)
}

func rate(h http.Handler, path, verdict, site string) int {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("helpful="+verdict))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", site)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func TestRating(t *testing.T) {
	h, s := centre(t)
	for _, c := range []struct {
		path, verdict, site string
		want                int
	}{
		{"/help/en/wrap/rating", "yes", "same-origin", 303}, {"/help/zh/wrap/rating", "no", "same-origin", 303},
		{"/help/en/wrap/rating", "yes", "cross-site", 403}, {"/help/en/wrap/rating", "maybe", "same-origin", 404}, {"/help/en/diamond/rating", "yes", "same-origin", 404},
	} {
		if got := rate(h, c.path, c.verdict, c.site); got != c.want {
			t.Errorf("%+v gives %d", c, got)
		}
	}
	if strings.Join(s.rated, " ") != "art_2+ art_1-" {
		t.Errorf("rated %v", s.rated)
	}
	contains(t, get(t, h, "/help/en/wrap?thanks=1", 200).Body.String(), "Thank you")
}

func TestLanguageIsChosenByTheBrowser(t *testing.T) {
	h, _ := centre(t)
	for accept, want := range map[string]string{"en-GB,en;q=0.9": "/help/en", "zh-CN": "/help/zh", "": "/help/zh"} {
		r := httptest.NewRequest(http.MethodGet, "/help", nil)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("%q leads to %q", accept, got)
		}
	}
}

func TestSitemap(t *testing.T) {
	h, _ := centre(t)
	var m struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	body := get(t, h, "/help/sitemap.xml", 200).Body.Bytes()
	if err := xml.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	var locs []string
	for _, u := range m.URLs {
		locs = append(locs, strings.TrimPrefix(u.Loc, "https://shop.example/help/"))
	}
	if got := strings.Join(locs, " "); got != "zh en zh/wrap en/wrap zh/only-zh" {
		t.Errorf("the map names %s", got)
	}
	contains(t, string(body), `hreflang="en"`)
}

func TestDownTellsNothing(t *testing.T) {
	h, s := centre(t)
	s.down = true
	if body := get(t, h, "/help/en/wrap", 503).Body.String(); strings.Contains(body, "secret") {
		t.Error("the cause is shown")
	}
}
