package commerce

import (
	"encoding/base32"
	"encoding/binary"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// care marks coupons given to make good for something; their sum is limited.
const care = "care:"

// IssueCoupon gives a coupon to make good for something, within the limits of policy.
type IssueCoupon struct {
	Off    Money
	Reason string // quality, attitude, logistics ...
}

func (IssueCoupon) name() string { return "coupon_issued" }

func (r IssueCoupon) decide(d *desk) (*change, error) {
	m, err := d.member()
	if err != nil {
		return nil, err
	}
	have, err := d.s.books.CouponsOf(d.ctx, d.who)
	if err != nil {
		return nil, err
	}
	var given int64
	for _, c := range have {
		if strings.HasPrefix(c.Source, care) && c.ValidFrom.After(d.now.AddDate(0, 0, -30)) {
			given += c.Off.Amount
		}
	}
	if err := d.p.CanGive(r.Off, given).Err(); err != nil {
		return nil, err
	}
	c := d.coupon(r.Off, care+r.Reason, id.Text{ZH: "关怀优惠券", EN: "Care voucher"})
	return &change{Outcome: Outcome{Coupon: c, Member: m, Decision: yes(c.ValidUntil)}}, nil
}

// RedeemPoints turns points into a coupon.
type RedeemPoints struct{ Points int64 }

func (RedeemPoints) name() string { return "points_redeemed" }

func (r RedeemPoints) decide(d *desk) (*change, error) {
	m, err := d.member()
	if err != nil {
		return nil, err
	}
	worth := d.p.PointsWorth(r.Points)
	switch {
	case worth.Amount <= 0 || r.Points%d.p.Points.Worth != 0:
		return nil, errs.New(errs.Invalid, "points_amount", "Points are exchanged in multiples of %d.", d.p.Points.Worth)
	case r.Points > m.Points:
		return nil, no("points_too_few", "积分不够。", "There are not enough points.").Err()
	}
	m.Points -= r.Points
	c := d.coupon(worth, "points", id.Text{ZH: "积分兑换券", EN: "Points voucher"})
	return &change{Outcome: Outcome{Coupon: c, Member: m, Decision: yes(c.ValidUntil)}}, nil
}

var letters = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

func (d *desk) coupon(off Money, source string, name id.Text) *Coupon {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], d.s.random())
	code := letters.EncodeToString(b[:])[:12]
	valid := d.p.LastMoment(d.now, max(d.p.Coupons.ValidDays, 1))
	return &Coupon{ID: "cpn_" + strings.ToLower(code), CustomerID: d.who, Code: code, Name: name, Off: off,
		From: Money{0, off.Currency}, ValidFrom: d.now, ValidUntil: valid, Source: source}
}
