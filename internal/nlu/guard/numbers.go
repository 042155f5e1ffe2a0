package guard

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// numbers finds phones, resident ids and bank cards among the runs of digits.
func numbers(s string, out []Personal) []Personal {
	runs(s, func(run []digit) {
		for i := 0; i < len(run); {
			if p, n := numberAt(s, run, i); n > 0 {
				out = append(out, p)
				i += n
				continue
			}
			i++
		}
	})
	return out
}

// numberAt recognises a number that starts at digit i of a run; it returns how many digits it took.
func numberAt(s string, run []digit, i int) (Personal, int) {
	if i > 0 && run[i].joined && !run[i].spoken || glued(s, run[i].start) {
		return Personal{}, 0
	}
	var buf [maxRun]byte
	digits := buf[:0]
	for _, d := range run[i:] {
		digits = append(digits, d.b)
	}
	for _, kind := range [...]func(string, []digit, string, int) (string, string, int){idCard, mobile, bankCard, landline, foreign} {
		k, value, n := kind(s, run[i:], string(digits), i)
		if n == 0 {
			continue
		}
		p := Personal{Kind: k, Value: value, Start: run[i].start, End: run[i+n-1].end}
		if k == Phone {
			p.Start = prefixed(s, p.Start)
		}
		return p, n
	}
	return Personal{}, 0
}

// glued tells whether a Latin letter stands right before i: then the digits are part of a code.
func glued(s string, i int) bool { return i > 0 && (s[i-1] >= 'a' && s[i-1] <= 'z' || s[i-1] == '_') }

// prefixed takes a plus sign or an opening bracket before a phone into it.
func prefixed(s string, i int) int {
	for i > 0 && (s[i-1] == '+' || s[i-1] == '(') {
		i--
	}
	return i
}

// ends tells whether a number may end after n digits of the run: at its end, or at a separator, and not inside a code.
func ends(s string, run []digit, n int) bool {
	if n > len(run) {
		return false
	}
	if n < len(run) && run[n].joined && !(run[n].b == 'x') {
		return false
	}
	end := run[n-1].end
	if end+1 < len(s) && s[end] == 'x' && s[end+1] >= '0' && s[end+1] <= '9' {
		return true // an extension
	}
	return end >= len(s) || !(s[end] >= 'a' && s[end] <= 'z') || run[n-1].b == 'x' || run[n-1].spoken
}

// idCard is a resident id: 18 signs with the checksum of GB 11643, or the 15 digits of old.
func idCard(s string, run []digit, d string, _ int) (string, string, int) {
	if len(d) >= 18 && ends(s, run, 18) && ResidentID(d[:18]) {
		return IDCard, strings.ToUpper(d[:18]), 18
	}
	if len(d) >= 18 && ends(s, run, 18) && cued(s, run[0].start, "身份证", "证件号", "id card", "id number") && idShape(d[:18]) {
		return IDCard, strings.ToUpper(d[:18]), 18 // mistyped, and still somebody's
	}
	if len(d) >= 15 && ends(s, run, 15) && province(d) && validDate("19"+d[6:12]) && !run[0].spoken && strings.IndexByte(d[:15], 'x') < 0 {
		return IDCard, d[:15], 15
	}
	return "", "", 0
}

// ResidentID tells whether 18 signs are a Chinese resident id by province, date of birth and checksum (GB 11643-1999).
func ResidentID(d string) bool {
	if len(d) != 18 || !idShape(d) {
		return false
	}
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(d[i]-'0') * w
	}
	return "10x98765432"[sum%11] == d[17] || "10X98765432"[sum%11] == d[17]
}

func idShape(d string) bool {
	for i := range 17 {
		if d[i] < '0' || d[i] > '9' {
			return false
		}
	}
	return province(d) && validDate(d[6:14])
}

// province checks the first two digits against the codes of GB/T 2260.
func province(d string) bool {
	switch d[0] {
	case '1':
		return d[1] >= '1' && d[1] <= '5'
	case '2':
		return d[1] >= '1' && d[1] <= '3'
	case '3':
		return d[1] >= '1' && d[1] <= '7'
	case '4':
		return d[1] >= '1' && d[1] <= '6'
	case '5':
		return d[1] >= '0' && d[1] <= '4'
	case '6':
		return d[1] >= '1' && d[1] <= '5'
	case '7', '9':
		return d[1] == '1'
	case '8':
		return d[1] >= '1' && d[1] <= '3'
	}
	return false
}

func validDate(d string) bool {
	for i := range d {
		if d[i] < '0' || d[i] > '9' {
			return false
		}
	}
	n := func(a, b int) (v int) {
		for _, c := range d[a:b] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	y, m, day := n(0, 4), n(4, 6), n(6, 8)
	if y < 1880 || y > 2100 || m < 1 || m > 12 || day < 1 {
		return false
	}
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		last = 29
	}
	return day <= last
}

// mobile is a Chinese mobile number, with or without the country code.
func mobile(s string, run []digit, d string, _ int) (string, string, int) {
	skip := 0
	switch {
	case strings.HasPrefix(d, "0086") && len(d) >= 15:
		skip = 4
	case strings.HasPrefix(d, "86") && len(d) >= 13 && d[2] == '1':
		skip = 2
	case strings.HasPrefix(d, "01") && len(d) >= 12:
		skip = 1 // the trunk zero of old
	}
	if dotted(s, run) {
		return "", "", 0
	}
	for _, k := range []int{skip, 0} {
		if len(d) >= k+11 && ends(s, run, k+11) && ChineseMobile(d[k:k+11]) {
			return Phone, "+86" + d[k:k+11], k + 11
		}
	}
	return "", "", 0
}

// ChineseMobile tells whether eleven digits are in a block given to mobile service (MIIT numbering plan).
func ChineseMobile(d string) bool {
	if len(d) != 11 || d[0] != '1' || strings.IndexByte(d, 'x') >= 0 {
		return false
	}
	switch d[1] {
	case '3', '8':
		return true
	case '4':
		return d[2] == '5' || d[2] == '7' || d[2] == '9'
	case '5':
		return d[2] != '4'
	case '6':
		return d[2] == '2' || d[2] == '5' || d[2] == '6' || d[2] == '7'
	case '7':
		return d[2] != '4' || d[3] == '0' || d[3] == '9' || d[3] == '1' && d[4] <= '2'
	case '9':
		return d[2] != '4'
	}
	return false
}

// bankCard is a payment card by issuer prefix, length and the Luhn check (ISO/IEC 7812); with the word for it, the length is enough.
func bankCard(s string, run []digit, d string, _ int) (string, string, int) {
	cue := cued(s, run[0].start, "卡号", "银行卡", "转账", "打款", "退到", "打到", "信用卡", "储蓄卡", "借记卡", "card number", "credit card", "debit card", "card no", "my card", "visa", "mastercard", "card is", "尾号", "card")
	for n := min(19, len(d)); n >= 12; n-- {
		if !ends(s, run, n) || strings.IndexByte(d[:n], 'x') >= 0 {
			continue
		}
		if n >= 13 && issuer(d[:n]) && Luhn(d[:n]) || cue && Luhn(d[:n]) || cue && n >= 15 && issuer(d[:n]) {
			return BankCard, d[:n], n
		}
	}
	return "", "", 0
}

// issuer tells whether the prefix and length are those of a card network.
func issuer(d string) bool {
	n := len(d)
	switch {
	case strings.HasPrefix(d, "81"), strings.HasPrefix(d, "955"), d[0] == '6':
		return n >= 16
	case d[0] == '4':
		return n == 13 || n == 16 || n == 19
	case d[0] == '5':
		return n == 16 && d[1] <= '9' || n >= 13 && d[1] == '0'
	case d[0] == '2':
		return n == 16 && d[:4] >= "2221" && d[:4] <= "2720"
	case strings.HasPrefix(d, "34"), strings.HasPrefix(d, "37"):
		return n == 15
	case strings.HasPrefix(d, "35"):
		return n >= 16
	case strings.HasPrefix(d, "2131"), strings.HasPrefix(d, "1800"):
		return n == 15
	case strings.HasPrefix(d, "30"), strings.HasPrefix(d, "36"), strings.HasPrefix(d, "38"), strings.HasPrefix(d, "39"):
		return n == 14 || n == 16
	}
	return false
}

// Luhn tells whether digits pass the check of ISO/IEC 7812-1, annex B.
func Luhn(d string) bool {
	sum := 0
	for i := range d {
		v := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// landline is a Chinese fixed line with area code, or a 400 or 800 service number.
func landline(s string, run []digit, d string, _ int) (string, string, int) {
	if strings.IndexByte(d[:min(12, len(d))], 'x') >= 0 || run[0].spoken && !cued(s, run[0].start, "电话", "座机", "phone", "call") {
		return "", "", 0
	}
	if len(d) >= 10 && (strings.HasPrefix(d, "400") || strings.HasPrefix(d, "800")) && ends(s, run, 10) && (!run[3].joined || cued(s, run[0].start, "电话", "热线", "phone", "call")) {
		return Phone, "+86" + d[:10], 10
	}
	if d[0] == '0' && len(d) > 1 && d[1] != '0' && !dotted(s, run) {
		area := 4
		if d[1] == '1' || d[1] == '2' {
			area = 3
		}
		for n := area + 8; n >= area+7; n-- {
			if n <= len(d) && ends(s, run, n) && d[area] >= '2' && (!run[area].joined || cued(s, run[0].start, "电话", "座机", "phone", "call")) {
				return Phone, "+86" + d[1:n], n
			}
		}
	}
	return "", "", 0
}

// foreign is a number with a plus sign, in the American grouping, or after a word for telephone.
func foreign(s string, run []digit, d string, _ int) (string, string, int) {
	start := run[0].start
	plus := start > 0 && s[start-1] == '+'
	zeros := strings.HasPrefix(d, "00") && len(d) >= 11
	us := american(s, run)
	cue := cued(s, start, "phone", "call me at", "mobile", "cell", "tel", "reach me", "number is", "电话", "手机", "whatsapp", "fax", "call", "text me at", "ring", "messages to", "registered", "desk:", "office:", "work:", "home:") || trailing(s, run)
	if cued(s, start, "security number", "ssn", "license", "licence", "ip address", "address is", "serial", "tracking", "order") || dotted(s, run) {
		return "", "", 0
	}
	if !plus && !us && !zeros && !cue && !grouped(run) || strings.IndexByte(d, 'x') >= 0 && strings.IndexByte(d, 'x') < 7 {
		return "", "", 0
	}
	for n := min(15, len(d)); n >= 7; n-- {
		if !ends(s, run, n) || strings.IndexByte(d[:n], 'x') >= 0 {
			continue
		}
		number, region := d[:n], "US"
		if plus {
			number = "+" + number
		} else if zeros {
			number = "+" + number[2:]
		}
		if p, err := phonenumbers.Parse(number, region); err == nil && (phonenumbers.IsValidNumber(p) || (us || cue) && phonenumbers.IsPossibleNumber(p)) {
			return Phone, phonenumbers.Format(p, phonenumbers.E164), n
		}
		if cue || us || plus || zeros || grouped(run) && n >= 9 {
			return Phone, "+" + strings.TrimLeft(number, "+0"), n
		}
	}
	return "", "", 0
}

// american tells whether the digits stand in groups of 3, 3 and 4, with or without a leading 1.
func american(s string, run []digit) bool {
	k := 0
	if run[0].b == '1' && len(run) >= 11 && !run[1].joined {
		k = 1
	}
	if len(run) < k+10 || !ends(s, run, k+10) {
		return false
	}
	for i := 1; i < 10; i++ {
		if run[k+i].joined == (i == 3 || i == 6) {
			return false
		}
	}
	return true
}

// cued tells whether one of the words stands shortly before place i.
func cued(s string, i int, words ...string) bool {
	before := s[max(0, i-36):i]
	for _, w := range words {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

// grouped tells whether the digits start with a trunk zero and stand in three groups or more, as phones of many countries do.
func grouped(run []digit) bool {
	groups := 1
	for _, d := range run[1:] {
		if !d.joined {
			groups++
		}
	}
	return run[0].b == '0' && groups >= 3 && !run[0].spoken && len(run) >= 9 && len(run) <= 12
}

// trailing tells whether a word for a kind of phone stands right after the digits.
func trailing(s string, run []digit) bool {
	rest := strings.TrimLeft(s[run[len(run)-1].end:], " -x0123456789")
	for _, w := range []string{"office", "mobile", "fax", "cell", "(mobile)", "(office)"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// dotted tells whether the digits are an address of the internet: four groups parted by points.
func dotted(s string, run []digit) bool {
	points := 0
	for i := 1; i < len(run); i++ {
		if !run[i].joined && s[run[i-1].end:run[i].start] == "." {
			points++
		}
	}
	return points >= 3
}
