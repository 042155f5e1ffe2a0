package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

func header(k, v string) func(*http.Request) { return func(r *http.Request) { r.Header.Set(k, v) } }

// state is everything a refused request might have changed.
func (w *world) state() string {
	w.t.Helper()
	out := ""
	for _, path := range []string{"/staff", "/teams", "/tickets", "/conversations", "/articles", "/journey", "/journey/versions", "/tickets/" + w.ownT, "/conversations/" + w.ownC + "/messages"} {
		out += w.ask("admin", "GET", path, "").Body
	}
	return out
}

// TestBadInputChangesNothing sends what is oversized, malformed, wrongly encoded or too much, and looks at everything after.
func TestBadInputChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.session("anna")
	before := w.state()
	say := "/conversations/" + w.ownC + "/messages"
	for name, c := range map[string]struct {
		method, path, body string
		change             func(*http.Request)
		status             int
		code               string
	}{
		"oversized":            {"POST", say, `{"client_id":"c","text":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "body_too_large"},
		"too long a text":      {"POST", say, `{"client_id":"c","text":"` + strings.Repeat("长", 4001) + `"}`, nil, 422, "input_invalid"},
		"not JSON":             {"POST", say, `{"client_id":`, nil, 400, "malformed"},
		"a list":               {"POST", say, `[]`, nil, 422, "input_invalid"},
		"nothing":              {"POST", say, ``, nil, 400, "malformed"},
		"deep":                 {"POST", say, strings.Repeat("[", 20000), nil, 400, "malformed"},
		"two documents":        {"POST", say, `{"client_id":"c","text":"a"}{"client_id":"d","text":"b"}`, nil, 400, "malformed"},
		"broken UTF-8":         {"POST", say, "{\"client_id\":\"c\",\"text\":\"\xff\xfe\"}", nil, 422, "encoding_invalid"},
		"GB18030":              {"POST", say, "{\"client_id\":\"c\",\"text\":\"\xc4\xe3\xba\xc3\"}", nil, 422, "encoding_invalid"},
		"NUL":                  {"POST", say, `{"client_id":"c","text":"a\u0000b"}`, nil, 422, "encoding_invalid"},
		"form":                 {"POST", say, `client_id=c`, header("Content-Type", "application/x-www-form-urlencoded"), 415, "content_type_unsupported"},
		"plain text":           {"POST", say, `{"client_id":"c","text":"x"}`, header("Content-Type", "text/plain"), 415, "content_type_unsupported"},
		"another charset":      {"POST", say, `{"client_id":"c","text":"x"}`, header("Content-Type", "application/json; charset=gbk"), 415, "content_type_unsupported"},
		"number for text":      {"POST", say, `{"client_id":"c","text":1}`, nil, 422, "input_invalid"},
		"null for text":        {"POST", say, `{"client_id":"c","text":null}`, nil, 422, "input_invalid"},
		"unknown field":        {"POST", say, `{"client_id":"c","text":"x","author":"customer"}`, nil, 422, "input_invalid"},
		"another spelling":     {"POST", say, `{"client_id":"c","Text":"x"}`, nil, 422, "input_invalid"},
		"role in the ticket":   {"POST", "/tickets", `{"type":"question","title":"t","number":"T1"}`, nil, 422, "input_invalid"},
		"created_at":           {"POST", "/tickets", `{"type":"question","title":"t","created_at":"2020-01-01T00:00:00Z"}`, nil, 422, "input_invalid"},
		"unknown type":         {"POST", "/tickets", `{"type":"refund","title":"t"}`, nil, 422, "input_invalid"},
		"unknown department":   {"POST", "/tickets", `{"type":"question","title":"t","department":"moon"}`, nil, 422, "ticket_invalid"},
		"unknown customer":     {"POST", "/tickets", `{"type":"question","title":"t","customer_id":"cus_9"}`, nil, 404, "customer_unknown"},
		"foreign conversation": {"POST", "/tickets", `{"type":"question","title":"t","conversation_id":"cnv_foreign"}`, nil, 404, "conversation_unknown"},
		"unreachable status":   {"PATCH", "/tickets/" + w.closedT, `{"status":"pending","priority":"high"}`, nil, 409, "status_not_reachable"},
		"unknown assignee":     {"PATCH", "/tickets/" + w.ownT, `{"assignee_id":"stf_9","priority":"high"}`, nil, 422, "staff_unknown"},
		"merge into itself":    {"POST", "/tickets/" + w.ownT + "/merge", `{"into":"` + w.ownT + `"}`, nil, 422, "merge_same"},
		"merge into foreign":   {"POST", "/tickets/" + w.ownT + "/merge", `{"into":"` + w.foreignT + `"}`, nil, 404, "ticket_unknown"},
		"assign to nobody":     {"POST", "/conversations/" + w.ownC + "/assign", `{}`, nil, 422, "assign_to_one"},
		"assign to both":       {"POST", "/conversations/" + w.ownC + "/assign", `{"staff_id":"stf_1","team_id":"team_a"}`, nil, 422, "assign_to_one"},
		"assign to a viewer":   {"POST", "/conversations/" + w.ownC + "/assign", `{"staff_id":"` + w.idOf("view") + `"}`, nil, 422, "staff_cannot_take"},
		"no CSRF header":       {"POST", say, `{"client_id":"c","text":"x"}`, func(r *http.Request) { r.Header.Del("X-CSRF") }, 403, "csrf_header_missing"},
		"foreign origin":       {"POST", say, `{"client_id":"c","text":"x"}`, header("Origin", "https://evil.test"), 403, "origin_foreign"},
		"null origin":          {"POST", say, `{"client_id":"c","text":"x"}`, header("Origin", "null"), 403, "origin_foreign"},
		"like our origin":      {"POST", say, `{"client_id":"c","text":"x"}`, header("Origin", "http://shop.test.evil.test"), 403, "origin_foreign"},
		"user in the origin":   {"POST", say, `{"client_id":"c","text":"x"}`, header("Origin", "http://shop.test@evil.test"), 403, "origin_foreign"},
		"another scheme":       {"POST", say, `{"client_id":"c","text":"x"}`, header("Origin", "ftp://shop.test"), 403, "origin_foreign"},
		"cross site":           {"POST", say, `{"client_id":"c","text":"x"}`, header("Sec-Fetch-Site", "cross-site"), 403, "origin_foreign"},
		"forged session":       {"POST", say, `{"client_id":"c","text":"x"}`, func(r *http.Request) { r.Header.Set("Cookie", "xiaoer_session=AAAA") }, 401, "not_signed_in"},
		"the stored hash":      {"POST", say, `{"client_id":"c","text":"x"}`, func(r *http.Request) { r.Header.Set("Cookie", "xiaoer_session="+staff.HashSecret(w.session("anna"))) }, 401, "not_signed_in"},
		"two sessions":         {"POST", say, `{"client_id":"c","text":"x"}`, func(r *http.Request) { r.Header.Set("Cookie", "xiaoer_session=x; xiaoer_session=y") }, 401, "not_signed_in"},
		"unknown path":         {"GET", "/conversation", ``, nil, 404, "route_unknown"},
		"wrong method":         {"DELETE", "/tickets/" + w.ownT, ``, nil, 405, "method_not_allowed"},
		"unknown parameter":    {"GET", "/tickets?tenant=1", ``, nil, 422, "input_invalid"},
		"parameter twice":      {"GET", "/tickets?limit=1&limit=2", ``, nil, 422, "query_repeated"},
		"limit 0":              {"GET", "/tickets?limit=0", ``, nil, 422, "input_invalid"},
		"limit a word":         {"GET", "/tickets?limit=ten", ``, nil, 422, "input_invalid"},
		"limit too large":      {"GET", "/tickets?limit=99999", ``, nil, 422, "input_invalid"},
		"foreign cursor":       {"GET", "/tickets?cursor=%27%20OR%201", ``, nil, 422, "cursor_invalid"},
		"query broken":         {"GET", "/search?q=%zz", ``, nil, 422, "query_malformed"},
		"query not UTF-8":      {"GET", "/search?q=%ff", ``, nil, 422, "encoding_invalid"},
		"unknown kind":         {"GET", "/search?q=a&kinds=passwords", ``, nil, 422, "kind_unknown"},
		"day":                  {"GET", "/conversations?day=yesterday", ``, nil, 422, "day_invalid"},
		"range backwards":      {"GET", "/insight/summary?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", ``, nil, 422, "range_invalid"},
		"article of another":   {"PUT", "/articles/none", bodies["save-article"], nil, 404, "article_unknown"},
		"empty article":        {"POST", "/articles", `{"title":{"zh":"","en":""},"body":{"zh":"","en":""}}`, nil, 422, "article_empty"},
		"half an article":      {"POST", "/articles", `{"title":{"zh":"好","en":"x"},"body":{"zh":"好。","en":""}}`, nil, 422, "bad_article"},
	} {
		t.Run(name, func(t *testing.T) {
			change := c.change
			if change == nil {
				change = func(*http.Request) {}
			}
			a := w.ask("anna", c.method, c.path, c.body, change)
			if a.Status != c.status || a.code() != c.code {
				t.Errorf("%d %s, want %d %s: %.300s", a.Status, a.code(), c.status, c.code, a.Body)
			}
			if ct := a.Header.Get("Content-Type"); ct != "application/problem+json" {
				t.Errorf("content type %q", ct)
			}
		})
	}
	if after := w.state(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
}

func (w *world) idOf(login string) string {
	w.t.Helper()
	m, err := w.db.StaffByLogin(w.t.Context(), login)
	check(w.t, err)
	return string(m.ID)
}

// TestMassAssignment adds fields that belong to the server to every write (reliability A07).
func TestMassAssignment(t *testing.T) {
	w := newWorld(t)
	waits := w.asked(w.ownC, "cus_1-1")
	before := w.state()
	n := 0
	for _, o := range ops(t) {
		body, ok := bodies[o.id]
		if !ok || o.id == "login" {
			continue
		}
		for _, extra := range []string{`"role":"admin"`, `"tenant":"x"`, `"verified":true`, `"bcc":"x@y"`, `"owner":"x"`, `"created_at":"2020-01-01T00:00:00Z"`, `"price":1`, `"id":"x"`, `"hash":"x"`, `"epoch":9`, `"__proto__":{}`} {
			if strings.Contains(body, extra[:strings.Index(extra, ":")+1]) || (o.id == "change-staff" && strings.HasPrefix(extra, `"role"`)) {
				continue
			}
			spoiled := strings.TrimSuffix(body, "}") + "," + extra + "}"
			if body == "{}" {
				spoiled = "{" + extra + "}"
			}
			n++
			id := map[string]string{"conversations": w.ownC, "tickets": w.ownT, "staff": w.idOf("view"), "articles": "none", "approvals": waits, "learning": "none", "drafts": "none", "gaps": "none"}[strings.Split(o.path, "/")[1]]
			if a := w.ask("admin", o.method, o.at(id), spoiled); a.Status != 422 {
				t.Errorf("%s with %s: %d", o.id, extra, a.Status)
			}
		}
	}
	if after := w.state(); after != before || n < 150 {
		t.Errorf("%d tries; something changed: %v", n, after != before)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/meta", "/docs", "/nowhere", "/auth/me"} {
		a := w.ask("", "GET", path, "")
		for k, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} {
			if a.Header.Get(k) != want {
				t.Errorf("%s: %s is %q", path, k, a.Header.Get(k))
			}
		}
		if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, csp)
		}
		if a.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s has no request number", path)
		}
	}
	docs := w.ask("", "GET", "/docs", "").Body
	if !strings.Contains(docs, "/api/v1/conversations") || strings.Contains(docs, "<script") || strings.Contains(docs, "http://") || strings.Contains(docs, "https://") {
		t.Error("the docs page must list the routes, without scripts and foreign hosts")
	}
}

func TestSignInAndSessions(t *testing.T) {
	w := newWorld(t)
	a := w.ask("", "POST", "/auth/login", `{"login":"anna","password":"`+password+`"}`)
	for _, flag := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(a.Header.Get("Set-Cookie"), flag) {
			t.Errorf("the cookie lacks %s: %s", flag, a.Header.Get("Set-Cookie"))
		}
	}
	first, second := w.signIn("anna", password), w.signIn("anna", password)
	if first == second {
		t.Fatal("each sign-in needs a new secret")
	}
	with := func(s string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Cookie", "xiaoer_session="+s) }
	}
	b := w.ask("", "POST", "/auth/password", `{"current":"`+password+`","password":"another long one"}`, with(second))
	if b.Status != 200 {
		t.Fatalf("password: %d %s", b.Status, b.Body)
	}
	third := strings.TrimPrefix(strings.Split(b.Header.Get("Set-Cookie"), ";")[0], "xiaoer_session=")
	for s, want := range map[string]int{first: 401, second: 401, third: 200} {
		if got := w.ask("", "GET", "/auth/me", "", with(s)).Status; got != want {
			t.Errorf("after a password change: %d, want %d", got, want)
		}
	}
	if got := w.ask("", "POST", "/auth/logout", "", with(third)).Status; got != 204 {
		t.Errorf("sign-out: %d", got)
	}
	if got := w.ask("", "GET", "/auth/me", "", with(third)).Status; got != 401 {
		t.Errorf("after sign-out: %d", got)
	}
}

func TestWrongPasswordAndUnknownLoginLookEqual(t *testing.T) {
	w := newWorld(t)
	a := w.ask("", "POST", "/auth/login", `{"login":"anna","password":"wrong"}`)
	b := w.ask("", "POST", "/auth/login", `{"login":"nobody","password":"wrong"}`)
	if a.Status != 401 || cut(a.Body) != cut(b.Body) || a.Status != b.Status {
		t.Errorf("they differ:\n%s\n%s", a.Body, b.Body)
	}
	for range 20 {
		a = w.ask("", "POST", "/auth/login", `{"login":"anna","password":"wrong"}`)
		b = w.ask("", "POST", "/auth/login", `{"login":"nobody","password":"wrong"}`)
	}
	if a.Status != 429 || cut(a.Body) != cut(b.Body) || a.Header.Get("Retry-After") == "" {
		t.Errorf("after many tries:\n%s\n%s", a.Body, b.Body)
	}
}

func TestStreamTellsOnlyWhatIsOnesOwnAndEndsWithTheSession(t *testing.T) {
	w := newWorld(t)
	for _, id := range []string{w.ownC, w.foreignC} {
		w.hints.ch <- hintOf("conversation", id)
	}
	w.hints.ch <- hintOf("job", "secret")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	secret := w.session("anna")
	done := make(chan answer, 1)
	go func() {
		done <- w.ask("", "GET", "/stream?after=1", "", func(r *http.Request) {
			r.Header.Set("Cookie", "xiaoer_session="+secret)
			*r = *r.WithContext(ctx)
		})
	}()
	for len(w.hints.ch) > 0 && ctx.Err() == nil { // until all was looked at
		<-time.After(time.Millisecond)
	}
	check(t, w.staff.SignOut(t.Context(), secret))
	a := <-done
	if a.Header.Get("Content-Type") != "text/event-stream" || !strings.Contains(a.Body, "event: change") || !strings.Contains(a.Body, w.ownC) {
		t.Errorf("the stream: %s", a.Body)
	}
	if strings.Contains(a.Body, w.foreignC) || strings.Contains(a.Body, "secret") || strings.Contains(a.Body, w.foreignT) {
		t.Errorf("it tells too much: %s", a.Body)
	}
	if !strings.Contains(a.Body, w.ownT) || !strings.HasSuffix(a.Body, "event: bye\ndata: {}\n\n") {
		t.Errorf("it must replay what was missed and end with bye: %s", a.Body)
	}
}
