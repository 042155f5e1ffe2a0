package phrase

import (
	"sort"
	"strings"
	"unicode/utf8"
)

const (
	gapNear = 36  // bytes: 12 Han characters
	gapFar  = 120 // bytes: 40 Han characters
)

// Set is a compiled list of patterns.
type Set struct {
	trie     map[uint64]int32 // state<<32 | rune -> state
	literals []literal
	ends     [][]int32 // state -> literals that end there
	patterns []pattern
	first    [][]int32 // literal -> patterns whose first slot has it
	labels   []string
}

type literal struct{ openLeft, openRight, grow bool }

type pattern struct {
	label    int32
	slots    []slot
	forbid   []int32
	atStart  bool
	atFinish bool
}

type slot struct {
	literals []int32 // sorted
	gap      int     // how far after the slot before
}

// Compile makes a Set of lines "label: pattern". Blank lines and lines that start with # are skipped; a line without a label
// continues the label above.
func Compile(lines string) *Set {
	s := &Set{trie: map[uint64]int32{}, ends: make([][]int32, 1)}
	ids := map[string]int32{}
	label := ""
	for line := range strings.SplitSeq(lines, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if l, rest, ok := strings.Cut(line, ": "); ok && !strings.ContainsAny(l, " |") {
			label, line = l, rest
		} else if strings.HasSuffix(line, ":") && !strings.ContainsAny(line, " |") {
			label = strings.TrimSuffix(line, ":")
			continue
		}
		s.add(ids, label, line)
	}
	return s
}

// Labels are the labels in order of first use.
func (s *Set) Labels() []string { return s.labels }

func (s *Set) add(ids map[string]int32, label, line string) {
	p := pattern{label: s.labelID(label)}
	gap := 0
	for _, part := range split(line) {
		switch {
		case part == "^":
			p.atStart = true
		case part == "$":
			p.atFinish = true
		case part == "..":
			gap = gapNear
		case part == "...":
			gap = gapFar
		case part[0] == '!':
			p.forbid = append(p.forbid, s.choice(ids, part[1:])...)
		default:
			p.slots = append(p.slots, slot{s.choice(ids, part), gap})
			gap = 0
		}
	}
	if len(p.slots) == 0 {
		panic("phrase: no slot in line " + line)
	}
	sort.Slice(p.forbid, func(i, j int) bool { return p.forbid[i] < p.forbid[j] })
	n := int32(len(s.patterns))
	s.patterns = append(s.patterns, p)
	for _, l := range p.slots[0].literals {
		s.first[l] = append(s.first[l], n)
	}
}

// split parts a line at blanks, but keeps blanks inside a choice: a blank parts only next to an operator or between Han text.
// In choices of Latin words a blank is written as an underscore.
func split(line string) []string { return strings.Fields(line) }

func (s *Set) choice(ids map[string]int32, text string) []int32 {
	var out []int32
	for l := range strings.SplitSeq(text, "|") {
		if l == "" {
			panic("phrase: empty choice in " + text)
		}
		id, ok := ids[l]
		if !ok {
			id = s.literal(l)
			ids[l] = id
		}
		out = append(out, id)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

func (s *Set) literal(text string) int32 {
	l := literal{}
	body := strings.NewReplacer("_", " ", "¦", "|").Replace(text)
	if strings.HasSuffix(body, "*") {
		l.grow = true
		body = strings.TrimSuffix(body, "*")
	}
	l.openLeft = !wordByte(body[0])
	l.openRight = l.grow || !wordByte(body[len(body)-1])
	state := int32(0)
	for _, r := range body {
		key := uint64(state)<<32 | uint64(r)
		next, ok := s.trie[key]
		if !ok {
			next = int32(len(s.ends))
			s.ends = append(s.ends, nil)
			s.trie[key] = next
		}
		state = next
	}
	id := int32(len(s.literals))
	s.literals = append(s.literals, l)
	s.first = append(s.first, nil)
	s.ends[state] = append(s.ends[state], id)
	return id
}

func (s *Set) labelID(label string) int32 {
	for i, l := range s.labels {
		if l == label {
			return int32(i)
		}
	}
	s.labels = append(s.labels, label)
	return int32(len(s.labels) - 1)
}

func wordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

func wordAt(text string, i int) bool { return i >= 0 && i < len(text) && wordByte(text[i]) }

// latinAt tells whether a Latin letter of any kind touches byte i, so that "café" does not end a literal "caf".
func latinBefore(text string, i int) bool {
	if i <= 0 {
		return false
	}
	if text[i-1] < utf8.RuneSelf {
		return wordByte(text[i-1])
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r >= 0xC0 && r < 0x250
}

func latinAfter(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if text[i] < utf8.RuneSelf {
		return wordByte(text[i])
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r >= 0xC0 && r < 0x250
}
