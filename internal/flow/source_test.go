package flow_test

import (
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
)

func TestEveryShippedSourceIsSound(t *testing.T) {
	b, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Flows() {
		text := flow.Source(f.ID)
		got, faults := b.CheckText([]byte(text))
		if got == nil || got.ID != f.ID || len(faults) > 0 || flow.Sound(faults) != nil {
			t.Errorf("%s: %+v", f.ID, faults)
		}
	}
	for _, odd := range []string{"", "nothing", "../validate", "texts.yaml", "a/b"} {
		if flow.Source(odd) != "" {
			t.Errorf("%q has a source", odd)
		}
	}
}

const sick = `id: mine
title: {zh: 我的, en: Mine}
intents: [cancel_order]
slots:
  order:
    from: [order]
    ask: {zh: 哪个订单？, en: ""}
steps:
  - collect: order
  - say: {zh: 还要 3 天。, en: "{nothing.there} days"}
  - id: last
    branch:
      - {if: "1 ==", to: away}
  - collect: size
`

func TestFaultsAreToldAtTheirLine(t *testing.T) {
	b, _ := flow.Shipped()
	_, faults := b.CheckText([]byte(sick))
	want := map[int]string{3: "starts", 7: "zh and en", 10: "figures", 12: "no step", 14: "no slot"}
	for line, word := range want {
		found := false
		for _, f := range faults {
			found = found || f.Line == line && strings.Contains(f.Message, word)
		}
		if !found {
			t.Errorf("nothing about %q at line %d: %+v", word, line, faults)
		}
	}
	err := flow.Sound(faults)
	if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "faults") {
		t.Errorf("%v", err)
	}
}

func TestTextThatCannotBeReadIsToldAtItsLine(t *testing.T) {
	b, _ := flow.Shipped()
	for text, line := range map[string]int{"id: a\ntitle: [": 2, "id: mine\nstepz: []\ncolour: red": 2, "title: {zh: a, en: b}": 0, "": 0, "id: aa\n---\nid: bb": 0, "id: mine\nsteps: nothing": 2} {
		f, faults := b.CheckText([]byte(text))
		if f != nil || len(faults) == 0 || faults[0].Message == "" {
			t.Errorf("%q: %+v", text, faults)
		} else if faults[0].Line != line && line != 2 {
			t.Errorf("%q at line %d: %+v", text, line, faults)
		}
	}
	if _, faults := b.CheckText([]byte("id: mine\nstepz: []\ncolour: red")); len(faults) != 2 || faults[0].Line != 2 || faults[1].Line != 3 {
		t.Errorf("%+v", faults)
	}
}
