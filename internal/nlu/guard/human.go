package guard

import (
	"strings"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// WantsHuman tells whether the writer wants a person. text is a fold's Plain.
func WantsHuman(text string) bool {
	t := strings.TrimSpace(text)
	if t == "0" || t == "零" {
		return true // the key that phone menus taught everybody
	}
	if strings.IndexByte(t, '\n') >= 0 {
		t = strings.ReplaceAll(t, "\n", " ")
	}
	if judged(Core(t)) || judged(t) {
		return true
	}
	return spaced(t)
}

// SpeaksOfHuman tells whether a text names persons or robots without asking for one (are you a robot, made by a person).
func SpeaksOfHuman(text string) bool { return human().HasLabel(text, "not") }

// judged asks the patterns.
func judged(t string) bool {
	wants, not := false, false
	human().Find(t, func(h phrase.Hit) bool {
		switch h.Label {
		case "wish":
			wants = true
		case "not":
			not = true
		case "sure":
			wants, not = true, false
			return false
		}
		return true
	})
	return wants && !not
}

var (
	openers = []string{"喂", "你好", "您好", "亲亲", "亲", "嗯", "呃", "额", "那个", "就是", "哎呀", "哎", "唉", "请问", "请", "麻烦", "快点", "快", "赶紧", "哈喽", "hello", "hi", "hey", "um", "uh", "uhm", "please", "pls", "plz", "just", "ok", "okay", "yo", "so", "well", "yeah", "yes", "and", "but"}
	closers = []string{"谢谢", "多谢", "谢了", "好吗", "好不", "行吗", "行不", "可以吗", "啊", "呀", "吧", "哈", "嘛", "哦", "喔", "噢", "哇", "咯", "啦", "thanks", "thank you", "thx", "please", "pls", "plz", "now", "asap", "ok"}
)

// Core is the text without the small words around it, so that whole-message patterns see what is left.
func Core(t string) string {
	const marks = " ,.!?~:;。、…！？"
	t = strings.Trim(t, marks)
	for again := true; again && t != ""; {
		again = false
		for _, w := range openers {
			if rest, ok := strings.CutPrefix(t, w); ok && rest != "" && (w[0] >= 0x80 || !alnum(rest[0])) {
				t, again = strings.TrimLeft(rest, marks), true
			}
		}
		for _, w := range closers {
			if rest, ok := strings.CutSuffix(t, w); ok && rest != "" && (w[0] >= 0x80 || !alnum(rest[len(rest)-1])) {
				t, again = strings.TrimRight(rest, marks), true
			}
		}
	}
	return t
}

// spaced looks again when characters are kept apart (转 人 工, h-u-m-a-n): a trick, or the habit of a speech recogniser.
func spaced(t string) bool {
	han, gaps := 0, 0
	for _, r := range t {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF:
			han++
		case r == ' ' || r == '.' || r == '-' || r == '_' || r == '*' || r == '~' || r == '/' || r == '|':
			gaps++
		}
	}
	if gaps < 2 || han < 2 || han > 12 {
		return false
	}
	joined := strings.NewReplacer(" ", "", ".", "", "-", "", "_", "", "*", "", "~", "", "/", "", "|", "").Replace(t)
	return joined != t && len(joined) < 60 && WantsHuman(joined)
}

// human holds the ways of asking for a person.
var human = sync.OnceValue(func() *phrase.Set { return phrase.Compile(humanPatterns) })
