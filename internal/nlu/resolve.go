package nlu

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/entity"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// resolve settles what depends on the conversation: choices among what was shown, and bare answers to what was asked. An answer
// goes on with the open flow, whatever its few words look like alone.
func (e *Engine) resolve(u *Understanding, f *fold.Text, c Context) {
	chosen := -1
	if len(c.Options) > 0 {
		if k, start, end := choose(f.Plain, u, c); k >= 0 {
			chosen = k
			a, b := f.Span(start, end)
			kind := c.Asked
			if !known(kind) {
				kind = entity.Product
			}
			u.Entities = replace(u.Entities, Entity{Kind: kind, Text: u.Original[a:b], Value: c.Options[k].Value, Start: a, End: b,
				Data: map[string]string{"option": strconv.Itoa(k + 1)}})
		}
	}
	answered := chosen >= 0 || answer(u, f, c)
	if answered && c.Flow != "" && !u.WantsHuman && short(f.Plain) && !fresh(u, c) {
		u.OutOfScope = false
		if _, served := topics[c.Flow]; served {
			u.Intent, u.IntentP = c.Flow, max(0.9, u.IntentP)
			u.Segments = cut(f, []clause{{end: len(f.Plain), Scored: Scored{u.Intent, u.IntentP}}})
		}
	}
}

// fresh tells whether the message plainly opens another matter, so that the words that answer are only part of it.
func fresh(u *Understanding, c Context) bool {
	return !u.OutOfScope && u.IntentP >= 0.9 && u.Intent != c.Flow && requests(u.Intent) && utf8.RuneCountInString(u.Text) > 8
}

// short tells what may be an answer and nothing else.
func short(s string) bool { return utf8.RuneCountInString(s) <= 40 }

func known(kind string) bool {
	for _, k := range entity.Kinds() {
		if k == kind {
			return true
		}
	}
	return false
}

// replace puts an entity in the place of those it overlaps with, and keeps the order.
func replace(list []Entity, e Entity) []Entity {
	out := make([]Entity, 0, len(list)+1)
	for _, x := range list {
		if x.End <= e.Start || x.Start >= e.End {
			out = append(out, x)
		}
	}
	out = append(out, e)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// answer makes an entity of the kind that was asked for out of a message that is hardly more than the answer; it tells whether one
// is there now.
func answer(u *Understanding, f *fold.Text, c Context) bool {
	if c.Asked == "" {
		return false
	}
	for _, e := range u.Entities {
		if e.Kind == c.Asked {
			return true
		}
	}
	core := guard.Core(f.Plain)
	start := strings.Index(f.Plain, core)
	value := ""
	switch c.Asked {
	case entity.Name:
		value = bareName(core)
	case entity.Address:
		if n := utf8.RuneCountInString(core); n >= 6 && n <= 80 && !u.Denies && (u.OutOfScope || u.IntentP < 0.9 || strings.ContainsAny(core, "0123456789")) {
			value = core
		}
	case entity.Date:
		value = bareDay(core, c)
	case entity.Money:
		if v, err := strconv.ParseFloat(core, 64); err == nil && v >= 0 && v < 1e9 {
			value = strconv.FormatInt(int64(v*100+0.5), 10)
		}
	case entity.Order, entity.Tracking:
		if digits(core) >= 4 && len(core) <= 32 && strings.IndexByte(core, ' ') < 0 && core[0] < 0x80 {
			value = strings.ToUpper(strings.TrimLeft(core, "#"))
		}
	}
	if value == "" || start < 0 {
		return false
	}
	a, b := f.Span(start, start+len(core))
	u.Entities = replace(u.Entities, Entity{Kind: c.Asked, Text: u.Original[a:b], Value: value, Start: a, End: b})
	return true
}

func digits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// bareName takes two to four Han characters, or one to three Latin words, for a name when one was asked for.
func bareName(core string) string {
	han, other := 0, 0
	for _, r := range core {
		if r >= 0x4E00 && r <= 0x9FFF {
			han++
		} else if !(r >= 'a' && r <= 'z' || r == ' ' || r == '\'' || r == '-' || r == '·' || r >= 0xC0 && r < 0x250) {
			other++
		}
	}
	words := len(strings.Fields(core))
	if other == 0 && (han >= 2 && han <= 4 && words == 1 || han == 0 && words >= 1 && words <= 3 && len(core) > 2) && !actRules().Has(core) {
		return core
	}
	return ""
}

// bareDay reads a number alone as the day of a month.
func bareDay(core string, c Context) string {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(core, "th"), "号"))
	if err != nil || n < 1 || n > 31 || c.Now.IsZero() {
		return ""
	}
	t := fold.Fold(strconv.Itoa(n) + "号")
	for _, e := range entity.NewFinder().Find(&t, nil, entity.Context{Now: c.Now}) {
		if e.Kind == entity.Date {
			return e.Value
		}
	}
	return ""
}
