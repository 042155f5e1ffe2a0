package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// ConversationRow is a line of the inbox.
type ConversationRow struct {
	ID           id.Conversation `json:"id"`
	Customer     CustomerBrief   `json:"customer"`
	Channel      string          `json:"channel"`
	Status       string          `json:"status" enum:"open,closed"`
	Handler      string          `json:"handler" enum:"agent,waiting,staff"`
	Assignee     *Person         `json:"assignee,omitempty"`
	Team         *Person         `json:"team,omitempty"`
	LastText     string          `json:"last_text"`
	LastAuthor   string          `json:"last_author,omitempty"`
	LastAt       time.Time       `json:"last_at"`
	Unread       int64           `json:"unread"`
	Emotion      string          `json:"emotion,omitempty"`
	Intensity    float64         `json:"intensity,omitempty"`
	Category     string          `json:"category,omitempty"`
	Intent       string          `json:"intent,omitempty"`
	Rating       int             `json:"rating,omitempty"`
	Priority     int             `json:"priority"`
	Language     id.Lang         `json:"language"`
	WaitingSince *time.Time      `json:"waiting_since,omitempty"`
}

// CustomerBrief is a customer in a line.
type CustomerBrief struct {
	ID   id.Customer `json:"id"`
	Name string      `json:"name"`
	Tier string      `json:"tier,omitempty"`
}

// ConversationFull is a conversation with its customer.
type ConversationFull struct {
	ConversationRow
	Assurance      string     `json:"assurance"`
	Reason         string     `json:"reason,omitempty"`
	Summary        string     `json:"summary,omitempty"`
	LastSeq        int64      `json:"last_seq"`
	ReadSeq        int64      `json:"read_seq"`
	Page           string     `json:"page,omitempty"`
	CreatedAt      time.Time  `json:"created_at"`
	ClosedAt       *time.Time `json:"closed_at,omitempty"`
	Customer       Customer   `json:"customer"`
	Present        []Present  `json:"present"`
	CustomerTyping bool       `json:"customer_typing"`
}

func rowOf(r conversation.InboxRow, l id.Lang) ConversationRow {
	return ConversationRow{ID: r.ID, Customer: CustomerBrief{ID: r.CustomerID, Name: r.CustomerName}, Channel: r.Channel,
		Status: string(r.Status), Handler: string(r.Handler), Assignee: person(string(r.AssigneeID), r.AssigneeName),
		Team: person(string(r.TeamID), r.TeamName.In(l)), LastText: r.LastText, LastAuthor: string(r.LastAuthor), LastAt: r.UpdatedAt.UTC(),
		Unread: max(0, r.LastSeq-r.StaffReadSeq), Emotion: r.Emotion, Intensity: r.Intensity, Category: r.Category, Intent: r.Intent,
		Rating: r.Rating, Priority: r.Priority, Language: r.Language, WaitingSince: when(r.WaitingSince)}
}

// ConversationPath names the conversation of a route.
type ConversationPath struct {
	ID id.Conversation `path:"id" maxLength:"64"`
}

func (s *server) conversationRoutes() {
	tag := []string{"Conversations"}
	op := func(name, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: name, Method: method, Path: "/conversations" + path, Summary: summary, Tags: tag}
	}
	noBody := func(o huma.Operation) huma.Operation { o.DefaultStatus = 204; return o }
	route(s, op("list-conversations", http.MethodGet, "", "The inbox"), s.listConversations)
	route(s, op("get-conversation", http.MethodGet, "/{id}", "A conversation with its customer"), s.getConversation)
	route(s, op("list-messages", http.MethodGet, "/{id}/messages", "What was said, notes included"), s.listMessages)
	route(s, op("list-decisions", http.MethodGet, "/{id}/decisions", "Why the agent did what it did, newest turn first"), s.listDecisions)
	file := op("get-attachment", http.MethodGet, "/{id}/attachments/{aid}", "A file that was sent in it")
	file.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{"application/octet-stream": {}, "image/png": {}, "image/jpeg": {}, "image/webp": {}, "image/gif": {}}}}
	route(s, file, s.attachment)
	route(s, op("say", http.MethodPost, "/{id}/messages", "Reply or note; the same client_id again changes nothing"), s.say)
	route(s, op("take-conversation", http.MethodPost, "/{id}/take", "Answer it myself"), s.move(func(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error) {
		return s.Desk.Take(ctx, cid, a)
	}))
	route(s, op("hand-back", http.MethodPost, "/{id}/hand-back", "Give it back to the agent"), s.move(func(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error) {
		return s.Desk.HandBack(ctx, cid, a)
	}))
	route(s, op("close-conversation", http.MethodPost, "/{id}/close", "Close it"), s.move(func(ctx context.Context, cid id.Conversation, a routing.Actor) (conversation.Conversation, error) {
		return s.Desk.Close(ctx, cid, a)
	}))
	route(s, op("assign-conversation", http.MethodPost, "/{id}/assign", "Give it to a person or a team"), s.assign)
	route(s, noBody(op("typing", http.MethodPost, "/{id}/typing", "I am writing; shown to the customer")), s.typing)
	route(s, noBody(op("read-conversation", http.MethodPost, "/{id}/read", "Staff has read up to a number")), s.read)
	route(s, noBody(op("conversation-presence", http.MethodPost, "/{id}/presence", "I am looking, writing, or gone; forgotten after 30 seconds")), s.setPresent)
	route(s, huma.Operation{OperationID: "list-quick-replies", Method: http.MethodGet, Path: "/quick-replies", Summary: "Ready answers", Tags: tag}, s.quickReplies)
}

func inboxScope(p staff.Principal) conversation.Scope {
	sc := p.Scope(staff.ConversationAll)
	return conversation.Scope{All: sc.All, Staff: sc.Staff, Teams: sc.Teams}
}

func actor(p staff.Principal) routing.Actor { return routing.Actor{ID: p.ID, Name: p.Name} }

// seen is a conversation the asker may see; every other one looks missing.
func (s *server) seen(ctx context.Context, cid id.Conversation) (conversation.InboxRow, error) {
	if s.Inbox == nil {
		return conversation.InboxRow{}, errPart("conversations")
	}
	r, err := s.Inbox.InboxRow(ctx, inboxScope(principal(ctx)), cid)
	if errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "conversation_unknown", "There is no such conversation.")
	}
	return r, err
}

type inboxInput struct {
	Paging
	Filter   conversation.View `query:"filter" enum:"mine,waiting,agent,all,closed" default:"all"`
	Q        string            `query:"q" maxLength:"200" doc:"Words that were said, or the customer's name"`
	Category string            `query:"category" maxLength:"40"`
	Emotion  string            `query:"emotion" maxLength:"40"`
	Intent   string            `query:"intent" maxLength:"60"`
	Channel  string            `query:"channel" maxLength:"40"`
	Rating   int               `query:"rating" minimum:"0" maximum:"5"`
	Day      string            `query:"day" maxLength:"10" doc:"Begun on this day of the shop, 2026-01-31"`
	Customer id.Customer       `query:"customer" maxLength:"64"`
}

type inboxOutput struct {
	Body struct {
		Items      []ConversationRow         `json:"items"`
		NextCursor string                    `json:"next_cursor,omitempty"`
		Counts     map[conversation.View]int `json:"counts"`
	}
}

func (in inboxInput) filter(zone *time.Location) (f conversation.InboxFilter, err error) {
	f = conversation.InboxFilter{View: in.Filter, Customer: in.Customer, Category: in.Category, Emotion: in.Emotion, Intent: in.Intent, Channel: in.Channel, Rating: in.Rating, Limit: in.Limit + 1}
	at, rowID, err := in.at()
	f.Before = conversation.InboxCursor{At: at, ID: id.Conversation(rowID)}
	if err != nil || in.Day == "" {
		return f, err
	}
	f.From, f.To, err = dayOf(in.Day, zone)
	return f, err
}

func dayOf(day string, zone *time.Location) (from, to time.Time, err error) {
	from, err = time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return from, to, errs.New(errs.Invalid, "day_invalid", "A day is written 2026-01-31.").With("query.day", "write it as 2026-01-31")
	}
	return from, from.AddDate(0, 0, 1), nil
}

func (s *server) listConversations(ctx context.Context, in *inboxInput) (*inboxOutput, error) {
	if s.Inbox == nil {
		return nil, errPart("conversations")
	}
	p := principal(ctx)
	f, err := in.filter(s.Zone)
	if err != nil {
		return nil, err
	}
	if in.Q != "" {
		if f.IDs, err = s.conversationsWith(ctx, p, in.Q); err != nil {
			return nil, err
		}
	}
	rows, err := s.Inbox.InboxRows(ctx, inboxScope(p), f)
	if err != nil {
		return nil, err
	}
	out := &inboxOutput{}
	out.Body.Items = []ConversationRow{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Body.NextCursor = cursor(last.Key(in.Filter), string(last.ID))
	}
	for _, r := range rows {
		row := rowOf(r, lang(p.Language))
		row.Customer.Tier = s.tier(ctx, r.CustomerID)
		out.Body.Items = append(out.Body.Items, row)
	}
	out.Body.Counts, err = s.Inbox.InboxCounts(ctx, inboxScope(p), f)
	return out, err
}

// conversationsWith finds conversations by words; never nil, so that no match narrows to nothing.
func (s *server) conversationsWith(ctx context.Context, p staff.Principal, q string) ([]id.Conversation, error) {
	found, err := s.find(ctx, p, q, []string{"conversation"}, 200)
	out := []id.Conversation{}
	for _, f := range found {
		out = append(out, id.Conversation(f.ID))
	}
	return out, err
}

type conversationOutput struct{ Body ConversationFull }

func (s *server) getConversation(ctx context.Context, in *ConversationPath) (*conversationOutput, error) {
	r, err := s.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.full(ctx, r)
}

func (s *server) full(ctx context.Context, r conversation.InboxRow) (*conversationOutput, error) {
	c, err := s.customerView(ctx, r.CustomerID)
	if err != nil {
		return nil, err
	}
	f := ConversationFull{ConversationRow: rowOf(r, lang(principal(ctx).Language)), Assurance: string(r.Assurance), Reason: r.Reason, Summary: r.Summary,
		LastSeq: r.LastSeq, ReadSeq: r.ReadSeq, Page: r.Page, CreatedAt: r.CreatedAt.UTC(), ClosedAt: when(r.ClosedAt), Customer: c, Present: s.present.of(r.ID)}
	return &conversationOutput{f}, nil
}

// Message is a message as staff sees it.
type Message struct {
	conversation.Message
	Delivered bool `json:"delivered"`
	Read      bool `json:"read"`
}

type messagesInput struct {
	ConversationPath
	After  int64 `query:"after" minimum:"0" doc:"Messages above this number, oldest first"`
	Before int64 `query:"before" minimum:"0" doc:"Messages below this number; the newest of them, oldest first"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type messagesOutput struct {
	Body struct {
		Items   []Message `json:"items"`
		LastSeq int64     `json:"last_seq"`
	}
}

func (s *server) listMessages(ctx context.Context, in *messagesInput) (*messagesOutput, error) {
	c, err := s.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var ms []conversation.Message
	if in.After > 0 {
		ms, err = s.Messages.After(ctx, in.ID, in.After, in.Limit)
	} else {
		before := in.Before
		if before == 0 {
			before = c.LastSeq + 1
		}
		ms, err = s.Messages.Before(ctx, in.ID, before, in.Limit)
	}
	out := &messagesOutput{}
	out.Body.Items, out.Body.LastSeq = []Message{}, c.LastSeq
	for _, m := range ms {
		read := m.Seq <= c.ReadSeq
		out.Body.Items = append(out.Body.Items, Message{forStaff(in.ID, m), true, read && m.Author != conversation.Customer})
	}
	return out, err
}

type decisionsOutput struct {
	Body struct {
		Items []json.RawMessage `json:"items" doc:"One decision record per turn of the agent, newest first"`
	}
}

func (s *server) listDecisions(ctx context.Context, in *ConversationPath) (*decisionsOutput, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	ds, err := s.Messages.Decisions(ctx, in.ID, 100)
	out := &decisionsOutput{}
	out.Body.Items = []json.RawMessage{}
	for _, d := range ds {
		out.Body.Items = append(out.Body.Items, d.Data)
	}
	return out, err
}

type sayInput struct {
	ConversationPath
	Body struct {
		ClientID string `json:"client_id" minLength:"1" maxLength:"128" doc:"Your own id of the message"`
		Text     string `json:"text" minLength:"1" maxLength:"4000"`
		Kind     string `json:"kind,omitempty" enum:"text,note" default:"text" doc:"A note is for staff only"`
	}
}

type messageOutput struct{ Body Message }

func (s *server) say(ctx context.Context, in *sayInput) (*messageOutput, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	p := principal(ctx)
	note := in.Body.Kind == "note"
	m, err := s.Replies.Say(ctx, in.ID, actor(p), in.Body.ClientID, in.Body.Text, note)
	if err == nil && !note && s.Tickets != nil {
		err = s.Tickets.Responded(ctx, in.ID, staffActor(p)) // a person has answered: the first-response clocks stop
	}
	return &messageOutput{Message{m, true, false}}, err
}

// move is the handler of the moves that need no body.
func (s *server) move(fn func(context.Context, id.Conversation, routing.Actor) (conversation.Conversation, error)) func(context.Context, *ConversationPath) (*conversationOutput, error) {
	return func(ctx context.Context, in *ConversationPath) (*conversationOutput, error) {
		if _, err := s.seen(ctx, in.ID); err != nil {
			return nil, err
		}
		if _, err := fn(ctx, in.ID, actor(principal(ctx))); err != nil {
			return nil, err
		}
		return s.getConversation(ctx, in)
	}
}

type assignInput struct {
	ConversationPath
	Body struct {
		StaffID id.Staff `json:"staff_id,omitempty" maxLength:"64"`
		TeamID  id.Team  `json:"team_id,omitempty" maxLength:"64"`
	}
}

type okOutput struct {
	Body struct {
		OK bool `json:"ok"`
	}
}

// assign answers without the conversation: after giving it away, the giver may no longer see it.
func (s *server) assign(ctx context.Context, in *assignInput) (*okOutput, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	if (in.Body.StaffID == "") == (in.Body.TeamID == "") {
		return nil, errs.New(errs.Invalid, "assign_to_one", "Name either a person or a team.").With("body", "staff_id or team_id, not both")
	}
	to, err := s.assignable(ctx, in.Body.StaffID, in.Body.TeamID)
	if err != nil {
		return nil, err
	}
	_, err = s.Replies.Assign(ctx, in.ID, in.Body.TeamID, to)
	out := &okOutput{}
	out.Body.OK = err == nil
	return out, err
}

// assignable checks that the person or team exists and may answer.
func (s *server) assignable(ctx context.Context, sid id.Staff, team id.Team) (routing.Actor, error) {
	if sid != "" {
		m, err := s.Staff.Member(ctx, sid)
		if errs.Is(err, errs.NotFound) || (err == nil && (!m.Active || !m.Role.May(staff.ConversationReply))) {
			return routing.Actor{}, errs.New(errs.Invalid, "staff_cannot_take", "This person does not exist or cannot answer customers.").With("body.staff_id", "an active member who may reply")
		}
		return routing.Actor{ID: m.ID, Name: m.Name}, err
	}
	teams, err := s.Staff.Teams(ctx)
	for _, t := range teams {
		if t.ID == team {
			return routing.Actor{}, nil
		}
	}
	if err == nil {
		err = errs.New(errs.Invalid, "team_unknown", "There is no such team.").With("body.team_id", "a team of GET /teams")
	}
	return routing.Actor{}, err
}

type typingInput struct {
	ConversationPath
	Body struct {
		On bool `json:"on"`
	}
}

func (s *server) typing(ctx context.Context, in *typingInput) (*none, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	state := "viewing"
	if in.Body.On {
		state = "typing"
	}
	s.show(ctx, in.ID, state)
	return nil, nil
}

type readInput struct {
	ConversationPath
	Body struct {
		Seq int64 `json:"seq" minimum:"0"`
	}
}

func (s *server) read(ctx context.Context, in *readInput) (*none, error) {
	c, err := s.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, s.Marks.MarkRead(ctx, in.ID, true, min(in.Body.Seq, c.LastSeq))
}

type quickInput struct {
	Q string `query:"q" maxLength:"100"`
}

type quickOutput struct {
	Body struct {
		Items []QuickReply `json:"items"`
	}
}

func (s *server) quickReplies(ctx context.Context, in *quickInput) (*quickOutput, error) {
	out := &quickOutput{}
	out.Body.Items = []QuickReply{}
	if s.Quick == nil {
		return out, nil
	}
	items, err := s.Quick.QuickReplies(ctx, in.Q)
	out.Body.Items = orEmpty(items)
	return out, err
}
