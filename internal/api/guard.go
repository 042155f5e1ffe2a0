package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

const cookieName = "xiaoer_session"

type (
	principalKey struct{}
	secretKey    struct{}
)

// principal is who asks; routes with a rule that needs a session always have one.
func principal(ctx context.Context) staff.Principal {
	p, _ := ctx.Value(principalKey{}).(staff.Principal)
	return p
}

func secretOf(ctx context.Context) string {
	v, _ := ctx.Value(secretKey{}).(string)
	return v
}

// guard is the middleware that holds a route to its rule, before any of its input is read.
func (s *server) guard(r rule) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(hc)
		ctx, err := s.pass(hc.Context(), req, r)
		if err != nil {
			problemOf(hc.Context(), s.Log, err).send(w)
			return
		}
		next(huma.WithContext(hc, ctx))
	}
}

// pass checks rate, origin, session and permission, in the order of their cost.
func (s *server) pass(ctx context.Context, req *http.Request, r rule) (context.Context, error) {
	if r.open {
		if err := s.rates.take("address:" + addressOf(ctx)); err != nil {
			return nil, err
		}
		return ctx, s.checkWrite(req)
	}
	if err := s.checkWrite(req); err != nil {
		return nil, err
	}
	c, err := req.Cookie(cookieName)
	if err != nil {
		c = &http.Cookie{}
	}
	if s.Staff == nil {
		return nil, errPart("sign-in")
	}
	p, err := s.Staff.Who(ctx, c.Value)
	if err != nil {
		if e := s.rates.take("address:" + addressOf(ctx)); e != nil {
			return nil, e
		}
		return nil, err
	}
	if err := s.rates.take("staff:" + string(p.ID)); err != nil {
		return nil, err
	}
	if r.need != "" {
		if err := p.Require(r.need); err != nil {
			return nil, err
		}
	}
	ctx = context.WithValue(ctx, secretKey{}, c.Value)
	return context.WithValue(ctx, principalKey{}, p), nil
}

// checkWrite refuses writes that another site's page may have caused: those cannot set the header, and say their origin.
func (s *server) checkWrite(r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	if r.Header.Get("X-CSRF") != "1" {
		return errs.New(errs.Forbidden, "csrf_header_missing", "Send the header X-CSRF: 1 with every write.")
	}
	foreign := errs.New(errs.Forbidden, "origin_foreign", "Pages of another origin may not write here.")
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" && !s.allowed(r.Header.Get("Origin")) {
		return foreign
	}
	origin := r.Header.Get("Origin")
	if origin == "" || s.allowed(origin) {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host) || (u.Scheme != "http" && u.Scheme != "https") || (s.Secure && u.Scheme != "https") {
		return foreign
	}
	return nil
}

func (s *server) allowed(origin string) bool {
	return origin != "" && slices.Contains(s.Origins, origin)
}

// errPart says that a part is not wired in.
func errPart(what string) error {
	return errs.New(errs.Unavailable, "part_missing", "This installation runs without %s.", what)
}
