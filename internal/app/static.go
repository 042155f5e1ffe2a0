package app

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/web"
)

// static serves one built front end. Paths that are no file get its page, for routing in the browser.
type static struct {
	files fs.FS
	base  string // "/console/"
	page  string // "index.html"
	csp   string
}

const missing = "The front end is not built into this binary. Build it with: make build"

func newStatic(name, base, page, csp string) static {
	return static{web.Dist(name), base, page, csp}
}

// ServeHTTP sends a file, or the page.
func (s static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), strings.TrimSuffix(s.base, "/"))
	name = strings.TrimPrefix(name, "/")
	b, err := fs.ReadFile(s.files, name)
	if err != nil || name == "" {
		if name, b, err = s.page, nil, nil; path.Ext(r.URL.Path) != "" && path.Ext(r.URL.Path) != ".html" {
			http.NotFound(w, r)
			return
		}
		if b, err = fs.ReadFile(s.files, name); err != nil {
			http.Error(w, missing, http.StatusServiceUnavailable)
			return
		}
	}
	s.headers(w, name)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
}

func (s static) headers(w http.ResponseWriter, name string) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") { // names carry a hash of the content
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if strings.HasSuffix(name, ".html") {
		h.Set("Content-Security-Policy", s.csp)
	}
}

// policy is the content security policy of our pages: everything from our origin, nothing in line but styles.
func policy(frameAncestors string) string {
	return "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors " + frameAncestors
}
