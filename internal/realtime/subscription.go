package realtime

// Subscription is one listener. Read C until it is closed; closed means "you were too slow, or the node stops":
// subscribe again and read from the database what came in between.
type Subscription struct {
	C       <-chan Hint
	ch      chan Hint
	subject string
	id      string
	hub     *Hub
}

// Subscribe listens to a subject ("conversation") and an id; empty strings mean all.
func (h *Hub) Subscribe(subject, subjectID string) *Subscription {
	ch := make(chan Hint, buffer)
	s := &Subscription{C: ch, ch: ch, subject: subject, id: subjectID, hub: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs[s] = struct{}{}
	return s
}

// Close stops listening. It may be called more than once.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.drop(s)
}

// Listeners is how many listen now.
func (h *Hub) Listeners() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subs)
}

// drop needs the lock.
func (h *Hub) drop(s *Subscription) {
	if _, ok := h.subs[s]; ok {
		delete(h.subs, s)
		close(s.ch)
	}
}

func (s *Subscription) wants(hint Hint) bool {
	return (s.subject == "" || s.subject == hint.Subject) && (s.id == "" || s.id == hint.SubjectID)
}

// deliver never blocks: who lags too far behind is closed.
func (h *Hub) deliver(hint Hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs {
		if !s.wants(hint) {
			continue
		}
		select {
		case s.ch <- hint:
		default:
			h.drop(s)
		}
	}
}
