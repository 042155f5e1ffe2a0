package nlu

import "github.com/xiaoer-cs/xiaoer/internal/nlu/fold"

// resolve settles what depends on the conversation: choices among what was shown, and bare answers to what was asked.
func (e *Engine) resolve(u *Understanding, f *fold.Text, c Context) {}
