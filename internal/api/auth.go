package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// Me is the signed-in member.
type Me struct {
	StaffID     id.Staff           `json:"staff_id"`
	Name        string             `json:"name"`
	Role        staff.Role         `json:"role" enum:"admin,supervisor,staff,marketer,viewer"`
	Language    id.Lang            `json:"language" enum:"zh,en"`
	Teams       []id.Team          `json:"teams"`
	Permissions []staff.Permission `json:"permissions"`
	Presence    staff.Presence     `json:"presence,omitempty" enum:"online,away,offline"`
}

func meOf(p staff.Principal) Me {
	m := Me{StaffID: p.ID, Name: p.Name, Role: p.Role, Language: p.Language, Teams: p.Teams, Permissions: p.Role.Permissions()}
	if m.Teams == nil {
		m.Teams = []id.Team{}
	}
	return m
}

type loginInput struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Login    string `json:"login" minLength:"1" maxLength:"64"`
		Password string `json:"password" minLength:"1" maxLength:"256"`
	}
}

type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Me
}

type meOutput struct{ Body Me }

type none struct{}

func (s *server) authRoutes() {
	tag := []string{"Sign-in"}
	route(s, huma.Operation{OperationID: "login", Method: http.MethodPost, Path: "/auth/login", Summary: "Sign in", Tags: tag}, s.login)
	route(s, huma.Operation{OperationID: "logout", Method: http.MethodPost, Path: "/auth/logout", Summary: "Sign out", Tags: tag, DefaultStatus: 204}, s.logout)
	route(s, huma.Operation{OperationID: "me", Method: http.MethodGet, Path: "/auth/me", Summary: "Who am I", Tags: tag}, s.me)
	route(s, huma.Operation{OperationID: "set-password", Method: http.MethodPost, Path: "/auth/password", Summary: "Change my password; all other sessions end", Tags: tag}, s.setPassword)
	route(s, huma.Operation{OperationID: "set-presence", Method: http.MethodPost, Path: "/auth/presence", Summary: "Say whether I take conversations", Tags: tag, DefaultStatus: 204}, s.setPresence)
}

func (s *server) cookie(secret string) http.Cookie {
	c := http.Cookie{Name: cookieName, Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure}
	if secret == "" {
		c.MaxAge = -1
	} else {
		c.MaxAge = int(staff.DefaultLimits.Absolute.Seconds())
	}
	return c
}

func (s *server) login(ctx context.Context, in *loginInput) (*sessionOutput, error) {
	if s.Staff == nil {
		return nil, errPart("sign-in")
	}
	secret, m, err := s.Staff.SignIn(ctx, staff.Attempt{Login: in.Body.Login, Password: in.Body.Password, Address: addressOf(ctx), Browser: in.UserAgent})
	if err != nil {
		return nil, err
	}
	return &sessionOutput{SetCookie: s.cookie(secret), Body: meOf(m.Principal())}, nil
}

func (s *server) logout(ctx context.Context, _ *none) (*struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}, error) {
	out := &struct {
		SetCookie http.Cookie `header:"Set-Cookie"`
	}{s.cookie("")}
	return out, s.Staff.SignOut(ctx, secretOf(ctx))
}

func (s *server) me(ctx context.Context, _ *none) (*meOutput, error) {
	p := principal(ctx)
	me := meOf(p)
	m, err := s.Staff.Member(ctx, p.ID)
	me.Presence = m.Presence
	return &meOutput{me}, err
}

type passwordInput struct {
	UserAgent string `header:"User-Agent"`
	Body      struct {
		Current  string `json:"current" minLength:"1" maxLength:"256"`
		Password string `json:"password" minLength:"10" maxLength:"128"`
	}
}

func (s *server) setPassword(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
	p := principal(ctx)
	secret, err := s.Staff.ChangePassword(ctx, p.ID, in.Body.Current, staff.Attempt{Password: in.Body.Password, Address: addressOf(ctx), Browser: in.UserAgent})
	if err != nil {
		return nil, err
	}
	return &sessionOutput{SetCookie: s.cookie(secret), Body: meOf(p)}, nil
}

type presenceInput struct {
	Body struct {
		Presence staff.Presence `json:"presence" enum:"online,away,offline"`
	}
}

func (s *server) setPresence(ctx context.Context, in *presenceInput) (*none, error) {
	return nil, s.Staff.SetPresence(ctx, principal(ctx), in.Body.Presence)
}
