package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Limits are the numbers of signing in.
type Limits struct {
	Idle     time.Duration // a session unused this long ends
	Absolute time.Duration // a session ends after this, used or not
	Tries    int           // passwords judged per account and window from places it does not know
	Window   time.Duration
	PerPlace int           // tries per address and window, over all accounts
	Known    time.Duration // how long an address stays known after a sign-in
}

// DefaultLimits are the product's.
var DefaultLimits = Limits{
	Idle: 12 * time.Hour, Absolute: 7 * 24 * time.Hour,
	Tries: 10, Window: 15 * time.Minute, PerPlace: 100, Known: 30 * 24 * time.Hour,
}

// Session is a signed-in browser. Only the hash of its secret is kept.
type Session struct {
	Hash      string
	StaffID   id.Staff
	Epoch     int64
	CreatedAt time.Time
	SeenAt    time.Time
	Address   string
	Browser   string
}

// Sessions keeps sessions.
type Sessions interface {
	SaveStaffSession(ctx context.Context, s Session) error
	StaffSession(ctx context.Context, hash string) (Session, error) // NotFound
	EndStaffSession(ctx context.Context, hash string) error
}

// Attempts counts sign-in tries, so that a count survives a restart and holds across nodes.
type Attempts interface {
	// TrySignIn takes one try from the bucket unless it already holds limit tries younger than window; then ok is false and
	// wait tells when the oldest of them lapses. Counting and taking are one step.
	TrySignIn(ctx context.Context, bucket string, limit int, now time.Time, window time.Duration) (ok bool, wait time.Duration, err error)
	ForgiveSignIn(ctx context.Context, bucket string) error
	// KnowAddress remembers that the account signed in from there; KnowsAddress asks since a time.
	KnowAddress(ctx context.Context, sid id.Staff, address string, now time.Time) error
	KnowsAddress(ctx context.Context, sid id.Staff, address string, since time.Time) (bool, error)
}

// newSecret is 256 random bits as text, and its hash.
func newSecret(rnd io.Reader) (secret, hash string) {
	if rnd == nil {
		rnd = rand.Reader
	}
	b := make([]byte, 32)
	if _, err := io.ReadFull(rnd, b); err != nil {
		panic("staff: the source of randomness failed: " + err.Error())
	}
	secret = base64.RawURLEncoding.EncodeToString(b)
	return secret, HashSecret(secret)
}

// HashSecret is what the store keeps of a session secret.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
