package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// measure counts and times requests by route, never by address, so that strangers cannot grow the set of labels.
type measure struct {
	count *prometheus.CounterVec
	time  *prometheus.HistogramVec
}

func newMeasure(r prometheus.Registerer) *measure {
	m := &measure{
		count: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "xiaoer_api_requests_total", Help: "Requests to the staff API."}, []string{"route", "method", "status"}),
		time:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "xiaoer_api_request_seconds", Help: "Time of requests to the staff API.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 10)}, []string{"route"}),
	}
	if r != nil {
		r.MustRegister(m.count, m.time)
	}
	return m
}

func (m *measure) observe(route, method string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	m.count.WithLabelValues(route, knownMethod(method), strconv.Itoa(status)).Inc()
	m.time.WithLabelValues(route).Observe(took.Seconds())
}

func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions:
		return m
	}
	return "other"
}
