package index

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed synonyms.txt
var synonymFile string

// synonyms maps the first token of a phrase to the phrases that start with it.
type phrase struct {
	text   string // folded; English phrases as stems divided by single spaces
	others []string
}

var synonyms = readSynonyms(synonymFile)

func readSynonyms(file string) map[string][]phrase {
	m := map[string][]phrase{}
	for _, line := range strings.Split(file, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		group := strings.Split(Fold(line), ",")
		for i, g := range group {
			var others []string
			for j, o := range group {
				if i != j {
					others = append(others, o)
				}
			}
			p := phrase{text: phraseForm(g), others: others}
			m[phraseStart(p.text)] = append(m[phraseStart(p.text)], p)
		}
	}
	return m
}

// phraseForm stems the words of an English phrase; CJK stays as it is.
func phraseForm(folded string) string {
	var out []string
	eachRun(folded, func(run string, cjk bool) {
		if !cjk {
			run = Stem(strings.ReplaceAll(run, "'", ""))
		}
		out = append(out, run)
	})
	return strings.Join(out, " ")
}

func phraseStart(form string) string {
	r, n := utf8.DecodeRuneInString(form)
	if isCJK(r) {
		return form[:n]
	}
	start, _, _ := strings.Cut(form, " ")
	return start
}

// eachSynonym gives the tokens of what stands in the same group as a phrase of the question, with weights that share
// one phrase's vote among its tokens.
func eachSynonym(folded string, f func(typed string, t token, w float64)) {
	eachRun(phraseForm(folded), func(run string, cjk bool) {
		if cjk {
			for i := range run {
				matchPhrases(run[i:], false, f)
			}
		}
	})
	form := phraseForm(folded)
	for i := 0; i < len(form); i++ {
		if (i == 0 || form[i-1] == ' ') && form[i] < 0x80 {
			matchPhrases(form[i:], true, f)
		}
	}
}

func matchPhrases(at string, words bool, f func(string, token, float64)) {
	for _, p := range synonyms[phraseStart(at)] {
		rest, ok := strings.CutPrefix(at, p.text)
		if !ok || words && rest != "" && rest[0] != ' ' {
			continue
		}
		for _, o := range p.others {
			offerPhrase(p.text, o, f)
		}
	}
}

func offerPhrase(typed, other string, f func(string, token, float64)) {
	var ts []token
	eachToken(other, func(t token) {
		if t.class == word && !t.weak || t.class == bi {
			ts = append(ts, t)
		}
	})
	for _, t := range ts {
		f(typed, t, 1/float64(len(ts)))
	}
}
