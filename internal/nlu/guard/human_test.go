package guard_test

import (
	"os"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

func lines(t *testing.T, file string) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func wants(text string) bool {
	f := fold.Fold(text)
	return guard.WantsHuman(f.Plain)
}

func TestEveryWishForAPersonIsSeen(t *testing.T) {
	for _, file := range []string{"human_dev.txt", "human_heldout.txt", "human_more.txt"} {
		list := lines(t, file)
		for _, text := range list {
			if !wants(text) {
				t.Errorf("%s: %q is missed", file, text)
			}
		}
		if file == "human_heldout.txt" && len(list) < 200 {
			t.Errorf("only %d ways", len(list))
		}
	}
}

func TestOrdinaryMessagesAreNoWishForAPerson(t *testing.T) {
	list := lines(t, "ordinary.txt")
	alarms := 0
	for _, text := range list {
		if wants(text) {
			alarms++
			t.Logf("false alarm: %q", text)
		}
	}
	if len(list) < 2000 || alarms*100 > len(list) {
		t.Errorf("%d false alarms in %d messages", alarms, len(list))
	}
}
