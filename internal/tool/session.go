package tool

import (
	"fmt"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Assurance is how well the customer is known; higher includes lower.
type Assurance int

// The levels.
const (
	Anonymous Assurance = iota // a visitor
	Known                      // the channel says who it is
	Verified                   // proven: signed identity or platform account
	Fresh                      // proven again within minutes by a one-time code
)

var assuranceNames = []string{"anonymous", "known", "verified", "fresh"}

// ParseAssurance reads a level's name; an unknown word is Anonymous, the weakest.
func ParseAssurance(s string) Assurance {
	for i, n := range assuranceNames {
		if n == s {
			return Assurance(i)
		}
	}
	return Anonymous
}

// String is the level's name.
func (a Assurance) String() string {
	if a < Anonymous || a > Fresh {
		return fmt.Sprintf("assurance(%d)", int(a))
	}
	return assuranceNames[a]
}

// Identity is who the channel says is speaking, and where. Only adapters and routing make one, from what they verified.
type Identity struct {
	Customer     id.Customer
	Conversation id.Conversation
	Turn         id.Turn
	Assurance    Assurance
	Language     id.Lang
	Channel      string
}

// Session is the authority a tool runs with. Its zero value can do nothing; only [NewSession] makes a usable one.
type Session struct{ who *Identity }

// NewSession makes a session of an identity.
func NewSession(i Identity) (Session, error) {
	if i.Customer == "" || i.Conversation == "" {
		return Session{}, errs.New(errs.Unauthenticated, "no_identity", "A session needs a customer and a conversation.")
	}
	if i.Assurance < Anonymous || i.Assurance > Fresh {
		return Session{}, errs.New(errs.Invalid, "assurance_unknown", "The assurance level %d does not exist.", int(i.Assurance))
	}
	return Session{&i}, nil
}

// Valid tells whether NewSession made it.
func (s Session) Valid() bool { return s.who != nil }

// Customer is whose data the session reaches, and nobody else's; "" for an invalid session.
func (s Session) Customer() id.Customer { return s.get().Customer }

// Conversation is where it takes place.
func (s Session) Conversation() id.Conversation { return s.get().Conversation }

// Turn is the turn that is being answered.
func (s Session) Turn() id.Turn { return s.get().Turn }

// Assurance is how well the customer is known.
func (s Session) Assurance() Assurance { return s.get().Assurance }

// Language is the language to render for.
func (s Session) Language() id.Lang { return s.get().Language }

// Channel is the kind of channel: webchat, phone ...
func (s Session) Channel() string { return s.get().Channel }

func (s Session) get() Identity {
	if s.who == nil {
		return Identity{}
	}
	return *s.who
}
