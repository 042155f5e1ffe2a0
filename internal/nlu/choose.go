package nlu

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// ordinals are the words for a place in a list; negative ones count from the end.
var ordinals = []struct {
	word  string
	place int
}{
	{"最后一", -1}, {"最后那", -1}, {"最后的", -1}, {"最下面", -1}, {"末尾", -1}, {"倒数第一", -1}, {"倒数第二", -2}, {"倒数第三", -3}, {"最上面", 1}, {"最前面", 1}, {"头一个", 1}, {"上面那个", 1}, {"下面那个", -1}, {"前一个", 1}, {"后一个", -1}, {"前者", 1}, {"后者", -1},
	{"the last one", -1}, {"the last", -1}, {"last one", -1}, {"the final one", -1}, {"bottom one", -1}, {"second to last", -2}, {"second last", -2}, {"top one", 1}, {"the former", 1}, {"the latter", -1}, {"first one", 1}, {"second one", 2}, {"third one", 3}, {"fourth one", 4}, {"fifth one", 5}, {"sixth one", 6},
	{"the first", 1}, {"the second", 2}, {"the third", 3}, {"the fourth", 4}, {"the fifth", 5}, {"number one", 1}, {"number two", 2}, {"number three", 3}, {"number four", 4}, {"option one", 1}, {"option two", 2}, {"option three", 3}, {"1st", 1}, {"2nd", 2}, {"3rd", 3}, {"4th", 4}, {"5th", 5},
}

// choose finds which of the options a message means: by place, by number, by colour, size or other trait, by price, by name.
// It returns -1 when none, or when two fit equally.
func choose(plain string, u *Understanding, c Context) (k, start, end int) {
	if k, start, end = byPlace(plain, len(c.Options)); k >= 0 {
		return k, start, end
	}
	core := guard.Core(plain)
	at := max(strings.Index(plain, core), 0)
	if k = byNumber(core, c); k >= 0 {
		return k, at, at + len(core)
	}
	if utf8.RuneCountInString(core) > 30 {
		return -1, 0, 0
	}
	if k = byTrait(plain, u, c); k < 0 {
		if k = byPrice(plain, c); k < 0 {
			k = byName(core, c)
		}
	}
	return k, at, at + len(core)
}

// byPlace reads 第二个, 最后一个, the third one.
func byPlace(plain string, n int) (int, int, int) {
	for i := 0; i < len(plain); i++ {
		if strings.HasPrefix(plain[i:], "第") && !strings.HasSuffix(plain[:i], "倒数") {
			j := i + len("第")
			r, size := utf8.DecodeRuneInString(plain[j:])
			v := strings.IndexRune("一二三四五六七八九", r)/3 + 1
			if !strings.ContainsRune("一二三四五六七八九", r) {
				v = int(r - '0')
			}
			after := plain[min(len(plain), j+size):]
			if v >= 1 && v <= n && v <= 9 && !startsWith(after, "次", "天", "年", "时间", "月", "周", "季") {
				return v - 1, i, i + len("第") + size + measure(after)
			}
		}
		for _, o := range ordinals {
			if !strings.HasPrefix(plain[i:], o.word) || plain[i] < 0x80 && (i > 0 && letter(plain[i-1]) || i+len(o.word) < len(plain) && letter(plain[i+len(o.word)])) {
				continue
			}
			v := o.place - 1
			if o.place < 0 {
				v = n + o.place
			}
			if startsWith(plain[i+len(o.word):], " time", " week", " day", "次", "天", " month", " year") || v < 0 || v >= n {
				continue
			}
			return v, i, i + len(o.word) + measure(plain[i+len(o.word):])
		}
	}
	return -1, 0, 0
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }

func startsWith(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// measure is the length of the measure word that follows an ordinal.
func measure(s string) int {
	for _, w := range []string{"个", "款", "件", "双", "单", "家", "条", "张", "项", "种", "台", "只", "套", " one"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// byNumber reads a message that is only a number, or one after a word for option. Where an amount was asked for, it is that amount.
func byNumber(core string, c Context) int {
	switch c.Asked {
	case "quantity", "money", "phone", "size", "date", "tracking":
		return -1
	}
	s := strings.TrimPrefix(core, "#")
	for _, w := range []string{"选项", "选择", "选", "option ", "number ", "no. ", "no.", "就", "要"} {
		s = strings.TrimPrefix(s, w)
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "号"), ".")
	if k := strings.Index("一二三四五六七八九", s); len(s) == 3 && k >= 0 && k%3 == 0 {
		s = strconv.Itoa(k/3 + 1)
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(c.Options) {
		return n - 1
	}
	return -1
}

// byTrait picks the only option whose colour, size or other attribute the message names.
func byTrait(plain string, u *Understanding, c Context) int {
	best, score, tie := -1, 0, false
	for k, o := range c.Options {
		n := 0
		label := fold.Fold(o.Label).Plain
		for _, e := range u.Entities {
			for name, v := range o.Attributes {
				if e.Kind == name && strings.EqualFold(e.Value, v) || e.Kind == "colour" && name == "color" && strings.EqualFold(e.Value, v) {
					n += 2
				}
			}
			if (e.Kind == "colour" || e.Kind == "size") && strings.Contains(label, strings.ToLower(e.Text)) {
				n++
			}
			if (e.Kind == "product" || e.Kind == "store" || e.Kind == "order") && e.Value == o.Value {
				n += 3
			}
			if e.Kind == "colour" && n == 0 && entity.ColourOf(label) == e.Value {
				n++
			}
		}
		for _, v := range o.Attributes {
			if p := fold.Fold(v).Plain; len(p) >= 3 && strings.Contains(plain, p) && n == 0 {
				n++
			}
		}
		switch {
		case n > score:
			best, score, tie = k, n, false
		case n == score && n > 0:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return best
}

// byPrice reads 便宜的那个, the cheaper one, over the options' price.
func byPrice(plain string, c Context) int {
	sign := 0.0
	for _, w := range []string{"便宜", "cheap", "lowest price", "least expensive", "价格低", "低的"} {
		if strings.Contains(plain, w) {
			sign = 1
		}
	}
	for _, w := range []string{"贵的", "贵一点的", "most expensive", "pricier", "more expensive", "expensive one"} {
		if strings.Contains(plain, w) && !strings.Contains(plain, "least expensive") && !strings.Contains(plain, "不贵") {
			sign = -1
		}
	}
	if sign == 0 || !deictic(plain) {
		return -1
	}
	best, low := -1, 0.0
	for k, o := range c.Options {
		p, err := strconv.ParseFloat(o.Attributes["price"], 64)
		if err != nil {
			return -1
		}
		if best < 0 || sign*p < low {
			best, low = k, sign*p
		}
	}
	return best
}

// deictic tells whether a message points at one of several things.
func deictic(plain string) bool {
	for _, w := range []string{"那", "这", "的", "款", "one", "that", "this", "the "} {
		if strings.Contains(plain, w) {
			return true
		}
	}
	return false
}

// byName picks the option whose label shares most with the message: pairs of characters in Chinese, words in English.
func byName(core string, c Context) int {
	best, score, second := -1, 0.0, 0.0
	for k, o := range c.Options {
		s := shared(core, fold.Fold(o.Label).Plain)
		if strings.EqualFold(core, o.Value) {
			s = 2
		}
		switch {
		case s > score:
			best, score, second = k, s, score
		case s > second:
			second = s
		}
	}
	if score < 0.5 || score-second < 0.15 {
		return -1
	}
	return best
}

// stopWords say nothing about which option is meant.
var stopWords = " the a an one that this please i want take it is of my for to with 's choose go ll "

// shared is which part of the message's telling units stands in the label.
func shared(core, label string) float64 {
	all, in := 0.0, 0.0
	prev := rune(0)
	filler := false
	for _, r := range core {
		han := r >= 0x4E00 && r <= 0x9FFF
		if han && strings.ContainsRune("那这个的要就选我买款吧呢是想把给", r) {
			filler, prev = true, 0
			continue
		}
		if han && prev != 0 {
			all++
			if strings.Contains(label, string(prev)+string(r)) {
				in++
			}
		}
		prev = 0
		if han {
			prev = r
		}
	}
	for _, w := range strings.FieldsFunc(core, func(r rune) bool { return !(r < 0x80 && letter(byte(r))) }) {
		if strings.Contains(stopWords, " "+w+" ") {
			continue
		}
		all++
		if strings.Contains(" "+label+" ", w) {
			in++
		}
	}
	if all == 0 || !filler && in < all/2 {
		return 0
	}
	return in / all
}
