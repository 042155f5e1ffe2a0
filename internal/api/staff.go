package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// StaffView is a member as colleagues see one.
type StaffView struct {
	ID         id.Staff       `json:"id"`
	Login      string         `json:"login"`
	Name       string         `json:"name"`
	Role       staff.Role     `json:"role" enum:"admin,supervisor,staff,marketer,viewer"`
	Language   id.Lang        `json:"language" enum:"zh,en"`
	Teams      []id.Team      `json:"teams"`
	Active     bool           `json:"active"`
	Presence   staff.Presence `json:"presence" enum:"online,away,offline"`
	Capacity   int            `json:"capacity"`
	CustomerID id.Customer    `json:"customer_id,omitempty" doc:"The member's own customer account; nobody decides on their own requests"`
	LastSeenAt *time.Time     `json:"last_seen_at,omitempty"`
}

func staffView(m staff.Member) StaffView {
	return StaffView{ID: m.ID, Login: m.Login, Name: m.Name, Role: m.Role, Language: m.Language, Teams: orEmpty(m.Teams), Active: m.Active,
		Presence: m.Presence, Capacity: m.Capacity, CustomerID: m.Customer, LastSeenAt: when(m.SeenAt)}
}

// TeamView is a team.
type TeamView struct {
	ID         id.Team `json:"id"`
	Name       id.Text `json:"name"`
	Department string  `json:"department,omitempty"`
	Members    int     `json:"members"`
}

// AuditView is one sensitive action.
type AuditView struct {
	Seq     int64             `json:"seq"`
	At      time.Time         `json:"at"`
	Actor   *Person           `json:"actor,omitempty"`
	Action  string            `json:"action"`
	Subject string            `json:"subject,omitempty"`
	Address string            `json:"address,omitempty"`
	Detail  map[string]string `json:"detail,omitempty"`
	Hash    string            `json:"hash"`
}

func (s *server) staffRoutes() {
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: path, Summary: summary, Tags: []string{"People"}}
	}
	create := op("create-staff", http.MethodPost, "/staff", "Add a member of staff")
	create.DefaultStatus = http.StatusCreated
	route(s, op("list-staff", http.MethodGet, "/staff", "Everybody who works here"), s.listStaff)
	route(s, create, s.createStaff)
	route(s, op("change-staff", http.MethodPatch, "/staff/{id}", "Change a member; role, activity and password end their sessions"), s.changeStaff)
	route(s, op("list-teams", http.MethodGet, "/teams", "The teams"), s.listTeams)
	route(s, op("list-audit", http.MethodGet, "/audit", "Sensitive actions, newest first, with the state of their hash chain"), s.listAudit)
}

type staffListOutput struct {
	Body struct {
		Items []StaffView `json:"items"`
	}
}

func (s *server) listStaff(ctx context.Context, _ *none) (*staffListOutput, error) {
	ms, err := s.Staff.Members(ctx)
	out := &staffListOutput{}
	out.Body.Items = []StaffView{}
	for _, m := range ms {
		out.Body.Items = append(out.Body.Items, staffView(m))
	}
	return out, err
}

type createStaffInput struct {
	Body struct {
		Login      string      `json:"login" minLength:"2" maxLength:"64"`
		Name       string      `json:"name" minLength:"1" maxLength:"64"`
		Role       staff.Role  `json:"role" enum:"admin,supervisor,staff,marketer,viewer"`
		Language   id.Lang     `json:"language,omitempty" enum:"zh,en"`
		Teams      []id.Team   `json:"teams,omitempty" maxItems:"50"`
		Capacity   int         `json:"capacity,omitempty" minimum:"0" maximum:"100"`
		CustomerID id.Customer `json:"customer_id,omitempty" maxLength:"64"`
		Password   string      `json:"password" minLength:"10" maxLength:"128"`
	}
}

type staffOutput struct{ Body StaffView }

func (s *server) createStaff(ctx context.Context, in *createStaffInput) (*staffOutput, error) {
	b := in.Body
	m, err := s.Staff.Add(ctx, principal(ctx), staff.Member{Login: b.Login, Name: b.Name, Role: b.Role, Language: b.Language, Teams: b.Teams, Capacity: b.Capacity, Customer: b.CustomerID}, b.Password)
	return &staffOutput{staffView(m)}, err
}

type changeStaffInput struct {
	ID   id.Staff `path:"id" maxLength:"64"`
	Body struct {
		Name       *string      `json:"name,omitempty" minLength:"1" maxLength:"64"`
		Role       *staff.Role  `json:"role,omitempty" enum:"admin,supervisor,staff,marketer,viewer"`
		Language   *id.Lang     `json:"language,omitempty" enum:"zh,en"`
		Teams      *[]id.Team   `json:"teams,omitempty" maxItems:"50"`
		Active     *bool        `json:"active,omitempty"`
		Capacity   *int         `json:"capacity,omitempty" minimum:"0" maximum:"100"`
		CustomerID *id.Customer `json:"customer_id,omitempty" maxLength:"64" doc:"The member's own customer account; empty: none"`
		Password   *string      `json:"password,omitempty" minLength:"10" maxLength:"128"`
	}
}

func (s *server) changeStaff(ctx context.Context, in *changeStaffInput) (*staffOutput, error) {
	b := in.Body
	m, err := s.Staff.Change(ctx, principal(ctx), in.ID, staff.Change{Name: b.Name, Role: b.Role, Language: b.Language, Teams: b.Teams, Active: b.Active, Capacity: b.Capacity, Customer: b.CustomerID, Password: b.Password})
	return &staffOutput{staffView(m)}, err
}

type teamsOutput struct {
	Body struct {
		Items []TeamView `json:"items"`
	}
}

func (s *server) listTeams(ctx context.Context, _ *none) (*teamsOutput, error) {
	ts, err := s.Staff.Teams(ctx)
	if err != nil {
		return nil, err
	}
	ms, err := s.Staff.Members(ctx)
	n := map[id.Team]int{}
	for _, m := range ms {
		for _, t := range m.Teams {
			n[t]++
		}
	}
	out := &teamsOutput{}
	out.Body.Items = []TeamView{}
	for _, t := range ts {
		out.Body.Items = append(out.Body.Items, TeamView{t.ID, t.Name, t.Department, n[t.ID]})
	}
	return out, err
}

type auditInput struct {
	Before int64 `query:"before" minimum:"0" doc:"Entries below this number"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type auditOutput struct {
	Body struct {
		Items    []AuditView `json:"items"`
		BrokenAt int64       `json:"broken_at,omitempty" doc:"The first entry of this page that was altered or is missing"`
	}
}

func (s *server) listAudit(ctx context.Context, in *auditInput) (*auditOutput, error) {
	es, broken, err := s.Staff.AuditPage(ctx, principal(ctx), in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx)
	out := &auditOutput{}
	out.Body.Items, out.Body.BrokenAt = []AuditView{}, broken
	for _, e := range es {
		out.Body.Items = append(out.Body.Items, AuditView{e.Seq, e.At.UTC(), person(string(e.Actor), names[string(e.Actor)]), e.Action, e.Subject, e.Address, e.Detail, e.Hash})
	}
	return out, err
}
