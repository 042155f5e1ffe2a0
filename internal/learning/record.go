package learning

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// turn is the part of a decision record that learning reads.
type turn struct {
	from, to int64
	at       time.Time

	Understanding struct {
		Original, Language, Category, Intent string
	}
	Answerable *bool
	Passages   []struct {
		ID    string
		Score float64
	}
	Flow *struct {
		Name  string
		Step  int
		Waits string
	}
	Flows   []string
	Handoff string
}

// turnsOf reads decision records, which come newest first; one that cannot be read is left out.
func turnsOf(ds []conversation.Decision) (out []turn) {
	for i := len(ds) - 1; i >= 0; i-- {
		t := turn{from: ds[i].SeqFrom, to: ds[i].SeqTo, at: time.UnixMilli(ds[i].AtMS).UTC()}
		if json.Unmarshal(ds[i].Data, &t) == nil {
			out = append(out, t)
		}
	}
	return out
}

// asked tells a turn in which knowledge was asked.
func (t turn) asked() bool {
	return t.Answerable != nil && strings.TrimSpace(t.Understanding.Original) != ""
}

func (t turn) answered() bool { return t.Answerable != nil && *t.Answerable }

func (t turn) lang() id.Lang { return id.ParseLang(t.Understanding.Language) }

// confidence is that of the passage said; 0 when none was.
func (t turn) confidence() float64 {
	if len(t.Passages) == 0 {
		return 0
	}
	return t.Passages[0].Score
}

// article is the one whose passage was said.
func (t turn) article() id.Article {
	if len(t.Passages) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(t.Passages[0].ID, "psg_"), ".")
	if name == "" {
		return ""
	}
	return id.Article("art_" + name)
}

// waits tells the step at which the turn left a flow waiting for the customer, "" when none waits.
func (t turn) waits() (flow, step string) {
	if t.Flow == nil || t.Flow.Step < 0 || t.Flow.Waits == "" {
		return "", ""
	}
	return t.Flow.Name, strconv.Itoa(t.Flow.Step+1) + " " + t.Flow.Waits
}

var questionWords = []string{"?", "？", "吗", "呢", "怎么", "什么", "多少", "几", "哪", "能不能", "可以", "可不可以", "有没有", "是否", "是不是", "会不会", "如何"}

var askingStarts = []string{"how", "what", "when", "where", "which", "who", "why", "can", "could", "do", "does", "did", "is", "are", "will", "would", "may", "should"}

// asks tells a text that reads like a question.
func asks(text string) bool {
	if len([]rune(text)) < 4 {
		return false
	}
	for _, w := range questionWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	for _, w := range askingStarts {
		if first == w {
			return true
		}
	}
	return false
}
