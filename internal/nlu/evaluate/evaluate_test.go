package evaluate

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		in      string
		fields  Fields
		want    []Row
		skipped int
		err     string // part of the message; "" when it must be read
	}{
		"plain":         {in: `{"text":"退货","label":"return"}` + "\n\n" + `{"text":"b","label":"x"}`, want: []Row{{"退货", "return"}, {"b", "x"}}},
		"byte mark":     {in: "\ufeff" + `{"text":"a","label":"x"}`, want: []Row{{"a", "x"}}},
		"intent":        {in: `{"text":"a","intent":"x"}`, want: []Row{{"a", "x"}}},
		"numbers":       {in: `{"text":"a","label":1}` + "\n" + `{"text":"b","label":true}`, want: []Row{{"a", "1"}, {"b", "true"}}},
		"named fields":  {in: `{"q":"a","y":"x","label":"no"}`, fields: Fields{Text: "q", Label: "y"}, want: []Row{{"a", "x"}}},
		"split":         {in: `{"text":"a","label":"x","split":"train"}` + "\n" + `{"text":"b","label":"x","split":"test"}`, fields: Fields{Split: "test"}, want: []Row{{"b", "x"}}},
		"lists":         {in: `{"text":"a","labels":["x"]}` + "\n" + `{"text":"b","labels":["x","y"]}` + "\n" + `{"text":"c","labels":[]}`, want: []Row{{"a", "x"}}, skipped: 2},
		"no JSON":       {in: `{"text":"a","label":"x"}` + "\nhello", err: "line 2"},
		"no text":       {in: `{"label":"x"}`, err: "--text-field"},
		"blank text":    {in: `{"text":"  ","label":"x"}`, err: "line 1"},
		"no label":      {in: `{"text":"a"}`, err: "--label-field"},
		"label missing": {in: `{"text":"a","label":"x"}` + "\n" + `{"text":"b"}`, err: "line 2"},
		"object label":  {in: `{"text":"a","label":{"k":1}}`, err: "no text or number"},
		"empty":         {in: "\n\n", err: "no labelled rows"},
		"empty split":   {in: `{"text":"a","label":"x","split":"train"}`, fields: Fields{Split: "dev"}, err: `split "dev"`},
		"endless line":  {in: `{"text":"` + strings.Repeat("a", maxLine+10), err: "4 MB"},
	} {
		rows, skipped, err := Read(strings.NewReader(c.in), c.fields)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) || !errs.Is(err, errs.Invalid) {
				t.Errorf("%s: %v, want %q", name, err, c.err)
			}
			continue
		}
		if err != nil || skipped != c.skipped || len(rows) != len(c.want) {
			t.Errorf("%s: %v, %d skipped, %v", name, rows, skipped, err)
			continue
		}
		for i, r := range rows {
			if r != c.want[i] {
				t.Errorf("%s: row %d is %v", name, i, r)
			}
		}
	}
}

// rows and said are a small world counted by hand.
func world() ([]Row, Judge) {
	rows := []Row{{"1", "a"}, {"2", "a"}, {"3", "a"}, {"4", "b"}, {"5", "b"}, {"6", OOS}, {"7", OOS}}
	said := map[string]string{"1": "a", "2": "a", "3": "b", "4": "b", "5": OOS, "6": OOS, "7": "a"}
	return rows, func(text string) string { return said[text] }
}

func TestScoreCounts(t *testing.T) {
	rows, judge := world()
	r := Score("intent", rows, judge)
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	near("accuracy", r.Accuracy, 4.0/7)
	near("in scope", *r.InScope, 3.0/5)
	near("recall", *r.OOSRecall, 0.5)
	near("precision", *r.OOSPrecision, 0.5)
	near("macro", r.MacroF1, (4.0/6+2.0/4+2.0/4)/3)
	if a := r.Classes[0]; a.Label != "a" || a.Rows != 3 || a.Predicted != 3 || a.Hits != 2 {
		t.Errorf("%+v", a)
	}
}

func TestScoreWithoutOOSRowsHasNoScopeFigures(t *testing.T) {
	r := Score("intent", []Row{{"x", "a"}}, func(string) string { return "zzz" })
	if r.OOSRecall != nil || r.InScope != nil || r.Accuracy != 0 || r.MacroF1 != 0 {
		t.Errorf("%+v", r)
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(r); err != nil || strings.Contains(b.String(), "oos") {
		t.Errorf("%s %v", b.String(), err)
	}
}

func TestJSONKeysStay(t *testing.T) {
	rows, judge := world()
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(Score("intent", rows, judge)); err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	for _, k := range strings.Fields("task n accuracy macro_f1 oos_recall in_scope_accuracy train_seconds predictions_per_second model_bytes") {
		if _, ok := m[k]; !ok {
			t.Errorf("key %s is gone", k)
		}
	}
}

func TestTableAndReport(t *testing.T) {
	rows, judge := world()
	rows = append(rows, Row{"<script>", "<b>&"})
	r := Score("intent", rows, judge)
	var table, page bytes.Buffer
	if err := r.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(strings.TrimSpace(table.String()), "\n"); len(lines) != 1+len(r.Classes) || !strings.HasPrefix(lines[0], "label\trows") {
		t.Errorf("%q", table.String())
	}
	if err := r.WriteReport(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg", "a → b: 1", "rgba(30,140,70", "&lt;b&gt;&amp;"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(page.String(), "<b>&") {
		t.Error("a label is written as HTML")
	}
}

func TestRateCountsUntilASecondIsOver(t *testing.T) {
	asked := 0
	rate := Rate([]Row{{"a", "x"}, {"b", "x"}}, func(string) string { asked++; return "" }, func() time.Duration { return time.Duration(asked) * 100 * time.Millisecond })
	if rate != 10 {
		t.Errorf("%v a second", rate)
	}
}
