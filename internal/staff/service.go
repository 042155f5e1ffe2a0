package staff

import (
	"context"
	"io"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Transactor runs a function in one transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// Deps is what the service stands on.
type Deps struct {
	Tx        Transactor
	Store     Store
	Directory Directory
	Rota      Rota
	Sessions  Sessions
	Attempts  Attempts
	Audit     Trail
	Hasher    *Hasher
	Limits    Limits
	NewID     func(prefix string) string
	Now       func() time.Time
	Random    io.Reader // nil: the system's
}

// Service signs people in and administers them.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Change is what an administrator may change of a member; nil leaves it.
type Change struct {
	Name     *string
	Role     *Role
	Language *id.Lang
	Teams    *[]id.Team
	Active   *bool
	Capacity *int
	Customer *id.Customer
	Password *string
}

// Add creates a member with a first password.
func (s *Service) Add(ctx context.Context, by Principal, m Member, password string) (Member, error) {
	if err := by.Require(StaffWrite); err != nil {
		return Member{}, err
	}
	return s.add(ctx, by.ID, m, password)
}

func (s *Service) add(ctx context.Context, by id.Staff, m Member, password string) (Member, error) {
	m.Login = FoldLogin(m.Login)
	if m.Language == "" {
		m.Language = id.ZH
	}
	if err := m.Check(); err != nil {
		return Member{}, err
	}
	if err := CheckPassword(m.Login, password); err != nil {
		return Member{}, err
	}
	if err := s.checkTeams(ctx, m.Teams); err != nil {
		return Member{}, err
	}
	now := s.d.Now()
	m.ID, m.Hash, m.Active, m.Presence = id.Staff(s.d.NewID("stf")), s.d.Hasher.Hash(password), true, Offline
	m.CreatedAt, m.UpdatedAt = now, now
	return m, s.saveRecorded(ctx, m, Entry{Actor: by, Action: "staff.create", Subject: string(m.ID), Detail: map[string]string{"role": string(m.Role)}})
}

func (s *Service) saveRecorded(ctx context.Context, m Member, e Entry) error {
	return s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.d.Store.SaveStaff(ctx, m); err != nil {
			return err
		}
		return s.record(ctx, e)
	})
}

func (s *Service) checkTeams(ctx context.Context, teams []id.Team) error {
	if len(teams) == 0 {
		return nil
	}
	all, err := s.d.Directory.Teams(ctx)
	if err != nil {
		return err
	}
	known := map[id.Team]bool{}
	for _, t := range all {
		known[t.ID] = true
	}
	for _, t := range teams {
		if !known[t] {
			return errs.New(errs.Invalid, "team_unknown", "There is no team %q.", t).With("body.teams", "unknown team "+string(t))
		}
	}
	return nil
}

// Change applies an administrator's changes. Role, activity and password end the member's sessions.
func (s *Service) Change(ctx context.Context, by Principal, sid id.Staff, c Change) (Member, error) {
	if err := by.Require(StaffWrite); err != nil {
		return Member{}, err
	}
	m, err := s.d.Store.StaffByID(ctx, sid)
	if err != nil {
		return Member{}, err
	}
	before := m
	c.apply(&m)
	if err := s.checkChange(ctx, by, before, m, c); err != nil {
		return Member{}, err
	}
	if c.Password != nil {
		m.Hash = s.d.Hasher.Hash(*c.Password)
	}
	if m.Role != before.Role || m.Active != before.Active || m.Hash != before.Hash {
		m.Epoch++
	}
	m.UpdatedAt = s.d.Now()
	return m, s.saveRecorded(ctx, m, Entry{Actor: by.ID, Action: "staff.change", Subject: string(sid), Detail: c.detail(before)})
}

func (s *Service) checkChange(ctx context.Context, by Principal, before, m Member, c Change) error {
	if err := m.Check(); err != nil {
		return err
	}
	if c.Password != nil {
		if err := CheckPassword(m.Login, *c.Password); err != nil {
			return err
		}
	}
	if by.ID == m.ID && (m.Role != before.Role || !m.Active) {
		return errs.New(errs.Conflict, "own_role", "You cannot take your own role or activity away; ask another administrator.")
	}
	if by.ID == m.ID && m.Customer != before.Customer && before.Customer != "" {
		return errs.New(errs.Conflict, "own_customer", "You cannot take your own customer account off; ask another administrator.")
	}
	if c.Teams == nil {
		return nil
	}
	return s.checkTeams(ctx, m.Teams)
}

func (c Change) apply(m *Member) {
	set(&m.Name, c.Name)
	set(&m.Role, c.Role)
	set(&m.Language, c.Language)
	set(&m.Teams, c.Teams)
	set(&m.Active, c.Active)
	set(&m.Capacity, c.Capacity)
	set(&m.Customer, c.Customer)
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// detail names what changed; a password only as a word.
func (c Change) detail(before Member) map[string]string {
	d := map[string]string{}
	if c.Role != nil && *c.Role != before.Role {
		d["role"] = string(before.Role) + " -> " + string(*c.Role)
	}
	if c.Active != nil && *c.Active != before.Active {
		d["active"] = map[bool]string{true: "on", false: "off"}[*c.Active]
	}
	if c.Password != nil {
		d["password"] = "reset"
	}
	if c.Customer != nil && *c.Customer != before.Customer {
		d["customer"] = string(before.Customer) + " -> " + string(*c.Customer)
	}
	if c.Teams != nil {
		d["teams"] = "changed"
	}
	return d
}

// SetPresence says whether the principal takes conversations now.
func (s *Service) SetPresence(ctx context.Context, by Principal, p Presence) error {
	if p != Online && p != Away && p != Offline {
		return errs.New(errs.Invalid, "presence_unknown", "Presence is online, away or offline.").With("body.presence", "one of online, away, offline")
	}
	m, err := s.d.Store.StaffByID(ctx, by.ID)
	if err != nil {
		return err
	}
	m.Presence, m.UpdatedAt = p, s.d.Now()
	return s.d.Store.SaveStaff(ctx, m)
}

// Member gives one member.
func (s *Service) Member(ctx context.Context, sid id.Staff) (Member, error) {
	return s.d.Store.StaffByID(ctx, sid)
}

// Members lists everybody by name; it never carries hashes.
func (s *Service) Members(ctx context.Context) ([]Member, error) {
	all, err := s.d.Directory.AllStaff(ctx)
	for i := range all {
		all[i].Hash = ""
	}
	return all, err
}

// Teams lists the teams.
func (s *Service) Teams(ctx context.Context) ([]Team, error) { return s.d.Directory.Teams(ctx) }

// SetShifts replaces the weekly shifts of a member.
func (s *Service) SetShifts(ctx context.Context, by Principal, sid id.Staff, shifts []Shift) error {
	if err := by.Require(StaffWrite); err != nil {
		return err
	}
	for _, sh := range shifts {
		if sh.From < 0 || sh.To > 24*60 || sh.From >= sh.To || sh.Weekday < 0 || sh.Weekday > 6 {
			return errs.New(errs.Invalid, "shift_invalid", "A shift starts before it ends, within one day.").With("body.shifts", "minutes 0 to 1440, from before to")
		}
	}
	if _, err := s.d.Store.StaffByID(ctx, sid); err != nil {
		return err
	}
	return s.d.Rota.SetShifts(ctx, sid, shifts)
}

// Working lists the active members who are online and on shift; the router chooses among them.
func (s *Service) Working(ctx context.Context, at time.Time) ([]Member, error) {
	all, err := s.Members(ctx)
	if err != nil {
		return nil, err
	}
	var out []Member
	for _, m := range all {
		if !m.Active || m.Presence != Online || !m.Role.May(ConversationReply) {
			continue
		}
		shifts, err := s.d.Rota.Shifts(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		if OnShift(shifts, at) {
			out = append(out, m)
		}
	}
	return out, nil
}
