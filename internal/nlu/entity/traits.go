package entity

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// sizes finds sizes of clothes and shoes: 42码, EU 42, US 9.5, XL, M码, 大码, size medium.
func (s *search) sizes() {
	for i := 0; i < len(s.s); {
		if end := s.sizeAt(i); end > i {
			i = end
			continue
		}
		_, n := utf8.DecodeRuneInString(s.s[i:])
		i += n
	}
}

var letterSizes = []string{"xxxxl", "xxxl", "xxl", "xl", "xxs", "xs", "s", "m", "l", "5xl", "4xl", "3xl", "2xl", "2xs"}

var wordSizes = []struct{ word, value string }{
	{"extra large", "XL"}, {"extra small", "XS"}, {"extra-large", "XL"}, {"small", "S"}, {"medium", "M"}, {"large", "L"},
	{"加大码", "XL"}, {"特大号", "XL"}, {"加大号", "XL"}, {"大号", "L"}, {"中号", "M"}, {"小号", "S"}, {"均码", "F"}, {"one size", "F"}, {"大码", "L"}, {"中码", "M"}, {"小码", "S"},
}

func (s *search) sizeAt(i int) int {
	if i > 0 && word(s.s[i-1]) && word(s.s[i]) || s.taken(i, i+1) {
		return i
	}
	if isDigit(s.s[i]) || s.s[i] >= 0xE4 {
		if end := s.numberSize(i); end > i {
			return end
		}
	}
	if isAlpha(s.s[i]) {
		if end := s.regionSize(i); end > i {
			return end
		}
	}
	if end := s.letterSize(i); end > i {
		return end
	}
	for _, w := range wordSizes {
		if end, ok := after(s.s, i, w.word); ok && border(s.s, end) && s.wordSizeFits(i, end, w.word) {
			s.add(Size, w.value, i, end, nil)
			return end
		}
	}
	return i
}

// wordSizeFits keeps ordinary words out: "large" is a size after "size", before "size", or when a size was asked for.
func (s *search) wordSizeFits(i, end int, w string) bool {
	if w[0] >= 0x80 {
		return w != "大码" || true
	}
	j := skipSpace(s.s, end)
	before := strings.TrimRight(s.s[:i], " ")
	_, follows := after(s.s, j, "size", "one", "instead", "please", "in stock")
	return follows || w == "extra large" || w == "extra small" || s.c.Asked == Size || strings.HasSuffix(before, "size") || strings.HasSuffix(before, "a") && strings.Contains(s.s, "size") || strings.HasSuffix(before, " in") || strings.HasSuffix(before, "to") && strings.Contains(s.s, "size") || strings.HasSuffix(before, "size:") || strings.HasSuffix(before, "the") && strings.Contains(s.s, "size") || strings.HasSuffix(before, "for") || strings.HasSuffix(before, "to a") || strings.HasSuffix(before, "from")
}

// numberSize reads 42码, 38.5码, 二十六码, 42号鞋, 165/88A, and a bare 42 when a size was asked for.
func (s *search) numberSize(i int) int {
	n, ok := numberAt(s.s, i)
	if !ok || n.cents < 10_00 || n.cents > 250_00 || i > 0 && s.s[i-1] == '.' {
		return i
	}
	if end, ok := after(s.s, n.end, "/"); ok && n.cents >= 140_00 {
		if m, ok := digitsAt(s.s, end); ok && m.cents >= 60_00 && m.cents <= 130_00 {
			e, _ := after(s.s, m.end, "a", "b", "c", "y")
			s.add(Size, strings.ToUpper(s.s[i:e]), i, e, nil)
			return e
		}
	}
	j := skipSpace(s.s, n.end)
	if end, ok := after(s.s, j, "码半"); ok {
		s.add(Size, half(n.cents+50), i, end, nil)
		return end
	}
	if end, ok := after(s.s, j, "码"); ok {
		s.add(Size, half(n.cents), i, end, nil)
		return end
	}
	if end, ok := after(s.s, n.end, "号"); ok && n.cents > 31_00 && n.cents < 50_00 {
		if _, place := after(s.s, end, "楼", "店", "线", "院", "门", "房", "柜"); !place && !strings.HasSuffix(s.s[:i], "路") && !strings.HasSuffix(s.s[:i], "街") {
			s.add(Size, half(n.cents), i, end, nil)
			return end
		}
	}
	if s.c.Asked == Size && strings.TrimSpace(s.s[:i]+s.s[n.end:]) == "" {
		s.add(Size, half(n.cents), i, n.end, nil)
		return n.end
	}
	return i
}

func half(cents int64) string {
	if cents%100 == 0 {
		return strconv.FormatInt(cents/100, 10)
	}
	return strconv.FormatFloat(float64(cents)/100, 'f', -1, 64)
}

// regionSize reads EU 42, US 9.5, UK8, size 42, size XL.
func (s *search) regionSize(i int) int {
	for _, w := range []string{"eu", "us", "uk", "eur", "sizes", "size"} {
		j, ok := after(s.s, i, w)
		if !ok || j < len(s.s) && isAlpha(s.s[j]) {
			continue
		}
		j = skipSpace(s.s, j)
		if w == "size" || w == "sizes" {
			j, _ = after(s.s, j, ": ", ":", "is ", "of ", "a ")
			for _, r := range []string{"eu", "us", "uk"} {
				if k, ok := after(s.s, j, r); ok && k < len(s.s) && !isAlpha(s.s[k]) {
					w, j = r, skipSpace(s.s, k)
				}
			}
		}
		n, ok := digitsAt(s.s, j)
		if !ok || n.cents > 60_00 || n.cents < 1_00 || !border(s.s, n.end) {
			continue
		}
		if w == "us" && (strings.HasPrefix(s.s[n.end:], " day") || strings.HasPrefix(s.s[n.end:], " week")) {
			continue
		}
		value := half(n.cents)
		if w == "us" || w == "uk" {
			value = strings.ToUpper(w) + value
		}
		start := i
		if w == "size" || w == "sizes" {
			start = j
		}
		s.add(Size, value, start, n.end, nil)
		return n.end
	}
	return i
}

// letterSize reads XL, 2XL, M码, L号, and a lone S, M or L after a word for size.
func (s *search) letterSize(i int) int {
	for _, l := range letterSizes {
		end, ok := after(s.s, i, l)
		if !ok || end < len(s.s) && word(s.s[end]) {
			continue
		}
		if end < len(s.s) && (s.s[end] == '\'' || s.s[end] == '-' || s.s[end] == '.' && end+1 < len(s.s) && word(s.s[end+1])) || i > 0 && (s.s[i-1] == '\'' || s.s[i-1] == '-') {
			continue
		}
		value := canonicalSize(l)
		if e, ok := after(s.s, skipSpace(s.s, end), "码", "号"); ok {
			s.add(Size, value, i, e, nil)
			return e
		}
		if len(l) > 1 || s.c.Asked == Size || s.sized(i) || strings.HasPrefix(s.s[end:], "的") || upper(s, i) && holds(s.s, []string{"穿", "换", "改", "要", "拍", "尺", "size", "in "}) {
			s.add(Size, value, i, end, nil)
			return end
		}
	}
	return i
}

// upper tells whether the letter stands as a capital in the message.
func upper(s *search, i int) bool { b := s.text.Folded[i]; return b >= 'A' && b <= 'Z' }

func (s *search) sized(i int) bool {
	before := strings.TrimRight(s.s[:i], " :")
	for _, w := range []string{"size", "尺码", "码数", "码", "size a", "尺寸", "size is", "a size"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

func canonicalSize(l string) string {
	switch l {
	case "xxl":
		return "2XL"
	case "xxxl":
		return "3XL"
	case "xxxxl":
		return "4XL"
	case "xxs":
		return "2XS"
	}
	return strings.ToUpper(l)
}

// colourWords maps the words for colours to one name each.
var colourWords = []struct{ words, value string }{
	{"黑色 黑 black 乌黑 亮黑 哑光黑", "black"}, {"白色 白 white 纯白 奶白 米白色 米白 象牙白 乳白色", "white"}, {"红色 红 red 大红 正红 酒红色 酒红 枣红 玫红 crimson burgundy 朱红", "red"},
	{"蓝色 蓝 blue 天蓝 天蓝色 浅蓝 浅蓝色 湖蓝 宝蓝 雾霾蓝 sky_blue light_blue", "blue"}, {"藏青 藏青色 深蓝 深蓝色 藏蓝 藏蓝色 navy navy_blue dark_blue", "navy"}, {"绿色 绿 green 墨绿 墨绿色 军绿 军绿色 草绿 豆绿 olive 薄荷绿 dark_green", "green"},
	{"黄色 黄 yellow 鹅黄 姜黄 柠檬黄", "yellow"}, {"橙色 橙 橘色 橘黄 橘红 orange 桔色", "orange"}, {"紫色 紫 purple violet 浅紫 香芋紫 lavender", "purple"}, {"粉色 粉 粉红 粉红色 樱花粉 浅粉 浅粉色 pink 藕粉", "pink"},
	{"灰色 灰 gray grey 深灰 浅灰 深灰色 浅灰色 银灰 charcoal light_grey dark_grey light_gray dark_gray", "grey"}, {"棕色 棕 咖啡色 咖色 褐色 驼色 焦糖色 brown tan camel", "brown"}, {"米色 杏色 卡其色 卡其 奶茶色 beige khaki cream", "beige"}, {"银色 银 silver", "silver"}, {"金色 金 gold golden 香槟金 玫瑰金 rose_gold", "gold"},
	{"透明 透明色 transparent", "clear"},
}

// colours finds colours; a single character such as 蓝 counts only where it plainly describes (蓝的, 要蓝).
func (s *search) colours() {
	lex := colourLexicon()
	for i := 0; i < len(s.s); {
		w, value := lex.longest(s.s, i)
		if w == 0 || s.taken(i, i+w) || !s.colourFits(i, i+w) {
			_, n := utf8.DecodeRuneInString(s.s[i:])
			i += n
			continue
		}
		s.add(Colour, value, i, i+w, nil)
		i += w
	}
}

func (s *search) colourFits(i, end int) bool {
	if s.s[i] < 0x80 {
		_, other := after(s.s, end, " friday", " card", "berry", " bar", " market", " label", " paper", " juice", " member", " tier", " envelope", " vip", " tooth", " light district", " status", " plan", " level", " membership")
		return border(s.s, i) && border(s.s, end) && !other && !strings.HasSuffix(s.s[:i], "an ")
	}
	if end-i > 3 {
		_, other := after(s.s, end, "星期五", "会员", "家电", "卡")
		return !other
	}
	if s.c.Asked == Colour && strings.TrimSpace(s.s) == s.s[i:end] {
		return true
	}
	_, follows := after(s.s, end, "的", "款", "那", "版", "和", "、", "/", "跟", "还是", "或")
	_, bad := after(s.s, i-min(i, 3), "现", "奖", "押", "定", "资", "本", "基", "直", "返", "粉丝", "泛", "发", "变", "花", "明", "脸", "面", "奶", "米", "牙", "小", "掉")
	return follows && !bad
}

// ColourOf is the first colour that a text names, "" when there is none. The text must be a fold's Plain.
func ColourOf(plain string) string {
	lex := colourLexicon()
	for i := range plain {
		if n, value := lex.longest(plain, i); n > 3 || n > 0 && plain[i] < 0x80 {
			return value
		}
	}
	return ""
}
