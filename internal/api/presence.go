package api

import (
	"context"
	"sort"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// Present is somebody who looks at a conversation.
type Present struct {
	StaffID id.Staff `json:"staff_id"`
	Name    string   `json:"name"`
	State   string   `json:"state" enum:"viewing,typing"`
}

// presentFor is how long a sign of life counts.
const presentFor = 30 * time.Second

type sign struct {
	Present
	until time.Time
}

// presence remembers who looks at what, on this node; it is a courtesy, not data.
type presence struct {
	mu  sync.Mutex
	now func() time.Time
	who map[id.Conversation]map[id.Staff]sign
}

func newPresence(now func() time.Time) *presence {
	return &presence{now: now, who: map[id.Conversation]map[id.Staff]sign{}}
}

// set notes a sign of life; "gone" forgets the member. It tells whether anything is new.
func (p *presence) set(cid id.Conversation, m staff.Principal, state string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	here := p.who[cid]
	was, ok := here[m.ID]
	if state == "gone" {
		delete(here, m.ID)
		if len(here) == 0 {
			delete(p.who, cid)
		}
		return ok
	}
	if here == nil {
		p.sweep()
		here = map[id.Staff]sign{}
		p.who[cid] = here
	}
	here[m.ID] = sign{Present{m.ID, m.Name, state}, p.now().Add(presentFor)}
	return !ok || was.State != state
}

// sweep forgets conversations that nobody looks at any more; it runs when a new one is looked at.
func (p *presence) sweep() {
	for cid, here := range p.who {
		for sid, s := range here {
			if p.now().After(s.until) {
				delete(here, sid)
			}
		}
		if len(here) == 0 {
			delete(p.who, cid)
		}
	}
}

// of lists who looks now, by name.
func (p *presence) of(cid id.Conversation) []Present {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []Present{}
	for _, s := range p.who[cid] {
		if !p.now().After(s.until) {
			out = append(out, s.Present)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

type presentInput struct {
	ConversationPath
	Body struct {
		State string `json:"state" enum:"viewing,typing,gone"`
	}
}

func (s *server) setPresent(ctx context.Context, in *presentInput) (*none, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	s.show(ctx, in.ID, in.Body.State)
	return nil, nil
}

// show tells colleagues who is here, and the customer who is writing.
func (s *server) show(ctx context.Context, cid id.Conversation, state string) {
	p := principal(ctx)
	if s.Typing != nil && p.Role.May(staff.ConversationReply) {
		s.Typing.StaffTyping(ctx, cid, p.Name, state == "typing")
	}
	if s.present.set(cid, p, state) && s.Pusher != nil {
		s.Pusher.Push(ctx, Hint{Type: "presence.changed", Subject: "presence", ID: string(cid)})
	}
}
