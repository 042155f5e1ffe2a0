package app

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPanicIsOneProblemAndOneLogLine(t *testing.T) {
	var log bytes.Buffer
	a := &App{log: slog.New(slog.NewTextHandler(&log, nil))}
	h := a.caught(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret of the house") }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/shop/", nil))
	var p struct {
		Status int
		Code   string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 500 || p.Status != 500 || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s %v", w.Code, w.Body, err)
	}
	if strings.Contains(w.Body.String(), "secret") || strings.Count(log.String(), "a handler panicked") != 1 || !strings.Contains(log.String(), "/shop/") {
		t.Errorf("answer %s\nlog %s", w.Body, log.String())
	}
}

func TestAPanicInTheMiddleOfAnAnswerCutsIt(t *testing.T) {
	a := &App{log: slog.New(slog.DiscardHandler)}
	srv := httptest.NewServer(a.caught(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, 1<<16))
		panic("late")
	})))
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		return // cut before the head: nothing can be taken for an answer
	}
	defer resp.Body.Close()
	if _, err := bytes.NewBuffer(nil).ReadFrom(resp.Body); err == nil {
		t.Error("half an answer arrived as a whole one")
	}
}
