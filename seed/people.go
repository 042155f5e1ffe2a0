package seed

import (
	"fmt"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/customer"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

var surnames = strings.Fields("王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 黄 Huang 赵 Zhao 周 Zhou 吴 Wu 徐 Xu 孙 Sun 马 Ma 朱 Zhu 胡 Hu 郭 Guo 何 He 林 Lin 罗 Luo 高 Gao 梁 Liang 谢 Xie 宋 Song 唐 Tang 许 Xu 韩 Han 邓 Deng 冯 Feng 曹 Cao 彭 Peng")

var givenNames = strings.Fields("静怡 Jingyi 子轩 Zixuan 雨桐 Yutong 浩然 Haoran 欣妍 Xinyan 宇航 Yuhang 思远 Siyuan 梦瑶 Mengyao 俊杰 Junjie 佳宁 Jianing 一鸣 Yiming 晓彤 Xiaotong 文博 Wenbo 诗涵 Shihan 建国 Jianguo 秀英 Xiuying 志强 Zhiqiang 丽娟 Lijuan 明辉 Minghui 婉清 Wanqing 天佑 Tianyou 若溪 Ruoxi 立群 Liqun 海燕 Haiyan 国栋 Guodong 雅琴 Yaqin 泽宇 Zeyu 可欣 Kexin")

var foreignNames = []string{"Oliver Bennett", "Sophie Turner", "Liam Murphy", "Hannah Weber", "Noah Clarke", "Chloe Martin", "Ethan Brooks", "Mia Rossi", "Lucas Silva",
	"Grace Kim", "Daniel Novak", "Julia Nowak", "Samuel Green", "Anna Svensson", "Max Becker", "Laura Costa", "Henry Walsh", "Zoe Laurent", "Adam Fischer", "Ella Hughes",
	"Peter Larsen", "Nina Petrova", "Oscar Reyes", "Ivy Chan", "Marcus Reid", "Clara Jensen", "Felix Wagner", "Ruth Cohen", "Theo Dubois", "Alice Moore", "Victor Lund",
	"Megan Doyle", "Hugo Moreau", "Priya Nair", "Aaron Blake", "Lena Hoffman", "Carlos Vega", "Freya Olsen", "George Hill", "Maya Patel"}

type town struct {
	zh, en, province, provinceEN string
	districts, districtsEN       []string
}

var towns = []town{
	{"杭州市", "Hangzhou", "浙江省", "Zhejiang", []string{"西湖区", "滨江区", "余杭区"}, []string{"Xihu", "Binjiang", "Yuhang"}},
	{"上海市", "Shanghai", "上海市", "Shanghai", []string{"徐汇区", "浦东新区", "静安区"}, []string{"Xuhui", "Pudong", "Jing'an"}},
	{"北京市", "Beijing", "北京市", "Beijing", []string{"朝阳区", "海淀区"}, []string{"Chaoyang", "Haidian"}},
	{"成都市", "Chengdu", "四川省", "Sichuan", []string{"锦江区", "武侯区"}, []string{"Jinjiang", "Wuhou"}},
	{"南京市", "Nanjing", "江苏省", "Jiangsu", []string{"鼓楼区", "建邺区"}, []string{"Gulou", "Jianye"}},
	{"深圳市", "Shenzhen", "广东省", "Guangdong", []string{"南山区", "福田区"}, []string{"Nanshan", "Futian"}},
}

var streets = strings.Fields("文三路 Wensan 春晓路 Chunxiao 解放路 Jiefang 中山路 Zhongshan 学院路 Xueyuan 长江路 Changjiang 和平路 Heping 翠苑路 Cuiyuan")

func (b *builder) home(name, phone string, l id.Lang) commerce.Address {
	t := pick(b, towns)
	d, s := b.rnd.IntN(len(t.districts)), b.rnd.IntN(len(streets)/2)*2
	no, unit, room := 1+b.rnd.IntN(300), 1+b.rnd.IntN(20), 101+b.rnd.IntN(20)*100
	a := commerce.Address{Name: name, Phone: phone, Country: "CN", Postcode: fmt.Sprintf("%d", 310000+b.rnd.IntN(900))}
	if l == id.EN {
		a.Province, a.City, a.District = t.provinceEN, t.en, t.districtsEN[d]
		a.Line1 = fmt.Sprintf("%d %s Road", no, streets[s+1])
		a.Line2 = fmt.Sprintf("Building %d, Room %d", unit, room)
		return a
	}
	a.City, a.District = t.zh, t.districts[d]
	if t.province != t.zh {
		a.Province = t.province
	}
	a.Line1, a.Line2 = fmt.Sprintf("%s%d号", streets[s], no), fmt.Sprintf("%d幢%d室", unit, room)
	return a
}

// crowd fills the shop with people up to n customers; four of five are Chinese.
func (b *builder) crowd(n int) {
	taken := map[string]bool{}
	for i := len(b.shop.Customers); i < n; i++ {
		name, key, lang := b.name(i)
		for taken[key] {
			name, key, lang = b.name(i)
		}
		taken[key] = true
		b.person(id.Customer(key), name, lang, 20+b.rnd.IntN(700))
	}
}

func (b *builder) name(i int) (name, key string, l id.Lang) {
	if i%5 == 4 {
		name = foreignNames[i/5%len(foreignNames)]
		return name, strings.ReplaceAll(strings.ToLower(name), " ", "-"), id.EN
	}
	s, g := b.rnd.IntN(len(surnames)/2)*2, b.rnd.IntN(len(givenNames)/2)*2
	return surnames[s] + givenNames[g], strings.ToLower(surnames[s+1] + "-" + givenNames[g+1]), id.ZH
}

// person adds a customer with a member, payment methods and a home.
func (b *builder) person(cid id.Customer, name string, l id.Lang, joined int) *commerce.Member {
	n := len(b.shop.Customers)
	phone := fmt.Sprintf("+86139%04d%04d", 5700+n, 1000+(n*7919)%9000)
	at := b.ago(joined, 9+n%12, n%60)
	b.shop.Customers = append(b.shop.Customers, customer.Customer{ID: cid, Name: name, Language: l, Phone: phone,
		Email: string(cid) + "@example.com", CreatedAt: at, UpdatedAt: at})
	a := b.home(name, phone, l)
	if b.homes == nil {
		b.homes = map[string]commerce.Address{}
	}
	b.homes[string(cid)] = a
	kinds := []commerce.MethodKind{commerce.WeChatPay, commerce.Alipay, commerce.Card}
	m := commerce.Member{CustomerID: cid, Tier: "silver", Address: a, JoinedAt: at}
	m.Methods = append(m.Methods, method(kinds[n%3], n))
	if n%4 == 0 {
		m.Methods = append(m.Methods, method(kinds[(n+1)%3], n))
	}
	if n%6 == 0 {
		m.Methods = append(m.Methods, commerce.PaymentMethod{ID: fmt.Sprintf("gift_card_%d", 1000+n), Kind: commerce.GiftBalance, Balance: commerce.CNY(int64(20+b.rnd.IntN(300)) * 100)})
	}
	b.shop.Members = append(b.shop.Members, m)
	if n%3 == 0 {
		b.give(cid, n, 1000+int64(n%4)*1000, "welcome", id.Text{ZH: "新人优惠券", EN: "Welcome voucher"}, 5+n%25)
	}
	return &b.shop.Members[len(b.shop.Members)-1]
}

func method(k commerce.MethodKind, n int) commerce.PaymentMethod {
	m := commerce.PaymentMethod{ID: fmt.Sprintf("%s_%d", k, 1000+n), Kind: k}
	if k == commerce.Card {
		m.Brand, m.LastFour = "unionpay", fmt.Sprintf("%04d", (n*3571)%10000)
	}
	return m
}

// give adds a coupon that ends in some days.
func (b *builder) give(c id.Customer, n int, off int64, source string, name id.Text, days int) {
	code := strings.ToUpper(source[:2]) + fmt.Sprintf("%05d%02d", n*131%100000, len(b.shop.Coupons)%100)
	b.shop.Coupons = append(b.shop.Coupons, commerce.Coupon{ID: "cpn_" + strings.ToLower(code) + fmt.Sprint(len(b.shop.Coupons)), CustomerID: c, Code: code + fmt.Sprint(len(b.shop.Coupons)), Name: name,
		Off: commerce.CNY(off), From: commerce.CNY(off * 8), ValidFrom: b.ago(20, 0, 0), ValidUntil: b.shop.Policies.LastMoment(b.now, days), Source: source})
}

// tiers sets spending, points and tier by what everybody bought.
func (b *builder) tiers() {
	spent := map[id.Customer]int64{}
	for _, o := range b.shop.Orders {
		if o.Has() {
			spent[o.CustomerID] += o.Balance()
		}
	}
	for i := range b.shop.Members {
		m := &b.shop.Members[i]
		m.Spent = max(m.Spent, spent[m.CustomerID])
		at, _ := b.shop.Policies.TierFor(m.Spent)
		m.Tier = at.ID
		if m.Points == 0 {
			m.Points = b.shop.Policies.PointsFor(commerce.CNY(m.Spent))
		}
	}
}
