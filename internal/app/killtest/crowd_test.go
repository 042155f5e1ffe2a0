package killtest_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// ledger alone knows what the server acknowledged: client id by conversation.
type ledger struct {
	mu    sync.Mutex
	acked map[string]map[string]int64 // conversation -> client id -> number
}

func newLedger() *ledger { return &ledger{acked: map[string]map[string]int64{}} }

func (l *ledger) note(t *testing.T, conv, client string, seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.acked[conv] == nil {
		l.acked[conv] = map[string]int64{}
	}
	if before, ok := l.acked[conv][client]; ok && before != seq {
		t.Errorf("%s/%s was acknowledged as %d and as %d", conv, client, before, seq)
	}
	l.acked[conv][client] = seq
}

func (l *ledger) count() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range l.acked {
		n += len(m)
	}
	return n
}

// crowd is shoppers who write at a steady rate and press what they are shown.
type crowd struct {
	t    *testing.T
	base string
	l    *ledger
	http *http.Client
	done chan struct{}
	wg   sync.WaitGroup
}

func newCrowd(t *testing.T, base string, l *ledger) *crowd {
	return &crowd{t: t, base: base, l: l, http: &http.Client{Timeout: 5 * time.Second}, done: make(chan struct{})}
}

func (c *crowd) begin() {
	for i := range shoppers {
		c.wg.Go(func() { c.shop(i) })
	}
}

func (c *crowd) finish() {
	close(c.done)
	c.wg.Wait()
}

// known are seed customers with orders to act on; the others are visitors.
var known = []string{"li-na", "wang-wei", "emma"}

var lines = []string{"你好", "我要退货", "查一下订单", "几天可以退货", "我要投诉质量问题，坏了", "开发票", "杭州有门店吗", "取消订单", "I want to return something", "Where is my order?",
	"how long is the warranty", "换货", "我有个建议，门店多放点椅子", "保温杯怎么清洗", "保价", "我的积分有多少"}

type shopper struct {
	*crowd
	token, conv string
	seq         int64
	n           int
	name        string
}

func (c *crowd) shop(i int) {
	s := &shopper{crowd: c, name: fmt.Sprintf("s%d", i)}
	body := `{"locale":"zh"}`
	if i < len(known) {
		body = fmt.Sprintf(`{"locale":"zh","identity":{"customer_id":%q,"signature":%q}}`, known[i], sign(known[i]))
	}
	var got struct {
		Token          string `json:"token"`
		ConversationID string `json:"conversation_id"`
	}
	s.until(func() bool { return s.post("/widget/v1/sessions", body, &got) == http.StatusOK })
	s.token, s.conv = got.Token, got.ConversationID
	gap := time.Second * shoppers / perSecond
	for k := i; ; k++ {
		select {
		case <-c.done:
			return
		case <-time.After(gap):
			s.step(lines[k%len(lines)])
		}
	}
}

func sign(customer string) string {
	h := hmac.New(sha256.New, []byte(webSecret))
	h.Write([]byte(customer))
	return hex.EncodeToString(h.Sum(nil))
}

// step presses the newest open card, or says the next line.
func (s *shopper) step(line string) {
	s.n++
	client := fmt.Sprintf("%s-%d", s.name, s.n)
	path, body := "/widget/v1/messages", fmt.Sprintf(`{"client_id":%q,"text":%q}`, client, line)
	if card, action := s.open(); action != "" {
		path, body = "/widget/v1/actions", fmt.Sprintf(`{"client_id":%q,"card_id":%q,"action":%q}`, client, card, action)
	}
	var got struct {
		Seq int64 `json:"seq"`
	}
	s.until(func() bool {
		status := s.post(path, body, &got)
		if status == http.StatusAccepted {
			s.l.note(s.t, s.conv, client, got.Seq)
		}
		return status == http.StatusAccepted || status == http.StatusConflict || status == http.StatusNotFound || status == http.StatusUnprocessableEntity
	})
}

// open finds the newest card that can be pressed and what to press on it.
func (s *shopper) open() (card, action string) {
	var got struct {
		Messages []struct {
			Card *struct {
				ID, Status string
				Actions    []struct{ ID string }
			}
		}
	}
	if s.get(fmt.Sprintf("/widget/v1/messages?after=%d", max(0, s.seq-8)), &got) != http.StatusOK {
		return "", ""
	}
	for i := len(got.Messages) - 1; i >= 0; i-- {
		c := got.Messages[i].Card
		if c == nil || c.Status != "open" {
			continue
		}
		for _, a := range c.Actions {
			if a.ID == "confirm" || strings.HasPrefix(a.ID, "choose:") {
				return c.ID, a.ID
			}
		}
	}
	return "", ""
}

// until tries again through crashes, with the same request.
func (s *shopper) until(ok func() bool) {
	for begin := time.Now(); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begin) > 90*time.Second {
			s.t.Errorf("%s: no answer for 90 seconds", s.name)
			return
		}
	}
}

func (s *shopper) post(path, body string, into any) int {
	r, err := http.NewRequest(http.MethodPost, s.base+path, bytes.NewBufferString(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	return s.do(r, into)
}

func (s *shopper) get(path string, into any) int {
	r, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		return 0
	}
	return s.do(r, into)
}

func (s *shopper) do(r *http.Request, into any) int {
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	resp, err := s.http.Do(r)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0
	}
	if resp.StatusCode < 300 && json.Unmarshal(b, into) != nil {
		return 0
	}
	var seq struct {
		Seq int64 `json:"seq"`
	}
	if json.Unmarshal(b, &seq) == nil && seq.Seq > s.seq {
		s.seq = seq.Seq
	}
	return resp.StatusCode
}
