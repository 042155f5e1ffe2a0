package measure_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/measure"
)

func still() func() time.Duration { return func() time.Duration { return time.Millisecond } }

func TestHeldOutEntities(t *testing.T) {
	f, err := os.Open("../entity/testdata/heldout.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	res, err := measure.Entities(f, still, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.N < 500 || res.F1 < 0.95 {
		t.Errorf("%d messages, F1 %.4f", res.N, res.F1)
	}
}

func TestPersonalDataForms(t *testing.T) {
	f, err := os.Open("testdata/pii.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	res, err := measure.PersonalData(f, still, func(text, side, kind, words, value string) {
		if measure.Structured(kind) {
			t.Logf("%s %s %q in %q", side, kind, words, text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.StructuredRecall < 0.99 || res.StructuredPrecision < 0.98 {
		t.Errorf("structured kinds: recall %.4f, precision %.4f", res.StructuredRecall, res.StructuredPrecision)
	}
}

func TestScoresAreCounted(t *testing.T) {
	rows := `{"text":"明天给我两件","entities":[{"kind":"date","text":"明天","value":"2026-11-26"},{"kind":"quantity","text":"两件","value":"3"}]}`
	var told []string
	res, err := measure.Entities(strings.NewReader(rows), still, func(_, side, kind, _, value string) { told = append(told, side+" "+kind+" "+value) })
	if err != nil {
		t.Fatal(err)
	}
	if res.Precision != 0.5 || res.Recall != 0.5 || res.F1 != 0.5 || res.Accuracy != 0 || len(told) != 2 {
		t.Errorf("%+v %v", res, told)
	}
}

func TestValidAndInvalidForms(t *testing.T) {
	rows := `{"text":"13800138000","kind":"cn_mobile_phone","label":"valid"}
{"text":"12800138000","kind":"cn_mobile_phone","label":"invalid"}
{"text":"my mail is a@b.com","spans":[{"type":"EMAIL_ADDRESS","start":11,"end":18},{"type":"ORGANIZATION","start":0,"end":2}]}`
	res, err := measure.PersonalData(strings.NewReader(rows), still, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.N != 3 || res.StructuredRecall != 1 || res.StructuredPrecision != 1 {
		t.Errorf("%+v", res)
	}
}

func TestBadRowsAreRefusedWithTheirLine(t *testing.T) {
	_, err := measure.Entities(strings.NewReader("{\"text\":\"a\"}\n{broken\n"), still, nil)
	if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if _, err = measure.PersonalData(strings.NewReader("[]"), still, nil); errs.KindOf(err) != errs.Invalid {
		t.Errorf("got %v", err)
	}
}
