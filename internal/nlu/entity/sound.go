package entity

import (
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// syllables numbers the sound of every character, without tone, and with the sounds that writers mix up made equal
// (zh z, ch c, sh s, final ng n, l n). It is made at first use.
var syllables = sync.OnceValue(func() *[0x5200]uint16 {
	var table [0x5200]uint16
	ids := map[string]uint16{}
	for r, sounds := range pinyin.PinyinDict {
		if r < 0x4E00 || r > 0x9FFF {
			continue
		}
		key := blur(first(sounds))
		if ids[key] == 0 {
			ids[key] = uint16(len(ids) + 1)
		}
		table[r-0x4E00] = ids[key]
	}
	return &table
})

// first is the first sound of a list parted by commas.
func first(sounds string) string {
	for i := range sounds {
		if sounds[i] == ',' {
			return sounds[:i]
		}
	}
	return sounds
}

// blur drops tones and the differences that many speakers do not hear.
func blur(sound string) string {
	out := make([]byte, 0, 8)
	for _, r := range sound {
		switch r {
		case 'ā', 'á', 'ǎ', 'à':
			r = 'a'
		case 'ē', 'é', 'ě', 'è', 'ê':
			r = 'e'
		case 'ī', 'í', 'ǐ', 'ì':
			r = 'i'
		case 'ō', 'ó', 'ǒ', 'ò':
			r = 'o'
		case 'ū', 'ú', 'ǔ', 'ù':
			r = 'u'
		case 'ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ':
			r = 'v'
		case 'ń', 'ň', 'ǹ':
			r = 'n'
		}
		if r < 0x80 {
			out = append(out, byte(r))
		}
	}
	if len(out) > 1 && out[1] == 'h' {
		out = append(out[:1], out[2:]...)
	}
	if n := len(out); n > 2 && out[n-1] == 'g' && out[n-2] == 'n' {
		out = out[:n-1]
	}
	return string(out)
}

// soundOf is a number for the sound of a phrase; false when a character has none.
func soundOf(rs []rune) (uint64, bool) {
	t := syllables()
	h := uint64(len(rs))
	for _, r := range rs {
		if r < 0x4E00 || r > 0x9FFF || t[r-0x4E00] == 0 {
			return 0, false
		}
		h = h*4099 + uint64(t[r-0x4E00])
	}
	return h, true
}

// sounds adds names that a message writes with other characters of the same sound; one character at least must be the same.
func (c *catalogue) sounds(s *search) {
	if len(c.sound) == 0 {
		return
	}
	var rs [160]rune
	var at [161]int
	n := 0
	for i, r := range s.s {
		if n == len(rs) {
			break
		}
		rs[n], at[n] = r, i
		n++
		at[n] = i + utf8.RuneLen(r)
	}
	for i := 0; i < n; i++ {
		for w := min(10, n-i); w >= 2; w-- {
			h, ok := soundOf(rs[i : i+w])
			if !ok {
				continue
			}
			ks := c.sound[h]
			if len(ks) == 0 || !shares(c.names[ks[0]].runes, rs[i:i+w]) {
				continue
			}
			if s.holdsExact(at[i], at[i+w]) {
				continue
			}
			s.widen(at[i], at[i+w])
			if s.taken(at[i], at[i+w]) {
				continue
			}
			c.claim(s, ks, at[i], at[i+w], "typo")
			i += w - 1
			break
		}
	}
}

// shares tells whether a written phrase has a character of the name: all but one of a short phrase, half of a longer one.
func shares(name, written []rune) bool {
	same := 0
	for _, r := range written {
		for _, x := range name {
			if r == x {
				same++
				break
			}
		}
	}
	return same >= (len(written)+1)/2 && same >= 1
}

// holdsExact tells whether a longer name stands in the range as written, so that a likeness of sound must not swallow more.
func (s *search) holdsExact(start, end int) bool {
	for _, e := range s.out {
		if e.Kind == Product && e.Start >= start && e.End <= end && e.End-e.Start >= 9 && e.Data["match"] == "" {
			return true
		}
	}
	return false
}
