package openai_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai/openaitest"
)

func server(t *testing.T, text string) (*openaitest.Server, *openai.Client) {
	t.Helper()
	s := openaitest.New(func(openaitest.Question) openaitest.Answer { return openaitest.Answer{Text: text} })
	t.Cleanup(s.Close)
	return s, client(t, s.Base())
}

func client(t *testing.T, base string) *openai.Client {
	t.Helper()
	c, err := openai.New(openai.Config{BaseURL: base, Key: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func question() llm.Request {
	return llm.Request{Model: "m", MaxTokens: 50, Messages: []llm.Message{{Author: llm.System, Text: "be kind"}, {Author: llm.User, Text: "hello"},
		{Author: llm.Assistant, Calls: []llm.ToolCall{{ID: "c1", Name: "look", Args: []byte(`{"a":1}`)}}}, {Author: llm.Tool, CallID: "c1", Text: "seen"}},
		Tools: []llm.ToolSpec{{Name: "look", Description: "looks", Schema: map[string]any{"type": "object"}}}}
}

func TestWholeAndStreamedAnswersAreTheSame(t *testing.T) {
	s, c := server(t, "good day to you, 您好")
	whole, err := c.Chat(context.Background(), question())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	streamed, err := c.Stream(context.Background(), question(), func(d llm.Delta) { b.WriteString(d.Text) })
	if err != nil {
		t.Fatal(err)
	}
	if whole.Text != "good day to you, 您好" || streamed.Text != whole.Text || b.String() != whole.Text || whole.Usage.Total() == 0 || streamed.Usage.Total() == 0 || streamed.Finish != llm.Stopped {
		t.Fatalf("%+v, %+v, %q", whole, streamed, b.String())
	}
	for _, part := range []string{`"be kind"`, `"hello"`, `"look"`, `"tool_call_id":"c1"`, `"max_tokens":50`} {
		if !strings.Contains(s.Seen()[0].Raw, part) {
			t.Errorf("%s was not sent: %s", part, s.Seen()[0].Raw)
		}
	}
}

func TestToolCallsComeWhole(t *testing.T) {
	s := openaitest.New(func(openaitest.Question) openaitest.Answer {
		return openaitest.Answer{Tool: "look", Args: `{"at":"the moon"}`}
	})
	defer s.Close()
	c := client(t, s.Base())
	for _, ask := range []func() (llm.Response, error){
		func() (llm.Response, error) { return c.Chat(context.Background(), question()) },
		func() (llm.Response, error) { return c.Stream(context.Background(), question(), func(llm.Delta) {}) },
	} {
		r, err := ask()
		if err != nil || len(r.Calls) != 1 || r.Calls[0].Name != "look" || string(r.Calls[0].Args) != `{"at":"the moon"}` || r.Finish != llm.Called {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

func TestEveryFailureIsAnErrorOfTheHouse(t *testing.T) {
	for mode, want := range map[openaitest.Mode]struct {
		kind errs.Kind
		code string
	}{
		openaitest.Busy: {errs.RateLimited, "model_busy"}, openaitest.Broken: {errs.Unavailable, "model_down"}, openaitest.Hang: {errs.Unavailable, "model_timeout"},
		openaitest.CutText: {errs.Unavailable, "model_cut"}, openaitest.CutCall: {errs.Unavailable, "model_cut"}, openaitest.Malformed: {errs.Unavailable, ""},
		openaitest.Endless: {errs.Unavailable, "model_timeout"}, openaitest.Refusing: {errs.Invalid, "model_refused"}, openaitest.NoKey: {errs.Unauthenticated, "model_key"},
	} {
		t.Run(string(mode), func(t *testing.T) {
			s, c := server(t, "one two three four five")
			s.Set(mode)
			for name, ask := range map[string]func(context.Context) (llm.Response, error){
				"chat":   func(ctx context.Context) (llm.Response, error) { return c.Chat(ctx, question()) },
				"stream": func(ctx context.Context) (llm.Response, error) { return c.Stream(ctx, question(), func(llm.Delta) {}) },
			} {
				ctx, cancel := context.WithTimeout(context.Background(), 150*time.Millisecond)
				r, err := ask(ctx)
				cancel()
				if !errs.Is(err, want.kind) || want.code != "" && errs.CodeOf(err) != want.code || len(r.Calls) > 0 {
					t.Errorf("%s: %+v, %v", name, r, err)
				}
				if strings.Contains(err.Error(), "secret") {
					t.Errorf("%s tells the key: %v", name, err)
				}
			}
		})
	}
}

func TestRetryAfterIsRead(t *testing.T) {
	for value, want := range map[string]time.Duration{"7": 7 * time.Second, "0.5": 500 * time.Millisecond, "": 0, "soon": 0, "-3": 0, "999999": time.Hour, "Mon, 02 Mar 2026 09:00:30 GMT": 30 * time.Second} {
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", "Mon, 02 Mar 2026 09:00:00 GMT")
			w.Header().Set("Retry-After", value)
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		_, err := client(t, h.URL+"/v1").Chat(context.Background(), question())
		h.Close()
		var e *errs.Error
		if !errors.As(err, &e) || e.RetryAfter != want {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestStructuredOutputFallsBackAndRemembers(t *testing.T) {
	s, c := server(t, `{"x":1}`)
	s.Set(openaitest.Plain)
	q := question()
	q.Shape = &llm.Shape{Name: "x", Schema: map[string]any{"type": "object"}}
	for range 2 {
		r, err := c.Chat(context.Background(), q)
		if err != nil || r.Text != `{"x":1}` {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if n := len(s.Seen()); n != 4 { // schema, object, words; then words at once
		t.Errorf("%d questions", n)
	}
}

func TestOddContentTypesAreRead(t *testing.T) {
	s, c := server(t, "fine all the same")
	s.Set(openaitest.Odd)
	if r, err := c.Chat(context.Background(), question()); err != nil || r.Text != "fine all the same" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := c.Stream(context.Background(), question(), func(llm.Delta) {}); err != nil || r.Text != "fine all the same" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAnOlderGatewayKnowsNoStreamOptions(t *testing.T) {
	old := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "stream_options") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"error":{"message":"unknown field stream_options"}}`))
			return
		}
		_, _ = w.Write([]byte("data: {\"choices\":[{\"delta\":{\"content\":\"words\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"))
	}))
	defer old.Close()
	r, err := client(t, old.URL).Stream(context.Background(), question(), func(llm.Delta) {})
	if err != nil || r.Text != "words" {
		t.Fatalf("%+v, %v", r, err)
	}
}

func TestOnlyTheConfiguredHostIsAsked(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}))
	defer h.Close()
	if _, err := client(t, h.URL).Chat(context.Background(), question()); err == nil || elsewhere != 0 {
		t.Fatalf("%v, %d elsewhere", err, elsewhere)
	}
}

func TestAddresses(t *testing.T) {
	for base, want := range map[string]string{"https://api.deepseek.com/v1": "api.deepseek.com:443", "http://127.0.0.1:11434/v1": "127.0.0.1:11434", "http://Box/v1": "box:80"} {
		if got, err := openai.HostOf(base); err != nil || got != want {
			t.Errorf("%s: %s, %v", base, got, err)
		}
	}
	for _, base := range []string{"", "ftp://x", "api.deepseek.com", "https://", "https://user:pw@host/v1", "file:///etc/passwd"} {
		if _, err := openai.New(openai.Config{BaseURL: base}); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", base, err)
		}
	}
}
