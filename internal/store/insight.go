package store

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/insight"
)

type factRow struct {
	CustomerID string
	CreatedAt  int64
	Channel    string
	Category   string
	Intent     string
	Emotion    string
	Rating     int
	Handler    string
	Reason     string
	Customer   int
	Agent      int
	Staff      int
	FirstAsked int64
	Answered   int64
	HandedAt   int64
	PersonAt   int64
}

// One pass over the messages of the range's conversations. A wait runs from the move that asked for a person to the
// person's first words after it.
const factsQuery = `
SELECT c.customer_id, c.created_at, c.channel, c.category, c.intent, c.emotion, c.rating, c.handler, c.reason,
  m.customer, m.agent, m.staff, m.first_asked,
  COALESCE((SELECT MIN(a.at) FROM messages a WHERE a.conversation_id = c.id AND a.author IN ('agent', 'staff') AND a.kind <> 'note'), 0) AS answered,
  COALESCE(h.at, 0) AS handed_at,
  COALESCE((SELECT MIN(p.at) FROM messages p WHERE p.conversation_id = c.id AND p.author = 'staff' AND p.kind <> 'note' AND p.at >= h.at), 0) AS person_at
FROM conversations c
JOIN (SELECT conversation_id,
    SUM(CASE WHEN author = 'customer' THEN 1 ELSE 0 END) AS customer,
    SUM(CASE WHEN author = 'agent' THEN 1 ELSE 0 END) AS agent,
    SUM(CASE WHEN author = 'staff' AND kind <> 'note' THEN 1 ELSE 0 END) AS staff,
    MIN(CASE WHEN author = 'customer' THEN at END) AS first_asked
  FROM messages WHERE conversation_id IN (SELECT id FROM conversations WHERE created_at >= ? AND created_at < ?) GROUP BY conversation_id) m ON m.conversation_id = c.id
LEFT JOIN (SELECT subject_id, MIN(at) AS at FROM events WHERE subject = 'conversation' AND type = 'conversation.moved' AND data LIKE '%"move":"ask_person"%' GROUP BY subject_id) h ON h.subject_id = c.id
WHERE c.created_at >= ? AND c.created_at < ? AND m.customer > 0
ORDER BY c.created_at, c.id`

// Facts implements insight.Store.
func (d *DB) Facts(ctx context.Context, from, to time.Time) (out []insight.Fact, err error) {
	var rows []factRow
	a, b := ms(from), ms(to)
	if err := d.q(ctx).NewRaw(factsQuery, a, b, a, b).Scan(ctx, &rows); err != nil {
		return nil, mapErr(err)
	}
	for _, r := range rows {
		out = append(out, r.fact())
	}
	return out, nil
}

func (r factRow) fact() insight.Fact {
	return insight.Fact{CustomerID: r.CustomerID, BeganAt: at(r.CreatedAt), Channel: r.Channel, Category: r.Category, Intent: r.Intent, Emotion: r.Emotion, Rating: r.Rating,
		Customer: r.Customer, Agent: r.Agent, Staff: r.Staff, HandedOff: r.HandedAt > 0 || r.Reason != "" || r.Handler != "agent",
		FirstReply: between(r.FirstAsked, r.Answered), Waited: between(r.HandedAt, r.PersonAt)}
}

// between is the time from a to b, 0 unless both are known and in order.
func between(a, b int64) time.Duration {
	if a == 0 || b <= a {
		return 0
	}
	return time.Duration(b-a) * time.Millisecond
}

// TicketFigures implements insight.Store.
func (d *DB) TicketFigures(ctx context.Context, from, to time.Time) (f insight.TicketFigures, err error) {
	err = d.q(ctx).NewRaw(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN breached THEN 1 ELSE 0 END), 0) FROM tickets WHERE created_at >= ? AND created_at < ?`, ms(from), ms(to)).Scan(ctx, &f.Opened, &f.Breached)
	return f, mapErr(err)
}
