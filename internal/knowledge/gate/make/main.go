// Command make fits the gate on the demo shop's articles and the development questions, and writes gate.json beside the
// package that embeds it. The same files give the same model; a file that cannot be read ends it and changes nothing.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/gate"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	docs, err := shop()
	if err != nil {
		return err
	}
	f, err := os.Open("../../../evals/answers/dev.jsonl")
	if err != nil {
		return err
	}
	defer f.Close()
	qs, err := measure.ReadQuestions(f, "")
	if err != nil {
		return err
	}
	var asked []gate.Asked
	for _, q := range qs {
		asked = append(asked, gate.Asked{Text: q.Text, Keys: q.IDs})
	}
	data, err := json.Marshal(gate.Fit(gate.Examples(context.Background(), docs, asked)))
	if err != nil {
		return err
	}
	return os.WriteFile("gate.json", append(data, '\n'), 0o644)
}

func shop() (docs []index.Doc, err error) {
	all, err := knowledge.ReadFiles(os.DirFS("../../../seed"), "articles")
	for _, n := range all {
		docs = append(docs, knowledge.Documents(knowledge.Article{ID: id.Article(n.Key + "." + string(n.Lang)), Key: n.Key, Lang: n.Lang, Live: 1, Content: n.Content}, "")...)
	}
	return docs, err
}
