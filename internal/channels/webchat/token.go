package webchat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// claims is what a token says.
type claims struct {
	Conversation id.Conversation        `json:"c"`
	Customer     id.Customer            `json:"u"`
	Assurance    conversation.Assurance `json:"a"`
	Expires      int64                  `json:"e"` // Unix seconds
}

// signer makes and checks tokens and visitor ids with one key and separate purposes.
type signer struct{ key []byte }

func (s signer) mac(purpose, text string) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose + "\x00" + text))
	return h.Sum(nil)
}

func (s signer) token(c claims) string {
	b, _ := json.Marshal(c)
	body := encoding.EncodeToString(b)
	return body + "." + encoding.EncodeToString(s.mac("token", body))
}

// encoding is strict: of the texts that decode to the same bytes only the one we wrote is taken.
var encoding = base64.RawURLEncoding.Strict()

var errToken = errs.New(errs.Unauthenticated, "token_invalid", "The session token is missing, wrong or expired; open a new session.")

func (s signer) claims(token string, now time.Time) (c claims, err error) {
	body, sum, ok := strings.Cut(token, ".")
	if !ok || len(token) > 1024 {
		return c, errToken
	}
	got, err := encoding.DecodeString(sum)
	if err != nil || !hmac.Equal(got, s.mac("token", body)) {
		return c, errToken
	}
	b, err := encoding.DecodeString(body)
	if err != nil || json.Unmarshal(b, &c) != nil || now.Unix() >= c.Expires {
		return claims{}, errToken
	}
	return c, nil
}

// visitorID signs a handle, so that nobody can make up one of somebody else.
func (s signer) visitorID(handle string) string {
	return handle + "." + hex.EncodeToString(s.mac("visitor", handle)[:12])
}

// handle gives back what visitorID signed; ok is false for anything we did not make.
func (s signer) handle(visitorID string) (string, bool) {
	h, _, ok := strings.Cut(visitorID, ".")
	return h, ok && len(visitorID) < 200 && hmac.Equal([]byte(s.visitorID(h)), []byte(visitorID))
}

// Sign is the signature a shop's server gives its logged-in customer: hex HMAC-SHA256 of the customer id.
func Sign(secret string, c id.Customer) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(c))
	return hex.EncodeToString(h.Sum(nil))
}

// identityValid checks a signature in constant time.
func identityValid(secret string, c id.Customer, signature string) bool {
	return secret != "" && c != "" && hmac.Equal([]byte(Sign(secret, c)), []byte(strings.ToLower(signature)))
}
