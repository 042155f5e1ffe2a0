package openai_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai/openaitest"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// veil is the redaction the product uses.
type veil struct{}

func (veil) Redact(s string, known map[string]string) (string, map[string]string) {
	return guard.RedactWith(s, known)
}
func (veil) Restore(s string, known map[string]string) string { return guard.Restore(s, known) }

// sample is a message with a piece of personal data in it; canary is its value without any dress.
type sample struct{ kind, text, canary string }

func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

// residentID makes a number with the check digit of GB 11643.
func residentID(r *rand.Rand) string {
	s := []string{"110101", "330106", "310115", "440305"}[r.IntN(4)] + fmt.Sprintf("%d%02d%02d", 1950+r.IntN(55), 1+r.IntN(12), 1+r.IntN(28)) + digits(r, 3)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

// bankCard makes a number with the check digit of Luhn.
func bankCard(r *rand.Rand) string {
	s := []string{"622202", "621700", "436742"}[r.IntN(3)] + digits(r, 12)
	if r.IntN(3) == 0 { // cards of the international networks have sixteen digits
		s = []string{"545619", "622202", "411111"}[r.IntN(3)] + digits(r, 9)
	}
	sum := 0
	for i := range s {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return s + string(rune('0'+(10-sum%10)%10))
}

// dress writes a number as people do: plain, in groups, full width, spoken.
func dress(r *rand.Rand, s string, groups ...int) string {
	switch r.IntN(5) {
	case 0, 1:
		var parts []string
		for rest := s; rest != ""; {
			n := min(groups[min(len(parts), len(groups)-1)], len(rest))
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		return strings.Join(parts, []string{" ", "-"}[r.IntN(2)])
	case 2:
		return strings.Map(func(c rune) rune {
			if c > ' ' && c < 0x7f {
				return c + 0xFEE0
			}
			return c
		}, s)
	}
	return s
}

func private(r *rand.Rand) sample {
	switch r.IntN(6) {
	case 0:
		v := "1" + string("3589"[r.IntN(4)]) + digits(r, 9)
		if v[1] == '9' || v[1] == '5' {
			v = v[:2] + "8" + v[3:]
		}
		return sample{"phone", dress(r, v, 3, 4, 4), v}
	case 1:
		v := "13" + digits(r, 9)
		spoken := strings.NewReplacer("0", "零", "1", "幺", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九").Replace(v)
		return sample{"phone", spoken, v}
	case 2:
		v := residentID(r)
		return sample{"id_card", dress(r, v, 6, 8, 4), v}
	case 3:
		v := bankCard(r)
		return sample{"bank_card", dress(r, v, 4), v}
	case 4:
		v := fmt.Sprintf("%c%s@%s", 'a'+rune(r.IntN(26)), "lin."+digits(r, 5), []string{"example.com", "mail.example.cn"}[r.IntN(2)])
		return sample{"email", v, v}
	}
	v := []string{"浙A", "沪B", "京C", "粤D"}[r.IntN(4)] + string("FGHJK"[r.IntN(5)]) + digits(r, 4)
	return sample{"plate", v, v}
}

var around = []string{"你好，我的%s，麻烦登记一下", "联系方式写%s吧，别的不用改", "%s", "请把包裹上的换成%s，谢谢", "it is %s, please use that one", "My details: %s. Can you check the order?", "之前留的不对，应该是 %s ，对吗？"}

// bareForm takes spaces, dashes and width away and reads spoken digits, so that no dress hides a leak.
func bareForm(s string) string {
	s = norm.NFKC.String(s)
	s = strings.NewReplacer("零", "0", "幺", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9").Replace(s)
	return strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '-' {
			return -1
		}
		return c
	}, s))
}

// TestNothingPrivateLeavesTheHouse sends generated, labelled messages through the real egress and the real wire, and looks for the
// values in what arrived at the other end.
func TestNothingPrivateLeavesTheHouse(t *testing.T) {
	s := openaitest.New(func(q openaitest.Question) openaitest.Answer { return openaitest.Answer{Text: "I repeat: " + q.Last()} })
	defer s.Close()
	c := client(t, s.Base())
	ring := llm.NewRing(3000)
	e, err := llm.New(llm.Deps{Clock: clock.System{}, Redact: veil{}, Capture: ring, Allow: []string{"h:1"}, Models: []llm.Model{{Name: "m", Role: llm.Strong, ID: "m", Host: "h:1", Wire: c}}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	r := rand.New(rand.NewPCG(20260302, 7))
	leaks, torn, n := map[string]int{}, 0, 2000
	for i := range n {
		x := private(r)
		text := fmt.Sprintf(around[r.IntN(len(around))], x.text)
		res, err := e.Chat(context.Background(), llm.Request{Role: llm.Strong, Messages: []llm.Message{{Author: llm.User, Text: text}}})
		if err != nil {
			t.Fatal(err)
		}
		if res.Text != "I repeat: "+text {
			torn++
		}
		if strings.Contains(bareForm(s.Seen()[i].Raw), bareForm(x.canary)) {
			if leaks[x.kind]++; leaks[x.kind] < 4 {
				t.Errorf("%s left the house: %q", x.kind, text)
			}
		}
	}
	for _, copy := range ring.All() {
		if strings.Contains(copy.Request, "@example.com") {
			t.Errorf("an address is in a copy: %s", copy.Request)
		}
	}
	if torn > 0 {
		t.Errorf("%d texts did not come back as they went", torn)
	}
	t.Logf("%d messages, leaks by kind: %v", n, leaks)
}
