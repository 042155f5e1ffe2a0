package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
	"github.com/xiaoer-cs/xiaoer/seed"
)

// evalAnswersCmd measures retrieval and answerability without a model.
type evalAnswersCmd struct {
	Knowledge string `required:"" help:"Passages as JSON lines: id, title, text; or 'seed' for the demo shop's articles."`
	Questions string `required:"" type:"existingfile" help:"Questions as JSON lines: text, ids; no ids means that nothing answers it."`
	Remove    bool   `help:"Ask every question once more with its passages removed: those must be refused."`
	Split     string `help:"Take only rows whose split is this one."`
	Misses    bool   `help:"Print the questions whose first document is wrong, and where the gate is wrong."`
	JSON      bool   `help:"Print one JSON object as the last line."`
}

// Run measures and prints.
func (c *evalAnswersCmd) Run() error {
	debug.SetGCPercent(10) // the index lives long, the garbage of building it does not
	run := measure.Run{Accept: accept, Elapsed: stopwatch, Remove: c.Remove}
	err := c.passages(&run)
	if err != nil {
		return err
	}
	err = c.read(c.Questions, func(r io.Reader) (err error) { run.Questions, err = measure.ReadQuestions(r, c.Split); return err })
	if err != nil {
		return err
	}
	if c.Misses {
		run.Each = printMiss
	}
	return c.print(run.Do(context.Background()))
}

func (c *evalAnswersCmd) passages(run *measure.Run) error {
	if c.Knowledge != "seed" {
		return c.read(c.Knowledge, func(r io.Reader) (err error) { run.Passages, err = measure.ReadPassages(r, c.Split); return err })
	}
	all, err := knowledge.ReadFiles(seed.Articles, "articles")
	for _, n := range all {
		a := knowledge.Article{ID: id.Article(n.Key + "." + string(n.Lang)), Key: n.Key, Lang: n.Lang, Live: 1, Content: n.Content}
		run.Passages = append(run.Passages, knowledge.Documents(a, "")...)
	}
	return err
}

func (c *evalAnswersCmd) read(path string, f func(io.Reader) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := f(file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func accept(question string, found []index.Result) bool {
	return knowledge.Confidence(question, found) >= knowledge.Threshold
}

func stopwatch() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

func printMiss(q measure.Question, rank int, found []index.Result) {
	ok := accept(q.Text, found)
	if ok == (len(q.IDs) > 0) && (rank == 1 || !ok) || len(found) == 0 {
		return
	}
	fmt.Printf("rank %d accepted %v confidence %.2f: %q first: %s %q\n", rank, ok, knowledge.Confidence(q.Text, found), q.Text, found[0].Doc.ID, found[0].Doc.Title)
}

func (c *evalAnswersCmd) print(r measure.Report) error {
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	fmt.Printf("%d questions, %d passages, indexed in %.2f s (%d bytes)\n", r.N, r.Passages, r.IndexSeconds, r.IndexBytes)
	fmt.Printf("recall@1 %.4f  @3 %.4f  @10 %.4f  MRR %.4f  NDCG@10 %.4f\n", r.RecallAt1, r.RecallAt3, r.RecallAt10, r.MRR, r.NDCGAt10)
	fmt.Printf("refused: %.1f%% of %d answerable, %.1f%% of %d unanswerable\n", 100*r.RefusedAnswerable, r.Answerable, 100*r.RefusedUnanswerable, r.Unanswerable)
	fmt.Printf("query p50 %.2f ms, p99 %.2f ms\n", r.QueryP50, r.QueryP99)
	return nil
}
