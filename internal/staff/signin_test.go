package staff_test

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

func TestSignInGivesASession(t *testing.T) {
	h := newHouse(t)
	m := h.add("anna", staff.Agent)
	secret, err := h.signIn(" Anna ", password, "192.0.2.1")
	h.must(err)
	p, err := h.Who(t.Context(), secret)
	h.must(err)
	if p.ID != m.ID || p.Role != staff.Agent {
		t.Errorf("who: %+v", p)
	}
	for hash := range h.m.sessions {
		if hash == secret || len(secret) < 43 { // 256 bits in base64
			t.Error("only the hash of a long secret may be kept")
		}
	}
	for _, odd := range []string{"", " ", secret + " ", secret[:20], staff.HashSecret(secret), "null"} {
		if h.holds(odd) {
			t.Errorf("%q opens the house", odd)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(h *house, m staff.Member)
		want bool
	}{
		"used every hour for six days": {func(h *house, m staff.Member) {}, true},
		"idle":                         {func(h *house, m staff.Member) { h.clock.Advance(12*time.Hour + time.Second) }, false},
		"just not idle":                {func(h *house, m staff.Member) { h.clock.Advance(12 * time.Hour) }, true},
		"inactive": {func(h *house, m staff.Member) {
			_, err := h.Change(h.t.Context(), h.root, m.ID, staff.Change{Active: new(bool)})
			h.must(err)
		}, false},
		"role changed": {func(h *house, m staff.Member) {
			r := staff.Viewer
			_, err := h.Change(h.t.Context(), h.root, m.ID, staff.Change{Role: &r})
			h.must(err)
		}, false},
		"password reset": {func(h *house, m staff.Member) {
			p := "a brand new one"
			_, err := h.Change(h.t.Context(), h.root, m.ID, staff.Change{Password: &p})
			h.must(err)
		}, false},
		"renamed": {func(h *house, m staff.Member) {
			n := "Anna B"
			_, err := h.Change(h.t.Context(), h.root, m.ID, staff.Change{Name: &n})
			h.must(err)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			m := h.add("anna", staff.Agent)
			secret, err := h.signIn("anna", password, "192.0.2.1")
			h.must(err)
			for range 6 * 24 {
				h.clock.Advance(time.Hour)
				if !h.holds(secret) {
					t.Fatal("a session in use ended early")
				}
			}
			c.do(h, m)
			if h.holds(secret) != c.want {
				t.Errorf("holds: %v", !c.want)
			}
		})
	}
}

func TestSessionsEndAfterSevenDaysOfUse(t *testing.T) {
	h := newHouse(t)
	h.add("anna", staff.Agent)
	secret, err := h.signIn("anna", password, "192.0.2.1")
	h.must(err)
	for range 7 * 24 {
		h.clock.Advance(time.Hour)
		if !h.holds(secret) {
			t.Fatal("ended early")
		}
	}
	h.clock.Advance(time.Second)
	if h.holds(secret) {
		t.Error("the absolute limit does not hold")
	}
}

func TestOnePasswordChangeEndsAllOthers(t *testing.T) {
	h := newHouse(t)
	m := h.add("anna", staff.Agent)
	a, err := h.signIn("anna", password, "192.0.2.1")
	h.must(err)
	if _, err := h.ChangePassword(t.Context(), m.ID, "wrong", staff.Attempt{Password: "another long one", Address: "192.0.2.1"}); !errs.Is(err, errs.Invalid) || !h.holds(a) {
		t.Fatalf("a wrong old password: %v", err)
	}
	if _, err := h.ChangePassword(t.Context(), m.ID, password, staff.Attempt{Password: "short", Address: "192.0.2.1"}); errs.CodeOf(err) != "password_weak" || !h.holds(a) {
		t.Fatalf("a weak one: %v", err)
	}
	b, err := h.ChangePassword(t.Context(), m.ID, password, staff.Attempt{Password: "another long one", Address: "192.0.2.1"})
	h.must(err)
	if h.holds(a) || !h.holds(b) {
		t.Error("the old session must end and the new one hold")
	}
	if _, err := h.signIn("anna", password, "192.0.2.1"); err == nil {
		t.Error("the old password still opens")
	}
}

// TestGuessing is reliability A08: at most ten passwords are judged, and the owner still gets in.
func TestGuessing(t *testing.T) {
	h := newHouse(t)
	h.add("anna", staff.Agent)
	_, err := h.signIn("anna", password, "192.0.2.1") // the owner's place is known now
	h.must(err)
	var judged, limited atomic.Int64
	var wg sync.WaitGroup
	for i := range 400 {
		wg.Go(func() {
			_, err := h.signIn("anna", "guess", fmt.Sprintf("198.51.%d.%d", i/200, i%200))
			switch {
			case errs.Is(err, errs.Unauthenticated):
				judged.Add(1)
			case errs.Is(err, errs.RateLimited):
				limited.Add(1)
			default:
				t.Errorf("%v", err)
			}
		})
	}
	wg.Wait()
	if judged.Load() != 10 || limited.Load() != 390 {
		t.Errorf("%d judged, %d limited", judged.Load(), limited.Load())
	}
	if _, err := h.signIn("anna", password, "203.0.113.5"); !errs.Is(err, errs.RateLimited) {
		t.Errorf("even the right password is not judged from a strange place: %v", err)
	}
	if _, err := h.signIn("anna", password, "192.0.2.1"); err != nil {
		t.Errorf("the owner is locked out: %v", err)
	}
	h.clock.Advance(15 * time.Minute)
	if _, err := h.signIn("anna", password, "203.0.113.5"); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestUnknownAndInactiveLookLikeAWrongPassword(t *testing.T) {
	h := newHouse(t)
	m := h.add("anna", staff.Agent)
	_, err := h.Change(t.Context(), h.root, m.ID, staff.Change{Active: new(bool)})
	h.must(err)
	h.add("bert", staff.Agent)
	_, wrong := h.signIn("bert", "guess", "192.0.2.1")
	for login, pass := range map[string]string{"anna": password, "nobody": password, "": "", "bert": ""} {
		if _, err := h.signIn(login, pass, "192.0.2.1"); err == nil || err.Error() != wrong.Error() {
			t.Errorf("%q: %v, want %v", login, err, wrong)
		}
	}
}

// TestUnknownLoginsCostTheSame compares the work itself, in memory filled, because the time of a busy machine says little.
func TestUnknownLoginsCostTheSame(t *testing.T) {
	hasher := staff.NewHasher(staff.DefaultArgon, nil)
	hash := hasher.Hash(password)
	cost := func(hash string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if hasher.Matches(hash, "guess") {
			t.Fatal("a guess matched")
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	known, unknown := cost(hash), cost("")
	floor := uint64(staff.DefaultArgon.Memory) * 1024
	if known < floor || unknown < floor || unknown > known+floor/100 || known > unknown+floor/100 {
		t.Errorf("known %d bytes, unknown %d bytes, parameters ask for %d", known, unknown, floor)
	}
}
