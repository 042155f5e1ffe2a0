package index

import (
	"strings"
	"unicode"
)

// class tells which view a token belongs to.
type class uint8

const (
	word    class = iota // a stemmed word of a script with spaces, or a number
	uni                  // one CJK character
	bi                   // two neighbouring CJK characters
	gram                 // four letters of a word, its borders included
	concept              // a concept of the table, in any words and either language
)

// token is one indexed unit. Weak tokens (stop words) carry little meaning.
type token struct {
	key   uint64
	text  string // stem, characters or n-gram
	class class
	weak  bool
}

const gramSize = 4

// stopWords carry little meaning in English; weakCJK are the characters that carry little in Chinese questions.
var stopWords = set(`a an the is are was were be been being am i me my mine we our ours us you your yours he she it its they them their
this that these those to of in on at for from by with and or but if then so as do does did doing done can could would should will shall may might
must how what when where which who whom whose why there here not no any some have has had having just also like id im ive ill dont doesnt didnt cant
please tell want need know hi hello hey thanks thank you get got about into than too very really guys sure ok okay possible able thing things something anything way lot bit quite maybe always ever never still
yet already now right again anyway actually just see look say said told ask asked happen happens went going gone come came put use using let keep keeps try tried think
someone anyone anybody somebody own same other them up out off back down over`)

const weakCJK = "的了吗呢啊吧呀是我你您们他她它这那个么什怎请想要有没在和与就也都还会能可以给把被对从到上下里吧哦嗯一"

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// eachRun splits folded text into runs of CJK characters and words of other scripts.
func eachRun(folded string, f func(run string, cjk bool)) {
	start, kind := -1, 0
	flush := func(end int) {
		if start >= 0 {
			f(folded[start:end], kind == 2)
		}
		start, kind = -1, 0
	}
	for i, r := range folded {
		k := 0
		switch {
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'), r == '\'':
			k = 1
		case r < 0x80:
		case isCJK(r):
			k = 2
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			k = 1
		}
		if k != kind {
			flush(i)
			if k != 0 {
				start, kind = i, k
			}
		}
	}
	flush(len(folded))
}

// eachToken gives every token of folded text in order; it returns the length in words and CJK characters.
func eachToken(folded string, f func(token)) int {
	n := 0
	eachRun(folded, func(run string, cjk bool) {
		if cjk {
			n += cjkTokens(run, f)
			return
		}
		run = strings.ReplaceAll(run, "'", "")
		if run != "" {
			n++
			wordTokens(run, f)
		}
	})
	return n
}

func cjkTokens(run string, f func(token)) int {
	n, prev, prevWeak := 0, -1, false
	for i, r := range run {
		n++
		end := i + len(string(r))
		weak := strings.ContainsRune(weakCJK, r)
		f(token{key: hash(uni, run[i:end]), text: run[i:end], class: uni, weak: weak})
		if prev >= 0 {
			f(token{key: hash(bi, run[prev:end]), text: run[prev:end], class: bi, weak: weak && prevWeak})
		}
		prev, prevWeak = i, weak
	}
	return n
}

func wordTokens(w string, f func(token)) {
	weak := stopWords[w]
	stem := Stem(w)
	f(token{key: hash(word, stem), text: stem, class: word, weak: weak})
	if weak {
		return
	}
	p := "_" + w + "_"
	if len(p) <= gramSize {
		f(token{key: hash(gram, p), text: p, class: gram})
		return
	}
	for i := 0; i+gramSize <= len(p); i++ {
		f(token{key: hash(gram, p[i:i+gramSize]), text: p[i : i+gramSize], class: gram})
	}
}

// hash is 64-bit FNV-1a over class and text.
func hash(c class, s string) uint64 {
	h := (uint64(14695981039346656037) ^ uint64(c)) * 1099511628211
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
