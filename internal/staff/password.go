package staff

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Argon holds the argon2id parameters; a hash carries those it was made with.
type Argon struct {
	Memory  uint32 // KiB
	Time    uint32
	Threads uint8
}

// DefaultArgon is OWASP's second recommendation for argon2id (19 MiB, two passes, one lane).
var DefaultArgon = Argon{Memory: 19 * 1024, Time: 2, Threads: 1}

// The lengths of a password: short ones are guessed, endless ones are an attack on the hash.
const (
	MinPassword = 10
	MaxPassword = 128
)

// Hasher hashes and compares passwords, a few at a time, so that a flood of sign-ins cannot eat the memory.
type Hasher struct {
	params Argon
	rnd    io.Reader
	slots  chan struct{}
	dummy  string
}

// NewHasher makes a Hasher. A nil rnd means the system's secure source.
func NewHasher(p Argon, rnd io.Reader) *Hasher {
	if rnd == nil {
		rnd = rand.Reader
	}
	h := &Hasher{params: p, rnd: rnd, slots: make(chan struct{}, 2)}
	h.dummy = h.Hash("no account has this password")
	return h
}

// Hash encodes a password as $argon2id$v=19$m=..,t=..,p=..$salt$key.
func (h *Hasher) Hash(password string) string {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(h.rnd, salt); err != nil {
		panic("staff: the source of randomness failed: " + err.Error())
	}
	key := h.key(password, salt, h.params)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", h.params.Memory, h.params.Time, h.params.Threads, b64(salt), b64(key))
}

// Matches tells whether the password made the hash. An empty hash costs the same and never matches.
func (h *Hasher) Matches(hash, password string) bool {
	real := hash != ""
	if !real {
		hash = h.dummy
	}
	p, salt, want, err := decode(hash)
	if err != nil {
		return false
	}
	got := h.key(password, salt, p)
	return subtle.ConstantTimeCompare(got, want) == 1 && real
}

func (h *Hasher) key(password string, salt []byte, p Argon) []byte {
	h.slots <- struct{}{}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, 32)
}

func decode(hash string) (p Argon, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return p, nil, nil, errs.New(errs.Internal, "password_hash_unreadable", "A stored password hash is not argon2id.")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); err != nil {
		return p, nil, nil, err
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, nil, nil, err
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	return p, salt, key, err
}

// CheckPassword tells whether a new password is acceptable: long enough, readable, not the login itself.
func CheckPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || n < MinPassword || n > MaxPassword:
		return weak(fmt.Sprintf("%d to %d characters", MinPassword, MaxPassword))
	case login != "" && strings.Contains(strings.ToLower(password), login):
		return weak("must not contain the login")
	case strings.Count(password, string([]rune(password)[0])) == n:
		return weak("must not be one character repeated")
	}
	return nil
}

func weak(why string) error {
	return errs.New(errs.Invalid, "password_weak", "The password is not acceptable.").With("body.password", why)
}
