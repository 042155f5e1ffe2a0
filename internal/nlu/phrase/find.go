package phrase

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// Hit is one pattern found: its label and the bytes from its first literal to its last.
type Hit struct {
	Label      string
	Start, End int
}

const (
	maxHits  = 256   // literal hits looked at in one message; a message with more is a flood, and its head says enough
	maxSteps = 20000 // tries of one Find; patterns of many slots over a flood of hits would else take long
)

type found struct {
	literal    int32
	start, end int32
}

var scratch = sync.Pool{New: func() any { s := make([]found, 0, maxHits); return &s }}

// Find calls yield for every pattern found in text, which must be a fold's Plain; yield returns false to stop.
func (s *Set) Find(text string, yield func(Hit) bool) {
	buf := scratch.Get().(*[]found)
	defer scratch.Put(buf)
	hits := s.scan(text, (*buf)[:0])
	*buf = hits[:0]
	head, tail := trimmed(text)
	steps := maxSteps
	for i := range hits {
		for _, n := range s.first[hits[i].literal] {
			p := &s.patterns[n]
			if p.atStart && int(hits[i].start) > head {
				continue
			}
			end, ok := match(p, hits, i, 1, tail, &steps)
			if !ok || p.forbidden(hits) {
				continue
			}
			if !yield(Hit{s.labels[p.label], int(hits[i].start), end}) {
				return
			}
		}
	}
}

// Has tells whether any pattern is found.
func (s *Set) Has(text string) bool {
	has := false
	s.Find(text, func(Hit) bool { has = true; return false })
	return has
}

// HasLabel tells whether a pattern of the label is found.
func (s *Set) HasLabel(text, label string) bool {
	has := false
	s.Find(text, func(h Hit) bool { has = h.Label == label; return !has })
	return has
}

// scan lists the literals of the set in the text, by place.
func (s *Set) scan(text string, out []found) []found {
	for i := 0; i < len(text) && len(out) < maxHits; {
		border := !latinBefore(text, i)
		state := int32(0)
		j := i
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			next, ok := s.trie[uint64(state)<<32|uint64(r)]
			if !ok {
				break
			}
			state, j = next, j+n
			for _, id := range s.ends[state] {
				l := s.literals[id]
				if (l.openLeft || border) && (l.openRight || !latinAfter(text, j)) {
					out = append(out, found{id, int32(i), int32(grown(text, j, l.grow))})
				}
			}
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return out
}

// grown is the end of the word that a starred literal began.
func grown(text string, j int, grow bool) int {
	for grow && wordAt(text, j) {
		j++
	}
	return j
}

// match looks for the slots from k on after hit i; it returns where the last ends.
func match(p *pattern, hits []found, i, k, tail int, steps *int) (int, bool) {
	end := int(hits[i].end)
	if k == len(p.slots) {
		return end, !p.atFinish || end >= tail
	}
	sl := &p.slots[k]
	for j := i + 1; j < len(hits); j++ {
		if *steps--; *steps < 0 {
			break
		}
		gap := int(hits[j].start) - end
		if gap < 0 {
			continue
		}
		if gap > sl.gap {
			break
		}
		if has(sl.literals, hits[j].literal) {
			if e, ok := match(p, hits, j, k+1, tail, steps); ok {
				return e, true
			}
		}
	}
	return 0, false
}

func (p *pattern) forbidden(hits []found) bool {
	if len(p.forbid) == 0 {
		return false
	}
	for i := range hits {
		if has(p.forbid, hits[i].literal) {
			return true
		}
	}
	return false
}

func has(sorted []int32, x int32) bool {
	if len(sorted) < 12 {
		for _, v := range sorted {
			if v == x {
				return true
			}
		}
		return false
	}
	i := sort.Search(len(sorted), func(i int) bool { return sorted[i] >= x })
	return i < len(sorted) && sorted[i] == x
}

// trimmed gives where the first and the last letter or digit of the text stand; marks, blanks and emoji around do not count.
func trimmed(text string) (head, tail int) {
	head = -1
	for i, r := range text {
		if letter(r) {
			if head < 0 {
				head = i
			}
			tail = i + utf8.RuneLen(r)
		}
	}
	return max(head, 0), tail
}

func letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return wordByte(byte(r))
	case r >= 0x2000 && r <= 0x33FF, r >= 0xFE00 && r <= 0xFFEF, r >= 0x1F000, r == utf8.RuneError, r <= 0xBF:
		return false
	}
	return true
}
