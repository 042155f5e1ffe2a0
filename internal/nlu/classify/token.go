package classify

import "unicode"

// maxRunes bounds the work one text can cost; of a longer one the head and the tail are kept, where wishes are said.
const maxRunes = 2400

// maxWord bounds one word, so that a line without blanks is no single feature of its own.
const maxWord = 40

// token is one unit of a text: a word or number of a script with blanks, or one Han character, sign or emoji.
type token struct {
	hash       uint64
	start, end int // into scratch.runes
	han, word  bool
}

// scratch holds the buffers of one reading, so that predictions allocate next to nothing.
type scratch struct {
	runes  []rune
	tokens []token
	keys   []uint32
	cols   []int32
	stamp  []uint32 // turn in which a column was last seen
	turn   uint32
	lanes  []uint64
	wide   []int32
	scores []float32
	hidden []float32
	best   []candidate
}

// read folds text into runes and cuts it into tokens.
func (s *scratch) read(text string) {
	s.runes = s.runes[:0]
	for _, r := range text {
		if r = fold(r); r != 0 {
			s.runes = append(s.runes, r)
		}
		if len(s.runes) >= 8*maxRunes { // nobody says more than that
			break
		}
	}
	if n := len(s.runes); n > maxRunes {
		copy(s.runes[maxRunes/2:], s.runes[n-maxRunes/2:])
		s.runes = s.runes[:maxRunes]
	}
	s.maskDigits()
	s.cut()
}

// fold lowers case, narrows full-width forms and drops characters that carry no meaning (0).
func fold(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80, r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r == 0x3000:
		return ' '
	case r == '’', r == '‘':
		return '\''
	case r == '。':
		return '.'
	case r >= 0xFF01 && r <= 0xFF5E:
		return fold(r - 0xFEE0)
	case invisible(r):
		return 0
	}
	return unicode.ToLower(r)
}

// invisible tells joiners, direction marks, variation selectors, tags and the replacement of broken bytes.
func invisible(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 ||
		r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r == 0xFFFD || r >= 0xE0000
}

// maskDigits turns runs of three digits or more into zeros: "24 hours" says something, an order number only that it is one.
func (s *scratch) maskDigits() {
	for i := 0; i < len(s.runes); {
		j := i
		for j < len(s.runes) && s.runes[j] >= '0' && s.runes[j] <= '9' {
			j++
		}
		if j-i >= 3 {
			for k := i; k < j; k++ {
				s.runes[k] = '0'
			}
		}
		i = max(j, i+1)
	}
}

// cut fills tokens. An apostrophe inside a word belongs to it (don't); other signs stand alone.
func (s *scratch) cut() {
	s.tokens = s.tokens[:0]
	for i := 0; i < len(s.runes); {
		r := s.runes[i]
		switch {
		case r <= ' ' || r == 0xA0:
			i++
		case wordRune(r):
			j := s.wordEnd(i)
			s.push(token{start: i, end: min(j, i+maxWord), word: true})
			i = j
		default:
			s.push(token{start: i, end: i + 1, han: hanRune(r)})
			i++
		}
	}
}

func (s *scratch) wordEnd(i int) int {
	for i < len(s.runes) {
		r := s.runes[i]
		inside := r == '\'' && i+1 < len(s.runes) && wordRune(s.runes[i+1])
		if !wordRune(r) && !inside {
			break
		}
		i++
	}
	return i
}

func (s *scratch) push(t token) {
	t.hash = offset64
	for _, r := range s.runes[t.start:t.end] {
		t.hash = (t.hash ^ uint64(r)) * prime64
	}
	s.tokens = append(s.tokens, t)
}

// wordRune tells the letters and digits of scripts that put blanks between words.
func wordRune(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return r >= 0xC0 && r < 0x0E00 && unicode.IsLetter(r)
}

// hanRune tells characters of scripts without blanks: Han, kana and the rest of the east.
func hanRune(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x0E00 && unicode.IsLetter(r)
}
