package ticket_test

import (
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// watch gives what the service tells from now on.
func (d *desk) watch() *[]ticket.Happening {
	var out []ticket.Happening
	d.onTell = func(h ticket.Happening) error { out = append(out, h); return nil }
	return &out
}

func TestDoneIsToldOncePerTimeItHappens(t *testing.T) {
	d := newDesk(t)
	told := d.watch()
	x := d.open(ticket.Request{})
	d.to(x.ID, ticket.Solved)
	d.to(x.ID, ticket.Closed) // it was done already
	_, err := d.CustomerWrote(t.Context(), ticket.Scope{Customer: "cus_1"}, lina, x.ID, "c1", "又坏了")
	d.must(err)
	d.to(x.ID, ticket.Solved)
	if len(*told) != 2 || (*told)[0].Again || !(*told)[1].Again || (*told)[0].Type != "ticket.done" {
		t.Errorf("told %+v", *told)
	}
}

func TestWhatTheWatcherRefusesDoesNotHappen(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	d.onTell = func(ticket.Happening) error { return errs.New(errs.Unavailable, "disk_full", "no") }
	solved := ticket.Solved
	if _, err := d.Change(t.Context(), all, anna, x.ID, ticket.Patch{Status: &solved}); err == nil {
		t.Fatal("it must fail")
	}
	if d.m.rows[x.ID].Status != ticket.Fresh {
		t.Error("half of it happened")
	}
}

func TestAPromiseInDangerRaisesPriorityAndFindsATeam(t *testing.T) {
	d := newDesk(t)
	told := d.watch()
	x := d.open(ticket.Request{Type: ticket.Suggestion, Title: "t"})
	row := d.m.rows[x.ID]
	row.TeamID = ""
	d.m.rows[x.ID] = row
	due, target := x.Clocks.First.At(d.Policy().Hours, 80), x.Clocks.First.Target
	d.run(due)
	got := d.m.rows[x.ID]
	if got.Priority != ticket.High || got.TeamID == "" || got.Clocks.First.Target != target {
		t.Errorf("after the warning: %s, team %q, target %v", got.Priority, got.TeamID, got.Clocks.First.Target)
	}
	d.run(x.Clocks.First.At(d.Policy().Hours, 100))
	if got := d.m.rows[x.ID]; got.Priority != ticket.Urgent {
		t.Errorf("after the breach: %s", got.Priority)
	}
	if len(*told) != 2 || (*told)[0].Type != "ticket.sla_warning" || (*told)[1].Type != "ticket.sla_breached" {
		t.Errorf("told %+v", *told)
	}
}

func TestTheSameWordsWithTheSameKeyAreOneComment(t *testing.T) {
	d := newDesk(t)
	x := d.open(ticket.Request{})
	mine := ticket.Scope{Customer: "cus_1"}
	for range 3 {
		_, err := d.CustomerWrote(t.Context(), mine, lina, x.ID, "c1", "照片在这里")
		d.must(err)
	}
	if n := len(d.m.entries[x.ID]); n != 2 {
		t.Errorf("%d entries", n)
	}
	for name, c := range map[string][2]string{"no key": {"", "x"}, "long key": {strings.Repeat("k", 129), "x"}, "empty": {"c2", " \n"}, "long": {"c2", strings.Repeat("长", 8001)}, "broken": {"c2", "\xff"}, "NUL": {"c2", "a\x00"}} {
		if _, err := d.CustomerWrote(t.Context(), mine, lina, x.ID, c[0], c[1]); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.CustomerWrote(t.Context(), ticket.Scope{Customer: "cus_2"}, lina, x.ID, "c3", "x"); !errs.Is(err, errs.NotFound) {
		t.Errorf("a stranger's ticket: %v", err)
	}
	if n := len(d.m.entries[x.ID]); n != 2 {
		t.Errorf("%d entries after what was refused", n)
	}
}
