package fold

import "unicode"

// lookalikes gives the Latin letter that a letter of another alphabet is read as.
func lookalike(r rune) rune {
	switch r {
	case 'а', 'ɑ', 'α':
		return 'a'
	case 'А', 'Α', 'Ꭺ':
		return 'A'
	case 'в', 'ь', 'Ь':
		return 'b'
	case 'В', 'Β', 'Ᏼ':
		return 'B'
	case 'с', 'ϲ', 'ᴄ':
		return 'c'
	case 'С', 'Ϲ', 'Ꮯ':
		return 'C'
	case 'ԁ', 'ɗ', 'ᴅ':
		return 'd'
	case 'Ꭰ':
		return 'D'
	case 'е', 'ё', 'є', 'ε', 'ҽ', 'ᴇ':
		return 'e'
	case 'Е', 'Ё', 'Ε', 'Ꭼ':
		return 'E'
	case 'ƒ', 'ғ', 'ꜰ':
		return 'f'
	case 'ɡ', 'ց', 'ɢ':
		return 'g'
	case 'һ', 'հ', 'ʜ':
		return 'h'
	case 'Н', 'Η', 'н':
		return 'H'
	case 'і', 'ı', 'ι', 'ɩ', 'ї', 'ɪ':
		return 'i'
	case 'І', 'Ι', 'Ї':
		return 'I'
	case 'ј', 'ϳ', 'ᴊ':
		return 'j'
	case 'Ј':
		return 'J'
	case 'к', 'κ', 'ᴋ':
		return 'k'
	case 'К', 'Κ':
		return 'K'
	case 'ӏ', 'ⅼ', 'ʟ':
		return 'l'
	case 'м', 'ᴍ':
		return 'm'
	case 'М', 'Μ':
		return 'M'
	case 'ո', 'п', 'η', 'ɴ':
		return 'n'
	case 'Ν', 'Ͷ':
		return 'N'
	case 'о', 'ο', 'օ', 'ө', 'σ', 'ᴏ':
		return 'o'
	case 'О', 'Ο', 'Օ':
		return 'O'
	case 'р', 'ρ', 'ᴘ':
		return 'p'
	case 'Р', 'Ρ':
		return 'P'
	case 'ԛ', 'զ':
		return 'q'
	case 'г', 'ʀ':
		return 'r'
	case 'ѕ', 'ꜱ':
		return 's'
	case 'Ѕ':
		return 'S'
	case 'т', 'τ', 'ᴛ':
		return 't'
	case 'Т', 'Τ':
		return 'T'
	case 'υ', 'ս', 'ц', 'ᴜ':
		return 'u'
	case 'ν', 'ѵ', 'ᴠ':
		return 'v'
	case 'ԝ', 'ѡ', 'ω', 'ш', 'ᴡ':
		return 'w'
	case 'х', 'χ', 'ҳ':
		return 'x'
	case 'Х', 'Χ':
		return 'X'
	case 'у', 'γ', 'ү', 'ʏ':
		return 'y'
	case 'У', 'Υ', 'Ү':
		return 'Y'
	case 'ᴢ':
		return 'z'
	case 'Ζ':
		return 'Z'
	}
	return 0
}

// unmask turns lookalike letters into Latin ones in every word that also has a Latin letter, and in words made of lookalikes
// only when the message has no letter that truly belongs to another alphabet.
func unmask(gs []glyph) []glyph {
	foreign, found := false, false
	for _, g := range gs {
		if g.r < 0x180 || g.r > 0xABFF || isHan(g.r) || !unicode.IsLetter(g.r) {
			continue
		}
		if lookalike(g.r) != 0 {
			found = true
		} else if unicode.In(g.r, unicode.Cyrillic, unicode.Greek, unicode.Armenian) {
			foreign = true
		}
	}
	if !found {
		return gs
	}
	for i := 0; i < len(gs); {
		j, latin := i, false
		for ; j < len(gs) && !isHan(gs[j].r) && unicode.IsLetter(gs[j].r); j++ {
			latin = latin || gs[j].r < 0x180
		}
		if latin || !foreign && j-i >= 2 {
			unmaskWord(gs[i:j])
		}
		i = max(j, i+1)
	}
	return gs
}

func unmaskWord(gs []glyph) {
	for i := range gs {
		if l := lookalike(gs[i].r); l != 0 {
			gs[i].r = l
		}
	}
}

func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9FFF }
