package corpus

import (
	"math/rand/v2"
	"strings"
)

// What people put around a wish without meaning anything by it: politeness, hesitation in speech, net words, signs.
var (
	before = map[string][]string{
		"zh": {"你好，", "亲，", "请问", "那个", "嗯", "呃 ", "麻烦问下", "您好 ", "在吗 ", "就是说", "我想问下", "小二，", "hi ", "客服你好 ", "哎"},
		"en": {"hi, ", "hello ", "um ", "so ", "hey ", "please ", "excuse me ", "ok so ", "just wondering, ", "quick question: ", "pls ", "well "},
	}
	after = map[string][]string{
		"zh": {"啊", "呢", "呀", "哈", "哦", "谢谢", "！！", "？？", "~", "😊", "🙏", "急", "在线等", "嘛", " thx", "😡", "哒"},
		"en": {" please", " thanks", "!!", "??", " pls", " :)", " 🙏", " asap", " thx", " guys", " lol", "..."},
	}
)

// careless writes text as people in a hurry do: with a filler around it, with a typing error, or as a voice transcript.
func careless(text, lang string, rng *rand.Rand) string {
	switch rng.IntN(5) {
	case 0:
		return before[lang][rng.IntN(len(before[lang]))] + text
	case 1:
		return text + after[lang][rng.IntN(len(after[lang]))]
	case 2:
		return spoken(text)
	case 3:
		return strings.ToUpper(text)
	}
	return typo(text, rng)
}

// spoken drops the signs a voice transcript has not.
func spoken(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。！？,!?;；：", r) }), " ")
}

// typo leaves out one character, or swaps two neighbours.
func typo(text string, rng *rand.Rand) string {
	r := []rune(text)
	if len(r) < 6 {
		return text
	}
	i := 1 + rng.IntN(len(r)-3)
	if rng.IntN(2) == 0 {
		return string(append(r[:i:i], r[i+1:]...))
	}
	r[i], r[i+1] = r[i+1], r[i]
	return string(r)
}
