package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

type (
	requestKey struct{}
	addressKey struct{}
)

func requestID(ctx context.Context) string {
	v, _ := ctx.Value(requestKey{}).(string)
	return v
}

func addressOf(ctx context.Context) string {
	v, _ := ctx.Value(addressKey{}).(string)
	return v
}

func randomID(prefix string) string { return prefix + "_" + strings.ToLower(rand.Text()) }

// edge is what every request passes before it reaches a route.
func (s *server) edge() http.Handler {
	measured := newMeasure(s.Metrics)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), requestKey{}, s.NewID("req"))
		ctx = context.WithValue(ctx, addressKey{}, clientAddress(r, s.Proxies))
		r = r.WithContext(ctx)
		setHeaders(w.Header(), ctx)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		start := s.Now()
		defer func() {
			s.recovered(rec, r, recover())
			measured.observe(rec.pattern, r.Method, rec.status, s.Now().Sub(start))
		}()
		s.admit(rec, r)
	})
}

// setHeaders are the same for every answer; the API shows no pages but its own docs, which need styles only.
func setHeaders(h http.Header, ctx context.Context) {
	h.Set("X-Request-Id", requestID(ctx))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

func (s *server) recovered(w *recorder, r *http.Request, cause any) {
	if cause == nil {
		return
	}
	if cause == http.ErrAbortHandler {
		panic(cause)
	}
	s.Log.ErrorContext(r.Context(), "panic in a handler", "request_id", requestID(r.Context()), "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
	if !w.wrote {
		problemOf(r.Context(), s.Log, fmt.Errorf("panic: %v", cause)).send(w)
	}
}

// admit checks what can be checked without knowing the route's meaning, and hands over.
func (s *server) admit(w *recorder, r *http.Request) {
	if err := checkURL(r.URL); err != nil {
		problemOf(r.Context(), s.Log, err).send(w)
		return
	}
	h, pattern := s.mux.Handler(r)
	if pattern == "" {
		s.noRoute(w, r, h)
		return
	}
	if err := s.readBody(r); err != nil {
		problemOf(r.Context(), s.Log, err).send(w)
		return
	}
	if !strings.HasSuffix(pattern, "/stream") {
		ctx, cancel := context.WithTimeout(r.Context(), s.Limits.Time)
		defer cancel()
		r = r.WithContext(ctx)
	}
	w.pattern = pattern
	s.mux.ServeHTTP(w, r)
}

// noRoute tells a wrong path from a wrong method, as the mux would in plain text.
func (s *server) noRoute(w http.ResponseWriter, r *http.Request, h http.Handler) {
	probe := httptest.NewRecorder()
	h.ServeHTTP(probe, r)
	p := newProblem(errs.NotFound, "route_unknown", "There is nothing at this address; GET /api/v1/openapi.json lists what there is.")
	if probe.Code == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.Header().Get("Allow"))
		p.Status, p.Title, p.Code, p.Detail = probe.Code, "Method not allowed", "method_not_allowed", "This address does not take the method "+r.Method+"; it takes "+probe.Header().Get("Allow")+"."
	}
	p.RequestID = requestID(r.Context())
	p.send(w)
}

func checkURL(u *url.URL) error {
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return errs.New(errs.Invalid, "query_malformed", "The query of the address cannot be read.")
	}
	whole := u.Path
	for k, vs := range q {
		whole += k + strings.Join(vs, "")
		if len(vs) > 1 {
			return errs.New(errs.Invalid, "query_repeated", "A query parameter is given more than once.").With("query."+clipText(k, 40), "give it once")
		}
	}
	if !utf8.ValidString(whole) || strings.ContainsRune(whole, 0) {
		return errs.New(errs.Invalid, "encoding_invalid", "The address must be UTF-8 without NUL.")
	}
	return nil
}

// readBody takes the body whole, so that its size, type and encoding are judged before anything else looks at it.
func (s *server) readBody(r *http.Request) error {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, s.Limits.Body+1))
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "body_unreadable", "The body ended early or came too slowly.")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch {
	case int64(len(body)) > s.Limits.Body:
		return errs.New(errs.TooLarge, "body_too_large", "The body is larger than %d bytes.", s.Limits.Body)
	case len(body) == 0:
		r.Body, r.ContentLength = http.NoBody, 0
		return nil
	case !isJSON(r.Header.Get("Content-Type")):
		return &Problem{Type: "/api/v1/docs", Title: "Unsupported content type", Status: 415, Code: "content_type_unsupported", Detail: "Send the body as application/json in UTF-8.", RequestID: requestID(r.Context())}
	case !utf8.Valid(body):
		return errs.New(errs.Invalid, "encoding_invalid", "The body is not valid UTF-8; send it as UTF-8.")
	case bytes.Contains(body, []byte(`\u0000`)):
		return errs.New(errs.Invalid, "encoding_invalid", "Texts must not contain the character NUL.")
	}
	return nil
}

func isJSON(contentType string) bool {
	t, params, err := mime.ParseMediaType(contentType)
	cs := strings.ToLower(params["charset"])
	return err == nil && t == "application/json" && (cs == "" || cs == "utf-8")
}

func clipText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
