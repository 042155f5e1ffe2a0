// Command make trains the shipped models from the corpus and writes them beside the package that embeds them.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/corpus"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/shipped"
)

func main() {
	for _, set := range []corpus.Set{corpus.Intents, corpus.Emotions, corpus.Reviews} {
		if err := write(set); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func write(set corpus.Set) error {
	m, r, err := shipped.Train(context.Background(), set)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		return err
	}
	fmt.Printf("%s: %d examples, %d labels, %d columns, %d bytes; held out %.4f\n", set, r.Examples, r.Labels, r.Columns, b.Len(), r.Accuracy)
	return os.WriteFile(string(set)+".model", b.Bytes(), 0o644)
}
