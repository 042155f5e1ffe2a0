package commerce

import (
	"slices"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Member is what the shop knows of a customer's dealings: who they are is the customer noun's business.
type Member struct {
	CustomerID id.Customer       `json:"customer_id"`
	Tier       string            `json:"tier"`
	Points     int64             `json:"points"`
	Spent      int64             `json:"spent"` // minor units in the last twelve months; decides the tier
	Address    Address           `json:"address,omitzero"`
	Methods    []PaymentMethod   `json:"methods,omitempty"`
	Preference map[string]string `json:"preference,omitempty"` // sizes, colours
	JoinedAt   time.Time         `json:"joined_at"`
	Version    int64             `json:"version"`
}

// MethodKind is a way to pay.
type MethodKind string

// The ways to pay.
const (
	WeChatPay   MethodKind = "wechat_pay"
	Alipay      MethodKind = "alipay"
	Card        MethodKind = "credit_card"
	PayPal      MethodKind = "paypal"
	GiftBalance MethodKind = "gift_card"
	Cash        MethodKind = "cash"
)

// PaymentMethod is one of a customer's ways to pay. Only a gift card has a balance.
type PaymentMethod struct {
	ID       string     `json:"id"`
	Kind     MethodKind `json:"kind"`
	Brand    string     `json:"brand,omitempty"`
	LastFour string     `json:"last_four,omitempty"`
	Balance  Money      `json:"balance,omitzero"`
}

// Name is the way to pay in words.
func (m PaymentMethod) Name() id.Text {
	t := map[MethodKind]id.Text{WeChatPay: {ZH: "微信支付", EN: "WeChat Pay"}, Alipay: {ZH: "支付宝", EN: "Alipay"},
		Card: {ZH: "银行卡", EN: "Card"}, PayPal: {ZH: "PayPal", EN: "PayPal"}, GiftBalance: {ZH: "礼品卡", EN: "Gift card"},
		Cash: {ZH: "现金", EN: "Cash"}}[m.Kind]
	if m.LastFour != "" {
		t.ZH, t.EN = t.ZH+"（尾号 "+m.LastFour+"）", t.EN+" ending in "+m.LastFour
	}
	return t
}

// Method finds a payment method by id.
func (m Member) Method(methodID string) (*PaymentMethod, bool) {
	for i := range m.Methods {
		if m.Methods[i].ID == methodID {
			return &m.Methods[i], true
		}
	}
	return nil, false
}

func (m Member) copy() *Member {
	m.Methods = slices.Clone(m.Methods)
	return &m
}

// Coupon is a right to a discount.
type Coupon struct {
	ID         string      `json:"id"`
	CustomerID id.Customer `json:"customer_id"`
	Code       string      `json:"code"`
	Name       id.Text     `json:"name"`
	Off        Money       `json:"off"`
	From       Money       `json:"from"` // smallest order it works on
	ValidFrom  time.Time   `json:"valid_from"`
	ValidUntil time.Time   `json:"valid_until"`
	UsedAt     time.Time   `json:"used_at,omitzero"`
	Source     string      `json:"source,omitempty"` // why it was given: welcome, birthday, apology ...
}

// UsableAt tells whether the coupon can be used at t.
func (c Coupon) UsableAt(t time.Time) bool {
	return c.UsedAt.IsZero() && !t.Before(c.ValidFrom) && t.Before(c.ValidUntil)
}

// Refund is money on its way back to the customer, or arrived.
type Refund struct {
	OrderNo string
	Case    string // number of the case, "" for a cancellation
	Amount  Money
	Method  string
	Status  CaseStatus // requested, in_transit, received, refunding, refunded
	At      time.Time
	DueAt   time.Time
	DoneAt  time.Time
}
