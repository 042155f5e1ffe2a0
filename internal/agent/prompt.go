package agent

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// PromptVersion goes onto every question to a model; it changes whenever a text in prompts/ does.
const PromptVersion = "2026-11.1"

//go:embed prompts/*.txt
var promptFiles embed.FS

// prompt is one of the texts in prompts/, with its places filled. The texts hold no secret: whoever reads them learns nothing that
// would help.
func prompt(name string, l id.Lang, with map[string]string) string {
	raw, err := promptFiles.ReadFile("prompts/" + name + "." + string(id.ParseLang(string(l))) + ".txt")
	if err != nil {
		panic("agent: " + err.Error()) // the files are part of the binary
	}
	pairs := make([]string, 0, 2*len(with))
	for k, v := range with {
		pairs = append(pairs, "{{"+k+"}}", v)
	}
	return strings.NewReplacer(pairs...).Replace(string(raw))
}

// menu lists the flows a model may start. A person is never asked for by a model.
func menu(b *flow.Book, l id.Lang) string {
	var out strings.Builder
	for _, f := range b.Flows() {
		if f.ID == personFlow {
			continue
		}
		var slots []string
		for name := range f.Slots {
			slots = append(slots, name)
		}
		slices.Sort(slots)
		fmt.Fprintf(&out, "%s: %s | %s\n", f.ID, f.Title.In(l), strings.Join(slots, " "))
	}
	return out.String()
}
