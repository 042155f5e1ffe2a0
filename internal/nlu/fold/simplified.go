package fold

import "sync"

// Simplify gives the simplified form of a traditional character, and any other character as it is.
func Simplify(r rune) rune {
	if r < 0x4E00 || r > 0x9FFF {
		return r
	}
	if s := simplified()[r-0x4E00]; s != 0 {
		return rune(s)
	}
	return r
}

// simplified is the table of pairs as an array by code point, made at first use.
var simplified = sync.OnceValue(func() *[0x5200]uint16 {
	var table [0x5200]uint16
	var trad rune
	for _, r := range pairs {
		switch {
		case r < 0x3400:
		case trad == 0:
			trad = r
		default:
			table[trad-0x4E00] = uint16(r)
			trad = 0
		}
	}
	return &table
})
