package guard

import (
	"strings"
	"unicode/utf8"
)

// An address in Chinese is a chain of places, each ending in a mark of its level (省市区县镇路号栋室 ...). Two levels of which one
// is a street, a number or a building are an address; a province or city alone is not.

// level ranks the marks that end a place name; bigger is finer.
var levels = map[rune]int{'省': 1, '市': 2, '区': 3, '县': 3, '旗': 3, '镇': 4, '乡': 4, '村': 5, '道': 5, '路': 5, '街': 5, '巷': 5, '弄': 6, '号': 6, '苑': 6, '园': 6, '城': 6, '厦': 6, '场': 6, '府': 6, '庭': 6, '湾': 6, '栋': 7, '幢': 7, '座': 7, '楼': 7, '单': 0, '元': 7, '层': 8, '室': 8, '房': 8}

// notPlaces are words whose last character looks like a mark and is none.
var notPlaces = []string{"知道", "味道", "报道", "市场", "超市", "账号", "型号", "订单号", "单号", "小号", "大号", "中号", "手机号", "信号", "尺号", "编号", "会员号", "到场", "现场", "门市", "上市", "地区", "小区", "社区", "街道", "上街", "逛街", "一路", "网路", "线路", "电路", "思路", "走路", "房间", "几号", "问号", "符号", "句号", "节省", "京东商城", "商城", "退房", "厨房", "城市", "公园", "卡号", "证号", "微信号", "快递号", "发货", "渠道", "通道", "难道", "频道", "座机", "上楼", "楼下", "楼上", "区别", "一层", "单元", "元旦"}

func addresses(s string, out []Personal) []Personal {
	out = zhAddresses(s, out)
	return enAddresses(s, out)
}

// chain is the state of reading a chain of places.
type chain struct {
	start, end     int
	levels, finest int
	street, number bool
}

// zhAddresses walks over runs of Han characters, letters and digits and follows the marks.
func zhAddresses(s string, out []Personal) []Personal {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < 0x4E00 || r > 0x9FFF {
			i += n
			continue
		}
		j := i
		for j < len(s) {
			x, m := utf8.DecodeRuneInString(s[j:])
			if !(x >= 0x4E00 && x <= 0x9FFF || x < 0x80 && (alnum(byte(x)) || x == '-' || x == '#' || x == ' ' && j+m < len(s) && s[j+m] != ' ')) {
				break
			}
			j += m
		}
		if a, b, ok := zhAddressIn(s, i, j); ok {
			out = append(out, Personal{Address, s[a:b], a, b})
		}
		i = max(j, i+n)
	}
	return out
}

// zhAddressIn looks for one chain in s[i:j].
func zhAddressIn(s string, i, j int) (int, int, bool) {
	c := chain{start: -1}
	last := i
	for k := i; k < j; {
		r, n := utf8.DecodeRuneInString(s[k:])
		lv := levels[r]
		if lv == 0 || k == i || placeless(s[i:k+n]) {
			k += n
			continue
		}
		span := utf8.RuneCountInString(s[last:k])
		switch {
		case c.start < 0:
			start := head(s, i, k)
			if lv > 5 || start >= k {
				break
			}
			c = chain{start: start, end: k + n, levels: 1, finest: lv, street: lv == 5}
		case span <= 12 && span >= 1 && (lv >= c.finest || lv >= 5):
			c.end, c.levels, c.finest = k+n, c.levels+1, lv
			c.street = c.street || lv == 5
			c.number = c.number || lv >= 6
		}
		last = k + n
		k += n
	}
	if c.start < 0 || c.levels < 2 || !c.number && !(c.street && c.levels >= 3) {
		return 0, 0, false
	}
	return c.start, tail(s, c.end, j), true
}

// placeless tells whether the text ends in a word that only looks like a place.
func placeless(text string) bool {
	for _, w := range notPlaces {
		if strings.HasSuffix(text, w) && !(w == "小区" || w == "社区" || w == "街道" || w == "公园" || w == "单元" || w == "市场") {
			return true
		}
	}
	return false
}

// leadIns stand before an address and are no part of it.
var leadIns = []string{"地址改成", "地址改为", "地址换成", "地址是", "地址:", "地址", "寄到", "送到", "发到", "邮寄到", "快递到", "改到", "改成", "改为", "换到", "换成", "住在", "家住", "位于", "收货", "我在", "在", "到", "是", "往", "至", "给"}

// head is where the first place name that ends at k begins: after the last lead-in, at most ten characters before.
func head(s string, i, k int) int {
	start := i
	for _, w := range leadIns {
		if p := strings.LastIndex(s[i:k], w); p >= 0 && i+p+len(w) > start && i+p+len(w) < k {
			start = i + p + len(w)
		}
	}
	for start < k && s[start] == ' ' {
		start++
	}
	for _, w := range provinces {
		if p := strings.Index(s[start:k], w); p >= 0 {
			return start + p
		}
	}
	for utf8.RuneCountInString(s[start:k]) > 8 {
		_, n := utf8.DecodeRuneInString(s[start:])
		start += n
	}
	return start
}

var provinces = strings.Fields("北京 上海 天津 重庆 浙江 江苏 广东 山东 四川 湖北 湖南 河北 河南 福建 安徽 江西 辽宁 吉林 黑龙江 陕西 山西 甘肃 青海 贵州 云南 广西 海南 内蒙古 宁夏 新疆 西藏 香港 澳门 台湾 杭州 广州 深圳 南京 苏州 成都 武汉 西安 长沙 郑州 青岛 宁波 厦门 福州 济南 合肥 大连 沈阳")

// tail takes the digits after the last mark into the address: 3号楼2单元501, 12栋1203.
func tail(s string, end, limit int) int {
	j := end
	for j < limit && s[j] == ' ' {
		j++
	}
	k := j
	for k < limit && (alnum(s[k]) || s[k] == '-') {
		k++
	}
	if k > j && k-j <= 6 && strings.IndexByte("0123456789", s[j]) >= 0 && (j == end || k == limit) {
		return k
	}
	return end
}

var streetWords = []string{"street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "dr", "court", "ct", "way", "place", "pl", "square", "sq", "terrace", "parkway", "pkwy", "highway", "hwy", "crescent", "close", "row", "circle", "cir", "trail", "grove", "gardens"}

var unitWords = []string{"apartment", "apt", "unit", "suite", "ste", "floor", "flat", "room", "#", "building", "bldg"}

// enAddresses finds a house number, up to four words and a word for street, with what follows: unit, city, state, code.
func enAddresses(s string, out []Personal) []Personal {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 0 && (alnum(s[i-1]) || s[i-1] == '.' || s[i-1] == '#' || s[i-1] == '$') {
			continue
		}
		j := i
		for j < len(s) && (s[j] >= '0' && s[j] <= '9') {
			j++
		}
		if j-i <= 6 {
			if j < len(s) && s[j] >= 'a' && s[j] <= 'z' && (j+1 >= len(s) || !alnum(s[j+1])) {
				j++ // 221b
			}
			if end := streetEnd(s, j); end > 0 {
				end = unitEnd(s, end)
				out = append(out, Personal{Address, s[i:end], i, end})
				i = end
				continue
			}
		}
		i = max(i, j-1)
	}
	return out
}

// streetEnd is the end of the word for street at most five words after j, 0 when there is none.
func streetEnd(s string, j int) int {
	for n := 0; n < 5 && j < len(s); n++ {
		if s[j] != ' ' {
			return 0
		}
		for j < len(s) && s[j] == ' ' {
			j++
		}
		k := j
		for k < len(s) && (alnum(s[k]) || s[k] == '\'' || s[k] >= 0xC3 && s[k] <= 0xC5 || s[k] >= 0x80 && s[k] < 0xC0 && k > j) {
			k++
		}
		w := s[j:k]
		if n > 0 && in(streetWords, w) {
			if k < len(s) && s[k] == '.' {
				k++
			}
			return k
		}
		if w == "" || in(notStreet, w) {
			return 0
		}
		j = k
		if j < len(s) && s[j] == '.' && k-j <= 2 {
			j++
		}
	}
	return 0
}

var notStreet = strings.Fields("days day weeks week months hours minutes items item pairs pieces dollars yuan percent times people and or i you my the is to of a for in on please order orders years year")

func in(list []string, w string) bool {
	for _, v := range list {
		if v == w {
			return true
		}
	}
	return false
}

// unitEnd takes unit, city, state and code after the street: ", Apt 4, Springfield, IL 62704".
func unitEnd(s string, end int) int {
	for range 4 {
		j := end
		comma := j < len(s) && s[j] == ','
		for j < len(s) && (s[j] == ',' || s[j] == ' ' || s[j] == '\n') {
			j++
		}
		if j == end || j >= len(s) {
			return end
		}
		k := j
		for k < len(s) && (alnum(s[k]) || s[k] == '#' || s[k] == '-') {
			k++
		}
		w := s[j:k]
		switch {
		case in(unitWords, w) || strings.HasPrefix(w, "#"):
			if !strings.HasPrefix(w, "#") || w == "#" {
				for k < len(s) && (s[k] == ' ' || s[k] == '.') {
					k++
				}
				for k < len(s) && (alnum(s[k]) || s[k] == '-') {
					k++
				}
			}
		case comma && len(w) > 1 && !in(notStreet, w) && w[0] >= 'a':
			k = cityEnd(s, k)
		case len(w) == 5 && strings.Trim(w, "0123456789") == "":
		case len(w) == 2 && w[0] >= 'a' && k+1 < len(s) && s[k] == ' ' && s[k+1] >= '0' && s[k+1] <= '9':
		default:
			return end
		}
		end = k
	}
	return end
}

// cityEnd follows a city's name, a state of two letters and a postal code.
func cityEnd(s string, k int) int {
	for range 3 {
		if k >= len(s) || s[k] != ' ' {
			return k
		}
		j := k + 1
		e := j
		for e < len(s) && alnum(s[e]) {
			e++
		}
		w := s[j:e]
		if len(w) > 2 && e+3 < len(s) && s[e] == ',' && s[e+1] == ' ' && alnum(s[e+2]) && alnum(s[e+3]) && (e+4 == len(s) || s[e+4] == ' ') {
			k = e // a city of two words before its state
			continue
		}
		digits := w != "" && strings.Trim(w, "0123456789") == ""
		if digits && len(w) == 5 || !digits && len(w) == 2 && !in(notStreet, w) && w != "so" && w != "if" && w != "it" && w != "we" || in([]string{"city", "beach", "park", "hills", "springs", "falls"}, w) {
			k = e
			continue
		}
		return k
	}
	return k
}
