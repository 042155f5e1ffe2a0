package store_test

import (
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/store/storetest"
)

func TestStaff(t *testing.T)    { storetest.Each(t, storetest.Staff) }
func TestSignIn(t *testing.T)   { storetest.Each(t, storetest.SignIn) }
func TestAudit(t *testing.T)    { storetest.Each(t, storetest.Audit) }
func TestTickets(t *testing.T)  { storetest.Each(t, storetest.Tickets) }
func TestJourneys(t *testing.T) { storetest.Each(t, storetest.Journeys) }
func TestInbox(t *testing.T)    { storetest.Each(t, storetest.Inbox) }
func TestSearch(t *testing.T)   { storetest.Each(t, storetest.Search) }
func TestFacts(t *testing.T)    { storetest.Each(t, storetest.Facts) }
