package staff_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// memory is every store of the noun for tests.
type memory struct {
	mu       sync.Mutex
	members  map[id.Staff]staff.Member
	teams    []staff.Team
	shifts   map[id.Staff][]staff.Shift
	sessions map[string]staff.Session
	tries    map[string][]time.Time
	known    map[string]time.Time
	audit    []staff.Entry
}

func newMemory() *memory {
	return &memory{members: map[id.Staff]staff.Member{}, shifts: map[id.Staff][]staff.Shift{}, sessions: map[string]staff.Session{}, tries: map[string][]time.Time{}, known: map[string]time.Time{}}
}

func none() error { return errs.New(errs.NotFound, "staff_unknown", "none") }

func (m *memory) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

func (m *memory) SaveStaff(_ context.Context, x staff.Member) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, o := range m.members {
		if o.Login == x.Login && o.ID != x.ID {
			return errs.New(errs.Conflict, "login_taken", "taken")
		}
	}
	m.members[x.ID] = x
	return nil
}

func (m *memory) StaffByID(_ context.Context, sid id.Staff) (staff.Member, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if x, ok := m.members[sid]; ok {
		return x, nil
	}
	return staff.Member{}, none()
}

func (m *memory) StaffByLogin(_ context.Context, login string) (staff.Member, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.members {
		if x.Login == login {
			return x, nil
		}
	}
	return staff.Member{}, none()
}

func (m *memory) AllStaff(context.Context) (out []staff.Member, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.members {
		out = append(out, x)
	}
	return out, nil
}

func (m *memory) Teams(context.Context) ([]staff.Team, error) { return m.teams, nil }

func (m *memory) SaveTeam(_ context.Context, t staff.Team) error {
	m.teams = append(m.teams, t)
	return nil
}

func (m *memory) Shifts(_ context.Context, sid id.Staff) ([]staff.Shift, error) {
	return m.shifts[sid], nil
}

func (m *memory) SetShifts(_ context.Context, sid id.Staff, s []staff.Shift) error {
	m.shifts[sid] = s
	return nil
}

func (m *memory) SaveStaffSession(_ context.Context, s staff.Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[s.Hash] = s
	return nil
}

func (m *memory) StaffSession(_ context.Context, hash string) (staff.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.sessions[hash]; ok {
		return s, nil
	}
	return staff.Session{}, none()
}

func (m *memory) EndStaffSession(_ context.Context, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, hash)
	return nil
}

func (m *memory) TrySignIn(_ context.Context, bucket string, limit int, now time.Time, window time.Duration) (bool, time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var live []time.Time
	for _, at := range m.tries[bucket] {
		if at.After(now.Add(-window)) {
			live = append(live, at)
		}
	}
	if len(live) >= limit {
		return false, live[0].Add(window).Sub(now), nil
	}
	m.tries[bucket] = append(live, now)
	return true, 0, nil
}

func (m *memory) ForgiveSignIn(_ context.Context, bucket string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tries, bucket)
	return nil
}

func (m *memory) KnowAddress(_ context.Context, sid id.Staff, address string, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[string(sid)+address] = now
	return nil
}

func (m *memory) KnowsAddress(_ context.Context, sid id.Staff, address string, since time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.known[string(sid)+address]
	return ok && !at.Before(since), nil
}

func (m *memory) AppendAudit(_ context.Context, e staff.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	prev := ""
	if n := len(m.audit); n > 0 {
		prev = m.audit[n-1].Hash
	}
	e.Seq = int64(len(m.audit) + 1)
	m.audit = append(m.audit, e.Seal(prev))
	return nil
}

func (m *memory) AuditEntries(_ context.Context, before int64, limit int) (out []staff.Entry, err error) {
	for i := len(m.audit) - 1; i >= 0 && len(out) < limit; i-- {
		if before == 0 || m.audit[i].Seq < before {
			out = append(out, m.audit[i])
		}
	}
	return out, nil
}

const password = "correct horse battery"

var start = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

type house struct {
	*staff.Service
	t     *testing.T
	m     *memory
	clock *clock.Fake
	root  staff.Principal
}

func newHouse(t *testing.T) *house {
	m, c, n := newMemory(), clock.NewFake(start), 0
	s := staff.New(staff.Deps{Tx: m, Store: m, Directory: m, Rota: m, Sessions: m, Attempts: m, Audit: m, Hasher: staff.NewHasher(staff.Argon{Memory: 64, Time: 1, Threads: 1}, nil),
		Limits: staff.DefaultLimits, Now: c.Now, NewID: func(p string) string { n++; return fmt.Sprintf("%s_%d", p, n) }})
	m.teams = []staff.Team{{ID: "team_a"}}
	return &house{s, t, m, c, staff.Principal{ID: "stf_root", Role: staff.Admin}}
}

func (h *house) add(login string, role staff.Role) staff.Member {
	h.t.Helper()
	m, err := h.Add(h.t.Context(), h.root, staff.Member{Login: login, Name: login, Role: role}, password)
	h.must(err)
	return m
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) signIn(login, pass, address string) (string, error) {
	s, _, err := h.SignIn(h.t.Context(), staff.Attempt{Login: login, Password: pass, Address: address})
	return s, err
}

// holds tells whether a session secret still opens the house.
func (h *house) holds(secret string) bool {
	_, err := h.Who(h.t.Context(), secret)
	return err == nil
}
