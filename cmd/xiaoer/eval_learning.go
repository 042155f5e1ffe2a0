package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/xiaoer-cs/xiaoer/evals"
	"github.com/xiaoer-cs/xiaoer/internal/app/learneval"
)

// evalLearningCmd plays the learning loop from end to end.
type evalLearningCmd struct {
	Customers int  `default:"200" help:"Scripted customers."`
	Details   bool `help:"Print every gap, draft and missed question."`
	JSON      bool `help:"Print one JSON object as the last line."`
}

// Run plays and prints.
func (c *evalLearningCmd) Run() error {
	s, err := learneval.Read(evals.Learning)
	if err != nil {
		return err
	}
	o := learneval.Options{Customers: c.Customers}
	if c.Details {
		o.Tell = func(format string, args ...any) { fmt.Printf(format+"\n", args...) }
	}
	r, err := learneval.Run(context.Background(), s, o)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Printf("%d customers, %d topics, %d answered by staff: %d gaps, %d drafts, %d proved, %d published\n", r.Customers, r.Topics, r.Staffed, r.Gaps, r.Drafted, r.Proved, r.Published)
		fmt.Printf("automation of those asked again: %.2f before, %.2f after (%.2f without the hold-out)\n", r.AutomationBefore, r.AutomationAfter, r.AutomationAfterGiven)
		fmt.Printf("suite: %.4f before, %.4f after; harmful draft caught %v, harmful publish rolled back %v\n", r.SuiteBefore, r.SuiteAfter, r.HarmfulDraftCaught, r.HarmfulPublishRolledBack)
		return nil
	}
	line, err := json.Marshal(r)
	fmt.Println(string(line))
	return err
}
