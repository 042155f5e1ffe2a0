package agent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// covered is the share of a sentence's words that must stand in the passage it names.
const covered = 0.5

// unfounded tells why words may not be said on these sources; "" when they may. Each sentence is looked at by itself.
func unfounded(words string, sources []string) string {
	all := strings.Join(sources, "\n")
	if len(words) > 1200 {
		return "too long"
	}
	for _, s := range index.Sentences(words) {
		for _, check := range []func(string, string) string{figureFault, promiseFault, linkFault, coverFault, denialFault} {
			if why := check(s, all); why != "" {
				return why
			}
		}
	}
	return ""
}

// figureFault is a number, or a number with its unit, that the source does not have.
func figureFault(s, source string) string {
	have := map[string]bool{}
	for _, n := range number.FindAllString(source, -1) {
		have[canonical(n)] = true
	}
	for _, n := range number.FindAllString(s, -1) {
		if !have[canonical(n)] && !measures(source)[canonical(n)] {
			return "a figure without a source: " + n
		}
	}
	given := measures(source)
	for m := range measures(s) {
		if strings.Contains(m, " ") && !given[m] {
			return "a figure without a source: " + m
		}
	}
	return ""
}

// measured is a number in digits or words with its unit.
var measured = regexp.MustCompile(`(?i)([¥￥$€£])?\s*([0-9][0-9,]*(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万半]+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)\b)\s*-?(?:个)?\s*(工作日|小时|分钟|天|日|周|星期|月|年|元|块|折|倍|成|%|％|percent|(?:business |working )?days?|hours?|minutes?|weeks?|months?|years?|yuan|rmb|usd|dollars?|times)?`)

// units that mean the same.
var units = map[string]string{"日": "day", "天": "day", "days": "day", "day": "day", "工作日": "workday", "business day": "workday", "business days": "workday", "working day": "workday", "working days": "workday",
	"小时": "hour", "hour": "hour", "hours": "hour", "分钟": "minute", "minute": "minute", "minutes": "minute", "周": "week", "星期": "week", "week": "week", "weeks": "week", "月": "month", "month": "month", "months": "month",
	"年": "year", "year": "year", "years": "year", "元": "money", "块": "money", "yuan": "money", "rmb": "money", "usd": "money", "dollar": "money", "dollars": "money", "折": "discount", "倍": "times", "times": "times", "成": "tenth",
	"%": "percent", "％": "percent", "percent": "percent"}

// measures are the numbers of a text ("7") and the numbers with their units ("7 day").
func measures(s string) map[string]bool {
	out := map[string]bool{}
	for _, m := range measured.FindAllStringSubmatch(s, -1) {
		n, unit := inDigits(m[2]), units[strings.ToLower(m[3])]
		if m[1] != "" {
			unit = "money"
		}
		if unit != "" {
			out[n+" "+unit] = true
		}
		if unit != "" || m[2][0] < 0x80 {
			out[n] = true
		}
	}
	return out
}

var english = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
	"fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60", "ninety": "90"}

// inDigits writes a number of any of the three kinds in digits; what it cannot read stays as it is.
func inDigits(n string) string {
	if d, ok := english[strings.ToLower(n)]; ok {
		return d
	}
	if n[0] < 0x80 {
		return canonical(n)
	}
	return chinese(n)
}

// chinese reads Chinese numerals below a hundred million, by their places.
func chinese(s string) string {
	total, part, digit := 0, 0, 0
	for _, r := range s {
		if d := strings.IndexRune("零一二三四五六七八九", r); d >= 0 {
			digit = d / 3
			continue
		}
		switch r {
		case '〇':
			digit = 0
		case '两':
			digit = 2
		case '十', '百', '千':
			part += max(digit, 1) * map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			digit = 0
		case '万':
			total, part, digit = total+(part+digit)*10000, 0, 0
		default:
			return s
		}
	}
	return strconv.Itoa(total + part + digit)
}

// promises are words that bind the shop; they are said only where the source says them.
var promises = []string{"保证", "承诺", "一定", "赔", "补偿", "全额", "免费", "终身", "无条件", "绝对", "包邮", "已为您", "已经为", "已帮", "确认成功", "密码", "验证码", "卡号",
	"guarantee", "promise", "compensat", "full refund", "for free", "free of", "lifetime", "unconditional", "for life", "discount", "has been", "have been", "i have", "we have cancel", "password", "card number", "confirmed"}

func promiseFault(s, source string) string {
	low, given := strings.ToLower(s), strings.ToLower(source)
	for _, p := range promises {
		if strings.Contains(low, p) && !strings.Contains(given, p) {
			return "a promise without a source: " + p
		}
	}
	return ""
}

// link are addresses, mails, markup and long numbers: said exactly as in the source or not at all.
var link = regexp.MustCompile(`(?i)https?://\S+|www\.\S+|\S+@\S+|<[a-z/!][^>]*>|[0-9][0-9 -]{6,}[0-9]`)

func linkFault(s, source string) string {
	for _, l := range link.FindAllString(s, -1) {
		if !strings.Contains(source, l) {
			return "an address or number without a source: " + clip(l, 40)
		}
	}
	return ""
}

// coverFault is a sentence that says too little of what its source says.
func coverFault(s, source string) string {
	want, have := grams(s), grams(source)
	hit := 0
	for _, g := range want {
		if slices.Contains(have, g) {
			hit++
		}
	}
	if len(want) > 0 && float64(hit) < covered*float64(len(want)) {
		return "a sentence its passage does not say"
	}
	return ""
}

// grams are the pairs of Chinese letters and the longer words of a text.
func grams(s string) (out []string) {
	var han []rune
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 3 && w[0] < 0x80 {
			out = append(out, stem(w))
		}
	}
	for _, r := range s + " " {
		if unicode.Is(unicode.Han, r) {
			if n := len(han); n > 0 {
				out = append(out, string(han[n-1])+string(r))
			}
			han = append(han, r)
			continue
		}
		han = han[:0]
	}
	return out
}

// stem lets forms of an English word meet.
func stem(w string) string {
	for _, end := range []string{"ing", "ed", "es", "s"} {
		if b, ok := strings.CutSuffix(w, end); ok && len(b) >= 3 {
			return b
		}
	}
	return w
}

// denials turn a sentence around.
var denials = regexp.MustCompile(`(?i)不能|不可|不支持|不予|不得|不接受|不退|不换|不包|不含|无法|没有|并非|\b(?:cannot|can't|not|never|no longer|unable|except|excluded|don't|doesn't|isn't|aren't|won't)\b`)

// denialFault is a sentence that denies what its source says, or says what it denies: its nearest sentence there has the other sign.
func denialFault(s, source string) string {
	best, near := -1, ""
	want := grams(s)
	for _, x := range index.Sentences(source) {
		have, hit := grams(x), 0
		for _, g := range want {
			if slices.Contains(have, g) {
				hit++
			}
		}
		if hit > best {
			best, near = hit, x
		}
	}
	if denials.MatchString(s) != denials.MatchString(near) {
		return "a sentence that turns its passage around"
	}
	return ""
}
