package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"syscall"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/classify"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/corpus"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/evaluate"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/shipped"
)

// evalRows names labelled rows and where results go; the evaluations of texts share it.
type evalRows struct {
	Train      []string `type:"existingfile" help:"JSON lines to train on; several files may be given."`
	Test       []string `type:"existingfile" help:"JSON lines to measure on; without it the shipped held-out phrases."`
	TrainSplit string   `help:"Train only on rows whose split is this one."`
	TestSplit  string   `help:"Measure only rows whose split is this one."`
	TextField  string   `help:"Field that holds the text; without it text."`
	LabelField string   `help:"Field that holds the label; without it label, intent or labels."`
	Seed       uint64   `help:"Seed of training."`
	JSON       bool     `help:"Print one JSON object as the last line."`
	Report     string   `help:"Write an HTML page with the picture of confusions here."`
	Table      string   `help:"Write a table with a line per label here."`
	Misses     string   `help:"Write the rows that were taken for another label here, as JSON lines."`
}

// evalIntentCmd measures intents: trained on --train, or the shipped model without.
type evalIntentCmd struct{ evalRows }

// Run trains, measures and prints.
func (c *evalIntentCmd) Run() error {
	test, skipped, err := c.tests(corpus.Intents)
	if err != nil {
		return err
	}
	m, r, err := c.model(shipped.Intents, shipped.Bytes(corpus.Intents))
	if err != nil {
		return err
	}
	return c.finish("intent", test, skipped, labelJudge(m, test), r)
}

// labelJudge takes the best label; where the rows have oos among them, the decision about scope comes first.
func labelJudge(m *classify.Model, test []evaluate.Row) evaluate.Judge {
	oos := false
	for _, r := range test {
		oos = oos || r.Label == classify.OOS
	}
	return func(text string) string {
		p := m.Predict(text)
		if oos && p.OutOfScope {
			return classify.OOS
		}
		return p.Label
	}
}

// trained is what is known of a model's making.
type trained struct {
	rows    int
	seconds float64
	bytes   int
}

// model trains on --train, or loads the shipped one, whose file has so many bytes.
func (c *evalRows) model(ship func() *classify.Model, bytes int) (*classify.Model, trained, error) {
	if len(c.Train) == 0 {
		return ship(), trained{bytes: bytes}, nil
	}
	rows, _, err := c.rows(c.Train, c.TrainSplit)
	if err != nil {
		return nil, trained{}, err
	}
	examples := make([]classify.Example, len(rows))
	for i, r := range rows {
		examples[i] = classify.Example(r)
	}
	elapsed := stopwatch()
	m, rep, err := classify.Train(context.Background(), examples, classify.Options{Seed: c.Seed, Cores: runtime.GOMAXPROCS(0)})
	if err == nil && !c.JSON {
		fmt.Printf("trained on %d rows, %d labels, %d columns; held out: accuracy %.4f\n", rep.Examples, rep.Labels, rep.Columns, rep.Accuracy)
	}
	return m, trained{len(rows), elapsed().Seconds(), modelBytes(m)}, err
}

func modelBytes(m *classify.Model) int {
	var b bytes.Buffer
	if m == nil || m.Write(&b) != nil {
		return 0
	}
	return b.Len()
}

// tests reads --test; without it, the held-out part of the house's own corpus.
func (c *evalRows) tests(own corpus.Set) ([]evaluate.Row, int, error) {
	if len(c.Test) > 0 {
		return c.rows(c.Test, c.TestSplit)
	}
	var rows []evaluate.Row
	for _, p := range corpus.HeldOut(own) {
		rows = append(rows, evaluate.Row{Text: p.Text, Label: p.Label})
	}
	return rows, 0, nil
}

// rows reads files one after the other.
func (c *evalRows) rows(paths []string, split string) (all []evaluate.Row, skipped int, err error) {
	for _, p := range paths {
		f, err := os.Open(p)
		if err != nil {
			return nil, 0, err
		}
		rows, n, err := evaluate.Read(f, evaluate.Fields{Text: c.TextField, Label: c.LabelField, Split: split})
		f.Close()
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", p, err)
		}
		all, skipped = append(all, rows...), skipped+n
	}
	return all, skipped, nil
}

// finish counts, writes the files asked for and prints.
func (c *evalRows) finish(task string, test []evaluate.Row, skipped int, judge evaluate.Judge, t trained) error {
	r := evaluate.Score(task, test, judge)
	r.Skipped, r.TrainRows, r.TrainSeconds, r.ModelBytes = skipped, t.rows, t.seconds, t.bytes
	r.PerSecond = evaluate.Rate(test, judge, stopwatch())
	r.PeakBytes = peakMemory()
	for path, write := range map[string]func(io.Writer) error{c.Report: r.WriteReport, c.Table: r.WriteTable,
		c.Misses: func(w io.Writer) error { return writeMisses(w, test, judge) }} {
		if err := writeFile(path, write); err != nil {
			return err
		}
	}
	return c.print(r)
}

func writeFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func writeMisses(w io.Writer, rows []evaluate.Row, judge evaluate.Judge) error {
	e := json.NewEncoder(w)
	for _, r := range rows {
		if said := judge(r.Text); said != r.Label {
			if err := e.Encode(map[string]string{"text": r.Text, "label": r.Label, "said": said}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *evalRows) print(r evaluate.Result) error {
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	fmt.Printf("n %d  accuracy %.4f  macro F1 %.4f", r.N, r.Accuracy, r.MacroF1)
	if r.OOSRecall != nil {
		fmt.Printf("  in scope %.4f  out-of-scope recall %.4f", *r.InScope, *r.OOSRecall)
	}
	fmt.Printf("\ntrained in %.1f s, %.0f predictions/s, model %d bytes, peak memory %d bytes\n", r.TrainSeconds, r.PerSecond, r.ModelBytes, r.PeakBytes)
	return nil
}

// peakMemory is the most memory the process has held.
func peakMemory() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return int64(u.Maxrss) * 1024
}
