package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestCommerce(t *testing.T) { storetest.Commerce(t) }
