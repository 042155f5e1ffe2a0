package webchat_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var ana = routing.Actor{ID: "stf_ana", Name: "Ana"}

func TestMessages(t *testing.T) {
	w := newWorld(t)
	t.Run("the same client id, also all at once, is one message", func(t *testing.T) {
		s := w.open(`{}`)
		var wg sync.WaitGroup
		got := make([]accepted, 30)
		for i := range got {
			wg.Go(func() { got[i] = w.say(s, "same", "hello") })
		}
		wg.Wait()
		for _, m := range got {
			if m != got[0] || m.Seq != 1 {
				t.Fatalf("%+v", got)
			}
		}
		if again := w.say(s, "same", "other words"); again != got[0] {
			t.Errorf("%+v", again)
		}
		if p := w.read("", s.Token); p.Messages[0].Text != "hello" || p.Messages[0].ClientID != "same" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("the same client id in two conversations is two messages", func(t *testing.T) {
		a, b := w.open(`{}`), w.open(`{}`)
		if w.say(a, "1", "x").ID == w.say(b, "1", "x").ID {
			t.Error("one swallowed the other")
		}
	})
	t.Run("numbers have no gaps and pages no doubles", func(t *testing.T) {
		s := w.open(`{}`)
		for i := range 12 {
			w.say(s, itoa(int64(i)), fmt.Sprint("line ", i))
			w.answered(s, int64(2*i+1))
		}
		last := int64(0)
		for {
			p := w.read("?after="+itoa(last), s.Token)
			if len(p.Messages) == 0 {
				break
			}
			for _, m := range p.Messages {
				if m.Seq != last+1 {
					t.Fatalf("%d after %d", m.Seq, last)
				}
				last = m.Seq
			}
		}
		if last != 24 {
			t.Errorf("%d messages", last)
		}
	})
	t.Run("a long poll wakes when the answer is there", func(t *testing.T) {
		s := w.open(`{}`)
		m := w.say(s, "1", "hi")
		p := w.answered(s, m.Seq)
		if len(p.Messages) != 1 || p.Messages[0].Text != "echo hi" || !p.Messages[0].AI || p.Messages[0].Author != "agent" || p.Seq != 2 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("notes and presses are never shown, staff by name only", func(t *testing.T) {
		s := w.open(`{}`)
		m := w.say(s, "1", "hi")
		w.answered(s, m.Seq)
		_, err := w.app.Desk().Take(t.Context(), s.ConversationID, ana)
		w.ok(err)
		_, err = w.app.Desk().Say(t.Context(), s.ConversationID, ana, "n1", "this one shouts a lot", true)
		w.ok(err)
		_, err = w.app.Desk().Say(t.Context(), s.ConversationID, ana, "r1", "I am Ana", false)
		w.ok(err)
		raw := w.get("/messages", s.Token)
		if body := string(raw.body); strings.Contains(body, "shouts") || strings.Contains(body, "stf_ana") || !strings.Contains(body, "I am Ana") {
			t.Error(body)
		}
		var p page
		raw.into(t, &p)
		if p.Handler != "staff" || p.Messages[len(p.Messages)-1].AuthorName != "Ana" || p.Messages[len(p.Messages)-1].AI {
			t.Errorf("%+v", p)
		}
	})
	t.Run("a poll that sees only hidden things goes on from behind them", func(t *testing.T) {
		s := w.open(`{}`)
		m := w.say(s, "1", "hi")
		w.answered(s, m.Seq)
		_, err := w.app.Desk().Take(t.Context(), s.ConversationID, ana)
		w.ok(err)
		end := w.read("", s.Token).Seq
		_, err = w.app.Desk().Say(t.Context(), s.ConversationID, ana, "n", "a note", true)
		w.ok(err)
		if p := w.read("?after="+itoa(end), s.Token); len(p.Messages) != 0 || p.Seq != end+1 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("writing into a closed conversation opens it again", func(t *testing.T) {
		s := w.open(`{}`)
		m := w.say(s, "1", "hi")
		w.answered(s, m.Seq)
		_, err := w.app.Desk().Close(t.Context(), s.ConversationID, ana)
		w.ok(err)
		if p := w.read("", s.Token); !p.Closed {
			t.Errorf("%+v", p)
		}
		w.say(s, "2", "one more thing")
		if p := w.read("", s.Token); p.Closed {
			t.Errorf("%+v", p)
		}
	})
}

func TestActions(t *testing.T) {
	w := newWorld(t)
	card := func(t conversation.Turn) conversation.Reply {
		if p := t.Inputs[len(t.Inputs)-1].Press; p != nil {
			b, _ := json.Marshal(p)
			return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "pressed " + string(b)}}, Cards: []conversation.CardUpdate{{CardID: p.CardID, Status: "done"}}}
		}
		return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.CardK, Card: &conversation.Card{ID: id.Card("crd_" + string(t.Conversation.ID)), Kind: "form", Status: "open", Title: "Return?", Body: []byte(`{}`), Actions: []conversation.CardAction{{ID: "submit", Label: "Send"}}}}}}
	}
	w.brain.says(card)
	s := w.open(signed("li-na"))
	m := w.say(s, "1", "return please")
	p := w.answered(s, m.Seq)
	shown := string(p.Messages[0].Card.ID)
	press := func(client, card, action, rest string) answer {
		return w.post("/actions", s.Token, fmt.Sprintf(`{"client_id":%q,"card_id":%q,"action":%q%s}`, client, card, action, rest))
	}
	t.Run("of another conversation or nowhere is not found, and nothing changes", func(t *testing.T) {
		other := w.open(signed("emma"))
		before := w.rows()
		w.post("/actions", other.Token, fmt.Sprintf(`{"client_id":"a","card_id":%q,"action":"submit"}`, shown)).problem(t, http.StatusNotFound, "card_unknown")
		press("b", "crd_none", "submit", "").problem(t, http.StatusNotFound, "card_unknown")
		press("c", "", "submit", "").problem(t, http.StatusNotFound, "card_unknown")
		press("d", shown, "", "").problem(t, http.StatusUnprocessableEntity, "action_invalid")
		press("e", shown, strings.Repeat("x", 501), "").problem(t, http.StatusUnprocessableEntity, "action_invalid")
		press("", shown, "submit", "").problem(t, http.StatusUnprocessableEntity, "client_id_invalid")
		if after := w.rows(); after != before {
			t.Errorf("%d rows became %d", before, after)
		}
	})
	t.Run("once pressed it is pressed once, with its values, and the card is done", func(t *testing.T) {
		for range 3 {
			if a := press("p1", shown, "submit", `,"values":{"reason":"quality"}`); a.status != http.StatusAccepted {
				t.Fatalf("%d %s", a.status, a.body)
			}
		}
		got := w.answered(s, p.Seq)
		texts := 0
		for _, m := range w.read("", s.Token).Messages {
			if strings.HasPrefix(m.Text, "pressed ") {
				texts++
			}
			if m.Kind == "action" {
				t.Errorf("a press is shown: %+v", m)
			}
			if m.Card != nil && m.Card.Status != "done" {
				t.Errorf("%+v", m.Card)
			}
		}
		if texts != 1 || !strings.Contains(got.Messages[0].Text, `"reason":"quality"`) {
			t.Errorf("%d answers: %+v", texts, got)
		}
	})
	t.Run("a rating is kept without opening the conversation again", func(t *testing.T) {
		_, err := w.app.Desk().Close(t.Context(), s.ConversationID, ana)
		w.ok(err)
		var rating string
		for _, m := range w.read("", s.Token).Messages {
			if m.Card != nil && m.Card.Kind == "rating" {
				rating = string(m.Card.ID)
			}
		}
		if a := press("r1", rating, "rate:4", ""); a.status != http.StatusAccepted {
			t.Fatalf("%d %s", a.status, a.body)
		}
		c, err := w.app.DB().Conversation(t.Context(), s.ConversationID)
		w.ok(err)
		if c.Rating != 4 || c.Status != conversation.Closed {
			t.Errorf("%+v", c)
		}
	})
}

// bad is one request nobody should send, and how it is answered.
type bad struct {
	name, path, body, kind string
	status                 int
	code                   string
}

func badRequests() []bad {
	json := "application/json"
	long := strings.Repeat("x", 70<<10)
	deep := strings.Repeat(`{"a":`, 3000) + "1" + strings.Repeat("}", 3000)
	return []bad{
		{"oversized", "/messages", `{"client_id":"1","text":"` + long + `"}`, json, 413, "body_too_large"},
		{"text too long", "/messages", `{"client_id":"1","text":"` + strings.Repeat("长", 4001) + `"}`, json, 413, "text_too_long"},
		{"malformed", "/messages", `{"client_id":"1","text":`, json, 422, "body_malformed"},
		{"no body", "/messages", ``, json, 422, "body_malformed"},
		{"an array", "/messages", `[]`, json, 422, "body_malformed"},
		{"two values", "/messages", `{"client_id":"1","text":"a"}{}`, json, 422, "body_malformed"},
		{"a stray bracket", "/messages", `{"client_id":"1","text":"a"}]`, json, 422, "body_malformed"},
		{"comments", "/messages", `{"client_id":"1",/* */"text":"a"}`, json, 422, "body_malformed"},
		{"given twice", "/messages", `{"client_id":"1","text":"a","text":"b"}`, json, 422, "body_malformed"},
		{"given twice in other case", "/messages", `{"client_id":"1","text":"a","TEXT":"b"}`, json, 422, "body_malformed"},
		{"given twice inside", "/sessions", `{"identity":{"customer_id":"a","customer_id":"b"}}`, json, 422, "body_malformed"},
		{"too deep", "/messages", deep, json, 422, "body_malformed"},
		{"latin-1", "/messages", "{\"client_id\":\"1\",\"text\":\"caf\xe9\"}", json, 422, "body_encoding"},
		{"utf-16", "/messages", "\xff\xfe{\x00}\x00", json, 422, "body_encoding"},
		{"gbk by name", "/messages", `{"client_id":"1","text":"a"}`, "application/json; charset=gbk", 422, "body_encoding"},
		{"U+0000", "/messages", `{"client_id":"1","text":"a\u0000b"}`, json, 422, "body_characters"},
		{"U+0000 in the id", "/messages", `{"client_id":"1\u0000","text":"a"}`, json, 422, "body_characters"},
		{"form", "/messages", `client_id=1&text=a`, "application/x-www-form-urlencoded", 422, "content_type"},
		{"text/plain", "/messages", `{"client_id":"1","text":"a"}`, "text/plain", 422, "content_type"},
		{"almost json", "/messages", `{"client_id":"1","text":"a"}`, "application/jsonx", 422, "content_type"},
		{"unknown field", "/messages", `{"client_id":"1","text":"a","author":"staff"}`, json, 422, "body_malformed"},
		{"role", "/sessions", `{"role":"admin"}`, json, 422, "body_malformed"},
		{"assurance", "/sessions", `{"assurance":"verified"}`, json, 422, "body_malformed"},
		{"wrong type", "/messages", `{"client_id":1,"text":"a"}`, json, 422, "body_malformed"},
		{"no client id", "/messages", `{"text":"a"}`, json, 422, "client_id_invalid"},
		{"long client id", "/messages", `{"client_id":"` + strings.Repeat("c", 129) + `","text":"a"}`, json, 422, "client_id_invalid"},
		{"empty text", "/messages", `{"client_id":"1","text":" \n\t"}`, json, 422, "text_empty"},
		{"null", "/messages", `null`, json, 422, "client_id_invalid"},
		{"unknown picture", "/messages", `{"client_id":"1","attachment_ids":["att_none"]}`, json, 404, "attachment_unknown"},
		{"six pictures", "/messages", `{"client_id":"1","attachment_ids":["1","2","3","4","5","6"]}`, json, 422, "too_many_attachments"},
		{"unknown card", "/actions", `{"client_id":"1","card_id":"crd_x","action":"confirm"}`, json, 404, "card_unknown"},
		{"values of other types", "/actions", `{"client_id":"1","card_id":"crd_x","action":"submit","values":{"a":1}}`, json, 422, "body_malformed"},
		{"read beyond the end", "/read", `{"seq":99}`, json, 422, "seq_unknown"},
		{"read below zero", "/read", `{"seq":-1}`, json, 422, "seq_unknown"},
		{"read a fraction", "/read", `{"seq":1.5}`, json, 422, "body_malformed"},
		{"read a giant", "/read", `{"seq":99999999999999999999}`, json, 422, "body_malformed"},
		{"no events", "/events", `{"events":[]}`, json, 422, "events_count"},
		{"event without id", "/events", `{"events":[{"type":"page_view","at":"2026-01-01T00:00:00Z"}]}`, json, 422, "events_invalid"},
		{"event half good", "/events", `{"events":[{"event_id":"ok","type":"page_view","at":"2026-01-01T00:00:00Z"},{"event_id":"e","type":"no spaces","at":"2026-01-01T00:00:00Z"}]}`, json, 422, "events_invalid"},
		{"event from the future", "/events", `{"events":[{"event_id":"e","type":"page_view","at":"2126-01-01T00:00:00Z"}]}`, json, 422, "events_invalid"},
		{"event without a time", "/events", `{"events":[{"event_id":"e","type":"page_view","at":"yesterday"}]}`, json, 422, "body_malformed"},
		{"picture as json", "/attachments", `{}`, json, 422, "multipart"},
	}
}

func TestBadInputIsOneProblemAndChangesNothing(t *testing.T) {
	for name, set := range map[string]func(*testing.T, *config.Config){"sqlite": func(*testing.T, *config.Config) {}, "postgres": func(t *testing.T, c *config.Config) { c.Database.URL = pgtest.URL(t) }} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(c *config.Config) { set(t, c) })
			s := w.open(`{}`)
			m := w.say(s, "0", "hi")
			w.answered(s, m.Seq)
			for _, b := range badRequests() {
				before := w.rows()
				a := w.send("POST", "/widget/v1"+b.path, []byte(b.body), header{"Content-Type", b.kind}, bearer(s.Token))
				t.Run(b.name, func(t *testing.T) { a.problem(t, b.status, b.code) })
				if after := w.rows(); after != before {
					t.Errorf("%s: %d rows became %d", b.name, before, after)
				}
			}
			for path, code := range map[string]string{"/messages?after=-1": "query_invalid", "/messages?after=x": "query_invalid", "/messages?wait=1e3": "query_invalid", "/stream?after=99999999999999999999": "query_invalid",
				"/messages?after=0x10": "query_invalid"} {
				w.get(path, s.Token).problem(t, http.StatusUnprocessableEntity, code)
			}
			for _, path := range []string{"/attachments/att_none", "/attachments/a%00b", "/attachments/%ff%fe", "/tickets/tic_none", "/tickets/%00", "/citations/none", "/citations/%00", "/attachments/..%2f..%2fetc%2fpasswd", "/attachments/" + strings.Repeat("a", 2000), "/tickets/' OR 1=1 --"} {
				a := w.get(strings.ReplaceAll(path, " ", "%20"), s.Token)
				if a.status != http.StatusNotFound {
					t.Errorf("%.60s: %d %.200s", path, a.status, a.body)
				}
			}
		})
	}
}
