package api

import "net/http"

// recorder remembers the status and the matched pattern for metrics and for the panic handler.
type recorder struct {
	http.ResponseWriter
	status  int
	wrote   bool
	pattern string
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if !r.wrote {
		r.status, r.wrote = status, true
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write notes that the answer has begun.
func (r *recorder) Write(b []byte) (int, error) {
	r.wrote = true
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach flush and deadlines.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush sends what was written; the stream needs it.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }
