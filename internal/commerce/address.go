package commerce

import (
	"regexp"
	"strings"
)

// Chinese addresses go from large to small; each part is optional but the last.
var chineseAddress = regexp.MustCompile(`^(?:中国)?((?:北京|上海|天津|重庆)市?|[^\s\d省市区县]{2,7}(?:省|自治区|特别行政区))?\s*([^\s\d省区县]{2,8}?(?:市|自治州|地区|盟))?\s*([^\s\d市]{1,8}?(?:区|县|旗))?\s*(.+)$`)

var (
	mobile       = regexp.MustCompile(`(?:\+?86[- ]?)?\b(1[3-9]\d{9})\b`)
	postcode     = regexp.MustCompile(`\b\d{5,6}\b`)
	hasHan       = regexp.MustCompile(`\p{Han}`)
	municipality = regexp.MustCompile(`^(北京|上海|天津|重庆)市?$`)
)

// ParseAddress reads an address from one line, Chinese or English. What the line leaves out (who, and above the street
// the town) is taken from the address before. The line is shown back in full before anything is done with it.
func ParseAddress(s string, before Address) Address {
	a := Address{Name: before.Name, Phone: before.Phone, Country: before.Country}
	if m := mobile.FindStringSubmatch(s); m != nil {
		a.Phone, s = "+86"+m[1], strings.Replace(s, m[0], "", 1)
	}
	s = strings.Trim(strings.TrimSpace(s), "，,。. ")
	if s == "" {
		return a
	}
	if hasHan.MatchString(s) {
		return a.chinese(s, before)
	}
	return a.english(s, before)
}

func (a Address) chinese(s string, before Address) Address {
	m := chineseAddress.FindStringSubmatch(strings.NewReplacer("，", "", ",", "", "。", "").Replace(s))
	if m == nil {
		a.Line1 = s
	} else {
		a.Province, a.City, a.District, a.Line1 = m[1], m[2], m[3], m[4]
	}
	if town := municipality.FindStringSubmatch(a.Province); town != nil {
		a.Province, a.City = "", town[1]+"市"
	}
	if a.City == "" && a.Province == "" { // a street alone stays in the same town
		a.Province, a.City = before.Province, before.City
		if a.District == "" {
			a.District = before.District
		}
	}
	return a
}

func (a Address) english(s string, before Address) Address {
	if all := postcode.FindAllString(s, -1); len(all) > 0 {
		a.Postcode = all[len(all)-1]
		i := strings.LastIndex(s, a.Postcode)
		s = s[:i] + s[i+len(a.Postcode):]
	}
	var parts []string
	for _, p := range strings.Split(s, ",") {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	switch n := len(parts); {
	case n == 0:
	case n == 1:
		a.Line1, a.City, a.Province, a.District = parts[0], before.City, before.Province, before.District
	case n == 2:
		a.Line1, a.City, a.Province = parts[0], parts[1], before.Province
	default:
		a.Line1, a.City = strings.Join(parts[:n-2], ", "), parts[n-1]
		a.District = parts[n-2]
	}
	return a
}
