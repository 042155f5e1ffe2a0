package evaluate

import (
	"fmt"
	"html/template"
	"io"
	"slices"
)

// WriteTable writes one line per label: rows, predicted, precision, recall, F1, separated by tabs.
func (r Result) WriteTable(w io.Writer) error {
	if _, err := fmt.Fprintln(w, "label\trows\tpredicted\tprecision\trecall\tf1"); err != nil {
		return err
	}
	for _, c := range r.Classes {
		_, err := fmt.Fprintf(w, "%s\t%d\t%d\t%.4f\t%.4f\t%.4f\n", c.Label, c.Rows, c.Predicted, c.Precision(), c.Recall(), c.F1())
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteReport writes a page that stands alone: the figures, the labels from worst to best, and the picture of confusions.
func (r Result) WriteReport(w io.Writer) error {
	worst := slices.DeleteFunc(slices.Clone(r.Classes), func(c Class) bool { return c.Rows == 0 })
	slices.SortStableFunc(worst, func(a, b Class) int {
		switch {
		case a.F1() < b.F1():
			return -1
		case a.F1() > b.F1():
			return 1
		}
		return 0
	})
	return page.Execute(w, struct {
		Result
		Worst []Class
		Cells []cell
		Side  int
		Pairs []pair
	}{r, worst, r.Table.cells(), len(r.Table.Labels) * cellSide, r.Table.pairs(40)})
}

// cellSide is the edge of one cell of the picture.
const cellSide = 12

// cell is one square of the picture.
type cell struct {
	X, Y  int
	Fill  string
	Title string
}

// cells draws hits green and confusions red, the stronger the larger their share of the row.
func (t *Table) cells() []cell {
	var out []cell
	for a, row := range t.Count {
		total := 0
		for _, n := range row {
			total += n
		}
		for b, n := range row {
			if n == 0 {
				continue
			}
			colour := "200,40,40"
			if a == b {
				colour = "30,140,70"
			}
			out = append(out, cell{b * cellSide, a * cellSide, fmt.Sprintf("rgba(%s,%.2f)", colour, 0.15+0.85*ratio(n, total)),
				fmt.Sprintf("%s → %s: %d", t.Labels[a], t.Labels[b], n)})
		}
	}
	return out
}

// pair is one confusion.
type pair struct {
	Label, Said string
	Count       int
}

// pairs are the most frequent confusions.
func (t *Table) pairs(limit int) []pair {
	var out []pair
	for a, row := range t.Count {
		for b, n := range row {
			if a != b && n > 0 {
				out = append(out, pair{t.Labels[a], t.Labels[b], n})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b pair) int { return b.Count - a.Count })
	return out[:min(limit, len(out))]
}

var page = template.Must(template.New("report").Funcs(template.FuncMap{
	"pct": func(v float64) string { return fmt.Sprintf("%.2f %%", 100*v) },
	"css": func(s string) template.CSS { return template.CSS(s) }, // our own colours only
}).Parse(`<!doctype html><meta charset="utf-8"><title>{{.Task}}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#222}table{border-collapse:collapse}td,th{padding:.15rem .7rem;text-align:right;border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}.two{display:flex;gap:3rem;flex-wrap:wrap}</style>
<h1>{{.Task}}</h1>
<p>n {{.N}} · accuracy {{pct .Accuracy}} · macro F1 {{pct .MacroF1}}{{with .InScope}} · in scope {{pct .}}{{end}}{{with .OOSRecall}} · out-of-scope recall {{pct .}}{{end}} · trained on {{.TrainRows}} rows in {{printf "%.1f" .TrainSeconds}} s · {{printf "%.0f" .PerSecond}} predictions/s · model {{.ModelBytes}} bytes</p>
<h2>Confusions</h2>
<svg width="{{.Side}}" height="{{.Side}}" style="border:1px solid #ccc">{{range .Cells}}<rect x="{{.X}}" y="{{.Y}}" width="11" height="11" style="fill:{{css .Fill}}"><title>{{.Title}}</title></rect>{{end}}</svg>
<div class="two"><div><h2>Most frequent</h2><table><tr><th>label</th><th>taken for</th><th>times</th></tr>{{range .Pairs}}<tr><td>{{.Label}}</td><td>{{.Said}}</td><td>{{.Count}}</td></tr>{{end}}</table></div>
<div><h2>Labels, worst first</h2><table><tr><th>label</th><th>rows</th><th>precision</th><th>recall</th><th>F1</th></tr>{{range .Worst}}<tr><td>{{.Label}}</td><td>{{.Rows}}</td><td>{{pct .Precision}}</td><td>{{pct .Recall}}</td><td>{{pct .F1}}</td></tr>{{end}}</table></div></div>
`))
