package index

import "strings"

// Stem cuts the common English endings of a folded word, so that "returns", "returned" and "returning" meet.
// It is a light stemmer after the idea of Porter (An algorithm for suffix stripping, 1980), shorter and less eager.
func Stem(w string) string {
	if len(w) < 4 || !ascii(w) {
		return w
	}
	w = cutDerivation(cutPlural(w))
	if len(w) > 3 && (w[len(w)-1] == 'e' || w[len(w)-1] == 'y') {
		w = w[:len(w)-1]
	}
	return w
}

func cutPlural(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"):
		return w[:n-2]
	case strings.HasSuffix(w, "es") && n > 4 && sibilant(w[:n-2]):
		return w[:n-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "s"):
		return w[:n-1]
	}
	return w
}

func sibilant(w string) bool {
	for _, e := range []string{"x", "ch", "sh", "ss"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// endings are tried in order; a word must keep at least keep letters.
var endings = []struct {
	cut  string
	keep int
	bare bool // undouble the consonant that the ending doubled, and want a vowel before it
}{
	{"ing", 3, true}, {"ed", 3, true}, {"ation", 3, false}, {"ment", 3, false}, {"ly", 4, false},
	{"able", 3, false}, {"ion", 3, false}, {"er", 4, true}, {"or", 4, false},
}

func cutDerivation(w string) string {
	for _, e := range endings {
		stem, ok := strings.CutSuffix(w, e.cut)
		if !ok || len(stem) < e.keep {
			continue
		}
		if e.bare {
			if !strings.ContainsAny(stem, "aeiouy") {
				return w
			}
			return undouble(stem)
		}
		return stem
	}
	return w
}

func undouble(s string) string {
	n := len(s)
	if n > 2 && s[n-1] == s[n-2] && !strings.ContainsRune("lsz", rune(s[n-1])) {
		return s[:n-1]
	}
	return s
}
