package sentiment

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed data/*.txt
var data embed.FS

// role is what an entry of the lexicon does to its clause.
type role uint8

const (
	value role = iota
	negation
	strong
	weak
	contrast
	concession
)

var roles = map[string]role{"negation": negation, "strong": strong, "weak": weak, "contrast": contrast, "concession": concession}

// entry is one word or idiom.
type entry struct {
	role  role
	value float64
}

// lexicon holds entries by their text; longest wins.
type lexicon struct {
	entries map[string]entry
	longest int  // bytes
	words   bool // entries end at word boundaries
}

// load reads a lexicon of a language.
func load(lang string) *lexicon {
	raw, err := data.ReadFile("data/lexicon." + lang + ".txt")
	if err != nil {
		panic(err)
	}
	l := &lexicon{entries: map[string]entry{}, words: lang == "en"}
	var e entry
	for n, line := range strings.Split(string(raw), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			e = header(strings.Trim(line, "[]"), n+1)
		default:
			l.add(line, e)
		}
	}
	return l
}

func header(name string, line int) entry {
	if r, ok := roles[name]; ok {
		return entry{role: r}
	}
	v, err := strconv.ParseFloat(name, 64)
	if err != nil {
		panic(fmt.Sprintf("sentiment: line %d: [%s] is neither a role nor a value", line, name))
	}
	return entry{value: v}
}

// add enters words; a word that has a role already keeps its value beside it only when it had one first.
func (l *lexicon) add(line string, e entry) {
	for _, w := range strings.Split(line, "|") {
		old, known := l.entries[w]
		if known && old.role == value && e.role == value && abs(old.value) > abs(e.value) {
			continue
		}
		l.entries[w] = e
		l.longest = max(l.longest, len(w))
	}
}

// at finds the longest entry that begins at text[i:].
func (l *lexicon) at(text string, i int) (entry, int) {
	end := min(len(text), i+l.longest)
	for j := end; j > i; j-- {
		if j < len(text) && !utf8.RuneStart(text[j]) || l.words && inWord(text, j) {
			continue
		}
		if e, ok := l.entries[text[i:j]]; ok {
			return e, j - i
		}
	}
	return entry{}, 0
}

// inWord tells that text[j] continues the word before it.
func inWord(text string, j int) bool {
	return j < len(text) && letter(text[j]) && letter(text[j-1])
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b == '\'' || b >= '0' && b <= '9' }

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}
