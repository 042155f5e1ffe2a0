package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestKnowledge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, e storetest.Env) { storetest.Knowledge(t, e.DB) })
}
