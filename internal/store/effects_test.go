package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestEffects(t *testing.T) {
	storetest.Each(t, func(t *testing.T, e storetest.Env) { storetest.Effects(t, e.DB, e.Clock.Now()) })
}
