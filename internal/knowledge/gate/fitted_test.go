package gate_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/gate"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
)

// TestTheFileIsWhatTheFitMakes holds gate.json to its generator with XIAOER_LONG=1; the short form holds its shape. What it
// does is held by the figures of the shop's questions in package knowledge.
func TestTheFileIsWhatTheFitMakes(t *testing.T) {
	if len(gate.Shipped.Trees) < 100 {
		t.Fatalf("%d trees", len(gate.Shipped.Trees))
	}
	if os.Getenv("XIAOER_LONG") == "" {
		return
	}
	all, err := knowledge.ReadFiles(os.DirFS("../../../seed"), "articles")
	if err != nil {
		t.Fatal(err)
	}
	var docs []index.Doc
	for _, n := range all {
		docs = append(docs, knowledge.Documents(knowledge.Article{ID: id.Article(n.Key + "." + string(n.Lang)), Key: n.Key, Lang: n.Lang, Live: 1, Content: n.Content}, "")...)
	}
	f, err := os.Open("../../../evals/answers/dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	qs, err := measure.ReadQuestions(f, "")
	if err != nil {
		t.Fatal(err)
	}
	var dev []gate.Asked
	for _, q := range qs {
		dev = append(dev, gate.Asked{Text: q.Text, Keys: q.IDs})
	}
	want, errWant := json.Marshal(gate.Fit(gate.Examples(t.Context(), docs, dev)))
	got, errGot := json.Marshal(gate.Shipped)
	if errWant != nil || errGot != nil || string(want) != string(got) {
		t.Fatal("gate.json is not what its generator makes: run go generate ./internal/knowledge/gate")
	}
}
