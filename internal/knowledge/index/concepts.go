package index

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed concepts.txt
var conceptFile string

//go:embed stopphrases.txt
var stopPhraseFile string

// phrase is one way to say a concept: English as stems divided by single spaces, Chinese as it is.
type phrase struct {
	text string
	key  uint64
	name string
}

// concepts maps the first word or character of a phrase to the phrases that start with it.
var concepts = readConcepts(conceptFile)

func readConcepts(file string) map[string][]phrase {
	m := map[string][]phrase{}
	for _, line := range strings.Split(file, "\n") {
		name, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || name == "" || name[0] == '#' {
			continue
		}
		for _, p := range strings.Split(list, ",") {
			form := phraseForm(Fold(p))
			m[phraseStart(form)] = append(m[phraseStart(form)], phrase{form, hash(concept, name), name})
		}
	}
	return m
}

// phraseForm stems the words of folded text; CJK runs stay as they are.
func phraseForm(folded string) string {
	var out strings.Builder
	eachRun(folded, func(run string, cjk bool) {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		if !cjk {
			run = Stem(strings.ReplaceAll(run, "'", ""))
		}
		out.WriteString(run)
	})
	return out.String()
}

func phraseStart(form string) string {
	r, n := utf8.DecodeRuneInString(form)
	if isCJK(r) {
		return form[:n]
	}
	start, _, _ := strings.Cut(form, " ")
	return start
}

// eachConcept gives the concepts that a text names; of phrases that start at one place only the longest.
func eachConcept(folded string, f func(p phrase)) {
	form, cjk := phraseForm(folded), false
	for i, r := range form {
		was := cjk
		cjk = isCJK(r)
		if cjk || i == 0 || form[i-1] == ' ' || was {
			if p, ok := longest(form[i:]); ok {
				f(p)
			}
		}
	}
}

func longest(at string) (best phrase, ok bool) {
	for _, p := range concepts[phraseStart(at)] {
		if len(p.text) > len(best.text) && strings.HasPrefix(at, p.text) && ends(at[len(p.text):]) {
			best, ok = p, true
		}
	}
	return best, ok
}

// ends tells whether a phrase may end here: a word must not go on.
func ends(rest string) bool {
	if rest == "" || rest[0] == ' ' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return isCJK(r)
}

// stopPhrases are Chinese phrases that frame a question and say nothing about its matter; longest first in a look-up.
var stopPhrases = func() map[string][]string {
	m := map[string][]string{}
	for _, p := range strings.Fields(stopPhraseFile) {
		m[phraseStart(p)] = append(m[phraseStart(p)], p)
	}
	return m
}()

// spans numbers the phrases of a folded question by byte: -1 within a stop phrase, a number of its own within a concept's
// phrase, 0 elsewhere.
func spans(folded string) []int {
	mark, n := make([]int, len(folded)), 0
	for i := range folded {
		for _, p := range stopPhrases[phraseStart(folded[i:])] {
			if strings.HasPrefix(folded[i:], p) {
				fill(mark[i:i+len(p)], -1)
			}
		}
	}
	eachConcept(folded, func(p phrase) {
		if i := strings.Index(folded, p.text); i >= 0 && len(p.text) > 3 {
			n++
			fill(mark[i:i+len(p.text)], n)
		}
	})
	return mark
}

func fill(mark []int, n int) {
	for i := range mark {
		mark[i] = n
	}
}
