package commerce_test

import (
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/seed"
)

func TestOrderAndCaseMovesAreClosed(t *testing.T) {
	for _, s := range []commerce.OrderStatus{commerce.Completed, commerce.Cancelled, commerce.PickedUp} {
		for _, to := range []commerce.OrderStatus{commerce.Unpaid, commerce.Paid, commerce.Processing, commerce.Shipped, commerce.Delivered, commerce.Completed, commerce.Cancelled} {
			o := commerce.Order{Status: s}
			if err := o.To(to, start); err == nil {
				t.Errorf("%s became %s", s, to)
			}
		}
	}
	for kind, steps := range commerce.Steps {
		for from, to := range steps {
			for _, s := range to {
				c := commerce.Case{Kind: kind, Status: from}
				if err := c.To(s, start, id.Text{}); err != nil || len(c.Events) != 1 || !c.UpdatedAt.Equal(start) {
					t.Errorf("%s %s to %s: %v", kind, from, s, err)
				}
				if s.Text().Empty() || kind.Text().Empty() {
					t.Errorf("%s %s has no words", kind, s)
				}
			}
		}
	}
}

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, in := range []string{"qh260302123456", " QH 2603 0212 3456", "QH-260302-123456", "qh260302　123456"} {
		if got := commerce.NormalNumber(in); got != "QH260302123456" {
			t.Errorf("%q gave %q", in, got)
		}
	}
}

func TestVariants(t *testing.T) {
	p := product(t, "thermos")
	white, _ := p.SKU("THM-500ML-WHITE")
	got, ok := p.Variant(white, map[string]string{"color": "black"})
	if !ok || got.Code != "THM-500ML-BLACK" {
		t.Errorf("%+v", got)
	}
	if _, ok := p.Variant(white, map[string]string{"color": "gold"}); ok {
		t.Error("there is a golden thermos")
	}
	if p.OptionText(white, id.ZH) != "500ml，白色" || p.OptionText(white, id.EN) != "500ml, White" {
		t.Errorf("%q %q", p.OptionText(white, id.ZH), p.OptionText(white, id.EN))
	}
	if p.From().Amount != 12900 {
		t.Errorf("from %v", p.From())
	}
	bad := commerce.Product{ID: "x", SKUs: []commerce.SKU{{Code: "A", Price: commerce.CNY(-1)}, {Code: "A", Price: commerce.CNY(1)}}}
	if bad.Check() == nil {
		t.Error("a product without a name, with a doubled SKU and a negative price passed")
	}
}

func product(t *testing.T, pid id.Product) commerce.Product {
	t.Helper()
	for _, p := range seed.Load(start).Products {
		if p.ID == pid {
			return p
		}
	}
	t.Fatalf("no product %s", pid)
	return commerce.Product{}
}

func TestProductsAreNamedInSentences(t *testing.T) {
	d := open(t)
	for words, want := range map[string]id.Product{"我的咖啡机坏了": "coffee-machine", "想买点咖啡豆": "coffee-beans", "the desk lamp does not work": "desk-lamp", "Running Shoes": "running-shoes",
		"电饭锅怎么用": "rice-cooker", "thermos": "thermos", "RUN-42-BLACK": "running-shoes", "两双袜子": "sport-socks", "a cap please": "cap"} {
		got, err := d.shop.Named(t.Context(), words)
		if err != nil || len(got) == 0 || got[0].ID != want {
			t.Errorf("%q named %v, want %s", words, ids(got), want)
		}
	}
	for _, words := range []string{"", "今天天气不错", "capacity"} {
		if got, _ := d.shop.Named(t.Context(), words); len(got) != 0 && words != "capacity" {
			t.Errorf("%q named %v", words, ids(got))
		}
	}
	if got, _ := d.shop.Search(t.Context(), "咖啡", 3); len(got) != 3 {
		t.Errorf("search: %v", ids(got))
	}
}

func ids(ps []commerce.Product) (out []id.Product) {
	for _, p := range ps {
		out = append(out, p.ID)
	}
	return out
}

func TestStoreHours(t *testing.T) {
	s := seed.Load(start).Stores[0]
	for at, want := range map[time.Time]bool{
		local(2026, 3, 2, 9, 59, 0): false, local(2026, 3, 2, 10, 0, 0): true, local(2026, 3, 2, 21, 59, 0): true, local(2026, 3, 2, 22, 0, 0): false,
		local(2026, 3, 7, 22, 15, 0): true, local(2026, 12, 31, 20, 30, 0): false, local(2026, 1, 1, 10, 30, 0): false,
	} {
		if got := s.OpenAt(at); got != want {
			t.Errorf("at %v open is %v", at, got)
		}
	}
	if _, why := s.On(local(2026, 10, 1, 12, 0, 0)); why.EN != "National Day" {
		t.Errorf("1 October: %v", why)
	}
	late := commerce.Store{Zone: "Asia/Shanghai"}
	late.Week[1] = commerce.Hours{Open: 20 * 60, Close: 26 * 60}
	if !late.OpenAt(local(2026, 3, 3, 1, 30, 0)) || late.OpenAt(local(2026, 3, 3, 2, 30, 0)) {
		t.Error("hours past midnight")
	}
	if (commerce.Hours{}).String() != "" || (commerce.Hours{Open: 600, Close: 1320}).String() != "10:00-22:00" {
		t.Error("hours in words")
	}
	if km := s.DistanceKM(31.1925, 121.4374); km < 150 || km > 175 {
		t.Errorf("Hangzhou to Shanghai: %.0f km", km)
	}
	if len(s.OnShift(local(2026, 3, 4, 15, 0, 0))) == 0 || len(s.OnShift(local(2026, 3, 4, 4, 0, 0))) != 0 {
		t.Error("people on the floor")
	}
}

func TestStoresAreNamed(t *testing.T) {
	d := open(t)
	for _, c := range []struct {
		store, city string
		want        int
	}{{"", "", 8}, {"", "杭州", 3}, {"", "上海市", 2}, {"", "Beijing", 2}, {"西湖店", "", 1}, {"hz-binjiang", "", 1}, {"", "拉萨", 0}, {"浦东店", "杭州", 0}} {
		got, err := d.shop.StoresNamed(t.Context(), c.store, c.city)
		if err != nil || len(got) != c.want {
			t.Errorf("%q in %q: %d stores, %v", c.store, c.city, len(got), err)
		}
	}
}

func TestAddresses(t *testing.T) {
	home := commerce.Address{Name: "李娜", Phone: "+8613900000000", Province: "浙江省", City: "杭州市", District: "西湖区", Line1: "文三路128号", Country: "CN"}
	for in, want := range map[string]commerce.Address{
		"浙江省宁波市鄞州区天童路55号2幢301室":  {Name: "李娜", Phone: home.Phone, Province: "浙江省", City: "宁波市", District: "鄞州区", Line1: "天童路55号2幢301室", Country: "CN"},
		"上海市徐汇区漕溪北路8号":           {Name: "李娜", Phone: home.Phone, City: "上海市", District: "徐汇区", Line1: "漕溪北路8号", Country: "CN"},
		"北京朝阳区望京街9号，13812345678": {Name: "李娜", Phone: "+8613812345678", City: "北京市", District: "朝阳区", Line1: "望京街9号", Country: "CN"},
		"春晓路66号": {Name: "李娜", Phone: home.Phone, Province: "浙江省", City: "杭州市", District: "西湖区", Line1: "春晓路66号", Country: "CN"},
		"12 High Street, Flat 3, Jing'an, Shanghai 200040": {Name: "李娜", Phone: home.Phone, City: "Shanghai", District: "Jing'an", Line1: "12 High Street, Flat 3", Country: "CN", Postcode: "200040"},
		"": {Name: "李娜", Phone: home.Phone, Country: "CN"},
	} {
		if got := commerce.ParseAddress(in, home); got != want {
			t.Errorf("%q gave\n %+v, want\n %+v", in, got, want)
		}
	}
	if (commerce.Address{City: "杭州市"}).Check() == nil {
		t.Error("an address without a street passed")
	}
	long := home
	long.Line2 = string(make([]byte, 400))
	if long.Check() == nil {
		t.Error("an endless address passed")
	}
	if got := (commerce.Address{Line1: "1 Loop", City: "Leeds", Province: "W", Postcode: "1", Country: "UK"}).Text(); got != "1 Loop, Leeds, W 1, UK" {
		t.Errorf("%q", got)
	}
}
