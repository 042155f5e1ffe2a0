package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestFlows(t *testing.T) { storetest.Each(t, storetest.Flows) }
