package corpus

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var data embed.FS

// section is a label with its lines.
type section struct {
	label string
	lines []string
}

// sections reads a file of [label] headings with lines under them; # begins a comment line.
func sections(name string) []section {
	raw, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	var out []section
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			out = append(out, section{label: line[1 : len(line)-1]})
		case len(out) == 0:
			panic(fmt.Sprintf("corpus: %s:%d: a line before the first [label]", name, n+1))
		default:
			s := &out[len(out)-1]
			s.lines = append(s.lines, line)
		}
	}
	return out
}

// slotsOf reads the slots of a language.
func slotsOf(lang string) map[string][]string {
	slots := map[string][]string{}
	for _, s := range sections("slots." + lang + ".txt") {
		for _, l := range s.lines {
			slots[s.label] = append(slots[s.label], strings.Split(l, "|")...)
		}
	}
	return slots
}
