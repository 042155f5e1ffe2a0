package webchat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"database/sql"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

const secret = "the shop's own secret"

// shifted is the machine's clock, moved by hand: timers run, and tokens age when told to.
type shifted struct {
	mu sync.Mutex
	by time.Duration
}

func (c *shifted) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.by)
}

func (c *shifted) After(d time.Duration) <-chan time.Time { return time.After(d) }

func (c *shifted) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by += d
}

// brain answers with what a test says, an echo otherwise.
type brain struct {
	mu    sync.Mutex
	reply func(conversation.Turn) conversation.Reply
}

func (b *brain) Turn(_ context.Context, t conversation.Turn) (conversation.Reply, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.reply != nil {
		return b.reply(t), nil
	}
	return conversation.Reply{Messages: []conversation.Message{{Kind: conversation.Text, Text: "echo " + t.Inputs[len(t.Inputs)-1].Text}}}, nil
}

func (b *brain) says(fn func(conversation.Turn) conversation.Reply) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reply = fn
}

// world is the product on a real database, listening, with a scripted agent.
type world struct {
	*testing.T
	app   *app.App
	clock *shifted
	brain *brain
	once  sync.Once
	raw   *sql.DB // the same file, read by nobody's rules
}

func newWorld(t *testing.T, set ...func(*config.Config)) *world {
	t.Helper()
	return build(t, func(*app.Options) {}, set...)
}

func newWorldWith(t *testing.T, opt func(*app.Options)) *world {
	t.Helper()
	return build(t, opt)
}

func build(t *testing.T, opt func(*app.Options), set ...func(*config.Config)) *world {
	t.Helper()
	cfg := config.Default()
	cfg.Listen, cfg.Data, cfg.Agent.Settle, cfg.Webchat.Secret = "127.0.0.1:0", t.TempDir(), 0, secret
	for _, fn := range set {
		fn(&cfg)
	}
	w := &world{T: t, clock: &shifted{}, brain: &brain{}}
	o := app.Options{Answer: w.brain, Clock: w.clock, Log: slog.New(slog.DiscardHandler), ChatLimits: webchat.Limits{MessagesPerSecond: 1e6, SessionsPerSecond: 1e6}}
	opt(&o)
	a, err := app.New(t.Context(), cfg, o)
	w.ok(err)
	w.ok(a.Start(t.Context()))
	w.app = a
	if cfg.Database.URL == "" {
		w.raw, err = sql.Open("sqlite", "file:"+filepath.Join(cfg.Data, "xiaoer.db"))
	} else {
		w.raw, err = sql.Open("pgx", cfg.Database.URL)
	}
	w.ok(err)
	t.Cleanup(func() {
		_ = w.raw.Close()
		w.stop()
	})
	for _, c := range []id.Customer{"li-na", "emma"} {
		w.ok(a.DB().PutCustomer(t.Context(), customer.Customer{ID: c, Name: string(c), Language: id.ZH, CreatedAt: time.Now(), UpdatedAt: time.Now()}))
	}
	return w
}

func (w *world) stop() {
	w.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := w.app.Stop(ctx); err != nil {
			w.Error(err)
		}
	})
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// rows counts everything a shopper could have changed.
func (w *world) rows() (n int) {
	w.Helper()
	for _, table := range []string{"conversations", "messages", "customers", "identities", "inbound_keys", "behaviours", "attachments", "effects", "tickets"} {
		var k int
		w.ok(w.raw.QueryRow("SELECT count(*) FROM " + table).Scan(&k))
		n += k
	}
	return n
}

// answer is what came back.
type answer struct {
	status int
	head   http.Header
	body   []byte
}

type problemDoc struct {
	Type, Title, Detail, Code string
	Status                    int
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%v: %.300s", err, a.body)
	}
}

// problem checks that a refusal is one whole problem document with the status and code.
func (a answer) problem(t testing.TB, status int, code string) {
	t.Helper()
	var p problemDoc
	if a.head.Get("Content-Type") != "application/problem+json" || json.Unmarshal(a.body, &p) != nil {
		t.Fatalf("no problem document: %d %s %.300s", a.status, a.head.Get("Content-Type"), a.body)
	}
	if a.status != status || p.Status != status || p.Code != code || p.Detail == "" || p.Title == "" || p.Type == "" {
		t.Errorf("want %d %s, got %d %.300s", status, code, a.status, a.body)
	}
}

type header = [2]string

func (w *world) send(method, path string, body []byte, headers ...header) answer {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), method, "http://"+w.app.Addr()+path, bytes.NewReader(body))
	w.ok(err)
	for _, h := range headers {
		r.Header.Set(h[0], h[1])
	}
	resp, err := http.DefaultClient.Do(r)
	w.ok(err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	w.ok(err)
	return answer{resp.StatusCode, resp.Header, b}
}

func bearer(token string) header { return header{"Authorization", "Bearer " + token} }

func (w *world) post(path, token, body string) answer {
	w.Helper()
	return w.send("POST", "/widget/v1"+path, []byte(body), header{"Content-Type", "application/json"}, bearer(token))
}

func (w *world) get(path, token string) answer {
	w.Helper()
	return w.send("GET", "/widget/v1"+path, nil, bearer(token))
}

type session struct {
	Token          string          `json:"token"`
	ConversationID id.Conversation `json:"conversation_id"`
	VisitorID      string          `json:"visitor_id"`
	Seq            int64           `json:"seq"`
	Handler        string          `json:"handler"`
	Closed         bool            `json:"closed"`
	ExpiresAt      time.Time       `json:"expires_at"`
}

func (w *world) open(body string) (s session) {
	w.Helper()
	a := w.post("/sessions", "", body)
	if a.status != http.StatusOK {
		w.Fatalf("session: %d %s", a.status, a.body)
	}
	a.into(w.T, &s)
	return s
}

func signed(c id.Customer) string {
	return `{"locale":"en","identity":{"customer_id":"` + string(c) + `","signature":"` + webchat.Sign(secret, c) + `"}}`
}

type shown struct {
	Seq         int64              `json:"seq"`
	Author      string             `json:"author"`
	AuthorID    string             `json:"author_id"`
	AuthorName  string             `json:"author_name"`
	Kind        string             `json:"kind"`
	Text        string             `json:"text"`
	ClientID    string             `json:"client_id"`
	AI          bool               `json:"ai_generated"`
	Card        *conversation.Card `json:"card"`
	Attachments []struct{ ID, Name, MIME, URL string }
}

type page struct {
	Messages []shown
	Seq      int64
	Handler  string
	Closed   bool
}

func (w *world) read(query, token string) (p page) {
	w.Helper()
	a := w.get("/messages"+query, token)
	if a.status != http.StatusOK {
		w.Fatalf("messages: %d %s", a.status, a.body)
	}
	a.into(w.T, &p)
	return p
}

type accepted struct {
	ID  string
	Seq int64
}

func (w *world) say(s session, client, text string) (m accepted) {
	w.Helper()
	b, _ := json.Marshal(map[string]string{"client_id": client, "text": text})
	a := w.post("/messages", s.Token, string(b))
	if a.status != http.StatusAccepted {
		w.Fatalf("say: %d %s", a.status, a.body)
	}
	a.into(w.T, &m)
	return m
}

// answered waits by long poll until the shop has said something after seq.
func (w *world) answered(s session, seq int64) page {
	w.Helper()
	after := seq
	for range 20 {
		p := w.read("?wait=10&after="+itoa(after), s.Token)
		for _, m := range p.Messages {
			if m.Author != "customer" {
				return p
			}
		}
		after = p.Seq
	}
	w.Fatal("nobody answers")
	return page{}
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }
