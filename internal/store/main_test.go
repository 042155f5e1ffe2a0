package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
