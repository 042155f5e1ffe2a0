package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/measure"
)

// evalPIICmd measures the finding of personal data.
type evalPIICmd struct {
	Test   string `required:"" type:"existingfile" help:"Annotated messages as JSON lines: text, spans of kind, start and end in characters; or text, kind, label (valid, invalid)."`
	Misses bool   `help:"Print every mistake."`
	JSON   bool   `help:"Print one JSON object as the last line."`
}

// Run measures and prints.
func (c *evalPIICmd) Run() error {
	file, err := os.Open(c.Test)
	if err != nil {
		return err
	}
	defer file.Close()
	res, err := measure.PersonalData(file, stopwatch, missPrinter(c.Misses))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Test, err)
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(res)
	}
	printScore(res.Result)
	fmt.Printf("structured kinds: recall %.4f, precision %.4f\n", res.StructuredRecall, res.StructuredPrecision)
	return nil
}
