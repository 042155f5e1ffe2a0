package measure_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/measure"
)

func TestRowsOfEveryShape(t *testing.T) {
	docs, err := measure.ReadPassages(strings.NewReader("\ufeff"+`{"id":"1","title":"Parking","text":"Two hours free."}

{"id":"2","question":"Where are you?","answers":["In Hangzhou.","And Shanghai."],"split":"dev"}`), "")
	if err != nil || len(docs) != 2 || docs[1].Title != "Where are you?" || docs[1].Text != "In Hangzhou.\nAnd Shanghai." {
		t.Fatalf("%v %+v", err, docs)
	}
	qs, err := measure.ReadQuestions(strings.NewReader(`{"text":"a","ids":["1"]}
{"text":"b","faq_id":"2"}
{"text":"c","passage_id":"3","split":"dev"}
{"text":" "}
{"text":"d","ids":[]}`), "")
	if err != nil || len(qs) != 4 || qs[1].IDs[0] != "2" || qs[2].IDs[0] != "3" || len(qs[3].IDs) != 0 {
		t.Fatalf("%v %+v", err, qs)
	}
	if qs, _ = measure.ReadQuestions(strings.NewReader(`{"text":"c","passage_id":"3","split":"dev"}`+"\n"+`{"text":"x","ids":["1"]}`), "dev"); len(qs) != 1 {
		t.Fatalf("split: %+v", qs)
	}
}

func TestBadRowsTellTheirLine(t *testing.T) {
	for _, rows := range []string{"", "{", `{"id":"1","text":"x"}` + "\n" + `{"id":"1","text":"y"}`, `{"text":"no id"}`, `{"id":"1"}`} {
		if _, err := measure.ReadPassages(strings.NewReader(rows), ""); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", rows, err)
		}
	}
	_, err := measure.ReadQuestions(strings.NewReader(`{"text":"ok"}`+"\n{bad"), "")
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Fatal(err)
	}
}

// run asks over three passages; the stopwatch says one, two, three ... milliseconds.
func run(remove bool, accept bool, qs ...measure.Question) *measure.Run {
	n := time.Duration(0)
	return &measure.Run{
		Passages:  []index.Doc{{ID: "park", Title: "parking fee"}, {ID: "ship", Title: "delivery cost"}, {ID: "cat", Key: "pets", Title: "cats and dogs allowed"}},
		Questions: qs, Remove: remove,
		Elapsed: func() func() time.Duration { return func() time.Duration { n += time.Millisecond; return n } },
		Accept:  func(_ string, found []index.Result) bool { return accept && len(found) > 0 },
	}
}

func TestCounts(t *testing.T) {
	rep := run(false, true,
		measure.Question{Text: "parking", IDs: []string{"park"}},
		measure.Question{Text: "dogs", IDs: []string{"pets"}},
		measure.Question{Text: "zebra", IDs: []string{"ship"}},
		measure.Question{Text: "cats"},
		measure.Question{Text: "quagga"}).Do(t.Context())
	if rep.N != 5 || rep.Answerable != 3 || rep.Unanswerable != 2 || math.Abs(rep.RecallAt1-2.0/3) > 1e-9 || math.Abs(rep.MRR-2.0/3) > 1e-9 || math.Abs(rep.NDCGAt10-2.0/3) > 1e-9 {
		t.Fatalf("%+v", rep)
	}
	if math.Abs(rep.AnswerableRecall-2.0/3) > 1e-9 || math.Abs(rep.AnswerablePrecision-2.0/3) > 1e-9 || rep.RefusedUnanswerable != 0.5 {
		t.Fatalf("%+v", rep)
	}
	if rep.QueryP50 <= 0 || rep.QueryP99 < rep.QueryP50 || rep.IndexBytes == 0 {
		t.Fatalf("%+v", rep)
	}
}

func TestRemoveAsksAgainWithoutThePassage(t *testing.T) {
	r := run(true, true, measure.Question{Text: "parking", IDs: []string{"park"}}, measure.Question{Text: "dogs", IDs: []string{"pets"}})
	var seen []int
	r.Each = func(_ measure.Question, _ int, found []index.Result) { seen = append(seen, len(found)) }
	rep := r.Do(t.Context())
	if rep.Unanswerable != 2 || rep.RefusedUnanswerable != 1 || len(seen) != 4 || seen[2] != 0 || seen[3] != 0 {
		t.Fatalf("%+v %v", rep, seen)
	}
}
