package app

import (
	"errors"
	"net/http"
	"runtime/debug"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

// caught answers a panic of any handler with one problem document and one log line, and lets the server go on. When the
// answer had begun, the connection is cut instead, so that nobody takes half an answer for a whole one.
func (a *App) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := &begun{ResponseWriter: w}
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			a.log.Error("a handler panicked", "method", r.Method, "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
			if b.yes {
				panic(http.ErrAbortHandler)
			}
			problem.Write(w, r, a.log, errs.New(errs.Internal, "internal", "Something went wrong on our side; it is in the log."))
		}()
		next.ServeHTTP(b, r)
	})
}

// begun knows whether an answer has begun.
type begun struct {
	http.ResponseWriter
	yes bool
}

// WriteHeader notes it.
func (b *begun) WriteHeader(status int) { b.yes = true; b.ResponseWriter.WriteHeader(status) }

// Write notes it.
func (b *begun) Write(p []byte) (int, error) { b.yes = true; return b.ResponseWriter.Write(p) }

// Unwrap lets streams flush and set deadlines.
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }
