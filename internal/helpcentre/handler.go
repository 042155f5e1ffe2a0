package helpcentre

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// Articles is what the pages need of knowledge.
type Articles interface {
	Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error)
	Search(ctx context.Context, query string, sc knowledge.Scope, limit int) ([]knowledge.Hit, error)
	Rated(ctx context.Context, aid id.Article, helpful bool) error
}

// Options dress the pages.
type Options struct {
	Shop   id.Text // name of the shop
	Public string  // address before /help, for search engines; "" takes the request's host
	Chat   string  // address of the chat's loader script on this origin; "" hides the chat
	Now    func() time.Time
}

// Handler serves /help and everything below it.
type Handler struct {
	a   Articles
	o   Options
	mux *http.ServeMux
}

// New makes a Handler.
func New(a Articles, o Options) *Handler {
	h := &Handler{a: a, o: o, mux: http.NewServeMux()}
	h.mux.HandleFunc("GET /help", h.language)
	h.mux.HandleFunc("GET /help/{$}", h.language)
	h.mux.HandleFunc("GET /help/style.css", asset("text/css", styleFile))
	h.mux.HandleFunc("GET /help/chat.js", asset("text/javascript", chatFile))
	h.mux.HandleFunc("GET /help/sitemap.xml", h.page(h.sitemap))
	h.mux.HandleFunc("GET /help/{lang}", h.page(h.home))
	h.mux.HandleFunc("GET /help/{lang}/search", h.page(h.search))
	h.mux.HandleFunc("GET /help/{lang}/{key}", h.page(h.article))
	h.mux.HandleFunc("POST /help/{lang}/{key}/rating", h.page(h.rating))
	return h
}

const policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// ServeHTTP answers with headers that hold for every page.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hd := w.Header()
	hd.Set("Content-Security-Policy", policy)
	hd.Set("X-Content-Type-Options", "nosniff")
	hd.Set("Referrer-Policy", "same-origin")
	h.mux.ServeHTTP(w, r)
}

// page turns errors into pages, in one place.
func (h *Handler) page(f func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := f(w, r)
		switch errs.KindOf(err) {
		case "":
		case errs.NotFound, errs.Invalid:
			h.broken(w, r, http.StatusNotFound)
		case errs.Forbidden:
			h.broken(w, r, http.StatusForbidden)
		default:
			h.broken(w, r, http.StatusServiceUnavailable)
		}
	}
}

func (h *Handler) broken(w http.ResponseWriter, r *http.Request, status int) {
	d := h.view(r, langOf(r))
	d.Broken, d.Title = status, d.T.Missing
	if status == http.StatusServiceUnavailable {
		d.Title = d.T.Down
	}
	d.NoIndex = true
	h.render(w, status, "broken", d)
}

func (h *Handler) language(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Language")
	http.Redirect(w, r, "/help/"+string(id.ParseLang(r.Header.Get("Accept-Language"))), http.StatusFound)
}

// langOf is the page's language; an unknown one shows in Chinese.
func langOf(r *http.Request) id.Lang { return id.ParseLang(r.PathValue("lang")) }

func checkLang(r *http.Request) (id.Lang, error) {
	switch l := id.Lang(r.PathValue("lang")); l {
	case id.ZH, id.EN:
		return l, nil
	}
	return "", errs.New(errs.NotFound, "page_unknown", "There is no such page.")
}

// public gives the live articles that hold for everybody and now.
func (h *Handler) public(ctx context.Context, lang id.Lang) (out []knowledge.Article, err error) {
	now := h.o.Now()
	for after := id.Article(""); ; {
		page, err := h.a.Articles(ctx, knowledge.Filter{Live: true, Lang: lang, After: after, Limit: 500})
		if err != nil {
			return nil, err
		}
		for _, a := range page {
			if everybody(a.Content, now) {
				out = append(out, a)
			}
		}
		if len(page) < 500 {
			return out, nil
		}
		after = page[len(page)-1].ID
	}
}

func everybody(c knowledge.Content, now time.Time) bool {
	l := c.Limits
	limited := len(l.Stores)+len(l.Regions)+len(l.Tiers)+len(l.Channels) > 0
	return !limited && (c.ValidFrom.IsZero() || !now.Before(c.ValidFrom)) && (c.ValidUntil.IsZero() || now.Before(c.ValidUntil))
}

func (h *Handler) one(ctx context.Context, lang id.Lang, key string) (found knowledge.Article, translated bool, err error) {
	all, err := h.public(ctx, "")
	if err != nil {
		return found, false, err
	}
	for _, a := range all {
		if a.Key == key {
			if a.Lang == lang {
				found = a
			} else {
				translated = true
			}
		}
	}
	if found.ID == "" {
		return found, false, errs.New(errs.NotFound, "page_unknown", "There is no such page.")
	}
	return found, translated, nil
}

func (h *Handler) home(w http.ResponseWriter, r *http.Request) error {
	lang, err := checkLang(r)
	if err != nil {
		return err
	}
	all, err := h.public(r.Context(), lang)
	if err != nil {
		return err
	}
	d := h.view(r, lang)
	d.Title, d.Path, d.Translated = d.T.Title, "/help/"+string(lang), true
	d.Categories = categories(all, lang)
	h.render(w, http.StatusOK, "home", d)
	return nil
}

func (h *Handler) article(w http.ResponseWriter, r *http.Request) error {
	lang, err := checkLang(r)
	if err != nil {
		return err
	}
	a, translated, err := h.one(r.Context(), lang, r.PathValue("key"))
	if err != nil {
		return err
	}
	d := h.view(r, lang)
	d.Title, d.Path, d.Translated = a.Content.Title, knowledge.Address(a), translated
	d.Body, err = body(a.Content.Body)
	if err != nil {
		return err
	}
	d.Article, d.Category = &a, categoryName(a.Content.Category, lang)
	d.Updated = a.UpdatedAt.In(d.zone).Format("2006-01-02")
	d.Thanks = r.URL.Query().Get("thanks") == "1"
	d.Data = structured(a)
	h.render(w, http.StatusOK, "article", d)
	return nil
}

// queryMax bounds what is searched for.
const queryMax = 300

func (h *Handler) search(w http.ResponseWriter, r *http.Request) error {
	lang, err := checkLang(r)
	if err != nil {
		return err
	}
	d := h.view(r, lang)
	q := []rune(strings.TrimSpace(r.URL.Query().Get("q")))
	d.Query, d.NoIndex, d.Title = string(q[:min(len(q), queryMax)]), true, d.T.Results
	if d.Query != "" {
		// The scope of everybody: the index shows nothing that is limited to some.
		if d.Hits, err = h.a.Search(r.Context(), d.Query, knowledge.Scope{Language: string(lang)}, 10); err != nil {
			return err
		}
	}
	h.render(w, http.StatusOK, "search", d)
	return nil
}

// rating counts a verdict. Only the page itself may send it.
func (h *Handler) rating(w http.ResponseWriter, r *http.Request) error {
	lang, err := checkLang(r)
	if err != nil {
		return err
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return errs.New(errs.Forbidden, "foreign_form", "This form belongs to another site.")
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
	a, _, err := h.one(r.Context(), lang, r.PathValue("key"))
	if err != nil {
		return err
	}
	v := r.PostFormValue("helpful")
	if v != "yes" && v != "no" {
		return errs.New(errs.Invalid, "bad_verdict", "helpful must be yes or no.")
	}
	if err := h.a.Rated(r.Context(), a.ID, v == "yes"); err != nil {
		return err
	}
	http.Redirect(w, r, knowledge.Address(a)+"?thanks=1", http.StatusSeeOther)
	return nil
}

// render writes a page whole or not at all.
func (h *Handler) render(w http.ResponseWriter, status int, name string, d *view) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, d); err != nil {
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
