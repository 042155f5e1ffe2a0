package intake

import (
	"strconv"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// reader takes one row apart, and reports what does not fit.
type reader struct {
	row
	rep *report
}

func (r reader) text(c string) string { return r.fields[c] }

func (r reader) both(c string) id.Text {
	return id.Text{ZH: r.fields[c+"_zh"], EN: r.fields[c+"_en"]}
}

func (r reader) list(c string) (out []string) {
	for _, s := range strings.Split(r.fields[c], "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// pairs reads "size=42|color=black".
func (r reader) pairs(c string) map[string]string {
	out := map[string]string{}
	for _, s := range r.list(c) {
		k, v, ok := strings.Cut(s, "=")
		if !ok || k == "" || v == "" {
			r.rep.add(r.at, c, "%q is not like name=value", s)
			continue
		}
		out[strings.TrimSpace(k)] = strings.TrimSpace(v)
	}
	return out
}

func (r reader) int(c string, lo, hi int) int {
	s := r.fields[c]
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < lo || n > hi {
		r.rep.add(r.at, c, "%q is not a whole number from %d to %d", s, lo, hi)
	}
	return n
}

func (r reader) float(c string, lo, hi float64) float64 {
	s := r.fields[c]
	if s == "" {
		return 0
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= lo && f <= hi) { // not (f < lo || f > hi): NaN must fail
		r.rep.add(r.at, c, "%q is not a number from %v to %v", s, lo, hi)
		return 0
	}
	return f
}

// money reads a decimal in the row's currency; an empty field is nothing.
func (r reader) money(c string) commerce.Money {
	cur := r.currency()
	if r.fields[c] == "" {
		return commerce.Money{Currency: cur}
	}
	m, err := commerce.ParseMoney(r.fields[c], cur)
	if err != nil {
		r.rep.add(r.at, c, "%q is not an amount such as 129.90 (at most two places, not negative)", r.fields[c])
		return commerce.Money{Currency: cur}
	}
	return m
}

func (r reader) currency() string {
	if c := strings.ToUpper(r.fields["currency"]); c != "" {
		return c
	}
	return "CNY"
}

func (r reader) bool(c string, otherwise bool) bool {
	switch strings.ToLower(r.fields[c]) {
	case "":
		return otherwise
	case "true", "yes", "1", "是":
		return true
	case "false", "no", "0", "否":
		return false
	}
	r.rep.add(r.at, c, "%q is neither true nor false", r.fields[c])
	return otherwise
}

// time reads RFC 3339, or a date and time on China's clock.
func (r reader) time(c string) time.Time {
	s := r.fields[c]
	if s == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC()
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, time.FixedZone("CST", 8*3600)); err == nil {
			return t.UTC()
		}
	}
	r.rep.add(r.at, c, "%q is not a time such as 2026-03-02T09:30:00+08:00", s)
	return time.Time{}
}

// hours reads "10:00-22:00"; "closed" is closed.
func (r reader) hours(c string) commerce.Hours {
	s := r.fields[c]
	if s == "closed" || s == "休息" {
		return commerce.Hours{}
	}
	from, to, ok := strings.Cut(s, "-")
	a, err1 := time.Parse("15:04", strings.TrimSpace(from))
	b, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err1 != nil || err2 != nil {
		r.rep.add(r.at, c, "%q is not like 10:00-22:00", s)
		return commerce.Hours{}
	}
	h := commerce.Hours{Open: a.Hour()*60 + a.Minute(), Close: b.Hour()*60 + b.Minute()}
	if h.Close <= h.Open { // past midnight
		h.Close += 24 * 60
	}
	return h
}

func (r reader) oneOf(c string, allowed ...string) string {
	for _, a := range allowed {
		if r.fields[c] == a {
			return a
		}
	}
	r.rep.add(r.at, c, "%q is not one of %s", r.fields[c], strings.Join(allowed, ", "))
	return ""
}
