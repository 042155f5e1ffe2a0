package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestConversations(t *testing.T) { storetest.Each(t, storetest.Conversations) }
func TestJobs(t *testing.T)          { storetest.Each(t, storetest.Jobs) }
func TestCustomers(t *testing.T)     { storetest.Each(t, storetest.Customers) }
func TestEvents(t *testing.T)        { storetest.Each(t, storetest.Events) }
