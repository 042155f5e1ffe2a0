package fold

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a message in its folded forms.
type Text struct {
	Original string
	Folded   string // NFKC, visible characters only, lookalikes undone
	Plain    string // Folded in lower case and simplified characters; same length
	Hidden   string // what invisible tag characters spelled, "" as a rule
	Removed  int    // how many invisible characters were taken out
	spans    []span // for each byte of Folded; nil when Folded is Original
}

type span struct{ start, end int32 }

// Span maps bytes [start, end) of Folded or Plain to the bytes of Original they came from.
func (t *Text) Span(start, end int) (int, int) {
	if t.spans == nil || start >= end {
		return start, end
	}
	return int(t.spans[start].start), int(t.spans[end-1].end)
}

// glyph is one folded character and where it came from.
type glyph struct {
	r          rune
	start, end int32
}

var scratch = sync.Pool{New: func() any { s := make([]glyph, 0, 256); return &s }}

// Fold makes the folded forms of s.
func Fold(s string) Text {
	t := Text{Original: s}
	buf := scratch.Get().(*[]glyph)
	gs := normalise(&t, s, (*buf)[:0])
	gs = unmask(gs)
	encode(&t, gs)
	*buf = gs[:0]
	scratch.Put(buf)
	return t
}

// normalise removes what cannot be seen and brings the rest to NFKC, character by character with its place.
func normalise(t *Text, s string, out []glyph) []glyph {
	var hidden strings.Builder
	flag := false // a black flag opens a legitimate tag sequence (flags of England, Scotland, Wales)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= 0xE0020 && r <= 0xE007E && !flag:
			hidden.WriteByte(byte(r - 0xE0000))
			t.Removed++
		case invisible(r):
			t.Removed++
		default:
			out, n = appendFolded(out, s, i, r, n)
			flag = r == 0x1F3F4
		}
		i += n
	}
	t.Hidden = hidden.String()
	return out
}

// appendFolded appends the NFKC form of the character at s[i:] with the marks that follow it; it returns how many bytes it took.
func appendFolded(out []glyph, s string, i int, r rune, n int) ([]glyph, int) {
	at := func(r rune) glyph { return glyph{r, int32(i), int32(i + n)} }
	next := i + n
	simple := next >= len(s) || s[next] < utf8.RuneSelf || s[next] >= 0xE4 // a combining mark starts with a byte below E4
	if simple {
		switch {
		case r < utf8.RuneSelf, r >= 0x4E00 && r <= 0x9FFF, r == 0x3001, r == 0x3002, r == utf8.RuneError:
			return append(out, at(r)), n
		case r >= 0xFF01 && r <= 0xFF5E:
			return append(out, at(r-0xFEE0)), n
		}
	}
	if r == '‘' || r == '’' || r == 'ʼ' {
		return append(out, at('\'')), n
	}
	if l, ok := squared(r); ok {
		return append(out, at(l)), n
	}
	n = clusterLen(s, i, n)
	marks := 0
	var store [32]byte
	for rest := norm.NFKC.AppendString(store[:0], s[i:i+n]); len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if unicode.Is(unicode.Mn, c) {
			if marks++; marks > 2 {
				continue // stacked marks are decoration
			}
		}
		if !invisible(c) {
			out = append(out, at(c))
		}
	}
	return out, n
}

// clusterLen is the length of the character at s[i:] with its combining marks, bounded so that a flood of marks stays cheap.
func clusterLen(s string, i, n int) int {
	for n < 64 && i+n < len(s) {
		r, size := utf8.DecodeRuneInString(s[i+n:])
		if r < 0x300 || r == utf8.RuneError || norm.NFKC.PropertiesString(s[i+n:]).BoundaryBefore() {
			break
		}
		n += size
	}
	return n
}

// encode writes the glyphs as Folded and Plain.
func encode(t *Text, gs []glyph) {
	var folded, plain strings.Builder
	folded.Grow(len(gs) * 3)
	plain.Grow(len(gs) * 3)
	same := true
	for _, g := range gs {
		same = same && int(g.start) == folded.Len()
		folded.WriteRune(g.r)
		p := Simplify(lower(g.r))
		if utf8.RuneLen(p) != utf8.RuneLen(g.r) {
			p = g.r
		}
		plain.WriteRune(p)
	}
	t.Folded, t.Plain = folded.String(), plain.String()
	if same && t.Folded == t.Original {
		return
	}
	t.spans = make([]span, len(t.Folded))
	b := 0
	for _, g := range gs {
		for n := max(utf8.RuneLen(g.r), 1); n > 0 && b < len(t.spans); n-- {
			t.spans[b] = span{g.start, g.end}
			b++
		}
	}
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

// squared undoes the negative circled and squared letters, which NFKC leaves alone.
func squared(r rune) (rune, bool) {
	switch {
	case r >= 0x1F150 && r <= 0x1F169:
		return r - 0x1F150 + 'A', true
	case r >= 0x1F170 && r <= 0x1F189:
		return r - 0x1F170 + 'A', true
	case r >= 0x2776 && r <= 0x277E:
		return r - 0x2776 + '1', true
	}
	return 0, false
}

// invisible tells characters that show nothing and are used to hide or reorder text.
func invisible(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\t' && r != '\r'
	case r < 0x7F:
		return false
	case r <= 0x9F, r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164,
		r == 0xFEFF, r == 0xFFA0:
		return true
	case r >= 0x180B && r <= 0x180F, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F, r >= 0xFFF9 && r <= 0xFFFB, r >= 0x1D173 && r <= 0x1D17A, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
