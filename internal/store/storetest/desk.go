package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

func need(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func member(sid id.Staff, login string, teams ...id.Team) staff.Member {
	return staff.Member{ID: sid, Login: login, Name: "N " + login, Role: staff.Agent, Language: id.ZH, Teams: teams, Active: true, Presence: staff.Offline, Hash: "h", CreatedAt: Start, UpdatedAt: Start}
}

// Staff is the contract of staff.Store, Directory, Rota and Sessions.
func Staff(t *testing.T, e Env) {
	m := member("stf_1", "anna", "team_a", "team_b")
	need(t, e.DB.SaveStaff(e.Ctx, m))
	got, err := e.DB.StaffByLogin(e.Ctx, "anna")
	need(t, err)
	if got.ID != m.ID || len(got.Teams) != 2 || !got.Active || !got.CreatedAt.Equal(Start) {
		t.Fatalf("read back %+v", got)
	}
	if err := e.DB.SaveStaff(e.Ctx, member("stf_2", "anna")); !errs.Is(err, errs.Conflict) || errs.CodeOf(err) != "login_taken" {
		t.Fatalf("a taken login: %v", err)
	}
	if _, err := e.DB.StaffByID(e.Ctx, "stf_9"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("nobody: %v", err)
	}
	m.Epoch, m.Name, m.Active = 3, "Anna B", false
	need(t, e.DB.SaveStaff(e.Ctx, m))
	need(t, e.DB.SaveStaffSession(e.Ctx, staff.Session{Hash: "x", StaffID: "stf_1", Epoch: 3, CreatedAt: Start, SeenAt: Start.Add(time.Hour)}))
	all, err := e.DB.AllStaff(e.Ctx)
	need(t, err)
	if len(all) != 1 || all[0].Epoch != 3 || all[0].Active || !all[0].SeenAt.Equal(Start.Add(time.Hour)) {
		t.Fatalf("all: %+v", all)
	}
	need(t, e.DB.SaveTeam(e.Ctx, staff.Team{ID: "team_a", Name: id.Text{ZH: "甲", EN: "A"}, Department: "quality"}))
	need(t, e.DB.SaveTeam(e.Ctx, staff.Team{ID: "team_a", Name: id.Text{ZH: "甲组", EN: "A"}, Department: "quality"}))
	ts, err := e.DB.Teams(e.Ctx)
	need(t, err)
	if len(ts) != 1 || ts[0].Name.ZH != "甲组" {
		t.Fatalf("teams: %+v", ts)
	}
	if team, err := e.DB.TeamOf(e.Ctx, "quality"); err != nil || team != "team_a" {
		t.Fatalf("team of quality: %q %v", team, err)
	}
	if team, err := e.DB.TeamOf(e.Ctx, "none"); err != nil || team != "" {
		t.Fatalf("team of nothing: %q %v", team, err)
	}
	need(t, e.DB.SetShifts(e.Ctx, "stf_1", []staff.Shift{{Weekday: time.Monday, From: 540, To: 720}, {Weekday: time.Monday, From: 780, To: 1080}}))
	need(t, e.DB.SetShifts(e.Ctx, "stf_1", []staff.Shift{{Weekday: time.Friday, From: 540, To: 720}}))
	if sh, err := e.DB.Shifts(e.Ctx, "stf_1"); err != nil || len(sh) != 1 || sh[0].Weekday != time.Friday {
		t.Fatalf("shifts: %+v %v", sh, err)
	}
	need(t, e.DB.SaveStaffSession(e.Ctx, staff.Session{Hash: "old", StaffID: "stf_1", CreatedAt: Start, SeenAt: Start}))
	need(t, e.DB.DropStaffSessions(e.Ctx, Start.Add(time.Minute)))
	if _, err := e.DB.StaffSession(e.Ctx, "old"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("a session that ended long ago: %v", err)
	}
	if s, err := e.DB.StaffSession(e.Ctx, "x"); err != nil || s.Epoch != 3 {
		t.Fatalf("a session in use: %+v %v", s, err)
	}
	need(t, e.DB.EndStaffSession(e.Ctx, "x"))
	if _, err := e.DB.StaffSession(e.Ctx, "x"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("an ended session: %v", err)
	}
}

// SignIn is the contract of staff.Attempts: of many tries at once exactly the limit is let through.
func SignIn(t *testing.T, e Env) {
	const limit = 10
	var passed, refused atomic.Int64
	var wg sync.WaitGroup
	for range 60 {
		wg.Go(func() {
			ok, wait, err := e.DB.TrySignIn(e.Ctx, "b", limit, Start, 15*time.Minute)
			switch {
			case err != nil:
				t.Errorf("try: %v", err)
			case ok:
				passed.Add(1)
			case wait != 15*time.Minute:
				t.Errorf("wait %v", wait)
			default:
				refused.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != limit || refused.Load() != 50 {
		t.Fatalf("passed %d refused %d", passed.Load(), refused.Load())
	}
	if ok, _, err := e.DB.TrySignIn(e.Ctx, "other", limit, Start, time.Minute); err != nil || !ok {
		t.Fatalf("another bucket: %v %v", ok, err)
	}
	if ok, _, err := e.DB.TrySignIn(e.Ctx, "b", limit, Start.Add(15*time.Minute), 15*time.Minute); err != nil || !ok {
		t.Fatalf("after the window: %v %v", ok, err)
	}
	need(t, e.DB.ForgiveSignIn(e.Ctx, "b"))
	need(t, e.DB.SaveStaff(e.Ctx, member("stf_1", "anna")))
	need(t, e.DB.KnowAddress(e.Ctx, "stf_1", "192.0.2.1", Start))
	for address, want := range map[string]bool{"192.0.2.1": true, "192.0.2.2": false} {
		if known, err := e.DB.KnowsAddress(e.Ctx, "stf_1", address, Start); err != nil || known != want {
			t.Fatalf("%s known %v, %v", address, known, err)
		}
	}
	if known, _ := e.DB.KnowsAddress(e.Ctx, "stf_1", "192.0.2.1", Start.Add(time.Second)); known {
		t.Fatal("an old address must be forgotten")
	}
}

// Audit is the contract of staff.Trail: writers at once make one unbroken chain, and tampering shows.
func Audit(t *testing.T, e Env) {
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if err := e.DB.AppendAudit(e.Ctx, staff.Entry{At: Start, Action: "a", Subject: fmt.Sprint(i), Detail: map[string]string{"k": "值"}}); err != nil {
				t.Errorf("append: %v", err)
			}
		})
	}
	wg.Wait()
	need(t, e.DB.AppendAudit(e.Ctx, staff.Entry{At: Start, Actor: "stf_1", Action: "b"}))
	newest, err := e.DB.AuditEntries(e.Ctx, 0, 50)
	need(t, err)
	if len(newest) != 21 || newest[0].Seq != 21 || newest[0].Action != "b" {
		t.Fatalf("%d entries, newest %+v", len(newest), newest[0])
	}
	chain := make([]staff.Entry, len(newest))
	for i, n := range newest {
		chain[len(newest)-1-i] = n
	}
	if at := staff.Verify("", 1, chain); at != 0 {
		t.Fatalf("a whole chain is called broken at %d", at)
	}
	chain[7].Subject = "other"
	if at := staff.Verify("", 1, chain); at != 8 {
		t.Fatalf("an altered entry: found at %d, want 8", at)
	}
	older, err := e.DB.AuditEntries(e.Ctx, 5, 2)
	need(t, err)
	if len(older) != 2 || older[0].Seq != 4 {
		t.Fatalf("page: %+v", older)
	}
}

func someTicket(tid string, n int64) ticket.Ticket {
	return ticket.Ticket{ID: id.Ticket(tid), Number: fmt.Sprintf("T%d", n), Type: ticket.Question, Priority: ticket.Normal, Status: ticket.Fresh, Title: "t", Department: "service",
		CreatedAt: Start.Add(time.Duration(n) * time.Minute), UpdatedAt: Start.Add(time.Duration(n) * time.Minute)}
}

// Tickets is the contract of the ticket stores.
func Tickets(t *testing.T, e Env) {
	need(t, e.DB.InTx(e.Ctx, func(ctx context.Context) error {
		for want := int64(1); want <= 3; want++ {
			if n, err := e.DB.NextTicketNumber(ctx); err != nil || n != want {
				t.Fatalf("number %d, want %d: %v", n, want, err)
			}
		}
		return nil
	}))
	a := someTicket("tkt_a", 1)
	a.Key, a.CustomerID, a.TeamID = "k", "cus_1", "team_a"
	a.Clocks = ticket.DefaultPolicy(time.UTC).Start(ticket.High, Start)
	need(t, e.DB.InsertTicket(e.Ctx, a))
	got, err := e.DB.TicketByKey(e.Ctx, "k")
	need(t, err)
	if got.ID != a.ID || got.Clocks.First.Target != 2*time.Hour || !got.Clocks.First.Since.Equal(Start) {
		t.Fatalf("read back %+v", got)
	}
	need(t, e.DB.InTx(e.Ctx, func(ctx context.Context) error {
		dup := someTicket("tkt_x", 9)
		dup.Key = "k"
		if err := e.DB.InsertTicket(ctx, dup); !errs.Is(err, errs.Conflict) {
			t.Errorf("the same key: %v", err)
		}
		_, err := e.DB.TicketByKey(ctx, "k") // the transaction is still usable
		return err
	}))
	b, c := someTicket("tkt_b", 2), someTicket("tkt_c", 3)
	b.AssigneeID, b.CustomerID, c.Status = "stf_1", "cus_2", ticket.Solved
	need(t, e.DB.InsertTicket(e.Ctx, b))
	need(t, e.DB.InsertTicket(e.Ctx, c))
	a.Clocks.First.Fired, a.Status = 100, ticket.Open
	need(t, e.DB.SaveTicket(e.Ctx, a))
	if err := e.DB.SaveTicket(e.Ctx, someTicket("tkt_z", 8)); !errs.Is(err, errs.NotFound) {
		t.Fatalf("saving none: %v", err)
	}
	for name, q := range map[string]struct {
		scope ticket.Scope
		query ticket.Query
		want  string
	}{
		"all":          {ticket.Scope{All: true}, ticket.Query{}, "cba"},
		"nobody":       {ticket.Scope{}, ticket.Query{}, ""},
		"own and free": {ticket.Scope{Staff: "stf_1"}, ticket.Query{}, "cb"},
		"team too":     {ticket.Scope{Staff: "stf_2", Teams: []id.Team{"team_a"}}, ticket.Query{}, "ca"},
		"the customer": {ticket.Scope{Customer: "cus_1"}, ticket.Query{}, "a"},
		"stranger":     {ticket.Scope{Customer: "cus_9"}, ticket.Query{}, ""},
		"by status":    {ticket.Scope{All: true}, ticket.Query{Status: ticket.Solved}, "c"},
		"by ids":       {ticket.Scope{All: true}, ticket.Query{IDs: []id.Ticket{"tkt_a", "tkt_c"}}, "ca"},
		"by no ids":    {ticket.Scope{All: true}, ticket.Query{IDs: []id.Ticket{}}, ""},
		"next page":    {ticket.Scope{All: true}, ticket.Query{Before: ticket.Cursor{At: c.UpdatedAt.UnixMilli(), ID: c.ID}}, "ba"},
	} {
		q.query.Limit = 10
		ts, err := e.DB.Tickets(e.Ctx, q.scope, q.query)
		need(t, err)
		list := ""
		for _, x := range ts {
			list += string(x.ID[len(x.ID)-1])
		}
		if list != q.want {
			t.Errorf("%s: %q, want %q", name, list, q.want)
		}
	}
	counts, err := e.DB.TicketCounts(e.Ctx, ticket.Scope{All: true}, ticket.Query{})
	need(t, err)
	if counts[ticket.Open] != 1 || counts[ticket.Fresh] != 1 || counts[ticket.Solved] != 1 {
		t.Fatalf("counts: %v", counts)
	}
	need(t, e.DB.AddTicketEntry(e.Ctx, a.ID, ticket.Entry{Seq: 1, Kind: ticket.Comment, Actor: ticket.Actor{Kind: ticket.ByStaff, Name: "陈"}, Public: true, Text: "好", Data: map[string]string{"a": "b"}, At: Start}))
	if err := e.DB.AddTicketEntry(e.Ctx, a.ID, ticket.Entry{Seq: 1, Kind: ticket.Comment, At: Start}); !errs.Is(err, errs.Conflict) {
		t.Fatalf("the same number twice: %v", err)
	}
	es, err := e.DB.TicketEntries(e.Ctx, a.ID)
	need(t, err)
	if len(es) != 1 || !es[0].Public || es[0].Data["a"] != "b" || es[0].Actor.Name != "陈" {
		t.Fatalf("entries: %+v", es)
	}
	f, err := e.DB.TicketFigures(e.Ctx, Start, Start.Add(time.Hour))
	need(t, err)
	if f.Opened != 3 || f.Breached != 1 {
		t.Fatalf("figures: %+v", f)
	}
}

// Journeys is the contract of journey.Store.
func Journeys(t *testing.T, e Env) {
	if _, err := e.DB.Journey(e.Ctx, 0); !errs.Is(err, errs.NotFound) {
		t.Fatalf("none yet: %v", err)
	}
	table, err := journey.Shipped()
	need(t, err)
	for n := 1; n <= 2; n++ {
		need(t, e.DB.AddJourney(e.Ctx, journey.Version{Number: n, At: Start, By: "stf_1", Note: fmt.Sprint(n), Table: table}))
	}
	if err := e.DB.AddJourney(e.Ctx, journey.Version{Number: 2, At: Start}); !errs.Is(err, errs.Conflict) {
		t.Fatalf("a taken number: %v", err)
	}
	newest, err := e.DB.Journey(e.Ctx, 0)
	need(t, err)
	if newest.Number != 2 || len(newest.Table.Nodes) != len(table.Nodes) || newest.Table.Nodes[0].Name != table.Nodes[0].Name {
		t.Fatalf("newest: %d", newest.Number)
	}
	if first, err := e.DB.Journey(e.Ctx, 1); err != nil || first.Note != "1" {
		t.Fatalf("first: %+v %v", first.Note, err)
	}
	if vs, err := e.DB.Journeys(e.Ctx, 1); err != nil || len(vs) != 1 || vs[0].Number != 2 {
		t.Fatalf("list: %v", err)
	}
}

func talk(t *testing.T, e Env, c conversation.Conversation, at time.Time, msgs ...conversation.Message) {
	t.Helper()
	e.Clock.Set(at)
	c.Channel, c.Account, c.Assurance, c.Language = "webchat", "main", conversation.Anonymous, id.ZH
	if c.Status == "" {
		c.Status, c.Handler = conversation.Open, conversation.ByAgent
	}
	c.CreatedAt, c.UpdatedAt = at, at
	need(t, e.DB.PutConversation(e.Ctx, c))
	for i := range msgs {
		msgs[i].ID = id.Message(fmt.Sprintf("msg_%s_%d", c.ID, i))
		if msgs[i].Kind == "" {
			msgs[i].Kind = conversation.Text
		}
	}
	for _, m := range msgs {
		_, err := e.DB.Append(e.Ctx, c.ID, m)
		need(t, err)
		e.Clock.Advance(time.Second)
	}
}

// Inbox is the contract of conversation.Inbox.
func Inbox(t *testing.T, e Env) {
	need(t, e.DB.PutCustomer(e.Ctx, customer.Customer{ID: "cus_1", Name: "李娜", Language: id.ZH, CreatedAt: Start, UpdatedAt: Start}))
	need(t, e.DB.SaveStaff(e.Ctx, member("stf_1", "anna", "team_a")))
	need(t, e.DB.SaveTeam(e.Ctx, staff.Team{ID: "team_a", Name: id.Text{ZH: "甲", EN: "A"}}))
	say := conversation.Message{Author: conversation.Customer, Text: "hi"}
	wait := func(prio int, since time.Time, team id.Team) conversation.Conversation {
		return conversation.Conversation{CustomerID: "cus_1", Status: conversation.Open, Handler: conversation.Waiting, Priority: prio, WaitingSince: since, TeamID: team}
	}
	put := func(cid string, n int, c conversation.Conversation) {
		c.ID, c.CustomerID = id.Conversation("cnv_"+cid), "cus_1"
		talk(t, e, c, Start.Add(time.Duration(n)*time.Hour), say)
	}
	put("a", 1, conversation.Conversation{Category: "complaint"})
	put("b", 2, wait(0, Start, ""))
	put("c", 3, wait(2, Start.Add(time.Minute), "team_b"))
	put("d", 4, conversation.Conversation{Status: conversation.Open, Handler: conversation.ByStaff, AssigneeID: "stf_1", TeamID: "team_a"})
	put("e", 5, conversation.Conversation{Status: conversation.Closed, Handler: conversation.ByStaff, AssigneeID: "stf_2"})
	put("f", 6, wait(0, Start.Add(-time.Minute), ""))
	all, anna := conversation.Scope{All: true, Staff: "stf_9"}, conversation.Scope{Staff: "stf_1", Teams: []id.Team{"team_a"}}
	for name, c := range map[string]struct {
		s    conversation.Scope
		f    conversation.InboxFilter
		want string
	}{
		"everything":        {all, conversation.InboxFilter{View: conversation.Everything}, "fdcba"},
		"in line":           {all, conversation.InboxFilter{View: conversation.InLine}, "cfb"},
		"in line, page two": {all, conversation.InboxFilter{View: conversation.InLine, Before: conversation.InboxCursor{At: Start.Add(-time.Minute).UnixMilli(), ID: "cnv_f"}}, "b"},
		"with the agent":    {all, conversation.InboxFilter{View: conversation.WithAgent}, "a"},
		"closed":            {all, conversation.InboxFilter{View: conversation.Done}, "e"},
		"anna's":            {anna, conversation.InboxFilter{View: conversation.Mine}, "d"},
		"anna sees":         {anna, conversation.InboxFilter{View: conversation.Everything}, "fdba"},
		"anna, closed":      {anna, conversation.InboxFilter{View: conversation.Done}, ""},
		"nobody":            {conversation.Scope{}, conversation.InboxFilter{View: conversation.Everything}, ""},
		"complaints":        {all, conversation.InboxFilter{View: conversation.Everything, Category: "complaint"}, "a"},
		"that day":          {all, conversation.InboxFilter{View: conversation.Everything, From: Start, To: Start.Add(150 * time.Minute)}, "ba"},
		"none of these":     {all, conversation.InboxFilter{View: conversation.Everything, IDs: []id.Conversation{}}, ""},
	} {
		c.f.Limit = 10
		rows, err := e.DB.InboxRows(e.Ctx, c.s, c.f)
		need(t, err)
		list := ""
		for _, r := range rows {
			list += string(r.ID[len(r.ID)-1])
		}
		if list != c.want {
			t.Errorf("%s: %q, want %q", name, list, c.want)
		}
	}
	r, err := e.DB.InboxRow(e.Ctx, anna, "cnv_d")
	need(t, err)
	if r.CustomerName != "李娜" || r.AssigneeName != "N anna" || r.TeamName.ZH != "甲" || r.LastSeq != 1 {
		t.Fatalf("row: %+v", r)
	}
	if _, err := e.DB.InboxRow(e.Ctx, anna, "cnv_c"); !errs.Is(err, errs.NotFound) {
		t.Fatalf("another team's: %v", err)
	}
	n, err := e.DB.InboxCounts(e.Ctx, anna, conversation.InboxFilter{})
	need(t, err)
	if n[conversation.Mine] != 1 || n[conversation.InLine] != 2 || n[conversation.WithAgent] != 1 || n[conversation.Everything] != 4 || n[conversation.Done] != 0 {
		t.Fatalf("counts: %v", n)
	}
}

// Search is the contract of the text search: both languages, prefixes, scopes, replacement, and hostile queries.
func Search(t *testing.T, e Env) {
	need(t, e.DB.PutCustomer(e.Ctx, customer.Customer{ID: "cus_1", Name: "李娜", Phone: "+8613800001234", CreatedAt: Start, UpdatedAt: Start}))
	need(t, e.DB.PutCustomer(e.Ctx, customer.Customer{ID: "cus_2", Name: "李娜", Visitor: true, CreatedAt: Start, UpdatedAt: Start}))
	talk(t, e, conversation.Conversation{ID: "cnv_a", CustomerID: "cus_1"}, Start, conversation.Message{Author: conversation.Customer, Text: "我想退货，跑鞋有点大"}, conversation.Message{Author: conversation.Staff, Kind: conversation.Note, Text: "vip customer, café"})
	talk(t, e, conversation.Conversation{ID: "cnv_b", CustomerID: "cus_1", TeamID: "team_b"}, Start.Add(time.Hour), conversation.Message{Author: conversation.Customer, Text: "Where is my running shoe order 退货"})
	tk := someTicket("tkt_a", 100001)
	tk.Title = "跑鞋开胶"
	need(t, e.DB.InsertTicket(e.Ctx, tk))
	need(t, e.DB.IndexTicket(e.Ctx, tk, "sole came off"))
	kinds := []string{"conversation", "customer", "ticket"}
	all, anna := conversation.Scope{All: true}, conversation.Scope{Staff: "stf_1"}
	for q, want := range map[string]string{
		"退货": "cnv_b cnv_a", "跑鞋": "tkt_a cnv_a", "鞋": "tkt_a cnv_a", "SHOE running": "cnv_b", "runn": "cnv_b", "T100": "tkt_a", "13800001234": "", "8613800001234": "cus_1",
		"李娜": "cus_1", "café": "cnv_a", "退款": "", "sole": "tkt_a", "": "", "\"": "", "' OR 1=1 --": "", "退货 AND (": "", "* NEAR/2": "", "a:*|b": "", "\\": "",
	} {
		if got := hits(t, e, q, kinds, all, ticket.Scope{All: true}); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	if got := hits(t, e, "退货", kinds, anna, ticket.Scope{Staff: "stf_1"}); got != "cnv_a" {
		t.Errorf("within a scope: %q", got)
	}
	if got := hits(t, e, "退货", []string{"ticket"}, all, ticket.Scope{All: true}); got != "" {
		t.Errorf("another kind: %q", got)
	}
	tk.Title = "水杯"
	need(t, e.DB.IndexTicket(e.Ctx, tk, ""))
	if got := hits(t, e, "开胶", kinds, all, ticket.Scope{All: true}) + hits(t, e, "水杯", kinds, all, ticket.Scope{All: true}); got != "tkt_a" {
		t.Errorf("after replacement: %q", got)
	}
}

func hits(t *testing.T, e Env, q string, kinds []string, cs conversation.Scope, ts ticket.Scope) (out string) {
	t.Helper()
	err := e.DB.FindText(e.Ctx, q, kinds, cs, ts, 10, func(_, ref, _, _ string, _ time.Time) {
		if out != "" {
			out += " "
		}
		out += ref
	})
	need(t, err)
	return out
}

// Facts is the contract of insight.Store.
func Facts(t *testing.T, e Env) {
	need(t, e.DB.PutCustomer(e.Ctx, customer.Customer{ID: "cus_1", CreatedAt: Start, UpdatedAt: Start}))
	ask, say, person := conversation.Message{Author: conversation.Customer, Text: "?"}, conversation.Message{Author: conversation.Agent, Text: "!"}, conversation.Message{Author: conversation.Staff, Text: "."}
	talk(t, e, conversation.Conversation{ID: "cnv_a", CustomerID: "cus_1", Category: "consultation", Rating: 5}, Start, ask, say)
	need(t, e.DB.AppendEvents(e.Ctx, event.Of("conversation.moved", "conversation", "cnv_b", Start.Add(time.Hour+time.Second), map[string]string{"move": "ask_person"})))
	talk(t, e, conversation.Conversation{ID: "cnv_b", CustomerID: "cus_1"}, Start.Add(time.Hour), ask, ask, ask, conversation.Message{Author: conversation.Staff, Kind: conversation.Note, Text: "n"}, person)
	talk(t, e, conversation.Conversation{ID: "cnv_c", CustomerID: "cus_1"}, Start.Add(2*time.Hour), say)
	facts, err := e.DB.Facts(e.Ctx, Start, Start.Add(24*time.Hour))
	need(t, err)
	if len(facts) != 2 {
		t.Fatalf("%d facts: a conversation without the customer does not count", len(facts))
	}
	a, b := facts[0], facts[1]
	if a.Customer != 1 || a.Agent != 1 || a.HandedOff || a.FirstReply != time.Second || a.Rating != 5 || a.Category != "consultation" {
		t.Errorf("automated: %+v", a)
	}
	if b.Customer != 3 || b.Staff != 1 || !b.HandedOff || b.Waited != 3*time.Second {
		t.Errorf("handed over: %+v", b)
	}
	if facts, err = e.DB.Facts(e.Ctx, Start.Add(time.Minute), Start.Add(time.Hour)); err != nil || len(facts) != 0 {
		t.Errorf("outside the range: %v %v", facts, err)
	}
}
