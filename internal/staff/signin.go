package staff

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Attempt is one try to sign in.
type Attempt struct {
	Login, Password string
	Address         string // the client's address, as the edge trusts it
	Browser         string
}

// errSignIn is the one answer to a wrong login and a wrong password.
func errSignIn() error {
	return errs.New(errs.Unauthenticated, "sign_in_failed", "Login or password is wrong.")
}

// SignIn judges a try and starts a session with a new secret.
func (s *Service) SignIn(ctx context.Context, a Attempt) (secret string, m Member, err error) {
	login := FoldLogin(a.Login)
	m, err = s.d.Store.StaffByLogin(ctx, login)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return "", Member{}, err
	}
	bucket, err := s.admit(ctx, login, m.ID, a.Address)
	if err != nil {
		return "", Member{}, err
	}
	hash := m.Hash
	if !m.Active {
		hash = ""
	}
	if !s.d.Hasher.Matches(hash, a.Password) {
		return "", Member{}, s.refused(ctx, m.ID, login, a.Address)
	}
	secret, err = s.begin(ctx, m, a, bucket)
	return secret, m, err
}

// admit takes a try from the buckets and names the account's one.
func (s *Service) admit(ctx context.Context, login string, sid id.Staff, address string) (string, error) {
	now, l := s.d.Now(), s.d.Limits
	bucket := "login:" + HashSecret(login) // hashed: what people type into a login field is sometimes a password
	if sid != "" {
		known, err := s.d.Attempts.KnowsAddress(ctx, sid, address, now.Add(-l.Known))
		if err != nil {
			return "", err
		}
		if known {
			bucket += ":" + address
		}
	}
	if err := s.take(ctx, "place:"+address, l.PerPlace); err != nil {
		return "", err
	}
	return bucket, s.take(ctx, bucket, l.Tries)
}

func (s *Service) take(ctx context.Context, bucket string, limit int) error {
	ok, wait, err := s.d.Attempts.TrySignIn(ctx, bucket, limit, s.d.Now(), s.d.Limits.Window)
	if err != nil || ok {
		return err
	}
	e := errs.New(errs.RateLimited, "too_many_attempts", "Too many tries to sign in. Wait %d minutes and try again.", int(wait/time.Minute)+1)
	e.RetryAfter = wait
	return e
}

func (s *Service) refused(ctx context.Context, sid id.Staff, login, address string) error {
	entry := Entry{Actor: sid, Action: "sign_in.failed", Subject: string(sid), Address: address}
	if sid == "" {
		entry.Subject = "unknown login"
	}
	if err := s.record(ctx, entry); err != nil {
		return err
	}
	return errSignIn()
}

// begin stores the session, forgets the account's tries and remembers the place, together.
func (s *Service) begin(ctx context.Context, m Member, a Attempt, bucket string) (string, error) {
	secret, hash := newSecret(s.d.Random)
	now := s.d.Now()
	err := s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.d.Attempts.ForgiveSignIn(ctx, bucket); err != nil {
			return err
		}
		if err := s.d.Attempts.KnowAddress(ctx, m.ID, a.Address, now); err != nil {
			return err
		}
		sess := Session{Hash: hash, StaffID: m.ID, Epoch: m.Epoch, CreatedAt: now, SeenAt: now, Address: a.Address, Browser: clip(a.Browser, 200)}
		if err := s.d.Sessions.SaveStaffSession(ctx, sess); err != nil {
			return err
		}
		return s.record(ctx, Entry{Actor: m.ID, Action: "sign_in", Subject: string(m.ID), Address: a.Address})
	})
	return secret, err
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// errNoSession is the one answer to every session that does not hold.
func errNoSession() error {
	return errs.New(errs.Unauthenticated, "not_signed_in", "You are not signed in, or the session has ended. Sign in again.")
}

// Who is the principal behind a session secret. It is asked at every request and, on open streams, again and again.
func (s *Service) Who(ctx context.Context, secret string) (Principal, error) {
	if secret == "" {
		return Principal{}, errNoSession()
	}
	sess, err := s.d.Sessions.StaffSession(ctx, HashSecret(secret))
	if errs.Is(err, errs.NotFound) {
		return Principal{}, errNoSession()
	}
	if err != nil {
		return Principal{}, err
	}
	m, err := s.d.Store.StaffByID(ctx, sess.StaffID)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return Principal{}, err
	}
	now := s.d.Now()
	if err != nil || !m.Active || m.Epoch != sess.Epoch || s.lapsed(sess, now) {
		return Principal{}, errNoSession()
	}
	if now.Sub(sess.SeenAt) > time.Minute { // a write per minute of use, not per request
		sess.SeenAt = now
		if err := s.d.Sessions.SaveStaffSession(ctx, sess); err != nil {
			return Principal{}, err
		}
	}
	return m.Principal(), nil
}

func (s *Service) lapsed(sess Session, now time.Time) bool {
	return now.Sub(sess.SeenAt) > s.d.Limits.Idle || now.Sub(sess.CreatedAt) > s.d.Limits.Absolute
}

// Principal is the member as requests see it.
func (m Member) Principal() Principal {
	return Principal{ID: m.ID, Name: m.Name, Role: m.Role, Language: m.Language, Teams: m.Teams, Customer: m.Customer}
}

// SignOut ends the session; an unknown one is no error.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	return s.d.Sessions.EndStaffSession(ctx, HashSecret(secret))
}

// ChangePassword sets a new password after the old one and ends every session; the caller gets a new one.
func (s *Service) ChangePassword(ctx context.Context, sid id.Staff, old string, a Attempt) (secret string, err error) {
	m, err := s.d.Store.StaffByID(ctx, sid)
	if err != nil {
		return "", err
	}
	bucket, err := s.admit(ctx, m.Login, m.ID, a.Address)
	if err != nil {
		return "", err
	}
	if !s.d.Hasher.Matches(m.Hash, old) {
		return "", errs.New(errs.Invalid, "password_wrong", "The current password is wrong.").With("body.current", "not your password")
	}
	if err := CheckPassword(m.Login, a.Password); err != nil {
		return "", err
	}
	m.Hash, m.Epoch, m.UpdatedAt = s.d.Hasher.Hash(a.Password), m.Epoch+1, s.d.Now()
	err = s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.d.Store.SaveStaff(ctx, m); err != nil {
			return err
		}
		if err := s.record(ctx, Entry{Actor: sid, Action: "password.change", Subject: string(sid), Address: a.Address}); err != nil {
			return err
		}
		secret, err = s.begin(ctx, m, a, bucket)
		return err
	})
	return secret, err
}
