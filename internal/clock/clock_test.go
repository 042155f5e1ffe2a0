package clock_test

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
)

func TestFakeFiresInOrderAndOnlyWhenDue(t *testing.T) {
	c := clock.NewFake(time.Unix(0, 0))
	late, soon, now := c.After(2*time.Second), c.After(time.Second), c.After(0)
	<-now
	c.Advance(time.Second)
	select {
	case at := <-soon:
		if !at.Equal(time.Unix(1, 0)) {
			t.Fatalf("fired at %v", at)
		}
	default:
		t.Fatal("due waiter did not fire")
	}
	select {
	case <-late:
		t.Fatal("fired too early")
	default:
	}
	c.Advance(time.Hour)
	<-late
}

func TestFakeGoesBack(t *testing.T) {
	c := clock.NewFake(time.Unix(100, 0))
	w := c.After(time.Second)
	c.Set(time.Unix(50, 0))
	select {
	case <-w:
		t.Fatal("a step back must not fire timers")
	default:
	}
	if !c.Now().Equal(time.Unix(50, 0)) {
		t.Fatal("clock did not go back")
	}
}
