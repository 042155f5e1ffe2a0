package guard

import (
	"strings"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/phrase"
)

// WantsHuman tells whether the writer wants a person. text is a fold's Plain.
func WantsHuman(text string) bool {
	t := strings.TrimSpace(text)
	if t == "0" {
		return true // the key that phone menus taught everybody
	}
	set := human()
	wants, not := false, false
	set.Find(text, func(h phrase.Hit) bool {
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

// human holds the ways of asking for a person: sure ones count always, wishes unless a "not" pattern explains them away.
var human = sync.OnceValue(func() *phrase.Set { return phrase.Compile(humanPatterns) })
