package webchat_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

func idOf(s string) id.Attachment { return id.Attachment(s) }

func TestEventsAreRecordedOnce(t *testing.T) {
	w := newWorld(t)
	s := w.open(signed("li-na"))
	body := `{"events":[{"event_id":"e1","type":"page_view","at":"` + time.Now().UTC().Format(time.RFC3339) + `","properties":{"page":"/"}},{"event_id":"e2","type":"product_view","at":"2026-01-02T03:04:05Z"}]}`
	for i, want := range []string{`{"recorded":2}`, `{"recorded":0}`} {
		a := w.post("/events", s.Token, body)
		if a.status != http.StatusAccepted || strings.TrimSpace(string(a.body)) != want {
			t.Errorf("time %d: %d %s", i, a.status, a.body)
		}
	}
	got, err := w.app.DB().BehaviourOf(t.Context(), "li-na", 10)
	w.ok(err)
	if len(got) != 2 || got[0].EventID != "e1" {
		t.Errorf("%+v", got)
	}
}

func TestConfig(t *testing.T) {
	w := newWorld(t, func(c *config.Config) { c.Webchat.AllowedOrigins = []string{"https://shop.example"} })
	var zh, en webchat.Settings
	w.send("GET", "/widget/v1/config?locale=zh-CN", nil).into(t, &zh)
	w.send("GET", "/widget/v1/config?locale=en-GB&page=/products/cup", nil).into(t, &en)
	if !strings.Contains(zh.Greeting, "AI") || !strings.Contains(en.Greeting, "AI") || zh.Greeting == en.Greeting || len(zh.Suggestions) == 0 || len(en.Suggestions) == 0 {
		t.Errorf("%+v %+v", zh, en)
	}
	if len(en.AllowedOrigins) != 1 || en.AllowedOrigins[0] != "https://shop.example" || en.LinkOrigins == nil {
		t.Errorf("%+v", en)
	}
}

func TestTicketsAreOnesOwn(t *testing.T) {
	w := newWorld(t)
	mine, other := w.open(signed("li-na")), w.open(signed("emma"))
	var list struct{ Tickets []any }
	w.get("/tickets", mine.Token).into(t, &list)
	if list.Tickets == nil || len(list.Tickets) != 0 {
		t.Errorf("%+v", list)
	}
	w.get("/tickets/tic_1", other.Token).problem(t, http.StatusNotFound, "ticket_unknown")
}

func TestLimits(t *testing.T) {
	w := newWorldWith(t, func(o *app.Options) {
		o.ChatLimits = webchat.Limits{MessagesPerSecond: 0.1, SessionsPerSecond: 0.1, Streams: 1}
	})
	s := w.open(`{}`)
	refused := 0
	for i := range 6 {
		a := w.post("/messages", s.Token, `{"client_id":"`+itoa(int64(i))+`","text":"x"}`)
		if a.status == http.StatusTooManyRequests {
			a.problem(t, http.StatusTooManyRequests, "too_many_requests")
			if a.head.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			refused++
		}
	}
	if refused != 4 {
		t.Errorf("%d of 6 refused with a burst of 2", refused)
	}
	tp := w.stream(s, "", "")
	tp.next("marks", nil)
	w.get("/stream", s.Token).problem(t, http.StatusTooManyRequests, "too_many_streams")
	tp.cancel()
}

func TestEveryRouteIsOneOfTheList(t *testing.T) {
	w := newWorld(t)
	for _, r := range []string{"DELETE /messages", "PUT /messages", "GET /sessions", "GET /events", "GET /actions", "POST /stream", "GET /admin", "GET /conversations", "GET /"} {
		method, path, _ := strings.Cut(r, " ")
		if a := w.send(method, "/widget/v1"+path, nil); a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", r, a.status)
		}
	}
}
