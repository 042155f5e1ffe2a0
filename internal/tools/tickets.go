package tools

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

var ticketKinds = map[string]ticket.Type{
	"complaint_quality": ticket.ComplaintQuality, "complaint_attitude": ticket.ComplaintAttitude, "complaint_logistics": ticket.ComplaintLogistics,
	"complaint_price": ticket.ComplaintPrice, "suggestion": ticket.Suggestion, "review": ticket.Review, "question": ticket.Question, "call_back": ticket.Question,
}

// direct is a write that only makes work for the shop.
type direct struct {
	spec tool.Spec
	plan func(ctx context.Context, s tool.Session, a tool.Args) (tool.Plan, error)
	run  func(ctx context.Context, s tool.Session, a tool.Args, key string) (tool.Result, error)
}

// Spec implements tool.Tool.
func (d direct) Spec() tool.Spec { return d.spec }

// Plan implements tool.Tool.
func (d direct) Plan(ctx context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
	p, err := d.plan(ctx, s, a)
	return p, refuse(err)
}

// Run implements tool.Tool.
func (d direct) Run(ctx context.Context, s tool.Session, p tool.Plan, key string) (tool.Result, error) {
	r, err := d.run(ctx, s, p.Args, key)
	return r, refuse(err)
}

// sameThing is a business key for one wish told in one turn: told twice, it makes one ticket.
func sameThing(s tool.Session, a tool.Args, kind string) string {
	sum := sha256.Sum256([]byte(a.String("text") + "\x00" + a.String("order")))
	return strings.Join([]string{kind, string(s.Conversation()), string(s.Turn()), hex.EncodeToString(sum[:6])}, ":")
}

func openTicket(d Deps) tool.Tool {
	order := orderField
	order.Optional = true
	return direct{
		spec: tool.Spec{Name: "open_ticket", Title: text("建工单", "Open a ticket"), Text: text("把问题转给负责的部门跟进", "Hands a matter to the department in charge"), Write: true, Direct: true, Local: true, MinAssurance: tool.Anonymous,
			Schema: schema(tool.Field{Name: "kind", Text: text("类型", "Kind"), Enum: []string{"complaint_quality", "complaint_attitude", "complaint_logistics", "complaint_price", "suggestion", "review", "question", "call_back"}},
				tool.Field{Name: "subject", Text: text("主题", "Subject"), MaxLen: 2000, Optional: true}, tool.Field{Name: "text", Text: text("内容", "What it is about"), MaxLen: 8000}, order,
				tool.Field{Name: "priority", Text: text("优先级", "Priority"), Enum: []string{"normal", "high", "urgent"}, Optional: true})},
		plan: func(ctx context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
			name := ticket.Types[ticketKinds[a.String("kind")]].Name
			return tool.Plan{BusinessKey: "ticket:" + sameThing(s, a, a.String("kind")), Summary: text("建工单："+name.ZH, "Open a ticket: "+name.EN)}, nil
		},
		run: d.open}
}

func (d Deps) open(ctx context.Context, s tool.Session, a tool.Args, key string) (tool.Result, error) {
	kind := ticketKinds[a.String("kind")]
	r := ticket.Request{Key: key, Type: kind, Priority: ticket.Priority(a.String("priority")), Title: title(ticket.Types[kind].Name.In(s.Language()), a.String("subject")),
		Description: a.String("text"), CustomerID: s.Customer(), ConversationID: s.Conversation()}
	if ref := a.String("order"); ref != "" && d.Shop != nil && s.Assurance() >= tool.Verified {
		// An order that is not the customer's is left out, so that a ticket never points at another's.
		if o, err := d.Shop.For(s.Customer()).Order(ctx, ref); err == nil {
			r.OrderID = o.ID
		}
	}
	t, _, err := d.Tickets.Open(ctx, ticket.Actor{Kind: ticket.ByAgent}, r)
	if err != nil {
		return tool.Result{}, err
	}
	v, err := d.Tickets.MyTicket(ctx, s.Customer(), t.ID, s.Language())
	if err != nil {
		return tool.Result{}, err
	}
	return tool.Result{Data: map[string]any{"number": t.Number, "ticket_id": string(t.ID), "department_text": v.Department, "due_text": d.due(v, s.Language())},
		Cards: []tool.Card{ticketCard(v, s.Language())}}, nil
}

// title is the kind and the beginning of the subject, on one line and short enough.
func title(kind, subject string) string {
	subject = strings.Join(strings.Fields(subject), " ")
	if r := []rune(subject); len(r) > 60 {
		subject = string(r[:60]) + "…"
	}
	if subject == "" {
		return kind
	}
	return kind + " · " + subject
}

func (d Deps) due(v ticket.ShopperView, l id.Lang) string {
	if v.DueAt == nil {
		return ""
	}
	if d.Shop == nil {
		return v.DueAt.Format("2006-01-02 15:04")
	}
	t := v.DueAt.In(shop{d.Shop}.zone())
	return text(t.Format("1月2日 15:04")+" 前", "by "+t.Format("2 January 15:04")).In(l)
}

func ticketCard(v ticket.ShopperView, l id.Lang) tool.Card {
	return tool.Card{Kind: "ticket", Title: text("工单 "+v.Number, "Ticket "+v.Number).In(l), Body: map[string]any{"ticket_id": v.TicketID, "number": v.Number, "title": v.Title,
		"status": v.Status, "status_text": v.StatusText, "department": v.Department, "due_at": v.DueAt, "events": v.Events}}
}

func listTickets(d Deps) tool.Tool {
	return reading("list_tickets", text("我的工单", "My tickets"), text("客户自己的工单和进度", "The customer's own tickets and how far they are"), tool.Verified,
		func(ctx context.Context, s tool.Session, _ tool.Args) (tool.Result, error) {
			all, err := d.Tickets.Mine(ctx, s.Customer(), s.Language())
			if err != nil {
				return tool.Result{}, err
			}
			rows := []any{}
			res := tool.Result{Data: map[string]any{"count": len(all)}}
			for i, v := range all {
				rows = append(rows, map[string]any{"number": v.Number, "title": v.Title, "status": string(v.Status), "status_text": v.StatusText, "due_text": d.due(v, s.Language())})
				if i == 0 {
					res.Cards = []tool.Card{ticketCard(v, s.Language())}
				}
			}
			res.Data["tickets"] = rows
			return res, nil
		})
}

func recordFeedback(d Deps) tool.Tool {
	order := orderField
	order.Optional = true
	return direct{
		spec: tool.Spec{Name: "record_feedback", Title: text("记录反馈", "Record feedback"), Text: text("把建议、评价记录下来，供改进", "Records a suggestion or review for improvement"), Write: true, Direct: true, Local: true, MinAssurance: tool.Anonymous,
			Schema: schema(tool.Field{Name: "kind", Text: text("类型", "Kind"), Enum: []string{"suggestion", "review", "complaint"}},
				tool.Field{Name: "sentiment", Text: text("情绪", "Sentiment"), Enum: []string{"positive", "neutral", "negative"}}, tool.Field{Name: "text", Text: text("内容", "What was said"), MaxLen: 8000}, order,
				tool.Field{Name: "rating", Text: text("评分", "Rating"), Kind: "integer", Min: 1, Max: 5, Optional: true})},
		plan: func(_ context.Context, s tool.Session, a tool.Args) (tool.Plan, error) {
			return tool.Plan{BusinessKey: "feedback:" + sameThing(s, a, a.String("kind")), Summary: text("记录反馈", "Record feedback")}, nil
		},
		run: func(ctx context.Context, s tool.Session, a tool.Args, key string) (tool.Result, error) {
			number := "FB" + strings.ToUpper(key[max(0, len(key)-8):])
			e := event.Of("feedback.recorded", "conversation", string(s.Conversation()), d.Now(), map[string]any{"number": number, "customer_id": s.Customer(),
				"kind": a.String("kind"), "sentiment": a.String("sentiment"), "text": a.String("text"), "order": commerce.NormalNumber(a.String("order")), "rating": a.Int("rating")})
			return tool.Result{Data: map[string]any{"number": number}}, d.Events.AppendEvents(ctx, e)
		}}
}
