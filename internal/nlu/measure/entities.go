package measure

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// Wanted is one annotated entity.
type Wanted struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Value string `json:"value"`
}

type entityRow struct {
	Text     string    `json:"text"`
	Now      time.Time `json:"now"`
	Asked    string    `json:"asked"`
	Entities []Wanted  `json:"entities"`
	Products []item    `json:"products"`
	Stores   []item    `json:"stores"`
}

type item struct {
	ID    string   `json:"id"`
	Names []string `json:"names"`
}

// Count is how often a kind was wanted, found, and both.
type Count struct {
	Wanted int     `json:"wanted"`
	Found  int     `json:"found"`
	Hits   int     `json:"hits"`
	F1     float64 `json:"f1"`
}

// Result is the score of a set. A hit needs the same kind, the same value and the same words.
type Result struct {
	Task      string            `json:"task"`
	N         int               `json:"n"`
	Precision float64           `json:"precision"`
	Recall    float64           `json:"recall"`
	F1        float64           `json:"f1"`
	Accuracy  float64           `json:"accuracy"` // rows without any mistake
	PerSecond float64           `json:"predictions_per_second"`
	Kinds     map[string]*Count `json:"kinds"`
}

// Miss tells about one mistake: side is "missed" or "wrong".
type Miss func(text, side, kind, words, value string)

// defaultNow is the clock of rows that set none.
var defaultNow = time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("UTC+8", 8*3600))

// Entities scores a Finder on annotated rows. elapsed starts a stopwatch; miss may be nil.
func Entities(r io.Reader, elapsed func() func() time.Duration, miss Miss) (Result, error) {
	res := Result{Task: "entities", Kinds: map[string]*Count{}}
	f := entity.NewFinder()
	right := 0
	var spent time.Duration
	err := eachLine(r, func(line []byte) error {
		var row entityRow
		if err := json.Unmarshal(line, &row); err != nil {
			return err
		}
		if row.Products != nil || row.Stores != nil {
			f.SetCatalogue(items(row.Products), items(row.Stores))
			return nil
		}
		if row.Now.IsZero() {
			row.Now = defaultNow
		}
		stop := elapsed()
		t := fold.Fold(row.Text)
		got := f.Find(&t, guard.FindPersonal(&t), entity.Context{Now: row.Now, Asked: row.Asked})
		spent += stop()
		res.N++
		if res.compare(row, got, miss) {
			right++
		}
		return nil
	})
	if err != nil || res.N == 0 {
		return res, err
	}
	res.sum()
	res.Accuracy = float64(right) / float64(res.N)
	res.PerSecond = float64(res.N) / spent.Seconds()
	return res, nil
}

func items(list []item) []entity.Item {
	var out []entity.Item
	for _, i := range list {
		out = append(out, entity.Item{ID: i.ID, Names: i.Names})
	}
	return out
}

func (res *Result) kind(k string) *Count {
	if res.Kinds[k] == nil {
		res.Kinds[k] = &Count{}
	}
	return res.Kinds[k]
}

// compare counts one row and tells whether it is right altogether.
func (res *Result) compare(row entityRow, got []entity.Entity, miss Miss) bool {
	used := make([]bool, len(got))
	right := true
	for _, w := range row.Entities {
		res.kind(w.Kind).Wanted++
		hit := false
		for i, g := range got {
			if !used[i] && g.Kind == w.Kind && g.Value == w.Value && (w.Text == "" || g.Text == w.Text) {
				used[i], hit = true, true
				res.kind(w.Kind).Hits++
				break
			}
		}
		if !hit {
			right = false
			if miss != nil {
				miss(row.Text, "missed", w.Kind, w.Text, w.Value)
			}
		}
	}
	for i, g := range got {
		res.kind(g.Kind).Found++
		if !used[i] {
			right = false
			if miss != nil {
				miss(row.Text, "wrong", g.Kind, g.Text, g.Value)
			}
		}
	}
	return right
}

func (res *Result) sum() {
	var all Count
	for _, c := range res.Kinds {
		c.F1 = f1(*c)
		all.Wanted, all.Found, all.Hits = all.Wanted+c.Wanted, all.Found+c.Found, all.Hits+c.Hits
	}
	res.Precision, res.Recall, res.F1 = ratio(all.Hits, all.Found), ratio(all.Hits, all.Wanted), f1(all)
}

func f1(c Count) float64 { return ratio(2*c.Hits, c.Wanted+c.Found) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// eachLine calls f for every line that is not blank; an error is told with its line.
func eachLine(r io.Reader, f func([]byte) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 4<<20)
	n := 0
	for sc.Scan() {
		n++
		if len(sc.Bytes()) == 0 {
			continue
		}
		if err := f(sc.Bytes()); err != nil {
			return errs.Wrap(err, errs.Invalid, "bad_row", "line %d is not a row of the documented form: %v", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return errs.Wrap(err, errs.Invalid, "unreadable", "line %d cannot be read: %v", n+1, err)
	}
	return nil
}
