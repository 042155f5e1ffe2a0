package index

import (
	"sort"
)

// oneOff gives the words of the corpus that differ from w by one insertion, deletion, change or swap of letters.
// The first letter is taken as right: it seldom is wrong, and it keeps the look-up short.
func (s *snapshot) oneOff(w string) (out []string) {
	seen := map[string]bool{}
	for _, seg := range s.segs {
		i := sort.SearchStrings(seg.vocab, w[:1])
		for ; i < len(seg.vocab) && seg.vocab[i][0] == w[0] && len(out) < 8; i++ {
			v := seg.vocab[i]
			if d := len(v) - len(w); d < -1 || d > 1 || seen[v] || !withinOne(v, w) {
				continue
			}
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// withinOne tells whether the Damerau-Levenshtein distance of two words is at most one.
func withinOne(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
