package entity

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// amounts finds money and quantities: everything that starts with a number or a currency sign.
func (s *search) amounts() {
	for i := 0; i < len(s.s); {
		if n := s.amountAt(i); n > i {
			i = n
			continue
		}
		if isDigit(s.s[i]) || isAlpha(s.s[i]) {
			j := i
			for j < len(s.s) && (word(s.s[j]) || s.s[j] == '.' && j+1 < len(s.s) && isDigit(s.s[j+1])) && (isAlpha(s.s[i]) == isAlpha(s.s[j]) || s.s[j] == '.') {
				j++
			}
			i = max(j, i+1)
			continue
		}
		_, size := utf8.DecodeRuneInString(s.s[i:])
		i += size
	}
}

// amountAt reads money or a quantity at i and returns where it ends, i when there is none.
func (s *search) amountAt(i int) int {
	if s.taken(i, i+1) {
		return i
	}
	if end := s.signedMoney(i); end > i {
		return end
	}
	times := i > 0 && s.s[i-1] == 'x' && (i < 2 || !word(s.s[i-2])) // x2
	if i > 0 && word(s.s[i]) && !times && (s.s[i-1] == '.' || word(s.s[i-1])) {
		return i
	}
	n, ok := numberAt(s.s, i)
	if !ok {
		if v, end, ok := enNumber(s.s, i); ok && (i == 0 || !word(s.s[i-1])) {
			return s.enAmount(i, number{cents: int64(v) * 100, end: end})
		}
		return i
	}
	if end := s.moneyAfter(i, n); end > i {
		return end
	}
	return s.quantity(i, n)
}

var signs = []struct{ sign, currency string }{
	{"us$", "USD"}, {"hk$", "HKD"}, {"a$", "AUD"}, {"c$", "CAD"}, {"s$", "SGD"}, {"nt$", "TWD"}, {"$", "USD"}, {"¥", "CNY"}, {"€", "EUR"}, {"£", "GBP"}, {"rmb", "CNY"}, {"cny", "CNY"}, {"usd", "USD"}, {"eur", "EUR"}, {"gbp", "GBP"}, {"hkd", "HKD"},
}

// signedMoney reads a currency sign and the amount after it.
func (s *search) signedMoney(i int) int {
	for _, g := range signs {
		j, ok := after(s.s, i, g.sign)
		if !ok || isAlpha(s.s[i]) && i > 0 && isAlpha(s.s[i-1]) {
			continue
		}
		n, ok := numberAt(s.s, skipSpace(s.s, j))
		if !ok {
			continue
		}
		n = scaled(s.s, n)
		end, _ := after(s.s, n.end, "元", "块")
		if !s.add(Money, strconv.FormatInt(n.cents, 10), i, end, map[string]string{"currency": g.currency}) {
			return i
		}
		return end
	}
	return i
}

// scaled applies k, 万 and 千 after plain digits.
func scaled(s string, n number) number {
	if k, ok := after(s, n.end, "k"); ok && border(s, k) {
		n.cents, n.end = n.cents*1000, k
	}
	if k, ok := after(s, n.end, "万"); ok {
		n.cents, n.end = n.cents*10000, k
	}
	return n
}

var currencies = []struct{ word, currency string }{
	{"块钱", "CNY"}, {"元钱", "CNY"}, {"块大洋", "CNY"}, {"人民币", "CNY"}, {"美元", "USD"}, {"美金", "USD"}, {"欧元", "EUR"}, {"英镑", "GBP"}, {"港币", "HKD"}, {"港元", "HKD"}, {"日元", "JPY"}, {"元", "CNY"}, {"块", "CNY"}, {"圆", "CNY"},
	{"rmb", "CNY"}, {"cny", "CNY"}, {"yuan", "CNY"}, {"kuai", "CNY"}, {"dollars", "USD"}, {"dollar", "USD"}, {"bucks", "USD"}, {"buck", "USD"}, {"usd", "USD"}, {"euros", "EUR"}, {"euro", "EUR"}, {"eur", "EUR"}, {"pounds", "GBP"}, {"quid", "GBP"}, {"gbp", "GBP"}, {"$", "USD"}, {"€", "EUR"}, {"£", "GBP"},
}

// moneyAfter reads the currency after a number: 350元, 三百五十块, 99块9, 5毛, 20 dollars.
func (s *search) moneyAfter(i int, n number) int {
	n = scaled(s.s, n)
	j, _ := after(s.s, skipSpace(s.s, n.end), "多", "来")
	for _, c := range currencies {
		end, ok := after(s.s, j, c.word)
		if !ok || isAlpha(c.word[0]) && !border(s.s, end) || c.word == "元" && strings.HasPrefix(s.s[end:], "旦") {
			continue
		}
		cents := n.cents
		if c.word == "块" || c.word == "元" {
			cents, end = s.change(cents, end)
		}
		s.add(Money, strconv.FormatInt(cents, 10), i, end, map[string]string{"currency": c.currency})
		return end
	}
	if end, ok := after(s.s, j, "毛钱", "毛", "角"); ok {
		s.add(Money, strconv.FormatInt(n.cents/10, 10), i, end, map[string]string{"currency": "CNY"})
		return end
	}
	if end, ok := after(s.s, j, "cents"); ok && border(s.s, end) {
		s.add(Money, strconv.FormatInt(n.cents/100, 10), i, end, map[string]string{"currency": "USD"})
		return end
	}
	if s.spokenPrice(i, n) || s.priced(i, n.end) {
		s.add(Money, strconv.FormatInt(n.cents, 10), i, n.end, map[string]string{"currency": "CNY"})
		return n.end
	}
	return i
}

// change reads what follows 块: 99块9, 三块五, 十块零五分, 5块5毛.
func (s *search) change(cents int64, end int) (int64, int) {
	n, ok := numberAt(s.s, end)
	if !ok || !n.whole() || n.int() > 99 {
		return cents, end
	}
	k, mao := after(s.s, n.end, "毛", "角")
	switch {
	case mao:
		return cents + n.cents/10, k
	case n.int() < 10 && (!s.measureAt(n.end) || strings.HasPrefix(s.s[n.end:], "包邮")):
		return cents + n.cents/10, n.end
	case n.int() >= 10 && n.end-end == 2 && isDigit(s.s[end]):
		return cents + n.cents/100, n.end
	}
	return cents, end
}

var priceCues = []string{"价", "钱", "卖", "花", "便宜", "贵", "付", "退我", "差", "省", "满", "减", "预算", "返", "赔", "收了", "扣"}

// spokenPrice tells whether a Chinese numeral with hundreds and no unit is a price (三百五), by the words around.
func (s *search) spokenPrice(i int, n number) bool {
	if n.end >= len(s.s) && s.c.Asked == Money {
		return true
	}
	if !n.zh || n.bare || n.cents < 10000 || s.measureAt(n.end) {
		return false
	}
	_, unit := after(s.s, n.end, "天", "年", "月", "米", "克", "斤", "公", "毫", "次", "分", "人", "号", "平", "多")
	return !unit && holds(s.s, priceCues)
}

// priceWords stand right before a price that names no currency.
var priceWords = []string{"满", "立减", "减", "退我", "退给我", "退了", "降到", "降了", "涨到", "涨了", "卖到", "只卖", "卖", "付了", "花了", "只要", "报价", "到手价", "到手", "原价", "现价", "售价", "标价", "差价", "补我", "便宜了", "贵了", "收了我", "扣了我", "扣了", "多收", "少退", "赔我", "价格是", "价格"}

// priced tells whether the number from i to end is a price by the word before it, or by 从 before and a change after it.
func (s *search) priced(i, end int) bool {
	if s.measureAt(end) {
		return false
	}
	if _, unit := after(s.s, end, "天", "年", "月", "次", "分", "人", "号", "%", "折", "点", "码", "岁", "倍", "多天", "小时", "毫升", "克", "斤", "米", "寸"); unit {
		return false
	}
	before := strings.TrimRight(s.s[:i], " ")
	for _, w := range priceWords {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	_, change := after(s.s, end, "降", "涨", "变成", "跌")
	return change && strings.HasSuffix(before, "从")
}

var measures = []string{"件", "个", "双", "条", "台", "只", "盒", "包", "套", "瓶", "箱", "支", "本", "把", "张", "份", "部", "款", "袋", "罐", "桶", "副", "对", "顶", "枚", "片", "块", "根", "床", "辆", "架", "样", "提", "打", "斤", "听", "颗", "粒", "卷", "朵", "束", "组", "盆", "间", "杯"}

func (s *search) measureAt(i int) bool {
	_, ok := after(s.s, i, measures...)
	return ok
}

// quantity reads a count of things: 两件, 3双, x2.
func (s *search) quantity(i int, n number) int {
	if !n.whole() || n.cents <= 0 || n.cents > 100000_00 {
		return i
	}
	if _, x := after(s.s, max(0, i-1), "x", "*", "×"); x && i > 0 && (i < 2 || !word(s.s[i-2])) && !n.zh {
		s.add(Quantity, strconv.Itoa(n.int()), i-1, n.end, nil)
		return n.end
	}
	if s.c.Asked == Quantity && strings.TrimSpace(s.s[:i]+s.s[n.end:]) == "" {
		s.add(Quantity, strconv.Itoa(n.int()), i, n.end, nil)
		return n.end
	}
	if i >= 3 && (strings.HasSuffix(s.s[:i], "第") || strings.HasSuffix(s.s[:i], "这") || strings.HasSuffix(s.s[:i], "那") || strings.HasSuffix(s.s[:i], "某") || strings.HasSuffix(s.s[:i], "每")) {
		return i
	}
	j := skipSpace(s.s, n.end)
	end, ok := after(s.s, j, measures...)
	if !ok {
		return s.enAmount(i, n)
	}
	if s.notCounted(n, j, end) {
		return end
	}
	s.add(Quantity, strconv.Itoa(n.int()), i, end, nil)
	return end
}

// notCounted tells the measures that count no goods: 一个月, 三个小时, 一个问题, 一条评价, 一部分.
func (s *search) notCounted(n number, j, end int) bool {
	_, time := after(s.s, end, "月", "星期", "礼拜", "小时", "钟", "工作日", "人工", "人", "真人", "问题", "事", "电话", "建议", "话", "客服", "说法", "分", "字", "快递", "订单", "单", "投诉", "疑问", "地址", "忙", "多月", "半月", "情况", "店", "差评", "评价", "消息", "短信", "城市", "号", "解释", "意思", "办法", "季度", "学期", "年", "理由", "活动", "点", "亿", "回复", "答复", "结果", "地方")
	if time {
		return true
	}
	_, part := after(s.s, j, "部分", "样的", "点", "块儿", "把年纪", "对一", "套流程", "包邮")
	return part || n.zh && n.int() == 1 && (strings.HasPrefix(s.s[j:], "样") || strings.HasPrefix(s.s[j:], "款") || strings.HasPrefix(s.s[j:], "块") || strings.HasPrefix(s.s[j:], "打"))
}

var enMeasures = []string{"pieces", "piece", "pcs", "pairs", "pair", "items", "item", "boxes", "box", "bottles", "bottle", "sets", "set", "units", "unit", "packs", "pack", "copies", "of them", "of these", "of those", "more", "bags", "cups", "mugs", "lamps", "backpacks", "shirts", "jackets", "cartons", "cans", "pc"}

// enAmount reads "20 dollars", "two pairs", "3 pcs", "2x".
func (s *search) enAmount(i int, n number) int {
	if end := s.enMoney(i, n); end > i {
		return end
	}
	j := skipSpace(s.s, n.end)
	if end, ok := after(s.s, n.end, "x"); ok && border(s.s, end) && isDigit(s.s[i]) {
		s.add(Quantity, strconv.Itoa(n.int()), i, end, nil)
		return end
	}
	if _, ok := after(s.s, i, "a ", "an ", "the ", "one more"); ok {
		if _, couple := after(s.s, i, "a couple", "a dozen", "a pair"); !couple {
			return i
		}
	}
	for _, m := range enMeasures {
		if end, ok := after(s.s, j, m); ok && border(s.s, end) && j > i {
			s.add(Quantity, strconv.Itoa(n.int()), i, end, nil)
			return end
		}
	}
	if k := strings.TrimRight(s.s[:i], " :"); strings.HasSuffix(k, "quantity") || strings.HasSuffix(k, "qty") || strings.HasSuffix(k, "quantity of") || strings.HasSuffix(k, "数量") {
		s.add(Quantity, strconv.Itoa(n.int()), i, n.end, nil)
		return n.end
	}
	return i
}

func (s *search) enMoney(i int, n number) int {
	j := skipSpace(s.s, n.end)
	for _, c := range currencies {
		if end, ok := after(s.s, j, c.word); ok && isAlpha(c.word[0]) && border(s.s, end) {
			s.add(Money, strconv.FormatInt(n.cents, 10), i, end, map[string]string{"currency": c.currency})
			return end
		}
	}
	return i
}
