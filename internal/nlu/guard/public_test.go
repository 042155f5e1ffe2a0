package guard_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublicSets reports how much of public sets of hostile texts is spotted. It measures and asserts nothing, and runs only where
// XIAOER_HOSTILE names files of JSON lines {"text" or "document", "label"?, "lang"?}; those sets never shape the patterns.
func TestPublicSets(t *testing.T) {
	files := os.Getenv("XIAOER_HOSTILE")
	if files == "" {
		t.Skip("XIAOER_HOSTILE names no files; the house's own sets are tested above")
	}
	for _, file := range filepath.SplitList(files) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		type count struct{ n, abuse, injection int }
		by := map[string]*count{}
		for line := range strings.Lines(string(raw)) {
			var r struct{ Text, Document, Label, Lang, Split string }
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			key := strings.Join([]string{r.Split, r.Label, r.Lang}, " ")
			if by[key] == nil {
				by[key] = &count{}
			}
			got := spotted(t, r.Text+r.Document)
			by[key].n++
			if got["abuse"] {
				by[key].abuse++
			}
			if got["injection"] {
				by[key].injection++
			}
		}
		for key, c := range by {
			t.Logf("%s %s: %d texts, abuse %d, injection %d", filepath.Base(file), key, c.n, c.abuse, c.injection)
		}
	}
}
