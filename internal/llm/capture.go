package llm

import (
	"sync"
	"time"
)

// Sent is a copy of one try, for audit: what left the house, after redaction, and what came of it.
type Sent struct {
	At           time.Time     `json:"at"`
	Conversation string        `json:"conversation_id"`
	Purpose      string        `json:"purpose"`
	Prompt       string        `json:"prompt"`
	Model        string        `json:"model"`
	Host         string        `json:"host"`
	Foreign      bool          `json:"foreign"`
	Request      string        `json:"request"`
	Response     string        `json:"response"`
	Outcome      string        `json:"outcome"` // ok, or the error's code
	Usage        Usage         `json:"usage"`
	Cost         int64         `json:"cost"`
	Took         time.Duration `json:"took"`
}

// Capture takes copies. It must not block for long.
type Capture interface{ Capture(Sent) }

// maxCopy bounds each text of a copy, in bytes.
const maxCopy = 16 << 10

// Ring keeps the newest copies in memory.
type Ring struct {
	mu   sync.Mutex
	list []Sent
	next int
	size int
}

// NewRing makes a Ring of n copies.
func NewRing(n int) *Ring { return &Ring{size: max(n, 1)} }

// Capture implements Capture.
func (r *Ring) Capture(s Sent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.list) < r.size {
		r.list = append(r.list, s)
		return
	}
	r.list[r.next] = s
	r.next = (r.next + 1) % r.size
}

// All gives the copies, oldest first.
func (r *Ring) All() []Sent {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]Sent, 0, len(r.list))
	for i := range r.list {
		out = append(out, r.list[(r.next+i)%len(r.list)])
	}
	return out
}

// short cuts a text at n bytes, at the edge of a letter.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
