package tau

import (
	"regexp"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// desk is the channel's identity step: what a visitor proves about himself in words makes him a customer, verified, before
// the agent hears him. The agent takes nobody's word for who he is; it only sees the session it is given.
type desk struct {
	byEmail map[string]id.Customer
	byName  map[string]id.Customer // name and zip
}

func newDesk(users map[string]user) desk {
	d := desk{map[string]id.Customer{}, map[string]id.Customer{}}
	for uid, u := range users {
		d.byEmail[strings.ToLower(u.Email)] = id.Customer(uid)
		d.byName[nameKey(u.Name.First+" "+u.Name.Last, u.Address.Zip)] = id.Customer(uid)
	}
	return d
}

func nameKey(name, zip string) string { return strings.ToLower(strings.TrimSpace(name)) + "|" + zip }

var (
	saidEmail = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	saidName  = regexp.MustCompile(`(?i)my name is ([\p{L}'. -]+?) and my zip code is (\w+)`)
)

// verify is the conversation of who proved to be a customer; the same as before for everybody else.
func (d desk) verify(c conversation.Conversation, said string) conversation.Conversation {
	who := d.byEmail[strings.ToLower(saidEmail.FindString(said))]
	if m := saidName.FindStringSubmatch(said); m != nil && who == "" {
		who = d.byName[nameKey(m[1], m[2])]
	}
	if who != "" {
		c.CustomerID, c.Assurance = who, conversation.Verified
	}
	return c
}
