package learning

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// Staff say hello, ask to wait and say goodbye around an answer; none of that is knowledge.
var (
	greeting = regexp.MustCompile(`(?i)^(您好|你好|亲爱的|亲|(?:hi|hello|dear)(?: there)?(?: [\p{L}]+)?|sure|of course|好的|当然|不好意思|抱歉|sorry(?: about that)?)\s*[,，!！~、:：]\s*`)
	chatter  = regexp.MustCompile(`(?i)^(您好|你好|亲|hi|hello|好的|sure|不客气|谢谢|感谢|祝您|再见|请稍|稍等|麻烦稍|我(帮|来|去)?(您)?(查|看|问)|让我|正在为您|还有(什么|其他|别的)|请问还有|有问题随时|thank|thanks|you.?re welcome|have a (nice|good|great)|one moment|just a moment|let me|please (wait|hold)|is there anything|anything else|i.?ll check|my pleasure|bye)`)
	longNo   = regexp.MustCompile(`\d{6,}`)
)

// Extract keeps the sentences of a staff answer that say something to everybody: no greetings, nothing personal.
func Extract(answer string) string {
	var out []string
	for _, s := range index.Sentences(answer) {
		for range 3 {
			s = greeting.ReplaceAllString(s, "")
		}
		clean, _ := guard.Redact(s)
		if s == "" || clean != s || longNo.MatchString(s) || chatter.MatchString(s) || len([]rune(s)) < 4 || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") {
			continue
		}
		out = append(out, begin(s))
	}
	return join(out)
}

// begin writes the first letter large, since what stood before it is gone.
func begin(s string) string {
	rs := []rune(s)
	rs[0] = unicode.ToUpper(rs[0])
	return string(rs)
}

// join puts sentences in a row, with a space where the script has one.
func join(ss []string) string {
	var b strings.Builder
	for i, s := range ss {
		if i > 0 && ss[i-1][len(ss[i-1])-1] < 0x80 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

// grams are the character pairs of Chinese and the words of other scripts with their beginnings, counted.
func grams(text string) map[string]float64 {
	out := map[string]float64{}
	var run, word []rune
	flush := func() {
		for i := range max(0, len(run)-1) {
			out[string(run[i:i+2])]++
		}
		if len(word) > 0 {
			out["w "+index.Stem(string(word))]++
		}
		run, word = run[:0], word[:0]
	}
	for _, r := range index.Fold(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			if len(word) > 0 {
				flush()
			}
			run = append(run, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(run) > 0 {
				flush()
			}
			word = append(word, r)
		default:
			flush()
		}
	}
	flush()
	return out
}

// rarity weighs grams: what every second question holds says little about what it is about.
type rarity struct {
	df map[string]float64
	n  float64
}

func rarityOf(texts []string) rarity {
	r := rarity{map[string]float64{}, float64(len(texts))}
	for _, t := range texts {
		for g := range grams(t) {
			r.df[g]++
		}
	}
	return r
}

func (r rarity) of(gram string) float64 {
	if r.n == 0 {
		return 1
	}
	return math.Log(1 + r.n/(1+r.df[gram]))
}

// likeness is the cosine of two texts' grams by their rarity, 0 to 1.
func (r rarity) likeness(a, b string) float64 {
	x, y := grams(a), grams(b)
	var dot, nx, ny float64
	for k, v := range x {
		w := r.of(k)
		dot += v * y[k] * w * w
		nx += v * v * w * w
	}
	for k, v := range y {
		w := r.of(k)
		ny += v * v * w * w
	}
	if nx == 0 || ny == 0 {
		return 0
	}
	return dot / math.Sqrt(nx*ny)
}

// likeness is that of texts long enough to need no weights.
func likeness(a, b string) float64 { return rarity{}.likeness(a, b) }

// central is the text most like all others; among equals the first.
func central(texts []string) string {
	best, at := -1.0, ""
	for i, a := range texts {
		sum := 0.0
		for j, b := range texts {
			if i != j {
				sum += likeness(a, b)
			}
		}
		if sum > best {
			best, at = sum, a
		}
	}
	return at
}

// distinct keeps the first of each text, without looking at case and marks.
func distinct(texts []string) (out []string) {
	var seen []string
	for _, t := range texts {
		f := strings.TrimFunc(strings.Join(strings.Fields(index.Fold(t)), " "), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
		if f != "" && !slices.Contains(seen, f) {
			seen, out = append(seen, f), append(out, strings.TrimSpace(t))
		}
	}
	return out
}

var figures = regexp.MustCompile(`\d+(?:[.:,]\d+)*`)

// disagree finds two sentences that say nearly the same with other numbers.
func disagree(a, b string) (x, y string, ok bool) {
	for _, s := range index.Sentences(a) {
		for _, t := range index.Sentences(b) {
			n, m := figures.FindAllString(s, -1), figures.FindAllString(t, -1)
			if len(n) > 0 && len(m) > 0 && !slices.Equal(n, m) && likeness(figures.ReplaceAllString(s, ""), figures.ReplaceAllString(t, "")) >= 0.75 {
				return s, t, true
			}
		}
	}
	return "", "", false
}
