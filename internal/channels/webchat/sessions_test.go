package webchat_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

func TestSessions(t *testing.T) {
	w := newWorld(t)
	t.Run("a visitor comes back to the same conversation", func(t *testing.T) {
		first := w.open(`{"locale":"en"}`)
		again := w.open(`{"locale":"en","visitor_id":"` + first.VisitorID + `"}`)
		if first.ConversationID == "" || again.ConversationID != first.ConversationID || again.VisitorID != first.VisitorID {
			t.Errorf("first %+v, again %+v", first, again)
		}
		if first.Handler != "agent" || first.Closed || !first.ExpiresAt.After(time.Now().Add(24*time.Hour)) {
			t.Errorf("%+v", first)
		}
	})
	t.Run("a visitor id we did not make opens nothing of anybody", func(t *testing.T) {
		mine := w.open(`{}`)
		handle, _, _ := strings.Cut(mine.VisitorID, ".")
		for _, forged := range []string{handle, handle + ".", handle + "." + strings.Repeat("0", 24), mine.VisitorID + "0", strings.ToUpper(mine.VisitorID), "." + strings.Repeat("a", 24), strings.Repeat("v", 4000)} {
			got := w.open(`{"visitor_id":"` + forged + `"}`)
			if got.ConversationID == mine.ConversationID || got.VisitorID == forged {
				t.Errorf("%.40q opened another's conversation", forged)
			}
		}
	})
	t.Run("a signed customer has one conversation on every device", func(t *testing.T) {
		a, b := w.open(signed("li-na")), w.open(signed("li-na"))
		if a.ConversationID != b.ConversationID {
			t.Errorf("%s and %s", a.ConversationID, b.ConversationID)
		}
		c, err := w.app.DB().Conversation(t.Context(), a.ConversationID)
		w.ok(err)
		if c.CustomerID != "li-na" || c.Assurance != "verified" {
			t.Errorf("%+v", c)
		}
	})
	t.Run("forged identity and unknown customers look the same and change nothing", func(t *testing.T) {
		before := w.rows()
		var bodies []string
		for _, f := range []struct{ customer, signature string }{
			{"li-na", webchat.Sign("another secret", "li-na")}, {"li-na", webchat.Sign(secret, "emma")}, {"li-na", ""}, {"li-na", "zz"}, {"", webchat.Sign(secret, "")},
			{"LI-NA", webchat.Sign(secret, "li-na")}, {"nobody", webchat.Sign(secret, "nobody")}, {"nobody", "00"}, {"li-na ", webchat.Sign(secret, "li-na")},
			{"li-na", webchat.Sign(secret, "li-na")[:63]}, {"li-na", webchat.Sign(secret, "li-na") + "0"},
		} {
			a := w.post("/sessions", "", `{"identity":{"customer_id":"`+f.customer+`","signature":"`+f.signature+`"}}`)
			a.problem(t, http.StatusUnauthorized, "identity_invalid")
			bodies = append(bodies, string(a.body))
		}
		for _, b := range bodies {
			if b != bodies[0] {
				t.Errorf("told apart: %s / %s", b, bodies[0])
			}
		}
		if after := w.rows(); after != before {
			t.Errorf("%d rows became %d", before, after)
		}
	})
	t.Run("a visitor id beside an identity does not move the visitor's conversation", func(t *testing.T) {
		v := w.open(`{}`)
		w.say(v, "1", "I am a visitor")
		known := w.open(strings.Replace(signed("emma"), `{`, `{"visitor_id":"`+v.VisitorID+`",`, 1))
		if known.ConversationID == v.ConversationID {
			t.Error("the visitor's conversation was taken over by a known customer")
		}
	})
	t.Run("a page address cut inside a character is stored whole", func(t *testing.T) {
		s := w.open(`{"page":"` + strings.Repeat("页", 300) + `"}`)
		c, err := w.app.DB().Conversation(t.Context(), s.ConversationID)
		w.ok(err)
		if len(c.Page) > 500 || strings.ContainsRune(c.Page, '\uFFFD') {
			t.Errorf("%d bytes: %q", len(c.Page), c.Page)
		}
	})
}

func TestRequireIdentity(t *testing.T) {
	w := newWorld(t, func(c *config.Config) { c.Webchat.RequireIdentity = true })
	before := w.rows()
	w.post("/sessions", "", `{}`).problem(t, http.StatusUnauthorized, "identity_required")
	if w.rows() != before {
		t.Error("a refused visitor left something")
	}
	w.open(signed("li-na"))
}

func TestTokens(t *testing.T) {
	w := newWorld(t)
	mine, other := w.open(signed("li-na")), w.open(signed("emma"))
	w.answered(mine, w.say(mine, "1", "secret of li-na").Seq)
	before := w.rows()
	body, sum, _ := strings.Cut(mine.Token, ".")
	_, otherSum, _ := strings.Cut(other.Token, ".")
	enc := base64.RawURLEncoding
	claims, err := enc.DecodeString(body)
	w.ok(err)
	swapped := enc.EncodeToString([]byte(strings.Replace(string(claims), string(mine.ConversationID), string(other.ConversationID), 1)))
	jwt := enc.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	forged := map[string]string{
		"empty": "", "word": "x", "dot": ".", "no signature": body + ".", "no claims": "." + sum, "another's signature": body + "." + otherSum, "other conversation": swapped + "." + sum,
		"alg none": jwt + "." + body + ".", "alg none signed": jwt + "." + body + "." + sum, "hmac with an empty key": swapped + "." + hmacWith("", swapped), "hmac with the shop's secret": swapped + "." + hmacWith(secret, swapped),
		"padded": mine.Token + "=", "twice": mine.Token + "." + sum, "cut": mine.Token[:len(mine.Token)-1], "long": strings.Repeat("a", 5000) + "." + sum, "visitor id": mine.VisitorID,
		"other last bits": lastBits(mine.Token),
	}
	for name, token := range forged {
		for _, call := range []func() answer{
			func() answer { return w.get("/messages", token) },
			func() answer { return w.post("/messages", token, `{"client_id":"x","text":"x"}`) },
			func() answer { return w.get("/stream", token) },
			func() answer { return w.get("/tickets", token) },
		} {
			a := call()
			if a.status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, a.status, a.body)
				continue
			}
			a.problem(t, http.StatusUnauthorized, "token_invalid")
		}
	}
	t.Run("every single changed character is refused", func(t *testing.T) {
		for i := range mine.Token {
			c := byte('A')
			if mine.Token[i] == c {
				c = 'B'
			}
			if a := w.get("/messages", mine.Token[:i]+string(c)+mine.Token[i+1:]); a.status != http.StatusUnauthorized {
				t.Errorf("character %d: %d", i, a.status)
			}
		}
	})
	t.Run("in the address only where browsers cannot do otherwise", func(t *testing.T) {
		for _, path := range []string{"/messages", "/tickets", "/tickets/x", "/citations/x"} {
			w.send("GET", "/widget/v1"+path+"?token="+mine.Token, nil).problem(t, http.StatusUnauthorized, "token_invalid")
		}
		w.send("POST", "/widget/v1/messages?token="+mine.Token, []byte(`{"client_id":"q","text":"q"}`)).problem(t, http.StatusUnauthorized, "token_invalid")
		w.send("GET", "/widget/v1/attachments/none?token="+mine.Token, nil).problem(t, http.StatusNotFound, "attachment_unknown")
	})
	t.Run("other schemes are no tokens", func(t *testing.T) {
		for _, h := range []string{mine.Token, "Basic " + mine.Token, "bearer" + mine.Token, "Bearer  " + mine.Token} {
			w.send("GET", "/widget/v1/messages", nil, header{"Authorization", h}).problem(t, http.StatusUnauthorized, "token_invalid")
		}
	})
	if after := w.rows(); after != before {
		t.Errorf("%d rows became %d", before, after)
	}
	t.Run("a conversation that passed to another customer is closed to the old token", func(t *testing.T) {
		v := w.open(`{}`)
		_, err := w.raw.Exec(`UPDATE conversations SET customer_id = 'emma' WHERE id = '` + string(v.ConversationID) + `'`)
		w.ok(err)
		w.get("/messages", v.Token).problem(t, http.StatusUnauthorized, "token_invalid")
	})
	t.Run("expired", func(t *testing.T) {
		w.clock.move(29 * 24 * time.Hour)
		w.read("", mine.Token)
		w.clock.move(25 * time.Hour)
		w.get("/messages", mine.Token).problem(t, http.StatusUnauthorized, "token_invalid")
		w.get("/stream", mine.Token).problem(t, http.StatusUnauthorized, "token_invalid")
	})
}

func hmacWith(key, body string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte("token\x00" + body))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// lastBits changes the bits of the last character that a lax decoder throws away.
func lastBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	i := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[i^1])
}

func TestSignIsHexHMAC(t *testing.T) {
	// RFC 4231 test case 2: key "Jefe", data "what do ya want for nothing?".
	if got := webchat.Sign("Jefe", id.Customer("what do ya want for nothing?")); got != "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" {
		t.Error(got)
	}
}
