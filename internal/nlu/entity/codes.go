package entity

import "strings"

// orderWords and trackingWords name the number that follows them; they may stand a few characters before it.
var (
	orderWords    = []string{"订单编号", "订单号码", "订单号", "订单", "单号", "编号", "order number", "order no.", "order no", "order id", "order", "purchase number", "confirmation number", "confirmation", "order #", "单子"}
	trackingWords = []string{"快递单号", "物流单号", "运单号", "快递号", "运单", "快递单", "物流号", "tracking number", "tracking no", "tracking id", "tracking code", "tracking", "waybill", "awb", "物流", "快递", "顺丰", "圆通", "中通", "申通", "韵达", "极兔", "邮政", "京东快递", "parcel number", "consignment"}
)

// codes finds order and tracking numbers: signs of letters and digits, named as such or of a known shape.
func (s *search) codes() {
	for i := 0; i < len(s.s); {
		if !word(s.s[i]) || i > 0 && word(s.s[i-1]) {
			i++
			continue
		}
		end, code := s.codeAt(i)
		if kind := s.codeKind(code, i, end); kind != "" {
			start := i
			if start > 0 && s.s[start-1] == '#' {
				start--
			}
			s.add(kind, code, start, end, nil)
			i = end
			continue
		}
		for i < len(s.s) && word(s.s[i]) {
			i++
		}
	}
}

// codeAt reads a code at i: groups of letters and digits joined by single hyphens, or digits parted by single blanks.
func (s *search) codeAt(i int) (int, string) {
	var b strings.Builder
	j, digits := i, 0
	for j < len(s.s) && b.Len() < 40 {
		c := s.s[j]
		switch {
		case isDigit(c):
			digits++
			b.WriteByte(c)
		case isAlpha(c):
			b.WriteByte(c - 'a' + 'A')
		case c == '-' && j+1 < len(s.s) && word(s.s[j+1]) && (isDigit(s.s[j+1]) || isDigit(s.s[j-1])):
			b.WriteByte('-')
		case c == ' ' && digits >= 3 && j+3 < len(s.s) && isDigit(s.s[j+1]) && isDigit(s.s[j+2]) && isDigit(s.s[j+3]) && isDigit(s.s[j-1]):
		default:
			return j, b.String()
		}
		j++
	}
	return j, b.String()
}

// codeKind judges a code by its shape and by what stands before it.
func (s *search) codeKind(code string, start, end int) string {
	letters, digits := count(code)
	if digits < 3 || len(code) < 4 || len(code) > 32 || s.taken(start, end) {
		return ""
	}
	tracking := carrier(code)
	named := s.named(start)
	if named == "" && foreignCode(s.s[max(0, start-24):start]) {
		return ""
	}
	switch {
	case named == Tracking && (digits >= 6 || letters == 0 && digits >= 8):
		return Tracking
	case named == Order && !tracking && (letters > 0 && digits >= 3 || digits >= 4) && !s.unitAfter(end) && !yearly(code):
		return Order
	case tracking:
		return Tracking
	case start > 0 && s.s[start-1] == '#' && digits >= 4:
		return Order
	case s.c.Asked == Tracking && digits >= 8:
		return Tracking
	case s.c.Asked == Order && digits >= 4 && !s.unitAfter(end):
		return Order
	case letters > 0 && letters <= 5 && digits >= 8 && !strings.HasPrefix(code, "SKU"):
		return Order
	case letters == 0 && !strings.Contains(code, "-") && digits >= 11 && digits <= 20:
		return Order
	case letters == 0 && strings.Count(code, "-") >= 2 && digits >= 12:
		return Order
	case letters <= 4 && letters > 0 && strings.Contains(code, "-") && digits >= 6 && !strings.HasPrefix(code, "SKU"):
		return Order
	}
	return ""
}

// foreignCode tells whether the words before a code say that it numbers something else.
func foreignCode(before string) bool {
	return holds(before, []string{"税号", "信用代码", "纳税人", "验证码", "密码", "账号", "版本", "序列号", "卡号", "护照", "tax id", "tax number", "vat", "password", "serial", "verification code", "version", "model", "imei", "isbn"})
}

func yearly(code string) bool {
	return len(code) == 4 && (strings.HasPrefix(code, "20") || strings.HasPrefix(code, "19"))
}

func count(code string) (letters, digits int) {
	for i := range code {
		switch {
		case isDigit(code[i]):
			digits++
		case isAlpha(code[i]):
			letters++
		}
	}
	return
}

// unitAfter tells whether a unit follows, so that the digits count something.
func (s *search) unitAfter(end int) bool {
	j := skipSpace(s.s, end)
	_, yes := after(s.s, j, "元", "块", "年", "月", "号店", "天", "个", "件", "双", "ml", "kg", "yuan", "dollars", "days", "rmb", "usd", "米", "毫升", "克", "码", ":", "%", "点", "积分", "points")
	return yes
}

// named tells which number the words before a code announce.
func (s *search) named(start int) string {
	before := s.s[max(0, start-30):start]
	t, o := lastOf(before, trackingWords), lastOf(before, orderWords)
	switch {
	case t < 0 && o < 0:
		return ""
	case t > o:
		return Tracking
	}
	if t >= 0 && strings.Contains(before[t:], "单号") {
		return Tracking // 快递…单号
	}
	return Order
}

// namedOrder tells whether the digits at start are announced as an order's number.
func (s *search) namedOrder(start int) bool { return s.named(start) == Order }

// lastOf is where the last of the words ends in text, -1 when none stands there or too much text follows it.
func lastOf(text string, words []string) int {
	best := -1
	for _, w := range words {
		if k := strings.LastIndex(text, w); k >= 0 && len(text)-k-len(w) <= 14 && k > best {
			best = k
		}
	}
	return best
}

// carrier tells whether a code has the shape of a carrier's tracking number.
func carrier(code string) bool {
	letters, digits := count(code)
	n := len(code)
	switch {
	case strings.HasPrefix(code, "SF"), strings.HasPrefix(code, "YT"), strings.HasPrefix(code, "JT"), strings.HasPrefix(code, "DPK"), strings.HasPrefix(code, "ZTO"), strings.HasPrefix(code, "STO"), strings.HasPrefix(code, "YD"), strings.HasPrefix(code, "ZT"):
		return digits >= 10 && digits <= 16
	case strings.HasPrefix(code, "JDV"), strings.HasPrefix(code, "JDX"), strings.HasPrefix(code, "JDVA"), strings.HasPrefix(code, "JD"):
		return digits >= 10 && n <= 20
	case strings.HasPrefix(code, "1Z"):
		return n == 18
	case n == 13 && letters == 4 && digits == 9:
		return isAlpha(code[0]) && isAlpha(code[1]) && isAlpha(code[11]) && isAlpha(code[12]) // UPU S10
	}
	return false
}
