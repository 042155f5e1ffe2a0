package ticket_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// shop works on weekdays 9-12 and 13-18, not on Tuesday the 3rd, but on Saturday the 7th to make up for it.
func shop(z *time.Location) ticket.Hours {
	day := []ticket.Window{{From: 540, To: 720}, {From: 780, To: 1080}}
	h := ticket.Hours{Zone: z, Week: map[time.Weekday][]ticket.Window{}, Days: map[string][]ticket.Window{"2026-03-03": {}, "2026-03-07": {{From: 600, To: 660}}}}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = day
	}
	return h
}

func TestAddCountsBusinessTimeOnly(t *testing.T) {
	z := zone(t, "Asia/Shanghai")
	h := shop(z)
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, z)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		from string
		d    time.Duration
		want string
	}{
		{"2026-03-02 10:00", time.Hour, "2026-03-02 11:00"},
		{"2026-03-02 11:30", time.Hour, "2026-03-02 13:30"},     // over lunch
		{"2026-03-02 12:30", time.Hour, "2026-03-02 14:00"},     // begun at lunch
		{"2026-03-02 17:30", time.Hour, "2026-03-04 09:30"},     // over the holiday
		{"2026-03-02 08:00", 8 * time.Hour, "2026-03-02 18:00"}, // a day exactly
		{"2026-03-06 18:00", time.Hour, "2026-03-07 11:00"},     // the working Saturday
		{"2026-03-07 11:00", time.Minute, "2026-03-09 09:01"},   // and then the weekend
		{"2026-03-02 09:00", 0, "2026-03-02 09:00"},
	} {
		if got := h.Add(at(c.from), c.d); !got.Equal(at(c.want)) {
			t.Errorf("%s + %v = %s, want %s", c.from, c.d, got.In(z).Format("2006-01-02 15:04"), c.want)
		}
		if got := h.Between(at(c.from), at(c.want)); got != c.d {
			t.Errorf("from %s to %s is %v, want %v", c.from, c.want, got, c.d)
		}
	}
	if h.Open(at("2026-03-02 12:00")) || !h.Open(at("2026-03-02 13:00")) || h.Open(at("2026-03-03 10:00")) || !h.Open(at("2026-03-07 10:30")) {
		t.Error("Open disagrees with the calendar")
	}
}

// TestAddAndBetweenAgree holds for any moment, any duration, also where clocks are put forward and back.
func TestAddAndBetweenAgree(t *testing.T) {
	for _, name := range []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York"} {
		h := shop(zone(t, name))
		rapid.Check(t, func(t *rapid.T) {
			from := time.Unix(rapid.Int64Range(1_770_000_000, 1_800_000_000).Draw(t, "from"), 0)
			d := time.Duration(rapid.Int64Range(1, 200*3600).Draw(t, "seconds")) * time.Second
			due := h.Add(from, d)
			if got := h.Between(from, due); got != d {
				t.Fatalf("%s: Between(%v, Add(+%v)) = %v", name, from, d, got)
			}
			mid := from.Add(due.Sub(from) / 2)
			if h.Between(from, mid)+h.Between(mid, due) != d {
				t.Fatal("the parts do not make the whole")
			}
			if h.Between(due, from) != 0 {
				t.Fatal("time does not run backwards")
			}
		})
	}
}

func TestHoursWithoutEndStayFinite(t *testing.T) {
	h := shop(time.UTC)
	for d := range h.Week {
		h.Week[d] = nil
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if due := h.Add(from, 100*time.Hour); !due.After(from.AddDate(1, 0, 0)) {
		t.Errorf("a calendar without work makes something due at %v", due)
	}
}

func TestCheckHours(t *testing.T) {
	good := shop(time.UTC)
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*ticket.Hours){
		"no zone": func(h *ticket.Hours) { h.Zone = nil },
		"overlap": func(h *ticket.Hours) {
			h.Week[time.Monday] = []ticket.Window{{From: 540, To: 720}, {From: 700, To: 800}}
		},
		"backwards":  func(h *ticket.Hours) { h.Week[time.Monday] = []ticket.Window{{From: 720, To: 540}} },
		"beyond":     func(h *ticket.Hours) { h.Week[time.Monday] = []ticket.Window{{From: 540, To: 1500}} },
		"odd date":   func(h *ticket.Hours) { h.Days["3 March"] = nil },
		"never open": func(h *ticket.Hours) { h.Week = nil },
	} {
		h := shop(time.UTC)
		spoil(&h)
		if err := h.Check(); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
