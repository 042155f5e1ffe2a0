package phrase_test

import (
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

func TestPatterns(t *testing.T) {
	set := phrase.Compile(`
near: 转|找 .. 人工 !怎么转
far: alpha ... omega
whole: ^ yes|好的 $
start: ^ hello
word: cat|dog*
adjacent: 你 好
joined: good_morning
bar: <¦x
colon:
foo|bar
`)
	for _, c := range []struct {
		text, label string
		want        bool
	}{
		{"帮我转人工", "near", true},
		{"帮我找一下你们的人工客服", "near", true},
		{"人工转", "near", false},
		{"怎么转人工", "near", false},
		{"转一二三四五六七八九十一二三人工", "near", false},
		{"alpha one two three four five six seven omega", "far", true},
		{"alpha " + strings.Repeat("x", 130) + " omega", "far", false},
		{"yes", "whole", true},
		{" yes! ", "whole", true},
		{"好的。", "whole", true},
		{"yes sir", "whole", false},
		{"oh yes", "whole", false},
		{"hello there", "start", true},
		{"well hello", "start", false},
		{"a cat.", "word", true},
		{"cats", "word", false},
		{"concat", "word", false},
		{"dogs and dogged", "word", true},
		{"café cat", "word", true},
		{"你好", "adjacent", true},
		{"你不好", "adjacent", false},
		{"good morning", "joined", true},
		{"say <|x now", "bar", true},
		{"foo", "colon", true},
	} {
		if got := set.HasLabel(c.text, c.label); got != c.want {
			t.Errorf("%q has %s: %v, want %v", c.text, c.label, got, c.want)
		}
	}
	if got := strings.Join(set.Labels(), " "); got != "near far whole start word adjacent joined bar colon" {
		t.Errorf("labels %q", got)
	}
}

func TestHitsHavePlaces(t *testing.T) {
	set := phrase.Compile("x: 转 .. 人工\ny: 客服")
	var got []string
	text := "请转到人工客服"
	set.Find(text, func(h phrase.Hit) bool { got = append(got, h.Label+"="+text[h.Start:h.End]); return true })
	if strings.Join(got, " ") != "x=转到人工 y=客服" {
		t.Errorf("%v", got)
	}
	n := 0
	set.Find(text, func(phrase.Hit) bool { n++; return false })
	if n != 1 || !set.Has(text) || set.Has("nothing") {
		t.Error("Find does not stop, or Has is wrong")
	}
}

func TestMalformedPatternsPanic(t *testing.T) {
	for _, bad := range []string{"x: a||b", "x: ..", "x: !a"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q compiles", bad)
				}
			}()
			phrase.Compile(bad)
		}()
	}
}

func TestFloodsOfHitsAreBounded(t *testing.T) {
	set := phrase.Compile("x: a .. a .. a .. a .. b")
	start := time.Now()
	if set.Has(strings.Repeat("a ", 3000)) {
		t.Error("found what is not there")
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
}
