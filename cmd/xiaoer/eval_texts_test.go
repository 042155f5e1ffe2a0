package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/evaluate"
)

func TestOpinionNames(t *testing.T) {
	for labels, want := range map[string]string{"positive negative": "positive", "1 0": "1", "正面 负面": "正面", "joy anger": "", "positive neutral": ""} {
		var rows []evaluate.Row
		for _, l := range strings.Fields(labels) {
			rows = append(rows, evaluate.Row{Text: "x", Label: l})
		}
		if got := opinionNames(rows)["positive"]; got != want {
			t.Errorf("%s: %q, want %q", labels, got, want)
		}
	}
	if opinionNames(nil) != nil {
		t.Error("no rows have a spelling")
	}
}

func TestAbuseLabels(t *testing.T) {
	judge, err := abuseJudge([]evaluate.Row{{Text: "a", Label: "offensive"}, {Text: "b", Label: "safe"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := judge("请问几点开门"); got != "safe" {
		t.Errorf("a question is %s", got)
	}
	if _, err := abuseJudge([]evaluate.Row{{Text: "a", Label: "greenish"}}); err == nil {
		t.Error("unknown labels passed")
	}
}

func TestIntentIsTrainedMeasuredAndWritten(t *testing.T) {
	dir := t.TempDir()
	rows := strings.Repeat(`{"text":"我要退货","label":"return","split":"train"}`+"\n"+`{"text":"多少钱","label":"price","split":"train"}`+"\n", 5) +
		`{"text":"想退货","label":"return","split":"test"}` + "\n"
	data := filepath.Join(dir, "rows.jsonl")
	if err := os.WriteFile(data, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	c := evalIntentCmd{evalRows{Train: []string{data}, Test: []string{data}, TrainSplit: "train", TestSplit: "test", JSON: true,
		Report: filepath.Join(dir, "r.html"), Table: filepath.Join(dir, "t.tsv"), Misses: filepath.Join(dir, "m.jsonl")}}
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{c.Report, c.Table, c.Misses} {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
	c.TestSplit = "nowhere"
	if err := c.Run(); err == nil || !strings.Contains(err.Error(), "rows.jsonl") {
		t.Errorf("an empty split: %v", err)
	}
}
