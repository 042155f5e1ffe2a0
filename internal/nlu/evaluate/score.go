package evaluate

import (
	"slices"
	"time"
)

// OOS is the label of rows that belong to no label.
const OOS = "oos"

// Judge predicts the label of a text.
type Judge func(text string) string

// Result is what was counted. The JSON keys are a stable surface.
type Result struct {
	Task         string   `json:"task"`
	N            int      `json:"n"`
	Accuracy     float64  `json:"accuracy"`
	MacroF1      float64  `json:"macro_f1"`
	OOSRecall    *float64 `json:"oos_recall,omitempty"`
	OOSPrecision *float64 `json:"oos_precision,omitempty"`
	InScope      *float64 `json:"in_scope_accuracy,omitempty"`
	TrainSeconds float64  `json:"train_seconds"`
	PerSecond    float64  `json:"predictions_per_second"`
	ModelBytes   int      `json:"model_bytes"`
	PeakBytes    int64    `json:"peak_memory_bytes"`
	TrainRows    int      `json:"train_rows"`
	Skipped      int      `json:"skipped,omitempty"`
	Classes      []Class  `json:"-"`
	Table        *Table   `json:"-"`
}

// Class is the count of one label.
type Class struct {
	Label                 string
	Rows, Predicted, Hits int
}

// Precision is the share of predictions of this label that are right.
func (c Class) Precision() float64 { return ratio(c.Hits, c.Predicted) }

// Recall is the share of this label's rows that were found.
func (c Class) Recall() float64 { return ratio(c.Hits, c.Rows) }

// F1 is the harmonic mean of precision and recall.
func (c Class) F1() float64 { return ratio(2*c.Hits, c.Rows+c.Predicted) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Table counts which label was taken for which: Count[row][column] by index into Labels.
type Table struct {
	Labels []string
	Count  [][]int
}

// Score asks judge for every row and counts.
func Score(task string, rows []Row, judge Judge) Result {
	r := Result{Task: task, N: len(rows)}
	said := make([]string, len(rows))
	hits := 0
	for i, row := range rows {
		said[i] = judge(row.Text)
		if said[i] == row.Label {
			hits++
		}
	}
	r.Accuracy = ratio(hits, len(rows))
	r.Table = tabulate(rows, said)
	r.Classes = r.Table.classes()
	r.MacroF1 = macro(r.Classes)
	r.scope(rows, said)
	return r
}

func tabulate(rows []Row, said []string) *Table {
	t := &Table{}
	for i := range rows {
		t.Labels = append(t.Labels, rows[i].Label, said[i])
	}
	slices.Sort(t.Labels)
	t.Labels = slices.Compact(t.Labels)
	t.Count = make([][]int, len(t.Labels))
	for i := range t.Count {
		t.Count[i] = make([]int, len(t.Labels))
	}
	for i := range rows {
		a, _ := slices.BinarySearch(t.Labels, rows[i].Label)
		b, _ := slices.BinarySearch(t.Labels, said[i])
		t.Count[a][b]++
	}
	return t
}

func (t *Table) classes() []Class {
	out := make([]Class, len(t.Labels))
	for a, row := range t.Count {
		out[a].Label = t.Labels[a]
		out[a].Hits = row[a]
		for b, n := range row {
			out[a].Rows += n
			out[b].Predicted += n
		}
	}
	return out
}

// macro is the mean F1 of the labels that occur in the rows.
func macro(classes []Class) float64 {
	sum, n := 0.0, 0
	for _, c := range classes {
		if c.Rows > 0 {
			sum += c.F1()
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// scope fills the out-of-scope figures when the rows have any.
func (r *Result) scope(rows []Row, said []string) {
	var out, found, claimed, in, right int
	for i, row := range rows {
		if said[i] == OOS {
			claimed++
		}
		switch {
		case row.Label == OOS && said[i] == OOS:
			out, found = out+1, found+1
		case row.Label == OOS:
			out++
		default:
			in++
			if said[i] == row.Label {
				right++
			}
		}
	}
	if out == 0 {
		return
	}
	recall, precision, inScope := ratio(found, out), ratio(found, claimed), ratio(right, in)
	r.OOSRecall, r.OOSPrecision, r.InScope = &recall, &precision, &inScope
}

// Rate is how many predictions a second one goroutine makes; elapsed tells the time since its making.
func Rate(rows []Row, judge Judge, elapsed func() time.Duration) float64 {
	n := 0
	for elapsed() < time.Second {
		for _, row := range rows[:min(len(rows), 2000)] {
			judge(row.Text)
			n++
		}
	}
	return float64(n) / elapsed().Seconds()
}
