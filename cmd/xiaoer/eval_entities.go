package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/measure"
)

// evalEntitiesCmd measures entity finding.
type evalEntitiesCmd struct {
	Test   string `required:"" type:"existingfile" help:"Annotated messages as JSON lines: text, now, entities of kind, text and value; a row of products and stores sets the catalogue."`
	Misses bool   `help:"Print every mistake."`
	JSON   bool   `help:"Print one JSON object as the last line."`
}

// Run measures and prints.
func (c *evalEntitiesCmd) Run() error {
	file, err := os.Open(c.Test)
	if err != nil {
		return err
	}
	defer file.Close()
	res, err := measure.Entities(file, stopwatch, missPrinter(c.Misses))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Test, err)
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(res)
	}
	printScore(res)
	return nil
}

// missPrinter prints mistakes when it is wished.
func missPrinter(wished bool) measure.Miss {
	if !wished {
		return nil
	}
	return func(text, side, kind, words, value string) {
		fmt.Printf("%s %s %q %s | %q\n", side, kind, words, value, text)
	}
}

func printScore(res measure.Result) {
	fmt.Printf("%s: %d messages, precision %.4f, recall %.4f, F1 %.4f, %.0f a second\n", res.Task, res.N, res.Precision, res.Recall, res.F1, res.PerSecond)
	var kinds []string
	for k := range res.Kinds {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	for _, k := range kinds {
		n := res.Kinds[k]
		fmt.Printf("  %-10s wanted %4d found %4d hits %4d F1 %.4f\n", k, n.Wanted, n.Found, n.Hits, n.F1)
	}
}
