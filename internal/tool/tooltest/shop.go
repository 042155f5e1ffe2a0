package tooltest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Shop owns orders and carries out cancellations, exactly once per key. It counts whose orders were read and changed.
type Shop struct {
	mu        sync.Mutex
	Owner     map[string]id.Customer // of each order
	Amount    map[string]int64
	Cancelled map[string]int                 // effects per order
	Read      map[id.Customer]map[string]int // what each session's customer saw
	keys      map[string]bool
	Break     func(point string) error // lets Run fail: "before" nothing has happened, "after" it has
	Local     bool
}

// NewShop makes a shop where each customer has two orders: CUSTOMER-1 and CUSTOMER-2, worth 100 and 200.
func NewShop(customers ...id.Customer) *Shop {
	s := &Shop{Owner: map[string]id.Customer{}, Amount: map[string]int64{}, Cancelled: map[string]int{}, Read: map[id.Customer]map[string]int{}, keys: map[string]bool{},
		Break: func(string) error { return nil }}
	for _, c := range customers {
		s.Read[c] = map[string]int{}
		for i := range 2 {
			o := fmt.Sprintf("%s-%d", c, i+1)
			s.Owner[o], s.Amount[o] = c, int64(100*(i+1))
		}
	}
	return s
}

// Tools are read_order, cancel_order and leave_note (direct).
func (s *Shop) Tools() []tool.Tool { return []tool.Tool{readOrder{s}, cancelOrder{s}, leaveNote{s}} }

// Effects counts all that happened.
func (s *Shop) Effects() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.Cancelled {
		n += k
	}
	return n
}

func (s *Shop) owned(who tool.Session, order string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Owner[order] != who.Customer() || order == "" {
		return &tool.Refusal{Code: "order_not_found", Why: id.Text{ZH: "您的账户下没有这个订单", EN: "There is no such order on your account"}}
	}
	return nil
}

var orderField = tool.Field{Name: "order", MaxLen: 40, Text: id.Text{ZH: "订单号", EN: "order number"}}

type readOrder struct{ s *Shop }

func (readOrder) Spec() tool.Spec {
	return tool.Spec{Name: "read_order", Title: id.Text{ZH: "查订单", EN: "Read an order"}, MinAssurance: tool.Verified, Schema: tool.Object(orderField)}
}

func (t readOrder) Plan(context.Context, tool.Session, tool.Args) (tool.Plan, error) {
	return tool.Plan{}, nil
}

func (t readOrder) Run(_ context.Context, who tool.Session, p tool.Plan, _ string) (tool.Result, error) {
	o := p.Args.String("order")
	if err := t.s.owned(who, o); err != nil {
		return tool.Result{}, err
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	t.s.Read[who.Customer()][o]++
	return tool.Result{Data: map[string]any{"order": o, "amount": t.s.Amount[o]}}, nil
}

type cancelOrder struct{ s *Shop }

func (t cancelOrder) Spec() tool.Spec {
	return tool.Spec{Name: "cancel_order", Title: id.Text{ZH: "取消订单", EN: "Cancel an order"}, Write: true, Local: t.s.Local, MinAssurance: tool.Verified,
		Schema: tool.Object(orderField, tool.Field{Name: "reason", Optional: true, Enum: []string{"late", "other"}})}
}

func (t cancelOrder) Plan(_ context.Context, who tool.Session, a tool.Args) (tool.Plan, error) {
	o := a.String("order")
	if err := t.s.owned(who, o); err != nil {
		return tool.Plan{}, err
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	return tool.Plan{Summary: id.Text{ZH: "取消订单 " + o, EN: "Cancel order " + o}, BusinessKey: "cancel:" + o,
		Lines:  []tool.Line{{Label: id.Text{ZH: "订单", EN: "Order"}, Value: id.Text{ZH: o, EN: o}}},
		Amount: tool.Money{Amount: t.s.Amount[o], Currency: "CNY"}}, nil
}

func (t cancelOrder) Run(_ context.Context, who tool.Session, p tool.Plan, key string) (tool.Result, error) {
	o := p.Args.String("order")
	if err := t.s.Break("before"); err != nil {
		return tool.Result{}, err
	}
	t.s.mu.Lock()
	if !t.s.keys[key] {
		t.s.keys[key] = true
		t.s.Cancelled[o]++
	}
	t.s.mu.Unlock()
	return tool.Result{Data: map[string]any{"order": o}}, t.s.Break("after")
}

// Settle knows by the key.
func (t cancelOrder) Settle(_ context.Context, _ tool.Session, p tool.Plan, key string) (tool.State, tool.Result, error) {
	if err := t.s.Break("settle"); err != nil {
		return tool.Unknown, tool.Result{}, err
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	if t.s.keys[key] {
		return tool.Done, tool.Result{Data: map[string]any{"order": p.Args.String("order")}}, nil
	}
	return tool.Failed, tool.Result{}, nil
}

type leaveNote struct{ s *Shop }

func (leaveNote) Spec() tool.Spec {
	return tool.Spec{Name: "leave_note", Title: id.Text{ZH: "留言", EN: "Leave a note"}, Write: true, Direct: true, Schema: tool.Object(tool.Field{Name: "text"})}
}

func (t leaveNote) Plan(_ context.Context, who tool.Session, a tool.Args) (tool.Plan, error) {
	return tool.Plan{Summary: id.Text{ZH: "留言", EN: "Leave a note"}, BusinessKey: "note:" + string(who.Conversation()) + ":" + a.String("text")}, nil
}

func (t leaveNote) Run(_ context.Context, _ tool.Session, p tool.Plan, _ string) (tool.Result, error) {
	return tool.Result{Data: map[string]any{"text": p.Args.String("text")}}, t.s.Break("note")
}

// ErrDown is a system that does not answer.
var ErrDown = errors.New("no answer")
