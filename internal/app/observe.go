package app

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// observed counts and times requests outside the staff API, which measures itself.
func (a *App) observed(next http.Handler) http.Handler {
	count := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "xiaoer_http_requests_total", Help: "Requests by route and status."}, []string{"route", "status"})
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "xiaoer_http_request_seconds", Help: "Time to answer, streams left out.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}, []string{"route"})
	open := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "xiaoer_listeners", Help: "Open streams and waiting polls."}, func() float64 { return float64(a.kernel.hub.Listeners()) })
	busy := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "xiaoer_jobs_running", Help: "Jobs being worked on."}, func() float64 { return float64(a.kernel.runner.Busy()) })
	a.front.registry.MustRegister(count, took, open, busy)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		begin := time.Now()
		next.ServeHTTP(rec, r)
		route := r.Pattern // set by the mux, so the label has few values
		if route == "" {
			route = "none"
		}
		count.WithLabelValues(route, strconv.Itoa(rec.status)).Inc()
		if rec.Header().Get("Content-Type") != "text/event-stream" {
			took.WithLabelValues(route).Observe(time.Since(begin).Seconds())
		}
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader keeps the status.
func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets streams flush and set deadlines.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
