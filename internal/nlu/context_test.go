package nlu_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu"
)

var shown = map[string][]nlu.Option{
	"shoes": {
		{Value: "sku-1", Label: "云步跑鞋 黑色 42", Attributes: map[string]string{"colour": "black", "size": "42", "price": "49900"}},
		{Value: "sku-2", Label: "云步跑鞋 蓝色 42", Attributes: map[string]string{"colour": "blue", "size": "42", "price": "52900"}},
		{Value: "sku-3", Label: "云步跑鞋 白色 43", Attributes: map[string]string{"colour": "white", "size": "43", "price": "45900"}},
	},
	"orders": {
		{Value: "XE202611180001", Label: "11月18日 跑鞋 / Running Shoes"},
		{Value: "XE202611100002", Label: "11月10日 保温杯 / Thermos"},
		{Value: "XE202610160003", Label: "10月16日 电饭煲 / Rice Cooker"},
	},
	"stores": {
		{Value: "s-xihu", Label: "杭州西湖店 / Hangzhou West Lake Store"},
		{Value: "s-jingan", Label: "上海静安寺店 / Shanghai Jing'an Store"},
	},
}

// told is what an understanding says about the things a case can want.
func told(u nlu.Understanding, kind string) string {
	var out []string
	for _, e := range u.Entities {
		if o := e.Data["option"]; o != "" {
			return "option " + o
		}
		if e.Kind == kind && kind != "" {
			return e.Kind + "=" + e.Value
		}
	}
	for name, is := range map[string]bool{"yes": u.Affirms, "no": u.Denies, "correct": u.Corrects, "cancel": u.Cancels} {
		if is {
			out = append(out, name)
		}
	}
	return strings.Join(out, ",")
}

func TestAnswersInContext(t *testing.T) {
	raw, err := os.ReadFile("testdata/context.tsv")
	if err != nil {
		t.Fatal(err)
	}
	e := engine()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("UTC+8", 8*3600))
	n, right := 0, 0
	for line := range strings.Lines(string(raw)) {
		cell := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(cell) != 5 {
			continue
		}
		n++
		u := e.Understand(cell[3], nlu.Context{Now: now, Asked: cell[1], Flow: cell[2], Options: shown[cell[0]]})
		if got := told(u, cell[1]); fits(cell[4], got) {
			right++
		} else {
			t.Errorf("%q after %s asked %s: got %q, want %q", cell[3], cell[0], cell[1], got, cell[4])
		}
	}
	if n < 60 {
		t.Errorf("only %d cases", n)
	}
	t.Logf("%d of %d", right, n)
}

// fits compares a want with what was told: acts may be told in any order and beside each other.
func fits(want, got string) bool {
	if want == "none" {
		return !strings.HasPrefix(got, "option")
	}
	if strings.HasPrefix(want, "option") || strings.Contains(want, "=") {
		return want == got
	}
	for part := range strings.SplitSeq(want, ",") {
		if !strings.Contains(","+got+",", ","+part+",") {
			return false
		}
	}
	return !strings.Contains(got, "yes") || strings.Contains(want, "yes")
}
