package problem

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Document is the body of an error answer.
type Document struct {
	Type   string        `json:"type"`
	Title  string        `json:"title"`
	Status int           `json:"status"`
	Detail string        `json:"detail"`
	Code   string        `json:"code"`
	Errors []errs.Detail `json:"errors,omitempty"`
}

var statuses = map[errs.Kind]int{
	errs.Invalid: 422, errs.Unauthenticated: 401, errs.Forbidden: 403, errs.NotFound: 404, errs.Conflict: 409,
	errs.TooLarge: 413, errs.RateLimited: 429, errs.Unavailable: 503, errs.Internal: 500,
}

// Status is the HTTP status of a kind.
func Status(k errs.Kind) int { return statuses[k] }

// Write answers a request with an error.
func Write(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind == errs.Internal {
		e = unexpected(r.Context(), log, err)
	}
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.999)))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	status := statuses[e.Kind]
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(Document{"about:blank#" + string(e.Kind), http.StatusText(status), status, e.Message, e.Code, e.Details})
}

func unexpected(ctx context.Context, log *slog.Logger, err error) *errs.Error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return errs.New(errs.Unavailable, "timeout", "This took too long; nothing is certain to be stored, so ask or send again.")
	}
	log.ErrorContext(ctx, "request failed", "err", err)
	return errs.New(errs.Internal, "internal", "Something went wrong on our side. Try again; if it stays, tell the operator.")
}

// ReadJSON decodes a body of at most limit bytes into v: JSON, UTF-8, known fields only, one value.
func ReadJSON(w http.ResponseWriter, r *http.Request, limit int64, v any) error {
	if err := contentType(r.Header.Get("Content-Type")); err != nil {
		return err
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return errs.New(errs.TooLarge, "body_too_large", "The body has more than %d bytes.", limit)
	case err != nil:
		return errs.New(errs.Invalid, "body_unreadable", "The body could not be read to its end; send it again.")
	case !utf8.Valid(b):
		return errs.New(errs.Invalid, "body_encoding", "The body is not UTF-8; send it as UTF-8.")
	}
	if err := sound(b); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return malformed(plain(err))
	}
	return nil
}

// contentType takes JSON, in UTF-8 when an encoding is named; a missing header means JSON.
func contentType(header string) error {
	if header == "" {
		return nil
	}
	kind, params, err := mime.ParseMediaType(header)
	if err != nil || kind != "application/json" {
		return errs.New(errs.Invalid, "content_type", "Send application/json, not %.60q.", header)
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
		return errs.New(errs.Invalid, "body_encoding", "Send the body as UTF-8, not %.40q.", c)
	}
	return nil
}

// plain says what is wrong with JSON without Go's type names.
func plain(err error) string {
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) {
		return "field " + strconv.Quote(te.Field) + " has the wrong type (" + te.Value + ")"
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
