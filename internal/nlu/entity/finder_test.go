package entity

import (
	"strings"
	"sync"
	"testing"
)

// one is "kind=value" of every entity found, in order.
func all(f *Finder, text string, c Context) string {
	var out []string
	for _, e := range find(f, text, c) {
		out = append(out, e.Kind+"="+e.Value)
	}
	return strings.Join(out, " ")
}

func TestKindsOneByOne(t *testing.T) {
	f := NewFinder()
	for text, want := range map[string]string{
		"三百五卖不卖":               "money=35000",
		"一千二百块":                "money=120000",
		"1千2块":                 "money=120000",
		"两万五的预算":               "money=2500000",
		"￥1,299.50":            "money=129950",
		"五毛钱":                  "money=50",
		"99块9":                 "money=9990",
		"about $1,250.99":      "money=125099",
		"20 bucks":             "money=2000",
		"买了三双":                 "quantity=3",
		"x2":                   "quantity=2",
		"two pairs please":     "quantity=2",
		"一个月":                  "",
		"有一个问题":                "",
		"二十六码":                 "size=26",
		"换XXL":                 "size=2XL",
		"I'm fine":             "",
		"42号楼":                 "",
		"EU 42.5":              "size=42.5",
		"深蓝色的":                 "colour=navy",
		"红包":                   "",
		"蓝牙耳机":                 "",
		"花色":                   "",
		"dark green":           "colour=green",
		"黑色星期五":                "",
		"南京路":                  "",
		"寄到南京市":                "city=南京",
		"in new york":          "city=New York",
		"杭州某某有限公司":             "",
		"订单号:1234 5678 9012":   "order=123456789012",
		"order #A-10023":       "order=A-10023",
		"SF1234567890123到哪了":   "tracking=SF1234567890123",
		"税号91330106MA2H12345X": "",
		"验证码 482913":           "",
		"13800138000":          "phone=+8613800138000",
		"A.B@Example.com":      "email=a.b@example.com",
		"沪A·D7788":             "plate=沪AD7788",
		"我叫欧阳娜娜。":              "name=欧阳娜娜",
		"":                     "",
		"浙江省杭州市西湖区文三路478号3栋502室": "address=浙江省杭州市西湖区文三路478号3栋502室",
		"满200减30": "money=20000 money=3000",
		"七天无理由退货": "",
		"十分满意":    "",
		"万一坏了":    "",
		"千万别发错":   "",
	} {
		if got := all(f, text, Context{}); got != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
}

func TestWhatWasAskedDecides(t *testing.T) {
	f := NewFinder()
	for _, c := range []struct{ text, asked, want string }{
		{"42", Size, "size=42"}, {"2", Quantity, "quantity=2"}, {"8839", Order, "order=8839"}, {"88392017", Tracking, "tracking=88392017"},
		{"m", Size, "size=M"}, {"黑", Colour, "colour=black"}, {"42", "", ""}, {"黑", "", ""},
	} {
		if got := all(f, c.text, Context{Asked: c.asked}); got != c.want {
			t.Errorf("%q asked for %q: %q, want %q", c.text, c.asked, got, c.want)
		}
	}
}

func stocked() *Finder {
	f := NewFinder()
	f.SetCatalogue([]Item{
		{ID: "p1", Names: []string{"云步缓震跑鞋", "Cloudstep Running Shoes", "YB-2041"}},
		{ID: "p2", Names: []string{"疾风竞速跑鞋", "Gale Racing Shoes"}},
		{ID: "p3", Names: []string{"小火慢炖电饭煲", "Slow Rice Cooker"}},
		{ID: "p4", Names: []string{"山野双肩背包", "Highland Backpack 25L"}},
	}, []Item{{ID: "s1", Names: []string{"杭州西湖店", "Hangzhou West Lake Store"}}})
	return f
}

func TestCatalogueNamesWholePartAndMisspelt(t *testing.T) {
	f := stocked()
	for text, want := range map[string]string{
		"云步缓震跑鞋有货吗":            "product=p1",
		"雲步緩震跑鞋":               "product=p1",
		"云步跑鞋":                 "product=p1",
		"电饭堡":                  "product=p3",
		"电饭煲":                  "product=p3",
		"running shoes":        "product=p1",
		"the rice cookr":       "product=p3",
		"my bakpack":           "product=p4",
		"yb2041":               "sku=YB-2041",
		"YB-2041":              "sku=YB-2041",
		"西湖店几点关门":              "store=s1",
		"west lake store":      "store=s1",
		"it shows nothing":     "",
		"你们杭州有几家店":             "city=杭州",
		"slow delivery":        "",
		"I am running late":    "",
		"what a racing heart!": "",
	} {
		if got := all(f, text, Context{}); got != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
}

func TestAmbiguousNamesKeepTheirCandidates(t *testing.T) {
	got := find(stocked(), "跑鞋怎么选", Context{})
	if len(got) != 1 || got[0].Data["candidates"] != "p1,p2" {
		t.Errorf("%+v", got)
	}
}

func TestTimesOfDay(t *testing.T) {
	f := NewFinder()
	for text, want := range map[string]string{
		"明天下午三点半": "15:30", "明天晚上8点": "20:00", "后天15:30": "15:30", "明早九点": "09:00", "中午12点": "12:00", "下午3点一刻": "15:15", "凌晨两点": "02:00",
		"tomorrow at 3pm": "15:00", "tomorrow at 12 am": "00:00", "Friday 3:30 pm": "15:30", "tomorrow morning": "09:00", "tomorrow at noon": "12:00",
	} {
		got := ""
		for _, e := range find(f, text, Context{Now: at(t, "2026-11-25")}) {
			got += e.Data["time"]
		}
		if got != want {
			t.Errorf("%q is at %q, want %q", text, got, want)
		}
	}
}

func TestFeastsBeyondTheTableAreNotInvented(t *testing.T) {
	if got := all(NewFinder(), "春节", Context{Now: at(t, "2050-01-01")}); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTheCatalogueIsSwappedWhileOthersRead(t *testing.T) {
	f := stocked()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				if got := all(f, "电饭煲", Context{}); got != "product=p3" && got != "product=q" {
					t.Errorf("got %q", got)
					return
				}
			}
		})
	}
	for range 50 {
		f.SetCatalogue([]Item{{ID: "q", Names: []string{"电饭煲"}}}, nil)
	}
	wg.Wait()
}
