package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/config"
)

// TestTracesReachTheCollector speaks the real protocol to a collector of our own and looks for the names of the spans.
func TestTracesReachTheCollector(t *testing.T) {
	var mu sync.Mutex
	var got strings.Builder
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		got.Write(b)
	}))
	defer collector.Close()
	cfg := config.Default()
	cfg.Data, cfg.Listen, cfg.Agent.Settle, cfg.Tracing.Endpoint = t.TempDir(), "127.0.0.1:0", 0, collector.URL+"/v1/traces"
	a, err := New(t.Context(), cfg, Options{Seed: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	talk, err := a.NewTalk(t.Context(), "emma", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := talk.Say(t.Context(), "a secret sentence about my order"); err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/readyz", nil))
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := a.Stop(ctx); err != nil { // stopping sends what is left
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{"agent.turn", "GET /readyz", "xiaoer"} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no span tells of %q", want)
		}
	}
	if strings.Contains(got.String(), "secret sentence") {
		t.Error("a span carries what a customer wrote")
	}
}
