package journey_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/journey"
)

func shipped(t *testing.T) journey.Table {
	t.Helper()
	table, err := journey.Shipped()
	if err != nil {
		t.Fatalf("the shipped table: %v", err)
	}
	return table
}

func TestShippedTableSaysWhatTheHousePromises(t *testing.T) {
	table := shipped(t)
	want := map[string]journey.Participation{"enter": journey.None, "talk_to_staff": journey.None, "know": journey.Lead, "need": journey.Lead, "pay": journey.Assist}
	for key, p := range want {
		n, ok := table.Node(key)
		if !ok || n.Participation != p {
			t.Errorf("node %s: participation %q, want %q", key, n.Participation, p)
		}
	}
	if len(table.Nodes) != 16 {
		t.Errorf("%d nodes, want 16", len(table.Nodes))
	}
	order := map[journey.Stage]int{journey.PreSale: 0, journey.InSale: 1, journey.AfterSale: 2}
	last := 0
	for _, n := range table.Nodes {
		if order[n.Stage] < last {
			t.Errorf("node %s is out of order", n.Key)
		}
		last = order[n.Stage]
	}
}

func TestCheckNamesEveryMistake(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*journey.Table)
		place string
	}{
		"no nodes":           {func(t *journey.Table) { t.Nodes = nil }, "body.nodes"},
		"key twice":          {func(t *journey.Table) { t.Nodes[1].Key = t.Nodes[0].Key }, "body.nodes[1].key"},
		"stage":              {func(t *journey.Table) { t.Nodes[0].Stage = "later" }, "body.nodes[0].stage"},
		"one language":       {func(t *journey.Table) { t.Nodes[0].Duty.EN = "" }, "body.nodes[0].duty"},
		"too long":           {func(t *journey.Table) { t.Nodes[0].OKR.ZH = strings.Repeat("长", 300) }, "body.nodes[0].okr"},
		"participation":      {func(t *journey.Table) { t.Nodes[0].Participation = "some" }, "body.nodes[0].participation"},
		"dial unknown":       {func(t *journey.Table) { t.Nodes[0].Dial = "11" }, "body.nodes[0].dial"},
		"dial against part":  {func(t *journey.Table) { t.Nodes[0].Dial = journey.Off }, "body.nodes[0].dial"},
		"flows where nobody": {func(t *journey.Table) { t.Nodes[4].Flows = []string{"return"} }, "body.nodes[4].flows"},
	} {
		t.Run(name, func(t *testing.T) {
			table := shipped(t)
			c.spoil(&table)
			err := table.Check()
			var e *errs.Error
			if !errs.Is(err, errs.Invalid) {
				t.Fatalf("not refused: %v", err)
			}
			if e = err.(*errs.Error); e.Details[0].Location != c.place {
				t.Fatalf("named %v, want %s", e.Details, c.place)
			}
		})
	}
}

func TestDial(t *testing.T) {
	if !journey.Confirmed.AtLeast(journey.Answer) || journey.Answer.AtLeast(journey.Confirmed) || journey.Dial("odd").AtLeast(journey.Off) {
		t.Fatal("the dial's order is wrong")
	}
}

type memory struct{ vs []journey.Version }

func (m *memory) AddJourney(_ context.Context, v journey.Version) error {
	m.vs = append(m.vs, v)
	return nil
}
func (m *memory) Journey(_ context.Context, n int) (journey.Version, error) {
	if n == 0 {
		n = len(m.vs)
	}
	if n < 1 || n > len(m.vs) {
		return journey.Version{}, errs.New(errs.NotFound, "not_found", "none")
	}
	return m.vs[n-1], nil
}
func (m *memory) Journeys(context.Context, int) ([]journey.Version, error)       { return m.vs, nil }
func (m *memory) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }
func (m *memory) AppendEvents(context.Context, ...event.Event) error             { return nil }

func TestSaveMakesVersionsAndRefusesOldEyes(t *testing.T) {
	ctx, m := context.Background(), &memory{}
	s := journey.New(m, m, m, func() time.Time { return time.Unix(5, 0) })
	v, err := s.Current(ctx)
	if err != nil || v.Number != 0 {
		t.Fatalf("without versions: %d %v", v.Number, err)
	}
	v.Table.Nodes[0].Dial = journey.Confirmed
	if v, err = s.Save(ctx, 0, v.Table, "stf_1", "braver"); err != nil || v.Number != 1 {
		t.Fatalf("save: %d %v", v.Number, err)
	}
	if _, err := s.Save(ctx, 0, v.Table, "stf_2", ""); !errs.Is(err, errs.Conflict) {
		t.Fatalf("an old view must not overwrite: %v", err)
	}
	now, err := s.Current(ctx)
	if err != nil || now.Number != 1 || now.Table.Nodes[0].Dial != journey.Confirmed || now.By != "stf_1" {
		t.Fatalf("current: %+v %v", now.Number, err)
	}
	if _, err := s.Save(ctx, 1, journey.Table{}, "stf_1", ""); !errs.Is(err, errs.Invalid) {
		t.Fatalf("an empty table: %v", err)
	}
}
