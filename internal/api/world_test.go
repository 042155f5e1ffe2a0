package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/insight"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/learning"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tool/tooltest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var start = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

const password = "correct horse battery"

// world is the API over a real database, with two teams, one member of each role in team a, one stranger in team b, and
// a conversation and a ticket of each team.
type world struct {
	t        *testing.T
	db       *store.DB
	clock    *clock.Fake
	handler  http.Handler
	staff    *staff.Service
	tickets  *ticket.Service
	hints    *feed
	gate     *tool.Gate
	shop     *tooltest.Shop
	onPlan   func()            // runs whenever a cancellation is planned
	watched  []tool.Effect     // what the gate told about
	cookies  map[string]string // by login
	ownC     string
	foreignC string
	ownT     string
	foreignT string
	closedT  string
}

// quickArgon keeps tests fast; the parameters are the production ones' shape.
var quickArgon = staff.Argon{Memory: 64, Time: 1, Threads: 1}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := clock.NewFake(start)
	o := store.Options{Path: filepath.Join(t.TempDir(), "x.db"), Now: c.Now}
	if os.Getenv("XIAOER_TEST_POSTGRES") != "" { // the long form: the same tests on the other database
		o.URL = pgtest.URL(t)
	}
	db, err := store.Open(t.Context(), o)
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	ids := id.NewMaker(c.Now, nil)
	w := &world{t: t, db: db, clock: c, cookies: map[string]string{}, hints: &feed{db: db, ch: make(chan api.Hint, 16)}}
	w.staff = staff.New(staff.Deps{Tx: db, Store: db, Directory: db, Rota: db, Sessions: db, Attempts: db, Audit: db, Hasher: staff.NewHasher(quickArgon, nil), Limits: staff.DefaultLimits, NewID: ids.New, Now: c.Now})
	w.tickets = ticket.New(ticket.Deps{Tx: db, Rows: db, Keys: db, Timeline: db, Lists: db, Index: db, Events: db, Jobs: db, Policy: ticket.DefaultPolicy(time.UTC), NewID: ids.New, Now: c.Now})
	know := knowledge.New(knowledge.Parts{Store: db, Lister: db, Feed: db, Uses: db, Tx: db, Events: db, Clock: c, IDs: ids}, knowledge.Options{})
	learn := learning.New(learning.Deps{Tx: db, Signals: db, Flows: db, Gaps: db, Dropper: db, Drafts: db, Past: db, Talk: db, Marks: db, Library: know, Shelf: know, Editor: know, Events: db, NewID: ids.New, Now: c.Now})
	desk := routing.Desk{Deps: routing.Deps{Tx: db, Threads: db, Messages: db, Pending: db, Cards: db, Keys: db, Memory: db, Decisions: db, Jobs: db, Events: db, IDs: ids, Clock: c}}
	w.wireGate(ids)
	w.handler = api.New(api.Deps{Staff: w.staff, Tickets: w.tickets, Insight: insight.New(db, time.UTC), Journey: journey.New(db, db, db, c.Now), Inbox: db, Messages: db,
		Desk: desk, Replies: desk, Marks: db, People: db, Articles: know, Editor: know, Learning: learn, Approvals: w.gate, Approver: w.gate, Files: stored{db}, Flows: shippedFlows{db}, Hints: w.hints, Zone: time.UTC, Now: c.Now, NewID: ids.New, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Finders: []api.Finder{api.TextFinder{Index: db, Inbox: db}, api.ArticleFinder{Articles: know}},
		Limits:  api.Limits{Rate: 1e6, Burst: 1e6, Recheck: 20 * time.Millisecond}})
	w.people()
	w.things()
	return w
}

// shippedFlows are the flows of the product.
type shippedFlows struct{ *store.DB }

func (shippedFlows) Book() *flow.Book {
	b, err := flow.Shipped()
	if err != nil {
		panic(err)
	}
	return b
}

// stored reads attachments as the wiring does.
type stored struct{ db *store.DB }

func (s stored) FileOf(ctx context.Context, cid id.Conversation, aid id.Attachment) (string, string, []byte, error) {
	f, err := s.db.FileOf(ctx, cid, aid)
	return f.Name, f.MIME, f.Data, err
}

type feed struct {
	db *store.DB
	ch chan api.Hint
}

func (f *feed) Listen() (<-chan api.Hint, func()) { return f.ch, func() {} }
func (f *feed) EventsAfter(ctx context.Context, seq int64, limit int) ([]event.Event, error) {
	return f.db.EventsAfter(ctx, seq, limit)
}

var roles = map[string]staff.Role{"admin": staff.Admin, "super": staff.Supervisor, "anna": staff.Agent, "mark": staff.Marketer, "view": staff.Viewer}

func (w *world) people() {
	ctx := w.t.Context()
	for _, team := range []id.Team{"team_a", "team_b"} {
		check(w.t, w.db.SaveTeam(ctx, staff.Team{ID: team, Name: id.Text{ZH: string(team), EN: string(team)}}))
	}
	root := staff.Principal{ID: "stf_root", Role: staff.Admin}
	for login, role := range roles {
		_, err := w.staff.Add(ctx, root, staff.Member{Login: login, Name: login, Role: role, Teams: []id.Team{"team_a"}}, password)
		check(w.t, err)
	}
	_, err := w.staff.Add(ctx, root, staff.Member{Login: "bob", Name: "bob", Role: staff.Agent, Teams: []id.Team{"team_b"}}, password)
	check(w.t, err)
}

func (w *world) things() {
	ctx := w.t.Context()
	check(w.t, w.db.PutCustomer(ctx, customer.Customer{ID: "cus_1", Name: "李娜", Phone: "+8613800001234", Email: "lina@example.com", Language: id.ZH, CreatedAt: start, UpdatedAt: start}))
	check(w.t, w.db.AppendEvents(ctx, event.Of("shop.opened", "shop", "1", start, nil))) // streams resume after this one
	for name, team := range map[string]id.Team{"own": "team_a", "foreign": "team_b"} {
		cid := id.Conversation("cnv_" + name)
		check(w.t, w.db.PutConversation(ctx, conversation.Conversation{ID: cid, CustomerID: "cus_1", Channel: "webchat", Account: "main", Assurance: conversation.Verified, Language: id.ZH,
			Status: conversation.Open, Handler: conversation.Waiting, TeamID: team, WaitingSince: start, CreatedAt: start, UpdatedAt: start}))
		_, err := w.db.Append(ctx, cid, conversation.Message{ID: id.Message("msg_" + name), Author: conversation.Customer, Kind: conversation.Text, Text: "秘密 " + name + "word"})
		check(w.t, err)
		check(w.t, w.db.PutFile(ctx, store.File{ID: id.Attachment("att_" + name), ConversationID: cid, Name: "a.png", MIME: "image/png", Data: []byte(name + "word")}))
		check(w.t, w.db.PutDecision(ctx, cid, conversation.Decision{TurnID: id.Turn("trn_" + name), SeqFrom: 1, SeqTo: 1, Data: json.RawMessage(`{"turn_id":"trn_` + name + `"}`)}))
		t, _, err := w.tickets.Open(ctx, ticket.Actor{Kind: ticket.ByAgent}, ticket.Request{Type: ticket.Question, Title: name + "word", TeamID: team, CustomerID: "cus_1"})
		check(w.t, err)
		if name == "own" {
			w.ownC, w.ownT = string(cid), string(t.ID)
		} else {
			w.foreignC, w.foreignT = string(cid), string(t.ID)
		}
	}
	done, _, err := w.tickets.Open(ctx, ticket.Actor{Kind: ticket.ByAgent}, ticket.Request{Type: ticket.Question, Title: "done", TeamID: "team_a"})
	check(w.t, err)
	closed := ticket.Closed
	_, err = w.tickets.Change(ctx, ticket.Scope{All: true}, ticket.Actor{Kind: ticket.ByStaff}, done.ID, ticket.Patch{Status: &closed})
	check(w.t, err)
	w.closedT = string(done.ID)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// code is the problem's stable word.
func (a answer) code() string {
	var p api.Problem
	_ = json.Unmarshal([]byte(a.Body), &p)
	return p.Code
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if a.Status >= 300 {
		t.Fatalf("status %d: %s", a.Status, a.Body)
	}
	check(t, json.Unmarshal([]byte(a.Body), v))
}

// ask sends a request as the member with the login ("" for nobody); change may spoil it first.
func (w *world) ask(login, method, path, body string, change ...func(*http.Request)) answer {
	w.t.Helper()
	r := httptest.NewRequest(method, "http://shop.test/api/v1"+path, nil)
	if body != "" {
		r = httptest.NewRequest(method, "http://shop.test/api/v1"+path, bytes.NewBufferString(body))
		r.Header.Set("Content-Type", "application/json")
	}
	r.RemoteAddr = "192.0.2.7:4000"
	if method != http.MethodGet {
		r.Header.Set("X-CSRF", "1")
	}
	if login != "" {
		r.AddCookie(&http.Cookie{Name: "xiaoer_session", Value: w.session(login)})
	}
	for _, c := range change {
		c(r)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	b, err := io.ReadAll(rec.Result().Body)
	check(w.t, err)
	return answer{rec.Code, rec.Result().Header, string(b)}
}

func (w *world) session(login string) string {
	w.t.Helper()
	if s, ok := w.cookies[login]; ok {
		return s
	}
	w.cookies[login] = w.signIn(login, password)
	return w.cookies[login]
}

func (w *world) signIn(login, pass string) string {
	w.t.Helper()
	a := w.ask("", http.MethodPost, "/auth/login", `{"login":"`+login+`","password":"`+pass+`"}`)
	if a.Status != 200 {
		w.t.Fatalf("sign-in of %s: %d %s", login, a.Status, a.Body)
	}
	c := a.Header.Get("Set-Cookie")
	return strings.TrimPrefix(strings.Split(c, ";")[0], "xiaoer_session=")
}

func hintOf(subject, id string) api.Hint {
	return api.Hint{Seq: 1000, Type: subject + ".changed", Subject: subject, ID: id}
}
