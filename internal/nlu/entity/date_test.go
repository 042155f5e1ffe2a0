package entity

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

var cst = time.FixedZone("UTC+8", 8*3600)

func at(t *testing.T, date string) time.Time {
	t.Helper()
	d, err := time.ParseInLocation("2006-01-02 15:04", date+" 10:00", cst)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func find(f *Finder, text string, c Context) []Entity {
	folded := fold.Fold(text)
	return f.Find(&folded, guard.FindPersonal(&folded), c)
}

func TestDatesAroundTheEdgesOfTheCalendar(t *testing.T) {
	raw, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n, f := 0, NewFinder()
	for line := range strings.Lines(string(raw)) {
		cell := strings.Split(strings.TrimSpace(line), "\t")
		if line[0] == '#' || len(cell) != 3 {
			continue
		}
		n++
		var got []string
		for _, e := range find(f, cell[1], Context{Now: at(t, cell[0])}) {
			if e.Kind == Date {
				got = append(got, e.Value)
			}
		}
		if strings.Join(got, " ") != cell[2] {
			t.Errorf("on %s %q is %v, want %s", cell[0], cell[1], got, cell[2])
		}
	}
	if n < 150 {
		t.Errorf("only %d cases", n)
	}
}
