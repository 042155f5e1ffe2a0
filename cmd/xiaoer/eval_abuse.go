package main

import (
	"fmt"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/evaluate"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// evalAbuseCmd measures the spotting of abuse: trained on --train, or the guard's own rules without.
type evalAbuseCmd struct{ evalRows }

// Run measures and prints.
func (c *evalAbuseCmd) Run() error {
	if len(c.Test) == 0 {
		return fmt.Errorf("--test is missing; give a file of {\"text\",\"label\"} lines")
	}
	test, skipped, err := c.rows(c.Test, c.TestSplit)
	if err != nil {
		return err
	}
	if len(c.Train) > 0 {
		m, t, err := c.model(nil, 0)
		if err != nil {
			return err
		}
		return c.finish("abuse", test, skipped, labelJudge(m, test), t)
	}
	judge, err := abuseJudge(test)
	if err != nil {
		return err
	}
	return c.finish("abuse", test, skipped, judge, trained{})
}

// abuseLabels are the ways data sets write abuse and its absence, in pairs.
var abuseLabels = [][2]string{{"abuse", "none"}, {"abuse", "ok"}, {"abusive", "normal"}, {"offensive", "non_offensive"}, {"offensive", "non-offensive"},
	{"offensive", "not_offensive"}, {"offensive", "safe"}, {"offensive", "none"}, {"toxic", "normal"}, {"1", "0"}, {"true", "false"}}

// abuseJudge answers in the words of the rows.
func abuseJudge(test []evaluate.Row) (evaluate.Judge, error) {
	for _, names := range abuseLabels {
		if onlyLabels(test, names) {
			return func(text string) string {
				folded := fold.Fold(text)
				for _, f := range guard.Scan(&folded, nil) {
					if f.Kind == guard.Abuse {
						return names[0]
					}
				}
				return names[1]
			}, nil
		}
	}
	return nil, fmt.Errorf("the labels of --test are not known as abuse and its absence; write abuse and none, or give --train")
}

// onlyLabels tells that the rows have no other labels than these two.
func onlyLabels(test []evaluate.Row, names [2]string) bool {
	for _, r := range test {
		if r.Label != names[0] && r.Label != names[1] {
			return false
		}
	}
	return len(test) > 0
}
