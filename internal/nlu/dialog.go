package nlu

import (
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// acts fills Affirms, Denies, Corrects and Cancels.
func (e *Engine) acts(u *Understanding, f *fold.Text) {
	core := guard.Core(f.Plain)
	found := func(h phrase.Hit) bool {
		switch h.Label {
		case "yes":
			u.Affirms = true
		case "no":
			u.Denies = true
		case "correct":
			u.Corrects = true
		case "cancel":
			u.Cancels = true
		}
		return true
	}
	actRules().Find(core, found)
	if core != f.Plain {
		actRules().Find(f.Plain, found)
	}
	if u.Corrects || u.Cancels {
		u.Affirms = false
	}
	if u.Denies && u.Affirms {
		u.Affirms = false // "不是的" holds 是的; a no is never taken for a yes
	}
}

var actRules = sync.OnceValue(func() *phrase.Set { return phrase.Compile(actPatterns) })
