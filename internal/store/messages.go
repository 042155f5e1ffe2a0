package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type messageRow struct {
	bun.BaseModel  `bun:"table:messages"`
	ConversationID string `bun:",pk"`
	Seq            int64  `bun:",pk"`
	ID             string
	Author         string
	AuthorID       string
	Kind           string
	Text           string
	CardID         string
	TurnID         string
	ClientID       string
	AIGenerated    bool
	Payload        string
	At             int64
}

// messagePayload is the part of a message that is only read as a whole.
type messagePayload struct {
	AuthorName  string                    `json:"author_name,omitempty"`
	Citations   []conversation.Citation   `json:"citations,omitempty"`
	Card        *conversation.Card        `json:"card,omitempty"`
	Press       *conversation.Press       `json:"press,omitempty"`
	Suggestions []string                  `json:"suggestions,omitempty"`
	Attachments []conversation.Attachment `json:"attachments,omitempty"`
}

func payloadOf(m conversation.Message) string {
	p := messagePayload{m.AuthorName, m.Citations, m.Card, m.Press, m.Suggestions, m.Attachments}
	b, _ := json.Marshal(p)
	if string(b) == "{}" {
		return ""
	}
	return string(b)
}

func (r messageRow) message() conversation.Message {
	var p messagePayload
	if r.Payload != "" {
		_ = json.Unmarshal([]byte(r.Payload), &p) // written by payloadOf
	}
	return conversation.Message{ID: id.Message(r.ID), Seq: r.Seq, Author: conversation.Author(r.Author), AuthorID: r.AuthorID, AuthorName: p.AuthorName,
		Kind: conversation.Kind(r.Kind), Text: r.Text, Citations: p.Citations, Card: p.Card, Press: p.Press, Suggestions: p.Suggestions, Attachments: p.Attachments,
		AIGenerated: r.AIGenerated, ClientID: r.ClientID, TurnID: id.Turn(r.TurnID), At: at(r.At)}
}

// Append implements conversation.Messages. The UPDATE locks the row, which is what keeps the numbers gap-free on PostgreSQL.
func (d *DB) Append(ctx context.Context, cid id.Conversation, msgs ...conversation.Message) ([]conversation.Message, error) {
	if len(msgs) == 0 {
		return nil, nil
	}
	out := slices.Clone(msgs)
	err := d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		now := ms(d.now())
		last := preview(out)
		var lastSeq int64
		err := q.NewRaw(`UPDATE conversations SET last_seq = last_seq + ?, updated_at = ?,
				last_text = CASE WHEN ? THEN ? ELSE last_text END, last_author = CASE WHEN ? THEN ? ELSE last_author END
			WHERE id = ? RETURNING last_seq`, len(out), now, last != nil, textOf(last), last != nil, authorOf(last), string(cid)).Scan(ctx, &lastSeq)
		if err = mapErr(err); errs.Is(err, errs.NotFound) {
			return errs.New(errs.NotFound, "conversation_unknown", "There is no conversation %q.", cid)
		} else if err != nil {
			return err
		}
		rows := make([]messageRow, len(out))
		for i := range out {
			out[i].Seq, out[i].At = lastSeq-int64(len(out)-1-i), at(now)
			rows[i] = messageRowOf(cid, out[i])
		}
		if _, err = q.NewInsert().Model(&rows).Exec(ctx); err != nil {
			return err
		}
		return d.indexMessages(ctx, q, cid, out)
	})
	return out, err
}

func messageRowOf(cid id.Conversation, m conversation.Message) messageRow {
	r := messageRow{ConversationID: string(cid), Seq: m.Seq, ID: string(m.ID), Author: string(m.Author), AuthorID: m.AuthorID, Kind: string(m.Kind), Text: m.Text,
		TurnID: string(m.TurnID), ClientID: m.ClientID, AIGenerated: m.AIGenerated, Payload: payloadOf(m), At: ms(m.At)}
	if m.Card != nil {
		r.CardID = string(m.Card.ID)
	}
	return r
}

// preview is the message the inbox shows: the last one that customer and shop both see.
func preview(msgs []conversation.Message) *conversation.Message {
	for i := len(msgs) - 1; i >= 0; i-- {
		if msgs[i].Kind != conversation.Note && msgs[i].Kind != conversation.Notice {
			return &msgs[i]
		}
	}
	return nil
}

const previewRunes = 120

func textOf(m *conversation.Message) string {
	if m == nil {
		return ""
	}
	t := m.Text
	if t == "" && m.Card != nil {
		t = m.Card.Title
	}
	if r := []rune(t); len(r) > previewRunes {
		t = string(r[:previewRunes]) + "…"
	}
	return t
}

func authorOf(m *conversation.Message) string {
	if m == nil {
		return ""
	}
	return string(m.Author)
}

// After implements conversation.Messages.
func (d *DB) After(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error) {
	return d.messages(ctx, `SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?`, string(cid), seq, limit)
}

// Before implements conversation.Messages; the result is oldest first. seq 0 means from the end.
func (d *DB) Before(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error) {
	if seq == 0 {
		seq = 1 << 62
	}
	out, err := d.messages(ctx, `SELECT * FROM messages WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`, string(cid), seq, limit)
	slices.Reverse(out)
	return out, err
}

// Unanswered implements conversation.Pending.
func (d *DB) Unanswered(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error) {
	return d.messages(ctx, `SELECT * FROM messages WHERE conversation_id = ? AND seq > ? AND author = 'customer' ORDER BY seq LIMIT ?`, string(cid), seq, limit)
}

func (d *DB) messages(ctx context.Context, query string, args ...any) ([]conversation.Message, error) {
	var rows []messageRow
	if err := d.q(ctx).NewRaw(query, args...).Scan(ctx, &rows); err != nil {
		return nil, mapErr(err)
	}
	out := make([]conversation.Message, len(rows))
	for i, r := range rows {
		out[i] = r.message()
	}
	return out, nil
}

// CardMessage implements conversation.Cards.
func (d *DB) CardMessage(ctx context.Context, cid id.Conversation, card id.Card) (conversation.Message, error) {
	found, err := d.messages(ctx, `SELECT * FROM messages WHERE card_id = ? AND conversation_id = ? ORDER BY seq DESC LIMIT 1`, string(card), string(cid))
	if err == nil && (len(found) == 0 || card == "") {
		err = errs.New(errs.NotFound, "card_unknown", "There is no card %q in this conversation.", card)
	}
	if err != nil {
		return conversation.Message{}, err
	}
	return found[0], nil
}

// SetCard implements conversation.Cards.
func (d *DB) SetCard(ctx context.Context, cid id.Conversation, u conversation.CardUpdate) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		m, err := d.CardMessage(ctx, cid, u.CardID)
		if err != nil {
			return err
		}
		m.Card.Status = u.Status
		if u.Chosen != "" {
			m.Card.Body = withChosen(m.Card.Body, u.Chosen)
		}
		_, err = q.NewRaw(`UPDATE messages SET payload = ? WHERE conversation_id = ? AND seq = ?`, payloadOf(m), string(cid), m.Seq).Exec(ctx)
		return err
	})
}

// withChosen adds what was chosen to a card's body; a body that is no object stays as it is.
func withChosen(body json.RawMessage, chosen string) json.RawMessage {
	fields := map[string]json.RawMessage{}
	if len(body) > 0 && json.Unmarshal(body, &fields) != nil {
		return body
	}
	fields["chosen"], _ = json.Marshal(chosen) // a text always is JSON
	out, err := json.Marshal(fields)
	if err != nil {
		return body
	}
	return out
}

// Seen implements conversation.Keys.
func (d *DB) Seen(ctx context.Context, channel, account, outsideID string) (id.Conversation, int64, bool, error) {
	var cid string
	var seq int64
	err := mapErr(d.q(ctx).NewRaw(`SELECT conversation_id, seq FROM inbound_keys WHERE channel = ? AND account = ? AND outside_id = ?`, channel, account, outsideID).Scan(ctx, &cid, &seq))
	if errs.Is(err, errs.NotFound) {
		return "", 0, false, nil
	}
	return id.Conversation(cid), seq, err == nil, err
}

// Remember implements conversation.Keys.
func (d *DB) Remember(ctx context.Context, channel, account, outsideID string, cid id.Conversation, seq int64) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO inbound_keys (channel, account, outside_id, conversation_id, seq, at) VALUES (?, ?, ?, ?, ?, ?)`, channel, account, outsideID, string(cid), seq, ms(d.now())).Exec(ctx)
		return err
	})
}

// State implements conversation.Memory.
func (d *DB) State(ctx context.Context, cid id.Conversation) (json.RawMessage, error) {
	var s string
	err := mapErr(d.q(ctx).NewRaw(`SELECT data FROM agent_states WHERE conversation_id = ?`, string(cid)).Scan(ctx, &s))
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	return json.RawMessage(s), err
}

// PutState implements conversation.Memory.
func (d *DB) PutState(ctx context.Context, cid id.Conversation, s json.RawMessage) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO agent_states (conversation_id, data) VALUES (?, ?) ON CONFLICT (conversation_id) DO UPDATE SET data = excluded.data`, string(cid), string(s)).Exec(ctx)
		return err
	})
}

// PutDecision implements conversation.Decisions; a turn that runs again replaces its record.
func (d *DB) PutDecision(ctx context.Context, cid id.Conversation, x conversation.Decision) error {
	if !json.Valid(x.Data) {
		return errors.New("store: a decision record that is no JSON")
	}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewRaw(`INSERT INTO decisions (turn_id, conversation_id, seq_from, seq_to, at, data) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (turn_id) DO UPDATE SET seq_to = excluded.seq_to, at = excluded.at, data = excluded.data`, string(x.TurnID), string(cid), x.SeqFrom, x.SeqTo, x.AtMS, string(x.Data)).Exec(ctx)
		if err != nil {
			return err
		}
		return putPasses(ctx, q, cid, x)
	})
}

// Decisions implements conversation.Decisions.
func (d *DB) Decisions(ctx context.Context, cid id.Conversation, limit int) (out []conversation.Decision, err error) {
	var rows []struct {
		TurnID         string
		SeqFrom, SeqTo int64
		At             int64
		Data           string
	}
	err = d.q(ctx).NewRaw(`SELECT turn_id, seq_from, seq_to, at, data FROM decisions WHERE conversation_id = ? ORDER BY seq_to DESC LIMIT ?`, string(cid), limit).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, conversation.Decision{TurnID: id.Turn(r.TurnID), SeqFrom: r.SeqFrom, SeqTo: r.SeqTo, AtMS: r.At, Data: json.RawMessage(r.Data)})
	}
	return out, mapErr(err)
}
