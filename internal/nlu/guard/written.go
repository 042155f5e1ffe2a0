package guard

import (
	"strings"
	"unicode/utf8"
)

// emails finds addresses around every @, and those that are spelled out.
func emails(s string, out []Personal) []Personal {
	for i := 0; i < len(s); i++ {
		if s[i] != '@' {
			continue
		}
		a := i
		for a > 0 && (alnum(s[a-1]) || strings.IndexByte("._%+-", s[a-1]) >= 0) {
			a--
		}
		for a < i && strings.IndexByte(".-_%+", s[a]) >= 0 && s[a] != '_' {
			a++
		}
		b := domain(s, i+1)
		if a < i && b > i+1 {
			out = append(out, Personal{Email, s[a:b], a, b})
		}
	}
	for _, at := range []string{" at ", "(at)", "[at]", "艾特", "圈a", "小老鼠", " (at) ", " [at] "} {
		out = spelledEmail(s, at, out)
	}
	return out
}

// domain is where a domain name that starts at i ends, i when there is none.
func domain(s string, i int) int {
	j, dot := i, -1
	for j < len(s) && (alnum(s[j]) || s[j] == '-' || s[j] == '.' && j+1 < len(s) && alnum(s[j+1])) {
		if s[j] == '.' {
			dot = j
		}
		j++
	}
	if dot <= i || j-dot < 3 {
		return i
	}
	return j
}

// spelledEmail finds "li dot na at example dot com" and its Chinese forms.
func spelledEmail(s, at string, out []Personal) []Personal {
	for from := 0; ; {
		k := strings.Index(s[from:], at)
		if k < 0 {
			return out
		}
		k += from
		from = k + len(at)
		a := k
		for a > 0 && (alnum(s[a-1]) || strings.IndexByte("._-", s[a-1]) >= 0) {
			a--
		}
		j, host := from, strings.Builder{}
		dots := 0
		for j < len(s) {
			if n := spelledDot(s[j:]); n > 0 && host.Len() > 0 && j+n < len(s) && alnum(s[j+n]) {
				host.WriteByte('.')
				j += n
				dots++
			} else if alnum(s[j]) {
				host.WriteByte(s[j])
				j++
			} else {
				break
			}
		}
		if a < k && dots > 0 {
			out = append(out, Personal{Email, s[a:k] + "@" + host.String(), a, j})
		}
	}
}

func spelledDot(s string) int {
	for _, d := range []string{" dot ", "(dot)", "[dot]", " [dot] ", "点", "."} {
		if strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

const plateProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"

// plates finds car plates of GA 36: province, letter, five signs, or six for new energy cars.
func plates(s string, out []Personal) []Personal {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < 0x4E00 || !strings.ContainsRune(plateProvinces, r) {
			i += n
			continue
		}
		if end, value := plateAt(s, i, i+n); end > 0 {
			out = append(out, Personal{Plate, value, i, end})
			i = end
			continue
		}
		i += n
	}
	return out
}

func plateAt(s string, i, j int) (int, string) {
	value := []byte(s[i:j])
	signs, digits := 0, 0
	for j < len(s) && signs < 7 {
		b := s[j]
		switch {
		case signs == 0 && b >= 'a' && b <= 'z' && b != 'i', signs > 0 && alnum(b) && b != 'i' && b != 'o':
			if b >= '0' && b <= '9' {
				digits++
			}
			value = append(value, strings.ToUpper(s[j:j+1])...)
			signs++
			j++
			continue
		case signs <= 1 && (b == ' ' || b == '-' || b == '.'):
			j++
			continue
		case signs <= 1 && strings.HasPrefix(s[j:], "·"):
			j += len("·")
			continue
		}
		break
	}
	if signs == 5 {
		for _, tail := range []string{"学", "警", "港", "澳", "挂", "领"} {
			if strings.HasPrefix(s[j:], tail) {
				return j + len(tail), string(value) + tail
			}
		}
	}
	if signs < 6 || signs > 7 || digits < 2 || j < len(s) && alnum(s[j]) {
		return 0, ""
	}
	return j, string(value)
}

// passports finds Chinese passports (a letter or two and digits, nine signs), and any other after the word for it.
func passports(s string, out []Personal) []Personal {
	for i := 0; i < len(s); i++ {
		if !alnum(s[i]) || i > 0 && alnum(s[i-1]) {
			continue
		}
		j, digits := i, 0
		for j < len(s) && alnum(s[j]) {
			if s[j] <= '9' {
				digits++
			}
			j++
		}
		n := j - i
		chinese := n == 9 && strings.IndexByte("egdspkhm", s[i]) >= 0 && digits >= 7 && s[i] > '9' && s[j-1] <= '9' && s[i+2] <= '9'
		if chinese || n >= 7 && n <= 10 && digits >= 5 && cued(s, i, "护照", "passport", "通行证") {
			out = append(out, Personal{Passport, strings.ToUpper(s[i:j]), i, j})
		}
		i = j
	}
	return out
}
