package entity

import (
	"strings"
	"sync"
)

// lexicon finds the longest word of a list at a place.
type lexicon struct {
	values map[string]string
	reach  [256][]int // by the first byte: the lengths that occur, longest first
}

func newLexicon() *lexicon { return &lexicon{values: map[string]string{}} }

func (l *lexicon) put(word, value string) {
	if word == "" || l.values[word] != "" {
		return
	}
	l.values[word] = value
	list := l.reach[word[0]]
	for i, n := range list {
		if n == len(word) {
			return
		}
		if n < len(word) {
			l.reach[word[0]] = append(list[:i:i], append([]int{len(word)}, list[i:]...)...)
			return
		}
	}
	l.reach[word[0]] = append(list, len(word))
}

// longest gives the length and the value of the longest word at i, 0 when there is none.
func (l *lexicon) longest(s string, i int) (int, string) {
	for _, n := range l.reach[s[i]] {
		if i+n > len(s) {
			continue
		}
		if v, ok := l.values[s[i:i+n]]; ok && (s[i] >= 0x80 || border(s, i) && border(s, i+n)) {
			return n, v
		}
	}
	return 0, ""
}

var colourLexicon = sync.OnceValue(func() *lexicon {
	l := newLexicon()
	for _, c := range colourWords {
		for _, w := range strings.Fields(c.words) {
			l.put(strings.ReplaceAll(w, "_", " "), c.value)
		}
	}
	return l
})
