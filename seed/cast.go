package seed

import (
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// cast makes the three customers that stay: what they have is told in DESIGN.md, section 6, and scripts rely on it.
func (b *builder) cast() {
	b.person("li-na", "李娜", id.ZH, 520)
	b.person("wang-wei", "王伟", id.ZH, 380)
	b.person("emma", "Emma Carter", id.EN, 210)
	b.liNa()
	b.wangWei()
	b.emma()
}

func with(kv ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return m
}

// delivered makes an order that was signed for some days ago.
func (b *builder) delivered(c id.Customer, days int, w ...buy) *commerce.Order {
	o := b.order(c, b.ago(days+3, 20, 14), commerce.Online, "", w...)
	b.pay(o)
	b.ship(o, o.PaidAt.Add(15*time.Hour), 3, b.ago(days, 14, 32))
	return o
}

func (b *builder) inTransit(c id.Customer, w ...buy) *commerce.Order {
	o := b.order(c, b.ago(3, 21, 5), commerce.Online, "", w...)
	b.pay(o)
	b.ship(o, o.PaidAt.Add(16*time.Hour), 2, time.Time{})
	return o
}

func (b *builder) liNa() {
	m := b.member("li-na")
	m.Address = commerce.Address{Name: "李娜", Phone: b.shop.Customers[0].Phone, Province: "浙江省", City: "杭州市", District: "西湖区", Line1: "文三路128号", Line2: "6幢1202室", Country: "CN", Postcode: "310012"}
	m.Spent, m.Points = 326800, 3268
	m.Preference = map[string]string{"shoe_size": "38", "color": "white"}
	b.homes["li-na"] = m.Address
	b.inTransit("li-na", buy{product: "bedding", options: with("capacity", "1.8m", "color", "green")})
	b.delivered("li-na", 3, buy{product: "running-shoes", options: with("size", "38", "color", "white")},
		buy{product: "thermos", options: with("capacity", "500ml", "color", "green"), was: true})
	b.delivered("li-na", 40, buy{product: "rice-cooker", options: with("capacity", "3L", "color", "white")})
	b.order("li-na", b.ago(0, 8, 40), commerce.Online, "", buy{product: "humidifier", options: with("capacity", "4L", "color", "white")})
	b.give("li-na", 1, 5000, "birthday", id.Text{ZH: "生日礼券", EN: "Birthday voucher"}, 12)
}

func (b *builder) wangWei() {
	b.member("wang-wei").Address = commerce.Address{Name: "王伟", Phone: b.shop.Customers[1].Phone, Province: "浙江省", City: "杭州市", District: "滨江区", Line1: "春晓路88号", Line2: "2幢501室", Country: "CN", Postcode: "310051"}
	b.homes["wang-wei"] = b.member("wang-wei").Address
	o := b.order("wang-wei", b.ago(2, 19, 20), commerce.Pickup, "hz-westlake", buy{product: "suitcase", options: with("capacity", "20in", "color", "grey")})
	b.pay(o)
	b.ready(o, b.ago(1, 11, 0))

	o = b.delivered("wang-wei", 9, buy{product: "hoodie", options: with("size", "L", "color", "grey")}, buy{product: "tote", options: with("color", "black")})
	c := b.open(o, commerce.ReturnCase, "RT", b.ago(7, 10, 8), o.Lines[0])
	c.Reason, c.Amount, c.Method = "no_longer_wanted", o.Lines[0].Price, o.Payments[0].Method
	b.step(c, commerce.InTransit, b.ago(6, 15, 30))
	b.step(c, commerce.Received, b.ago(3, 11, 20))
	b.step(c, commerce.Refunding, b.ago(2, 16, 45))
	c.DueAt = b.shop.Policies.LastMoment(b.ago(3, 11, 20), b.shop.Policies.Refund.Days)
	o.Payments = append(o.Payments, commerce.Payment{Refund: true, Amount: c.Amount, Method: c.Method, At: b.ago(2, 16, 45), DueAt: c.DueAt, Case: c.Number})

	o = b.delivered("wang-wei", 200, buy{product: "coffee-machine", options: with("color", "white"), was: true})
	c = b.open(o, commerce.RepairCase, "RP", b.ago(8, 9, 50), o.Lines[0])
	c.Reason, c.InWarranty, c.How, c.DueAt = "蒸汽棒没有蒸汽", true, "courier", b.shop.Policies.WorkingDays(b.ago(8, 9, 50), b.shop.Policies.Repair.WorkingDays)
	b.step(c, commerce.InTransit, b.ago(7, 16, 0))
	b.step(c, commerce.Received, b.ago(5, 10, 30))
	b.step(c, commerce.Repairing, b.ago(4, 14, 0))
}

func (b *builder) emma() {
	m := b.member("emma")
	m.Address = commerce.Address{Name: "Emma Carter", Phone: b.shop.Customers[2].Phone, Province: "Shanghai", City: "Shanghai", District: "Xuhui", Line1: "131 Tianyaoqiao Road", Line2: "Building 3, Room 804", Country: "CN", Postcode: "200030"}
	b.homes["emma"] = m.Address
	b.inTransit("emma", buy{product: "desk-lamp", options: with("color", "white")})
	b.delivered("emma", 5, buy{product: "backpack", options: with("color", "navy", "capacity", "18L")}, buy{product: "mug", options: with("color", "cream"), count: 1})
	b.give("emma", 3, 2000, "member", id.Text{ZH: "会员日优惠券", EN: "Member day voucher"}, 18)
}

// open starts a case about lines of an order. Returns and exchanges settle them.
func (b *builder) open(o *commerce.Order, k commerce.CaseKind, prefix string, at time.Time, lines ...commerce.Line) *commerce.Case {
	n := b.number(prefix, at)
	c := commerce.Case{ID: n, Number: n, Kind: k, CustomerID: o.CustomerID, OrderID: o.ID, OrderNo: o.Number, Status: commerce.Requested,
		Amount: commerce.CNY(0), OpenedAt: at, UpdatedAt: at, Events: []commerce.CaseEvent{{At: at, Status: commerce.Requested}}}
	for _, l := range lines {
		c.Items = append(c.Items, commerce.CaseItem{LineID: l.ID, SKU: l.SKU, Name: l.Name, Quantity: l.Quantity, Price: l.Price})
		if own, ok := o.Line(l.ID); ok && (k == commerce.ReturnCase || k == commerce.ExchangeCase) {
			own.Settled = l.Quantity
		}
	}
	b.shop.Cases = append(b.shop.Cases, c)
	return &b.shop.Cases[len(b.shop.Cases)-1]
}

// step moves a case, unless that would lie in the future.
func (b *builder) step(c *commerce.Case, to commerce.CaseStatus, at time.Time) bool {
	if at.After(b.now) {
		return false
	}
	if err := c.To(to, at, id.Text{}); err != nil {
		panic("seed: " + err.Error())
	}
	return true
}
