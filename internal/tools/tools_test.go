package tools_test

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tools"
	"github.com/xiaoer-cs/xiaoer/seed"
)

var now = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// bench is the demo shop behind a gate.
type bench struct {
	t    *testing.T
	gate *tool.Gate
	shop *commerce.Service
}

func newBench(t *testing.T) bench {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := seed.Load(now)
	if err := s.Write(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake(now)
	svc := commerce.NewService(db, s.Policies, db, c.Now, rand.Reader)
	reg, err := tool.NewRegistry(tools.All(tools.Deps{Shop: svc, Events: db, Now: c.Now})...)
	if err != nil {
		t.Fatal(err)
	}
	return bench{t, tool.NewGate(tool.Deps{Registry: reg, Store: db, Ids: id.NewMaker(c.Now, nil), Now: c.Now}), svc}
}

func (b bench) session(c id.Customer, l id.Lang) tool.Session {
	b.t.Helper()
	s, err := tool.NewSession(tool.Identity{Customer: c, Conversation: "cnv_" + id.Conversation(c), Turn: "trn_1", Assurance: tool.Verified, Language: l, Channel: "webchat"})
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b bench) read(s tool.Session, name string, a tool.Args) tool.Result {
	b.t.Helper()
	r, err := b.gate.Read(context.Background(), s, name, a)
	if err != nil {
		b.t.Fatalf("%s %v: %v", name, a, err)
	}
	return r
}

// do proposes and confirms.
func (b bench) do(s tool.Session, name string, a tool.Args) tool.Effect {
	b.t.Helper()
	c, err := b.gate.Propose(context.Background(), s, name, a)
	if err != nil {
		b.t.Fatalf("%s %v: %v", name, a, err)
	}
	for _, l := range c.Lines {
		if l.Label.ZH == "" || l.Label.EN == "" || l.Value.ZH == "" || l.Value.EN == "" {
			b.t.Errorf("%s: the line %+v is not there in both languages", name, l)
		}
	}
	e, err := b.gate.Confirm(context.Background(), s, c.ID)
	if err != nil || e.State != tool.Done {
		b.t.Fatalf("%s: %v %v %+v", name, e.State, err, e.Reason)
	}
	return e
}

func (b bench) refused(s tool.Session, name string, a tool.Args, code string) *tool.Refusal {
	b.t.Helper()
	_, err := b.gate.Propose(context.Background(), s, name, a)
	var no *tool.Refusal
	if !errors.As(err, &no) || no.Code != code {
		b.t.Fatalf("%s %v: %v, want a refusal %s", name, a, err, code)
	}
	if no.Why.ZH == "" || no.Why.EN == "" {
		b.t.Errorf("%s: no reason in both languages", code)
	}
	return no
}

func (b bench) order(c id.Customer, product string) commerce.Order {
	b.t.Helper()
	all, err := b.shop.For(c).Orders(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, o := range all {
		for _, l := range o.Lines {
			if string(l.ProductID) == product {
				return o
			}
		}
	}
	b.t.Fatalf("%s has no order with %s", c, product)
	return commerce.Order{}
}

func TestListsAreNarrowedByPurposeAndWords(t *testing.T) {
	b := newBench(t)
	s := b.session("li-na", id.ZH)
	shoes, cooker := b.order("li-na", "running-shoes"), b.order("li-na", "rice-cooker")
	for _, c := range []struct {
		args tool.Args
		want []string
	}{
		{tool.Args{"purpose": "return"}, []string{shoes.Number}},
		{tool.Args{"purpose": "return", "words": "我想退那双跑鞋"}, []string{shoes.Number}},
		{tool.Args{"purpose": "return", "words": "电饭煲想退掉"}, []string{cooker.Number}}, // named all the same: the refusal tells why
		{tool.Args{"purpose": "cancel"}, []string{b.order("li-na", "humidifier").Number}},
		{tool.Args{"words": "电饭煲"}, []string{cooker.Number}},
		{tool.Args{"purpose": "track", "words": "四件套到哪了"}, []string{b.order("li-na", "bedding").Number}},
	} {
		r := b.read(s, "list_orders", c.args)
		if len(r.Options) != len(c.want) || r.Options[0].Value != c.want[0] {
			t.Errorf("%v gave %+v, want %v", c.args, r.Options, c.want)
		}
	}
	if r := b.read(s, "list_orders", tool.Args{}); len(r.Options) != 4 || r.Data["count"] != 4 {
		t.Errorf("all orders: %+v", r.Options)
	}
	r := b.read(s, "list_items", tool.Args{"order": shoes.Number, "purpose": "return", "words": "退保温杯"})
	if len(r.Options) != 1 || r.Options[0].Value != "2" || r.Options[0].Attributes["color"] != "青绿" {
		t.Errorf("items: %+v", r.Options)
	}
}

func TestReturnIsCarriedOutOnce(t *testing.T) {
	b := newBench(t)
	s, o := b.session("li-na", id.ZH), b.order("li-na", "running-shoes")
	args := tool.Args{"order": o.Number, "items": []any{"1"}, "reason": "no_longer_wanted"}
	e := b.do(s, "return_items", args)
	if n, _ := e.Result.Data["number"].(string); !strings.HasPrefix(n, "RT260302") {
		t.Errorf("number %v", e.Result.Data)
	}
	if e.Amount.Amount != 39900 || !strings.Contains(e.Summary.ZH, "云步轻跑鞋（38，白色） × 1，退款 ¥399.00") {
		t.Errorf("summary %q, amount %v", e.Summary.ZH, e.Amount)
	}
	b.refused(s, "return_items", args, "return_settled")
	cases, err := b.shop.For("li-na").Cases(t.Context(), commerce.ReturnCase)
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d returns: %v", len(cases), err)
	}
	b.do(s, "withdraw_request", tool.Args{"number": cases[0].Number})
	b.do(s, "return_items", args)
}

func TestPolicyRefusesWithTheReasonAndAWayOut(t *testing.T) {
	b := newBench(t)
	s, cooker := b.session("li-na", id.ZH), b.order("li-na", "rice-cooker")
	no := b.refused(s, "return_items", tool.Args{"order": cooker.Number, "items": []any{"1"}, "reason": "no_longer_wanted"}, "return_too_late")
	if len(no.Offer) == 0 || no.Offer[1] != "repair" || !strings.Contains(no.Why.ZH, "7 天") {
		t.Errorf("%+v", no)
	}
	b.refused(s, "cancel_order", tool.Args{"order": b.order("li-na", "bedding").Number}, "cancel_too_late")
	b.refused(s, "change_address", tool.Args{"order": b.order("li-na", "bedding").Number, "address": "上海市徐汇区漕溪路1号"}, "address_too_late")
}

func TestAnothersOrderLooksMissing(t *testing.T) {
	b := newBench(t)
	s, theirs := b.session("emma", id.EN), b.order("li-na", "running-shoes")
	for _, ref := range []string{theirs.Number, string(theirs.ID), "QH000000000000"} {
		b.refused(s, "cancel_order", tool.Args{"order": ref}, "order_unknown")
		b.refused(s, "return_items", tool.Args{"order": ref, "items": []any{"1"}, "reason": "other"}, "order_unknown")
		_, err := b.gate.Read(t.Context(), s, "get_order", tool.Args{"order": ref})
		var no *tool.Refusal
		if !errors.As(err, &no) || no.Code != "order_unknown" {
			t.Errorf("reading %s: %v", ref, err)
		}
	}
}

func TestOtherWrites(t *testing.T) {
	b := newBench(t)
	li, emma := b.session("li-na", id.ZH), b.session("emma", id.EN)
	shoes := b.order("li-na", "running-shoes")
	v := b.read(li, "list_variants", tool.Args{"order": shoes.Number, "item": "1"})
	if len(v.Options) < 10 {
		t.Errorf("%d variants", len(v.Options))
	}
	e := b.do(li, "exchange_item", tool.Args{"order": shoes.Number, "item": "1", "sku": "RUN-39-WHITE", "reason": "size"})
	if !strings.Contains(e.Summary.ZH, "→ 39，白色") {
		t.Errorf("summary %q", e.Summary.ZH)
	}
	e = b.do(li, "apply_price_protection", tool.Args{"order": shoes.Number})
	if e.Amount.Amount != 2000 {
		t.Errorf("price protection: %+v", e.Amount)
	}
	b.refused(li, "apply_price_protection", tool.Args{"order": shoes.Number}, "protection_used")
	e = b.do(li, "book_repair", tool.Args{"order": b.order("li-na", "rice-cooker").Number, "item": "1", "fault": "煮饭夹生", "method": "pickup"})
	if !strings.Contains(e.Result.Data["next_text"].(string), "10 个工作日") {
		t.Errorf("%v", e.Result.Data)
	}
	b.do(li, "request_invoice", tool.Args{"order": shoes.Number, "kind": "company", "title": "杭州云栖设计有限公司", "tax_id": "91330106MA2GXKJ41Q"})
	b.refused(emma, "request_invoice", tool.Args{"order": b.order("emma", "mug").Number, "kind": "company", "title": "ACME", "tax_id": "12"}, "invoice_company")
	e = b.do(li, "change_address", tool.Args{"order": b.order("li-na", "humidifier").Number, "address": "春晓路66号3幢502室"})
	if got := e.Result.Data["address_text"].(string); !strings.HasPrefix(got, "浙江省杭州市") || !strings.Contains(got, "春晓路66号3幢502室") {
		t.Errorf("address %q", got)
	}
	e = b.do(li, "cancel_order", tool.Args{"order": b.order("li-na", "humidifier").Number})
	if e.Result.Data["refund_text"] != "" {
		t.Errorf("an unpaid order gave %v back", e.Result.Data)
	}
	e = b.do(emma, "compensate_coupon", tool.Args{"reason": "quality"})
	if e.Amount.Amount != 2000 {
		t.Errorf("coupon %+v", e.Amount)
	}
	b.do(emma, "compensate_coupon", tool.Args{"reason": "attitude"})
	b.refused(emma, "compensate_coupon", tool.Args{"reason": "quality"}, "coupon_limit")
	b.do(li, "redeem_points", tool.Args{"points": 300.0})
	b.do(li, "book_appointment", tool.Args{"store": "西湖店", "at": "2026-03-05 14:30", "service": "足型测量"})
	b.refused(li, "book_appointment", tool.Args{"store": "西湖店", "at": "2026-03-05 03:30"}, "store_closed")
	b.refused(li, "book_appointment", tool.Args{"store": "西湖店", "at": "tomorrow"}, "time_malformed")
}

func TestReads(t *testing.T) {
	b := newBench(t)
	li, wang, emma := b.session("li-na", id.ZH), b.session("wang-wei", id.ZH), b.session("emma", id.EN)
	if r := b.read(li, "track_order", tool.Args{"order": b.order("li-na", "bedding").Number}); len(r.Cards) != 1 || r.Cards[0].Kind != "track" {
		t.Errorf("track: %+v", r)
	}
	if r := b.read(li, "track_order", tool.Args{"order": b.order("li-na", "humidifier").Number}); r.Data["shipment"].(map[string]any)["status"] != "none" {
		t.Errorf("unsent: %+v", r)
	}
	if r := b.read(wang, "refund_progress", tool.Args{}); r.Data["count"] != 1 || !strings.Contains(r.Text, "退款处理中") {
		t.Errorf("refund: %+v", r)
	}
	if r := b.read(wang, "repair_progress", tool.Args{}); r.Data["count"] != 1 {
		t.Errorf("repair: %+v", r)
	}
	if r := b.read(li, "membership", tool.Args{}); r.Data["tier_text"] != "金卡会员" || r.Data["coupon_count"].(int) < 1 {
		t.Errorf("membership: %+v", r)
	}
	if r := b.read(emma, "find_stores", tool.Args{"city": "Shanghai"}); r.Data["count"] != 2 || r.Cards[0].Kind != "store" {
		t.Errorf("stores: %+v", r)
	}
	if r := b.read(emma, "find_stores", tool.Args{"city": "Lhasa"}); r.Data["count"] != 0 {
		t.Errorf("stores in Lhasa: %+v", r)
	}
	if r := b.read(li, "store_stock", tool.Args{"product": "跑鞋还有没有货", "city": "杭州"}); r.Data["product_text"] != "云步轻跑鞋" || r.Data["count"].(int) < 1 {
		t.Errorf("stock: %+v", r)
	}
	if r := b.read(emma, "find_products", tool.Args{"words": "I am looking for a desk lamp"}); r.Data["count"].(int) < 1 || r.Options[0].Value != "desk-lamp" {
		t.Errorf("products: %+v", r.Options)
	}
	if _, err := b.gate.Read(t.Context(), li, "store_stock", tool.Args{"product": "潜水艇"}); err == nil {
		t.Error("we have submarines")
	}
}
