package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

var quiet = slog.New(slog.DiscardHandler)

func write(err error) (*httptest.ResponseRecorder, problem.Document) {
	w := httptest.NewRecorder()
	problem.Write(w, httptest.NewRequest("GET", "/x", nil), quiet, err)
	var d problem.Document
	_ = json.Unmarshal(w.Body.Bytes(), &d)
	return w, d
}

func TestEveryKindHasItsStatus(t *testing.T) {
	for kind, status := range map[errs.Kind]int{errs.Invalid: 422, errs.Unauthenticated: 401, errs.Forbidden: 403, errs.NotFound: 404, errs.Conflict: 409, errs.TooLarge: 413, errs.RateLimited: 429, errs.Unavailable: 503} {
		w, d := write(fmt.Errorf("outer: %w", errs.New(kind, "the_code", "What is wrong.").With("body.x", "why")))
		if w.Code != status || d.Status != status || d.Code != "the_code" || d.Detail != "What is wrong." || len(d.Errors) != 1 || problem.Status(kind) != status || d.Title != http.StatusText(status) {
			t.Errorf("%s: %d %+v", kind, w.Code, d)
		}
		if w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%v", w.Header())
		}
	}
}

func TestInnerThingsStayInside(t *testing.T) {
	for name, err := range map[string]error{
		"driver": errors.New("SQL logic error near SELECT password at /srv/data/x.db"), "internal": errs.New(errs.Internal, "secret_code", "stack trace with password"),
		"wrapped": errs.Wrap(errors.New("dial tcp 10.0.0.7: password"), errs.Internal, "x", "password"),
	} {
		w, d := write(err)
		if w.Code != 500 || d.Code != "internal" || strings.Contains(w.Body.String(), "password") {
			t.Errorf("%s: %s", name, w.Body)
		}
	}
	for _, err := range []error{context.Canceled, fmt.Errorf("x: %w", context.DeadlineExceeded)} {
		if w, d := write(err); w.Code != 503 || d.Code != "timeout" {
			t.Errorf("%v: %s", err, w.Body)
		}
	}
}

func TestRetryAfterIsWholeSecondsRoundedUp(t *testing.T) {
	for d, want := range map[time.Duration]string{time.Millisecond: "1", time.Second: "1", 1500 * time.Millisecond: "2", 0: ""} {
		e := errs.New(errs.RateLimited, "slow", "Slow down.")
		e.RetryAfter = d
		if w, _ := write(e); w.Header().Get("Retry-After") != want {
			t.Errorf("%s: %q", d, w.Header().Get("Retry-After"))
		}
	}
}

type body struct {
	Name  string         `json:"name"`
	N     int            `json:"n"`
	Inner *body          `json:"inner"`
	Any   map[string]any `json:"any"`
}

func read(kind, text string) (body, error) {
	r := httptest.NewRequest("POST", "/x", strings.NewReader(text))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	var b body
	err := problem.ReadJSON(httptest.NewRecorder(), r, 1000, &b)
	return b, err
}

func TestReadJSONTakesWhatFits(t *testing.T) {
	for _, kind := range []string{"", "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"} {
		b, err := read(kind, " {\"name\":\"小二\",\"n\":7,\"inner\":{\"name\":\"小二\"},\"any\":{\"a\":[1,{\"a\":null}],\"b\":1e400}}\n")
		if kind != "" && err != nil && !strings.Contains(err.Error(), "1e400") {
			t.Errorf("%q: %v", kind, err)
		}
		if b, err = read(kind, `{"name":"小二","n":7,"inner":{"name":"二"},"any":{"a":[1,{"a":null}]}}`); err != nil || b.Name != "小二" || b.Inner.Name != "二" {
			t.Errorf("%q: %+v %v", kind, b, err)
		}
	}
}

func TestReadJSONRefusesTheRest(t *testing.T) {
	for name, x := range map[string]struct{ kind, text, code string }{
		"too long": {"", `{"name":"` + strings.Repeat("x", 1000) + `"}`, "body_too_large"}, "empty": {"", "", "body_malformed"}, "cut": {"", `{"name":"a"`, "body_malformed"},
		"twice": {"", `{"name":"a","name":"a"}`, "body_malformed"}, "twice by case": {"", `{"name":"a","Name":"b"}`, "body_malformed"}, "twice in depth": {"", `{"any":{"l":[{"x":1,"x":2}]}}`, "body_malformed"},
		"more": {"", `{} {}`, "body_malformed"}, "stray": {"", `{}}`, "body_malformed"}, "unknown": {"", `{"nome":"a"}`, "body_malformed"}, "type": {"", `{"n":"a"}`, "body_malformed"},
		"fraction": {"", `{"n":1.5}`, "body_malformed"}, "nul": {"", `{"any":{"a":["\u0000"]}}`, "body_characters"}, "nul in a name": {"", `{"any":{"\u0000":1}}`, "body_characters"},
		"latin-1": {"", "{\"name\":\"\xe9\"}", "body_encoding"}, "named gbk": {"application/json; charset=GBK", `{}`, "body_encoding"}, "xml": {"application/xml", `{}`, "content_type"},
		"jsonp": {"application/jsonp", `{}`, "content_type"}, "broken type": {"application/json; charset", `{}`, "content_type"}, "deep": {"", strings.Repeat(`{"any":`, 40) + "{}" + strings.Repeat("}", 40), "body_malformed"},
		"trailing comma": {"", `{"n":1,}`, "body_malformed"}, "NaN": {"", `{"n":NaN}`, "body_malformed"}, "bom": {"", "\ufeff{}", "body_malformed"},
	} {
		_, err := read(x.kind, x.text)
		if errs.CodeOf(err) != x.code || (!errs.Is(err, errs.Invalid) && !errs.Is(err, errs.TooLarge)) {
			t.Errorf("%s: %v (%s)", name, err, errs.CodeOf(err))
		}
		if err != nil && strings.Contains(err.Error(), "problem_test") {
			t.Errorf("%s tells Go's type: %v", name, err)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestABodyThatBreaksOff(t *testing.T) {
	var b body
	err := problem.ReadJSON(httptest.NewRecorder(), httptest.NewRequest("POST", "/x", broken{}), 1000, &b)
	if errs.CodeOf(err) != "body_unreadable" {
		t.Error(err)
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, s := range []string{`{"name":"a"}`, `[`, `{"a":{"a":`, "\x00", `{"any":{"x":[[[]]]}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := read("", s)
		if err != nil && !errs.Is(err, errs.Invalid) && !errs.Is(err, errs.TooLarge) {
			t.Errorf("%v", err)
		}
		if err == nil && strings.ContainsRune(b.Name, 0) {
			t.Error("U+0000 came through")
		}
	})
}
