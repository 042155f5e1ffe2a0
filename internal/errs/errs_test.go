package errs_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

func TestKindSurvivesWrapping(t *testing.T) {
	base := errs.New(errs.NotFound, "order_unknown", "There is no order %q.", "A1")
	wrapped := fmt.Errorf("loading: %w", base)
	if !errs.Is(wrapped, errs.NotFound) || errs.CodeOf(wrapped) != "order_unknown" {
		t.Fatalf("kind or code lost: %v", wrapped)
	}
}

func TestUnknownErrorsAreInternal(t *testing.T) {
	if errs.KindOf(errors.New("disk on fire")) != errs.Internal {
		t.Fatal("an unclassified error must be internal")
	}
	if errs.KindOf(nil) != "" || errs.Is(nil, errs.Internal) {
		t.Fatal("nil is no error")
	}
}

func TestWrapKeepsCause(t *testing.T) {
	cause := errors.New("connection refused")
	err := errs.Wrap(cause, errs.Unavailable, "store_down", "The database does not answer.")
	if !errors.Is(err, cause) {
		t.Fatal("cause lost")
	}
	if got := err.With("body.text", "too long").Details[0].Location; got != "body.text" {
		t.Fatalf("detail location = %q", got)
	}
}
