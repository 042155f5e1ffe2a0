package entity

import (
	"strings"
	"unicode/utf8"
)

// find adds the products, SKUs and stores named in a message: whole names first, then parts, then what sounds or looks alike.
func (c *catalogue) find(s *search) {
	if len(c.names) == 0 {
		return
	}
	c.exact(s)
	c.latin(s)
	c.alike(s)
	c.sounds(s)
}

// exact adds the longest phrase at each place, and SKU codes.
func (c *catalogue) exact(s *search) {
	for i := 0; i < len(s.s); {
		if end, k, ok := c.codeAt(s, i); ok {
			s.replace(SKU, c.names[k].plain, i, end, map[string]string{"product": c.names[k].id})
			i = end
			continue
		}
		n := c.longest(s.s, i)
		if n > 0 && !s.taken(i, i+n) {
			ks := c.phrase[s.s[i:i+n]]
			c.claim(s, ks, i, i+n, "")
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(s.s[i:])
		i += size
	}
}

func (c *catalogue) longest(s string, i int) int {
	for n := min(c.reach[s[i]], len(s)-i); n > 1; n-- {
		if i+n < len(s) && !utf8.RuneStart(s[i+n]) {
			continue
		}
		if _, ok := c.phrase[s[i:i+n]]; ok && border(s, i) && border(s, i+n) {
			return n
		}
	}
	return 0
}

// codeAt reads a SKU code at i, with or without its separators.
func (c *catalogue) codeAt(s *search, i int) (int, int32, bool) {
	if len(c.codes) == 0 || !word(s.s[i]) || i > 0 && word(s.s[i-1]) {
		return 0, 0, false
	}
	var buf [40]byte
	n, j := 0, i
	for j < len(s.s) && n < len(buf) {
		b := s.s[j]
		if isAlpha(b) {
			b -= 'a' - 'A'
		}
		if word(s.s[j]) {
			buf[n] = b
			n++
		} else if b != '-' && b != '_' {
			break
		}
		j++
	}
	for j > i && !word(s.s[j-1]) {
		j--
	}
	k, ok := c.codes[string(buf[:n])]
	return j, k, ok
}

// replace adds an entity in the place of weaker codes.
func (s *search) replace(kind, value string, start, end int, data map[string]string) {
	kept := s.out[:0]
	for _, e := range s.out {
		if !(start < e.End && e.Start < end && (e.Kind == Order || e.Kind == Tracking || e.Kind == Product)) {
			kept = append(kept, e)
		}
	}
	s.out = kept
	s.add(kind, value, start, end, data)
}

// claim adds an entity for what one or several names may mean; the others are named as candidates.
func (c *catalogue) claim(s *search, ks []int32, start, end int, how string) bool {
	if len(ks) == 0 {
		return false
	}
	best := ks[0]
	text := s.s[start:end]
	var ids []string
	for _, k := range ks {
		if c.names[k].plain == text && c.names[best].plain != text {
			best = k
		}
	}
	for _, k := range ks {
		if c.names[k].kind == c.names[best].kind && !contains(ids, c.names[k].id) && (c.names[best].plain != text || c.names[k].plain == text) {
			ids = append(ids, c.names[k].id)
		}
	}
	var data map[string]string
	if len(ids) > 1 {
		if len(ids) > 8 {
			ids = ids[:8]
		}
		data = map[string]string{"candidates": strings.Join(ids, ",")}
	}
	if how != "" {
		if data == nil {
			data = map[string]string{}
		}
		data["match"] = how
	}
	return s.add(c.names[best].kind, c.names[best].id, start, end, data)
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// latin adds products by the Latin words of their names, in order, one letter wrong in a word allowed.
func (c *catalogue) latin(s *search) {
	if len(c.words) == 0 {
		return
	}
	type token struct {
		start, end int
		word       int32
		typo       bool
	}
	var store [48]token
	tokens := store[:0]
	for i := 0; i < len(s.s) && len(tokens) < len(store); {
		if !word(s.s[i]) {
			i++
			continue
		}
		j := i
		for j < len(s.s) && (word(s.s[j]) || s.s[j] == '\'' && j+1 < len(s.s) && word(s.s[j+1])) {
			j++
		}
		id, typo := c.wordNear(s.s[i:j])
		tokens = append(tokens, token{i, j, id, typo})
		i = j
	}
	for t := len(tokens) - 1; t >= 0; t-- {
		head := tokens[t]
		if head.word < 0 || s.taken(head.start, head.end) {
			continue
		}
		var ks []int32
		bestLen := 0
		for _, k := range c.byWord[head.word] {
			n := 1
			for n <= t && n < len(c.names[k].words) && tokens[t-n].word >= 0 && before(c.names[k].words, tokens[t-n].word, tokens[t-n+1].word) {
				n++
			}
			telling := c.names[k].head == head.word || len(c.spelt[head.word]) >= 9 && len(c.byWord[head.word]) == 1
			if n == 1 && !telling || n < bestLen {
				continue
			}
			if n > bestLen {
				ks, bestLen = ks[:0], n
			}
			ks = append(ks, k)
		}
		if bestLen == 0 {
			continue
		}
		how := ""
		for n := range bestLen {
			if tokens[t-n].typo {
				how = "typo"
			}
		}
		if c.claim(s, ks, tokens[t-bestLen+1].start, head.end, how) {
			t -= bestLen - 1
		}
	}
}

// before tells whether word a stands before word b in a name.
func before(words []int32, a, b int32) bool {
	at := -1
	for i, w := range words {
		if w == a && at < 0 {
			at = i
		}
		if w == b && at >= 0 && i > at {
			return true
		}
	}
	return false
}

// wordNear is the word of the catalogue that w is, or from which one letter differs; -1 when there is none.
func (c *catalogue) wordNear(w string) (int32, bool) {
	if id, ok := c.words[w]; ok {
		return id, false
	}
	if n := len(w) - 1; n > 2 && w[n] == 's' {
		if id, ok := c.words[w[:n]]; ok {
			return id, false
		}
		if id, ok := c.words[strings.TrimSuffix(w, "es")]; ok {
			return id, false
		}
	}
	if id, ok := c.words[w+"s"]; ok && len(w) > 3 {
		return id, false
	}
	if len(w) < 5 || len(w) > 24 {
		return -1, false
	}
	for i := range len(w) {
		skip := i
		if i == 0 {
			skip = -1 // the whole word first: a letter of the name is missing
		}
		for _, id := range c.near[hash(w, skip)] {
			if len(c.spelt[id]) != len(w) || len(w) >= 6 { // a letter changed in a short word makes another word: shows, shoes
				return id, true
			}
		}
	}
	return -1, false
}

// alike adds long Chinese names of which most characters are there, in order: 云步跑鞋 for 云步缓震跑鞋.
func (c *catalogue) alike(s *search) {
	if len(c.grams) == 0 {
		return
	}
	votes := map[int32]int8(nil)
	prev, at := rune(0), 0
	for i, r := range s.s {
		if ks := c.grams[[2]rune{prev, r}]; len(ks) > 0 && len(ks) <= 64 && i-at <= 4 {
			if votes == nil {
				votes = map[int32]int8{}
			}
			for _, k := range ks {
				votes[k]++
			}
		}
		prev, at = r, i
	}
	best, bestScore, start, end := int32(-1), 0.0, 0, 0
	for k, v := range votes {
		if v < 1 {
			continue
		}
		han := hanPart(c.names[k].runes)
		a, b, covered := cover(s.s, han)
		score := float64(covered) / float64(len(han))
		span := utf8.RuneCountInString(s.s[a:b])
		whole := span == covered && strings.HasSuffix(s.s[a:b], string(han[len(han)-1:])) // 护眼灯 for 护眼台灯
		if covered >= 3 && covered*4 >= span*3 && (score >= 0.6 || whole && score >= 0.5) && (score > bestScore || score == bestScore && k < best) {
			best, bestScore, start, end = k, score, a, b
		}
	}
	if best >= 0 {
		s.widen(start, end)
		c.claim(s, []int32{best}, start, end, "typo")
	}
}

// widen gives up shorter product entities inside a longer one.
func (s *search) widen(start, end int) {
	kept := s.out[:0]
	for _, e := range s.out {
		if !(e.Kind == Product && e.Start >= start && e.End <= end && e.End-e.Start < end-start) {
			kept = append(kept, e)
		}
	}
	s.out = kept
}

// cover finds the characters of name in order in a stretch of text little longer than the name; it returns the stretch and how many.
func cover(text string, name []rune) (start, end, covered int) {
	for i, r := range text {
		if !within(name, r) {
			continue
		}
		k, n, last := 0, 0, i
		steps := 0
		for j, x := range text[i:] {
			if steps++; steps > len(name)+2 {
				break
			}
			for m := k; m < len(name) && (n == 0 || m <= k+3); m++ {
				if name[m] == x {
					k, n, last = m+1, n+1, i+j+utf8.RuneLen(x)
					break
				}
			}
		}
		if n > covered {
			start, end, covered = i, last, n
		}
	}
	return start, end, covered
}

func within(name []rune, r rune) bool {
	for _, x := range name {
		if x == r {
			return true
		}
	}
	return false
}
