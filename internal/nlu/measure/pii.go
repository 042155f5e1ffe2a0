package measure

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

type piiRow struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Label string `json:"label"`
	Spans []struct {
		Kind  string `json:"kind"`
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	} `json:"spans"`
}

// kindNames maps the kinds of other annotators to ours; a kind that maps to nothing is not scored.
var kindNames = map[string]string{
	"phone": guard.Phone, "phone_number": guard.Phone, "us_phone_number": guard.Phone, "cn_mobile_phone": guard.Phone, "mobile": guard.Phone,
	"email": guard.Email, "email_address": guard.Email, "id_card": guard.IDCard, "cn_identity_card": guard.IDCard,
	"bank_card": guard.BankCard, "credit_card": guard.BankCard, "credit_card_any": guard.BankCard, "unionpay_card": guard.BankCard,
	"plate": guard.Plate, "passport": guard.Passport, "cn_passport": guard.Passport, "address": guard.Address, "street_address": guard.Address,
	"name": guard.Name, "person": guard.Name,
}

// Structured tells whether a kind has a form that can be checked.
func Structured(kind string) bool {
	switch kind {
	case guard.Phone, guard.Email, guard.IDCard, guard.BankCard, guard.Plate:
		return true
	}
	return false
}

// PII is the score of personal data.
type PII struct {
	Result
	StructuredRecall    float64 `json:"structured_recall"`
	StructuredPrecision float64 `json:"structured_precision"`
}

// PersonalData scores the finding of personal data; a span is found when the finding of its kind covers most of it.
func PersonalData(r io.Reader, elapsed func() func() time.Duration, miss Miss) (PII, error) {
	res := PII{Result: Result{Task: "pii", Kinds: map[string]*Count{}}}
	right := 0
	var spent time.Duration
	err := eachLine(r, func(line []byte) error {
		var row piiRow
		if err := json.Unmarshal(line, &row); err != nil {
			return err
		}
		stop := elapsed()
		t := fold.Fold(row.Text)
		found := guard.FindPersonal(&t)
		spent += stop()
		res.N++
		if res.row(row, &t, found, miss) {
			right++
		}
		return nil
	})
	if err != nil || res.N == 0 {
		return res, err
	}
	res.sum()
	var s Count
	for k, c := range res.Kinds {
		if Structured(k) {
			s.Wanted, s.Found, s.Hits = s.Wanted+c.Wanted, s.Found+c.Found, s.Hits+c.Hits
		}
	}
	res.StructuredRecall, res.StructuredPrecision = ratio(s.Hits, s.Wanted), ratio(s.Hits, s.Found)
	res.Accuracy, res.PerSecond = float64(right)/float64(res.N), float64(res.N)/spent.Seconds()
	return res, nil
}

type place struct {
	kind       string
	start, end int
}

func (res *PII) row(row piiRow, t *fold.Text, found []guard.Personal, miss Miss) bool {
	wanted := wantedPlaces(row)
	right := true
	hit := make([]bool, len(found))
	for _, w := range wanted {
		res.kind(w.kind).Wanted++
		ok := false
		for i, p := range found {
			a, b := t.Span(p.Start, p.End)
			if p.Kind == w.kind && 2*(min(b, w.end)-max(a, w.start)) > w.end-w.start {
				ok, hit[i] = true, true
			}
		}
		if ok {
			res.kind(w.kind).Hits++
		} else {
			right = false
			if miss != nil {
				miss(row.Text, "missed", w.kind, row.Text[w.start:w.end], "")
			}
		}
	}
	for i, p := range found {
		if row.Kind != "" && p.Kind != kindNames[row.Kind] {
			continue // a whole text is judged for its own kind only
		}
		res.kind(p.Kind).Found++
		if !hit[i] {
			right = false
			if miss != nil {
				a, b := t.Span(p.Start, p.End)
				miss(row.Text, "wrong", p.Kind, row.Text[a:b], p.Value)
			}
		}
	}
	return right
}

// wantedPlaces are the annotated spans in bytes.
func wantedPlaces(row piiRow) []place {
	if row.Kind != "" {
		if k := kindNames[strings.ToLower(row.Kind)]; k != "" && row.Label != "invalid" {
			return []place{{k, 0, len(row.Text)}}
		}
		return nil
	}
	offsets := make([]int, 0, len(row.Text)+1)
	for i := range row.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(row.Text))
	var out []place
	for _, s := range row.Spans {
		k := kindNames[strings.ToLower(s.Kind+s.Type)]
		if k == "" || s.Start < 0 || s.End >= len(offsets) || s.Start >= s.End {
			continue
		}
		out = append(out, place{k, offsets[s.Start], offsets[s.End]})
	}
	return out
}
