package request

import (
	"regexp"
	"strings"
)

// Act is what is to be done.
type Act string

// The acts.
const (
	Return   Act = "return"
	Exchange Act = "exchange"
	Modify   Act = "modify"  // items of an order that has not left
	Cancel   Act = "cancel"  // an order
	Address  Act = "address" // where an order goes
	Payment  Act = "payment" // how an order is paid
)

// Request is one thing a message asks to be done with one order.
type Request struct {
	Act     Act
	Order   string // its number, capitals, without #
	Items   []Item
	Method  string // payment method, in the customer's words or by its id
	Reason  string
	Address string
	Start   int // byte offsets into the message
	End     int
}

// Item is one thing of the order; To is what it is to become. Swap tells that it is to become something: an empty To is then
// the same again.
type Item struct {
	Words string
	To    string
	Swap  bool
}

// Detailed tells whether a request says more than what and which order.
func (r Request) Detailed() bool {
	return len(r.Items) > 0 || r.Method != "" || r.Reason != "" || r.Address != ""
}

// Pairs reads options written as a list: {'colour': 'red', 'size': 'M'}, or colour: red, size: M. Keys are in lower case.
func Pairs(s string) map[string]string {
	if i, j := strings.IndexByte(s, '{'), strings.LastIndexByte(s, '}'); i >= 0 && j > i {
		s = s[i+1 : j]
	} else if !strings.ContainsAny(s, ":：=") {
		return nil
	}
	out := map[string]string{}
	for _, m := range quoted.FindAllStringSubmatch(s, -1) {
		out[strings.ToLower(m[1]+m[2])] = m[3] + m[4]
	}
	if len(out) > 0 {
		return out
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == ';' || r == '；' || r == '\n' }) {
		if k, v, ok := strings.Cut(strings.NewReplacer("：", ":", "=", ":").Replace(part), ":"); ok && strings.TrimSpace(k) != "" {
			out[strings.ToLower(strings.TrimSpace(k))] = strings.TrimSpace(v)
		}
	}
	return out
}

// quoted is one pair in single or double quotes; the value may hold the other kind.
var quoted = regexp.MustCompile(`(?:'([^']+)'|"([^"]+)")\s*[:=]\s*(?:'([^']*)'|"([^"]*)")`)

// Plain is a text without its lists in braces.
func Plain(s string) string { return strings.TrimSpace(braces.ReplaceAllString(s, " ")) }

var braces = regexp.MustCompile(`\{[^{}]*\}`)
