package openaitest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/clock"
)

// Mode is how the server behaves.
type Mode string

// The modes.
const (
	Ok         Mode = "ok"
	Busy       Mode = "429"
	Broken     Mode = "500"
	Hang       Mode = "hang"
	Slow       Mode = "slow"          // a piece, a pause, a piece ...
	CutText    Mode = "cut_sentence"  // the connection ends mid sentence
	CutCall    Mode = "cut_tool_call" // the connection ends inside a tool call's arguments
	Malformed  Mode = "malformed"     // no JSON
	Empty      Mode = "empty"         // an answer without words
	UnknownUse Mode = "unknown_tool"  // calls a tool that was not offered
	WrongTypes Mode = "wrong_types"   // JSON of other types than asked
	Endless    Mode = "endless"       // words without end
	Evil       Mode = "evil"          // well formed and hostile
	Refusing   Mode = "400"           // refuses the question
	NoKey      Mode = "401"           // refuses the key
	Odd        Mode = "odd_type"      // right, under the wrong content type
	Plain      Mode = "no_form"       // knows no structured output, and wraps JSON in a code block
)

// Modes are all that can go wrong in a turn.
var Modes = []Mode{Ok, Busy, Broken, Hang, Slow, CutText, CutCall, Malformed, Empty, UnknownUse, WrongTypes, Endless, Evil, Refusing, NoKey, Odd, Plain}

// Question is what the server was asked.
type Question struct {
	Model    string `json:"model"`
	Stream   bool   `json:"stream"`
	Messages []struct {
		Role    string `json:"role"`
		Content any    `json:"content"`
	} `json:"messages"`
	Format struct {
		Type   string `json:"type"`
		Schema struct {
			Name string `json:"name"`
		} `json:"json_schema"`
	} `json:"response_format"`
	MaxTokens int               `json:"max_tokens"`
	Tools     []json.RawMessage `json:"tools"`
	Raw       string            `json:"-"`
}

// Last is the last words of the asker.
func (q Question) Last() string {
	for i := len(q.Messages) - 1; i >= 0; i-- {
		if s, ok := q.Messages[i].Content.(string); ok && q.Messages[i].Role == "user" {
			return s
		}
	}
	return ""
}

// Shaped tells whether JSON is wanted.
func (q Question) Shaped() bool { return q.Format.Type != "" }

// Answer is what the server says: words, or a tool call.
type Answer struct {
	Text string
	Tool string
	Args string
}

// Server is a scripted endpoint.
type Server struct {
	*httptest.Server
	Brain      func(Question) Answer // of the mode Ok
	RetryAfter string                // of the mode Busy
	Pause      time.Duration         // between the pieces of the mode Slow
	Clock      clock.Clock
	mode       atomic.Value
	mu         sync.Mutex
	seen       []Question
	quit       chan struct{}
	once       sync.Once
}

// New starts a Server in the mode Ok.
func New(brain func(Question) Answer) *Server {
	s := &Server{Brain: brain, Clock: clock.System{}, Pause: 20 * time.Millisecond, quit: make(chan struct{})}
	s.mode.Store(Ok)
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// Close ends everything, also what hangs.
func (s *Server) Close() {
	s.once.Do(func() { close(s.quit) })
	s.Server.CloseClientConnections()
	s.Server.Close()
}

// Base is the base URL.
func (s *Server) Base() string { return s.URL + "/v1" }

// Set changes the mode.
func (s *Server) Set(m Mode) { s.mode.Store(m) }

// Seen is all that was asked.
func (s *Server) Seen() []Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Question(nil), s.seen...)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var q Question
	if err != nil || json.Unmarshal(body, &q) != nil || !strings.HasSuffix(r.URL.Path, "/chat/completions") {
		fail(w, http.StatusNotFound, "no such place")
		return
	}
	q.Raw = string(body)
	s.mu.Lock()
	s.seen = append(s.seen, q)
	s.mu.Unlock()
	o := out{w: w, q: q, s: s, done: r.Context().Done()}
	o.by(s.mode.Load().(Mode))
}

func fail(w http.ResponseWriter, code int, why string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": why, "type": "scripted", "code": "scripted"}})
}
