package agent

import (
	"regexp"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
)

// claim is a figure with a unit that makes it a price, a share, or a deadline.
var claim = regexp.MustCompile(`(?i)[¥￥$€£]\s*([0-9][0-9,]*(?:\.[0-9]+)?)|([0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:元|块钱|块|折|%|％|个工作日|工作日|天|小时|分钟|个月|周|年|yuan|rmb|usd|dollars?|percent|(?:business |working )?days?|hours?|minutes?|weeks?|months?|years?)`)

// checkClaims takes sentences out whose figures have no source: no tool result, no cited passage, not the customer's words.
func (t *turn) checkClaims(m *conversation.Message) {
	if m.Text == "" || !claim.MatchString(m.Text) {
		return
	}
	source := t.figures()
	var kept []string
	for _, line := range strings.Split(m.Text, "\n") {
		if bad := unsourced(line, source); bad != "" {
			t.rec.checks = append(t.rec.checks, map[string]any{"check": "claim", "passed": false, "figure": bad})
			t.rec.because("拦下了没有来源的数字："+bad, "stopped a figure without a source: "+bad)
			line = t.say("expired_promise", nil)
		}
		kept = append(kept, line)
	}
	m.Text = strings.Join(kept, "\n")
}

// figures are all numbers that may be said.
func (t *turn) figures() map[string]bool {
	out := map[string]bool{}
	for _, s := range append(t.out.known, t.text) {
		for _, n := range number.FindAllString(s, -1) {
			out[canonical(n)] = true
		}
	}
	return out
}

var number = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?`)

func unsourced(line string, source map[string]bool) string {
	for _, m := range claim.FindAllStringSubmatch(line, -1) {
		n := m[1] + m[2]
		if !source[canonical(n)] {
			return m[0]
		}
	}
	return ""
}

// canonical makes 1,299.00 and 1299 the same.
func canonical(n string) string {
	n = strings.ReplaceAll(n, ",", "")
	if strings.Contains(n, ".") {
		n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
	}
	return n
}
