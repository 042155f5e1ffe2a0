package staff

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Presence tells whether a member takes conversations now.
type Presence string

// The presences.
const (
	Online  Presence = "online"
	Away    Presence = "away"
	Offline Presence = "offline"
)

// Member is one person who works here.
type Member struct {
	ID        id.Staff
	Login     string // lower case, unique
	Name      string
	Role      Role
	Language  id.Lang
	Teams     []id.Team
	Active    bool
	Presence  Presence
	Capacity  int         // conversations at a time; 0 means the default of the router
	Customer  id.Customer // this person's own customer account, when one is known: nobody decides on their own requests
	Hash      string      // argon2id, encoded with its parameters
	Epoch     int64       // moves on whenever earlier sessions must end
	CreatedAt time.Time
	UpdatedAt time.Time
	SeenAt    time.Time // last use of any session; filled by lists
}

// Team is a group that conversations and tickets are sent to.
type Team struct {
	ID         id.Team
	Name       id.Text
	Department string // the department whose tickets it gets; "" for none
}

// Shift is a weekly stretch of work: minutes of the day in the shop's time.
type Shift struct {
	StaffID  id.Staff
	Weekday  time.Weekday
	From, To int
}

// Store keeps members. All methods take part in the transaction of their context.
type Store interface {
	SaveStaff(ctx context.Context, m Member) error // by ID; Conflict login_taken
	StaffByID(ctx context.Context, sid id.Staff) (Member, error)
	StaffByLogin(ctx context.Context, login string) (Member, error)
}

// Directory lists people and teams.
type Directory interface {
	AllStaff(ctx context.Context) ([]Member, error) // by name
	Teams(ctx context.Context) ([]Team, error)
	SaveTeam(ctx context.Context, t Team) error
}

// Rota keeps shifts.
type Rota interface {
	Shifts(ctx context.Context, sid id.Staff) ([]Shift, error)
	SetShifts(ctx context.Context, sid id.Staff, shifts []Shift) error
}

// Covers tells whether the shift contains the moment, read in the shop's time zone.
func (s Shift) Covers(at time.Time) bool {
	m := at.Hour()*60 + at.Minute()
	return at.Weekday() == s.Weekday && s.From <= m && m < s.To
}

// OnShift tells whether a member works at the moment; one without shifts always does.
func OnShift(shifts []Shift, at time.Time) bool {
	for _, s := range shifts {
		if s.Covers(at) {
			return true
		}
	}
	return len(shifts) == 0
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// FoldLogin is the one form of a login: lower case without surrounding space.
func FoldLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Check tells what is wrong with a member, all places at once.
func (m Member) Check() error {
	e := errs.New(errs.Invalid, "staff_invalid", "The member of staff has mistakes; mend the places named.")
	if !loginForm.MatchString(m.Login) {
		e.With("body.login", "2 to 64 characters: lower-case letters, digits, dot, underscore, hyphen or @, starting with a letter or digit")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(m.Name)); n < 1 || n > 64 {
		e.With("body.name", "1 to 64 characters")
	}
	if !m.Role.Known() {
		e.With("body.role", "one of admin, supervisor, staff, marketer, viewer")
	}
	if m.Capacity < 0 || m.Capacity > 100 {
		e.With("body.capacity", "0 to 100")
	}
	if len(e.Details) > 0 {
		return e
	}
	return nil
}
