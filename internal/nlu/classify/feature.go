package classify

// FNV-1a constants; keys are finished by a multiply and shift so that low bits mix too.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

// The views of a text. The view is kept in the low three bits of a key, so that weights and pruning can differ by view.
const (
	viewWord = iota
	viewPair
	viewChar
	viewHan1
	viewHan2
	viewHan3
	viewGap
	viewHan4
	views
)

// What a gram costs and gives was chosen by cross-validation inside training parts (docs/measurements/understanding.md).
const (
	charMin, charMax = 2, 4
	maxGap           = 10 // words between the two of a gapped pair
	gapSeed          = 0xA24BAED4963EE407
	edge             = 0xD6E8FEB86659FD93 // stands for the begin and the end of a text
)

// viewWeight scales a view's columns: characters and gapped pairs repeat what words say already.
var viewWeight = [views]float64{1, 1, 0.5, 1, 1, 1, 0.7, 1}

// key finishes a hash and marks its view.
func key(h uint64, view uint32) uint32 {
	h ^= h >> 31
	h *= 0x9E3779B97F4A7C15
	return uint32(h>>32)&^7 | view
}

// join makes one hash of two, in order.
func join(a, b uint64) uint64 { return (a*31 ^ b>>7 ^ b<<9) * prime64 }

func (s *scratch) add(h uint64, view uint32) { s.keys = append(s.keys, key(h, view)) }

// extract fills s.keys with the features of text, repetitions included.
func (s *scratch) extract(text string) {
	s.read(text)
	s.keys = s.keys[:0]
	t := s.tokens
	if len(t) == 0 {
		return
	}
	s.add(join(edge, t[0].hash), pairView(t[0], t[0]))
	for i := range t {
		s.single(i)
		s.grams(i)
	}
	last := t[len(t)-1]
	s.add(join(last.hash, edge), pairView(last, last))
}

// pairView tells Han pairs from word pairs; a mixed pair ("iPhone 有") counts as Han, where it is never pruned early.
func pairView(a, b token) uint32 {
	if a.han || b.han {
		return viewHan2
	}
	return viewPair
}

// single adds token i itself, and the characters of a word.
func (s *scratch) single(i int) {
	t := s.tokens[i]
	if t.han {
		s.add(t.hash, viewHan1)
		return
	}
	s.add(t.hash, viewWord)
	if t.word {
		s.chars(t)
		s.gaps(i)
	}
}

// grams adds the pair at token i, and the longer grams where Han is part of them.
func (s *scratch) grams(i int) {
	t := s.tokens
	if i+1 >= len(t) {
		return
	}
	h := join(t[i].hash, t[i+1].hash)
	s.add(h, pairView(t[i], t[i+1]))
	if i+2 >= len(t) || !t[i].han && !t[i+2].han {
		return
	}
	h = join(h, t[i+2].hash)
	s.add(h, viewHan3)
	if i+3 < len(t) && t[i+1].han {
		s.add(join(h, t[i+3].hash), viewHan4)
	}
}

// gaps adds ordered word pairs with other words between: "cancel ... order" however it is filled.
func (s *scratch) gaps(i int) {
	t := s.tokens
	for k := i + 2; k < len(t) && k <= i+maxGap; k++ {
		if t[k].word {
			s.add(join(t[i].hash+gapSeed, t[k].hash), viewGap)
		}
	}
}

// chars adds the character grams of a word between two blanks: they forgive endings and typing errors.
func (s *scratch) chars(t token) {
	w := s.runes[t.start:t.end]
	n := len(w) + 2
	for i := 0; i < n-1; i++ {
		h := uint64(offset64)
		for j := i; j < n && j < i+charMax; j++ {
			r := ' '
			if j > 0 && j <= len(w) {
				r = w[j-1]
			}
			h = (h ^ uint64(r)) * prime64
			if j-i+1 >= charMin {
				s.add(h, viewChar)
			}
		}
	}
}
