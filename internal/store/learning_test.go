package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestLearning(t *testing.T) {
	storetest.Each(t, func(t *testing.T, e storetest.Env) {
		storetest.Learning(t, e.DB, func(cid id.Customer) {
			if err := e.DB.PutCustomers(e.Ctx, customer.Customer{ID: cid, Language: id.ZH, CreatedAt: storetest.Start}); err != nil {
				t.Fatal(err)
			}
		})
	})
}
