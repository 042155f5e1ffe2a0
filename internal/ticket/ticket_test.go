package ticket_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

func TestOpenFillsWhatTheTypeKnows(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{Description: "穿了三天就开胶", ConversationID: "cnv_1", OrderID: "ord_1"})
	if x.Number != "T100001" || x.Status != ticket.Fresh || x.Priority != ticket.High || x.Department != "quality" || x.TeamID != "team_quality" {
		t.Errorf("opened %+v", x)
	}
	first, resolve := x.Clocks.First.At(d.Policy().Hours, 100), x.Clocks.Resolve.At(d.Policy().Hours, 100)
	if want := d.clock.Now().Add(2 * time.Hour); !first.Equal(want) {
		t.Errorf("first response due %v, want %v", first, want)
	}
	if !resolve.After(first) || len(d.m.jobs) != 4 || len(d.m.entries[x.ID]) != 1 || d.m.events[0].Type != "ticket.opened" {
		t.Errorf("due %v, %d jobs, %d entries, %d events", resolve, len(d.m.jobs), len(d.m.entries[x.ID]), len(d.m.events))
	}
}

func TestTheSameKeyOpensOnce(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{Key: "cnv_1/complaint"})
	y, opened, err := d.Open(t.Context(), robot, ticket.Request{Key: "cnv_1/complaint", Type: ticket.Repair, Title: "other"})
	if err != nil || opened || y.ID != x.ID || y.Title != x.Title || len(d.m.rows) != 1 || len(d.m.entries[x.ID]) != 1 {
		t.Errorf("again: %+v %v %v", y, opened, err)
	}
}

func TestOpenIsAllOrNothing(t *testing.T) {
	d := newDesk(t)
	d.m.fail = errors.New("disk full")
	if _, _, err := d.Open(t.Context(), robot, ticket.Request{Type: ticket.Repair, Title: "t"}); err == nil {
		t.Fatal("it must fail")
	}
	if len(d.m.rows)+len(d.m.entries)+len(d.m.events)+len(d.m.jobs) != 0 {
		t.Errorf("something stayed: %+v", d.m)
	}
}

func TestOpenRefusesWithPlaces(t *testing.T) {
	d := newDesk(t)
	_, _, err := d.Open(t.Context(), robot, ticket.Request{Type: "x", Priority: "y", Title: strings.Repeat("长", 121), Department: "z", Description: strings.Repeat("长", 8001)})
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || len(e.Details) != 5 {
		t.Errorf("got %v", err)
	}
}

func TestTransitions(t *testing.T) {
	statuses := []ticket.Status{ticket.Fresh, ticket.Open, ticket.Pending, ticket.Solved, ticket.Closed}
	allowed := map[ticket.Status]string{ticket.Fresh: "open pending solved closed", ticket.Open: "pending solved closed", ticket.Pending: "open solved closed", ticket.Solved: "open closed", ticket.Closed: "open"}
	for _, from := range statuses {
		for _, to := range statuses {
			want := slices.Contains(strings.Fields(allowed[from]), string(to))
			if err := from.Next(to); (err == nil) != want || (err != nil && !errs.Is(err, errs.Conflict)) {
				t.Errorf("%s -> %s: %v", from, to, err)
			}
		}
		if err := from.Next("gone"); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s -> gone: %v", from, err)
		}
	}
}

func TestPatchIsAllOrNothing(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.to(x.ID, ticket.Closed)
	high, pending := ticket.Urgent, ticket.Pending
	_, err := d.Change(t.Context(), all, anna, x.ID, ticket.Patch{Priority: &high, Status: &pending})
	if !errs.Is(err, errs.Conflict) || d.m.rows[x.ID].Priority != ticket.High {
		t.Errorf("%v, priority %s", err, d.m.rows[x.ID].Priority)
	}
}

func TestEachStepEscalatesOnce(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.run(d.clock.Now().Add(30 * 24 * time.Hour))
	want := []string{"first_response 80", "first_response 100", "resolution 80", "resolution 100"}
	if got := d.escalations(x.ID); !slices.Equal(got, want) {
		t.Errorf("escalated %v, want %v", got, want)
	}
	breaches := 0
	for _, e := range d.m.events {
		if e.Type == "ticket.sla_breached" {
			breaches++
		}
	}
	if breaches != 2 {
		t.Errorf("%d breaches told, want 2", breaches)
	}
}

func TestPendingStopsTheClocks(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.clock.Advance(time.Hour)
	x = d.to(x.ID, ticket.Pending)
	if x.Clocks.Resolve.Running() {
		t.Fatal("a pending ticket's clock runs")
	}
	d.run(d.clock.Now().Add(60 * 24 * time.Hour)) // all old timers come and find nothing to do
	if got := d.escalations(x.ID); len(got) != 0 {
		t.Fatalf("escalated while pending: %v", got)
	}
	x = d.to(x.ID, ticket.Open)
	h := d.Policy().Hours
	if used := x.Clocks.Resolve.Used(h, d.clock.Now()); used != time.Hour {
		t.Errorf("used %v, want the hour before the pause", used)
	}
	if due := x.Clocks.Resolve.At(h, 100); h.Between(d.clock.Now(), due) != 23*time.Hour {
		t.Errorf("due in %v of business time", h.Between(d.clock.Now(), due))
	}
	d.run(d.clock.Now().Add(30 * 24 * time.Hour))
	if got := d.escalations(x.ID); len(got) != 4 {
		t.Errorf("after the pause: %v", got)
	}
}

func TestAnAnswerKeepsTheFirstPromise(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	_, err := d.Say(t.Context(), all, anna, x.ID, "内部：先查批次", false)
	d.must(err)
	if !d.m.rows[x.ID].Clocks.First.Running() || d.m.rows[x.ID].Status != ticket.Fresh {
		t.Fatal("a note is no answer")
	}
	x, err = d.Say(t.Context(), all, anna, x.ID, "您好，我们来处理", true)
	d.must(err)
	if x.Clocks.First.Running() || x.Status != ticket.Open {
		t.Fatalf("after an answer: %+v", x)
	}
	d.run(d.clock.Now().Add(30 * 24 * time.Hour))
	if got := d.escalations(x.ID); !slices.Equal(got, []string{"resolution 80", "resolution 100"}) {
		t.Errorf("escalated %v", got)
	}
}

func TestAnAnswerInTheConversationCounts(t *testing.T) {
	d := newDesk(t)
	x, y := d.open(ticket.Request{ConversationID: "cnv_1"}), d.open(ticket.Request{ConversationID: "cnv_2"})
	d.must(d.Responded(t.Context(), "cnv_1", anna))
	if d.m.rows[x.ID].Clocks.First.Running() || !d.m.rows[y.ID].Clocks.First.Running() {
		t.Error("the answer belongs to the first ticket alone")
	}
}

func TestTheCustomerOpensAgainWithinSevenDays(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		want  ticket.Status
	}{{7 * 24 * time.Hour, ticket.Open}, {7*24*time.Hour + time.Second, ticket.Solved}} {
		d := newDesk(t)
		x := d.open(ticket.Request{})
		d.to(x.ID, ticket.Solved)
		d.clock.Advance(c.after)
		x, err := d.CustomerWrote(t.Context(), ticket.Scope{Customer: "cus_1"}, lina, x.ID, "c1", "又坏了")
		d.must(err)
		if x.Status != c.want || d.m.entries[x.ID][len(d.m.entries[x.ID])-1].At.IsZero() {
			t.Errorf("after %v: %s, want %s", c.after, x.Status, c.want)
		}
		if running := x.Clocks.Resolve.Running(); running != (c.want == ticket.Open) {
			t.Errorf("after %v the resolution clock runs: %v", c.after, running)
		}
	}
}

func TestTheCustomerEndsTheWait(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.to(x.ID, ticket.Pending)
	x, err := d.CustomerWrote(t.Context(), ticket.Scope{Customer: "cus_1"}, lina, x.ID, "c1", "照片在这里")
	d.must(err)
	if x.Status != ticket.Open || !x.Clocks.Resolve.Running() {
		t.Errorf("%+v", x)
	}
}

func TestPriorityMovesTheTarget(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.clock.Advance(30 * time.Minute)
	urgent := ticket.Urgent
	x, err := d.Change(t.Context(), all, anna, x.ID, ticket.Patch{Priority: &urgent})
	d.must(err)
	if x.Clocks.First.Target != 30*time.Minute || x.Clocks.First.Used(d.Policy().Hours, d.clock.Now()) != 30*time.Minute {
		t.Errorf("%+v", x.Clocks.First)
	}
	d.run(d.clock.Now()) // the new steps are due at once
	if got := d.escalations(x.ID); !slices.Equal(got, []string{"first_response 80", "first_response 100"}) {
		t.Errorf("escalated %v", got)
	}
}

func TestMerge(t *testing.T) {
	d := newDesk(t)
	a, b := d.open(ticket.Request{Description: "第一次说"}), d.open(ticket.Request{Description: "又说一次"})
	_, err := d.Say(t.Context(), all, anna, b.ID, "内部备注", false)
	d.must(err)
	got, err := d.Merge(t.Context(), all, anna, b.ID, a.ID)
	d.must(err)
	src := d.m.rows[b.ID]
	if got.ID != a.ID || src.Status != ticket.Closed || src.MergedInto != a.ID || src.Clocks.Resolve.Running() {
		t.Errorf("merged: %+v", src)
	}
	texts := ""
	for _, e := range d.m.entries[a.ID] {
		texts += e.Text + "|"
		if e.Text == "内部备注" && e.Public {
			t.Error("a note became public")
		}
	}
	if !strings.Contains(texts, "又说一次|内部备注") {
		t.Errorf("the words did not go over: %s", texts)
	}
	open := ticket.Open
	if _, err := d.Change(t.Context(), all, anna, b.ID, ticket.Patch{Status: &open}); errs.CodeOf(err) != "ticket_merged" {
		t.Errorf("reopening a merged one: %v", err)
	}
	other := d.open(ticket.Request{CustomerID: "cus_2"})
	for name, pair := range map[string][2]id.Ticket{"ticket_merged": {b.ID, a.ID}, "merge_same": {a.ID, a.ID}, "merge_other_customer": {other.ID, a.ID}} {
		before := len(d.m.entries[a.ID])
		if _, err := d.Merge(t.Context(), all, anna, pair[0], pair[1]); errs.CodeOf(err) != name || len(d.m.entries[a.ID]) != before {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForeignLooksMissing(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{TeamID: "team_b"})
	for name, s := range map[string]ticket.Scope{"another team": {Staff: "stf_1", Teams: []id.Team{"team_a"}}, "nobody": {}, "another customer": {Customer: "cus_2"}} {
		_, _, foreign := d.Get(t.Context(), s, x.ID)
		_, _, missing := d.Get(t.Context(), s, "tkt_none")
		if foreign == nil || missing == nil || foreign.Error() != missing.Error() || !errs.Is(foreign, errs.NotFound) {
			t.Errorf("%s: %v / %v", name, foreign, missing)
		}
		if _, err := d.Say(t.Context(), s, anna, x.ID, "x", true); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s wrote: %v", name, err)
		}
	}
	if _, err := d.MyTicket(t.Context(), "", x.ID, id.ZH); !errs.Is(err, errs.NotFound) {
		t.Errorf("a visitor without identity: %v", err)
	}
}

func TestTheShopperSeesPublicWordsOnly(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{Description: "开胶"})
	for text, public := range map[string]bool{"内部：老顾客": false, "已寄出新鞋": true} {
		_, err := d.Say(t.Context(), all, anna, x.ID, text, public)
		d.must(err)
	}
	for lang, want := range map[id.Lang][]string{id.ZH: {"处理中", "品质与售后"}, id.EN: {"Being worked on", "Quality and after-sales"}} {
		v, err := d.MyTicket(t.Context(), "cus_1", x.ID, lang)
		d.must(err)
		if v.StatusText != want[0] || v.Department != want[1] || v.DueAt == nil {
			t.Errorf("%s: %+v", lang, v)
		}
		all := ""
		for _, e := range v.Events {
			all += e.Text
		}
		if strings.Contains(all, "内部") || strings.Contains(all, "Anna") || !strings.Contains(all, "已寄出新鞋") {
			t.Errorf("%s: %s", lang, all)
		}
	}
	mine, err := d.Mine(t.Context(), "cus_1", id.ZH)
	d.must(err)
	none, err := d.Mine(t.Context(), "cus_2", id.ZH)
	d.must(err)
	if len(mine) != 1 || len(none) != 0 {
		t.Errorf("mine %d, a stranger's %d", len(mine), len(none))
	}
}

func TestClocksSurviveJumps(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.clock.Advance(-time.Hour) // the machine's clock is put back
	if used := d.m.rows[x.ID].Clocks.First.Used(d.Policy().Hours, d.clock.Now()); used != 0 {
		t.Errorf("negative time: %v", used)
	}
	d.run(d.clock.Now().Add(60 * 24 * time.Hour))
	d.clock.Advance(-24 * time.Hour)
	d.run(d.clock.Now().Add(48 * time.Hour))
	if got := d.escalations(x.ID); len(got) != 4 {
		t.Errorf("each step once, whatever the clock does: %v", got)
	}
}
