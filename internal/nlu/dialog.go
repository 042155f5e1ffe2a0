package nlu

import (
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// acts fills Affirms, Denies, Corrects and Cancels.
func (e *Engine) acts(u *Understanding, f *fold.Text, c Context) {
	actRules().Find(f.Plain, func(h phrase.Hit) bool {
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
	})
	if u.Denies {
		u.Affirms = false
	}
}

var actRules = sync.OnceValue(func() *phrase.Set { return phrase.Compile(actPatterns) })

const actPatterns = `
yes:
^ 是|是的|对|对的|好|好的|好啊|行|可以|嗯|嗯嗯|确认|确定|没错|没问题|ok|okay|yes|yeah|yep|sure|confirm|correct|right|yes_please|go_ahead|sounds_good|that's_right $
no:
^ 不|不是|不对|不要|不用|不用了|不行|否|算了吧|no|nope|nah|no_thanks|not_really|don't $
correct:
我是说|我说的是|说错了|打错了|不对 .. 是|不是 .. 是|i_mean|i_meant|sorry .. meant|actually|no .. it's|not .. but
cancel:
算了|不用了|先不|取消吧|不办了|没事了|当我没说|never_mind|nevermind|forget_it|cancel_that|don't_bother|stop_that
`
