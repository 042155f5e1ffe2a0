package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

func TestPeopleAtIsHonest(t *testing.T) {
	day := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	one := []staff.Member{{ID: "stf_1"}}
	for name, c := range map[string]struct {
		at    time.Time
		there []staff.Member
		err   error
		open  bool
		next  func(time.Time) bool
	}{
		"somebody is there":     {day, one, nil, true, func(n time.Time) bool { return n.Equal(day) }},
		"nobody is there":       {day, nil, nil, true, time.Time.IsZero},
		"nobody can tell":       {day, one, errors.New("down"), true, time.Time.IsZero},
		"at night, though here": {day.Add(-7 * time.Hour), one, nil, false, func(n time.Time) bool { return n.After(day.Add(-7*time.Hour)) && n.Before(day) }},
	} {
		d := deskHours{ticket.DefaultHours(time.UTC), func(context.Context, time.Time) ([]staff.Member, error) { return c.there, c.err }}
		if open, next := d.PeopleAt(t.Context(), c.at); open != c.open || !c.next(next) {
			t.Errorf("%s: %v %v", name, open, next)
		}
	}
}
