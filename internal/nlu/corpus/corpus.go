package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is one labelled text.
type Phrase struct{ Text, Label, Lang string }

// Set names a body of phrases.
type Set string

// The sets.
const (
	Intents  Set = "intents"
	Emotions Set = "emotions"
	Reviews  Set = "reviews"
)

// langs are the languages of every set.
var langs = []string{"zh", "en"}

// perTemplate is how many phrases one line of a grammar gives at most: more would repeat it rather than vary it.
const perTemplate = 14

// Train gives the training part of a set: every line said in several ways, some of them carelessly.
func Train(set Set, seed uint64) []Phrase {
	rng := rand.New(rand.NewPCG(seed, 20))
	var out []Phrase
	seen, held := map[string]bool{}, map[string]bool{}
	for _, p := range HeldOut(set) {
		held[bare(p.Text)] = true
	}
	for _, lang := range langs {
		slots := slotsOf(lang)
		for _, s := range sections(string(set) + "." + lang + ".txt") {
			for _, l := range s.lines {
				for _, text := range said(l, lang, slots, rng) {
					if k := s.label + "\x00" + text; text != "" && !seen[k] && !(held[bare(text)] && utf8.RuneCountInString(bare(text)) > everyday) {
						seen[k] = true
						out = append(out, Phrase{text, s.label, lang})
					}
				}
			}
		}
	}
	return out
}

// everyday is the length up to which a phrase may be both trained on and held out: "谢谢" can hardly be said otherwise.
const everyday = 6

// bare is text without blanks, signs and case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ，。！？、,.!?~'", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// said is a line's phrases, with careless copies of a quarter of them.
func said(line, lang string, slots map[string][]string, rng *rand.Rand) []string {
	t, err := parse(line)
	if err != nil {
		panic("corpus: " + err.Error())
	}
	out := t.say(perTemplate, slots, rng)
	for _, text := range out {
		if rng.IntN(4) == 0 {
			out = append(out, careless(text, lang, rng))
		}
	}
	return out
}

// HeldOut gives the part of a set that is never trained on.
func HeldOut(set Set) []Phrase {
	var out []Phrase
	for _, lang := range langs {
		for _, s := range sections("heldout_" + string(set) + "." + lang + ".txt") {
			for _, l := range s.lines {
				for _, text := range strings.Split(l, "|") {
					out = append(out, Phrase{strings.TrimSpace(text), s.label, lang})
				}
			}
		}
	}
	return out
}
