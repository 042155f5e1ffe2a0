package id_test

import (
	"bytes"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

func TestIdsSortByTime(t *testing.T) {
	now := time.UnixMilli(1)
	m := id.NewMaker(func() time.Time { now = now.Add(time.Millisecond); return now }, nil)
	var ids []string
	for range 200 {
		ids = append(ids, m.New("msg"))
	}
	if !sort.StringsAreSorted(ids) {
		t.Fatal("ids do not sort by age")
	}
	if !strings.HasPrefix(ids[0], "msg_") || len(ids[0]) != 4+26 {
		t.Fatalf("odd id %q", ids[0])
	}
}

func TestIdsAreDeterministicByInjection(t *testing.T) {
	mk := func() string {
		return id.NewMaker(func() time.Time { return time.UnixMilli(7) }, bytes.NewReader(make([]byte, 10))).New("x")
	}
	if first, second := mk(), mk(); first != second {
		t.Fatal("same clock and randomness must give the same id")
	}
}

func TestText(t *testing.T) {
	both := id.Text{ZH: "你好", EN: "Hello"}
	if both.In(id.EN) != "Hello" || both.In(id.ZH) != "你好" {
		t.Fatal("wrong language")
	}
	if (id.Text{EN: "only"}).In(id.ZH) != "only" || (id.Text{ZH: "只有"}).In(id.EN) != "只有" {
		t.Fatal("the other language must stand in")
	}
	if !(id.Text{}).Empty() || both.Empty() {
		t.Fatal("Empty is wrong")
	}
}

func TestParseLang(t *testing.T) {
	for in, want := range map[string]id.Lang{"en": id.EN, "EN-gb": id.EN, "zh-CN": id.ZH, "": id.ZH, "fr": id.ZH} {
		if got := id.ParseLang(in); got != want {
			t.Errorf("ParseLang(%q) = %q, want %q", in, got, want)
		}
	}
}
