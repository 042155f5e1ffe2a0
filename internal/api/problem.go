package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

// Problem is an RFC 9457 problem document, the form of every error.
type Problem struct {
	Type      string        `json:"type" doc:"Where this kind of problem is explained" example:"/api/v1/docs#problem-not_found"`
	Title     string        `json:"title" doc:"The kind, for a person"`
	Status    int           `json:"status" doc:"The HTTP status"`
	Detail    string        `json:"detail" doc:"What is wrong, and how to mend it"`
	Code      string        `json:"code" doc:"Stable word that programs may match"`
	Errors    []errs.Detail `json:"errors,omitempty" doc:"The wrong places of the input"`
	RequestID string        `json:"request_id,omitempty" doc:"Names this request in the log"`
	retry     time.Duration
}

// titles says each kind to a person; the docs page explains them.
var titles = map[errs.Kind]string{
	errs.Invalid: "The input is wrong", errs.Unauthenticated: "Not signed in", errs.Forbidden: "Not allowed", errs.NotFound: "Not found",
	errs.Conflict: "Conflict with the present state", errs.TooLarge: "Too large", errs.RateLimited: "Too many requests",
	errs.Unavailable: "Not available now", errs.Internal: "Error on our side",
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problem documents.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders carries Retry-After.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.retry/time.Second)+1))
	}
	return h
}

func newProblem(k errs.Kind, code, detail string) *Problem {
	return &Problem{Type: "/api/v1/docs#problem-" + string(k), Title: titles[k], Status: problem.Status(k), Detail: detail, Code: code}
}

// problemOf turns any error into a problem document. What is internal is logged and not shown.
func problemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var e *errs.Error
	switch {
	case errors.As(err, &e) && e.Kind != errs.Internal:
		p = newProblem(e.Kind, e.Code, e.Message)
		p.Errors, p.retry = e.Details, e.RetryAfter
	case errors.Is(err, context.DeadlineExceeded):
		p = newProblem(errs.Unavailable, "timed_out", "This took too long and was given up. Try again.")
	case errors.Is(err, context.Canceled):
		p = newProblem(errs.Unavailable, "canceled", "The request was given up.")
	default:
		p = newProblem(errs.Internal, "internal", "Something went wrong on our side. The request number finds it in the log.")
	}
	p.RequestID = requestID(ctx)
	if p.Status >= 500 {
		log.ErrorContext(ctx, "request failed", "request_id", p.RequestID, "code", p.Code, "error", err)
	}
	return p
}

// fromHuma makes the framework's own errors (mostly validation) look like ours. Values are not echoed.
func fromHuma(status int, msg string, causes ...error) huma.StatusError {
	p := newProblem(kindOfStatus(status), codeOfStatus(status), sentence(msg))
	p.Status = status
	for _, c := range causes {
		var d huma.ErrorDetailer
		if errors.As(c, &d) {
			p.Errors = append(p.Errors, errs.Detail{Location: d.ErrorDetail().Location, Message: d.ErrorDetail().Message})
		} else if c != nil && status < 500 {
			p.Errors = append(p.Errors, errs.Detail{Message: c.Error()})
		}
	}
	if status == http.StatusUnprocessableEntity && len(p.Errors) > 0 {
		p.Detail = "The input does not match the description; mend the places named."
	}
	return p
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func kindOfStatus(status int) errs.Kind {
	for k := range titles {
		if problem.Status(k) == status {
			return k
		}
	}
	if status >= 500 {
		return errs.Internal
	}
	return errs.Invalid
}

func codeOfStatus(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "malformed"
	case http.StatusUnprocessableEntity:
		return "input_invalid"
	case http.StatusUnsupportedMediaType:
		return "content_type_unsupported"
	case http.StatusRequestEntityTooLarge:
		return "body_too_large"
	case http.StatusRequestTimeout:
		return "body_too_slow"
	case http.StatusMethodNotAllowed:
		return "method_not_allowed"
	case http.StatusNotAcceptable:
		return "not_acceptable"
	}
	return string(kindOfStatus(status))
}

// send writes a problem outside the framework.
func (p *Problem) send(w http.ResponseWriter) {
	for k, vs := range p.GetHeaders() {
		w.Header()[k] = vs
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client has gone when this fails
}
