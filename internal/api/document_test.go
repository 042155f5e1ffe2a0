package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/api"
)

func TestDocumentDescribesEveryRouteAndHasNoForeignLinks(t *testing.T) {
	raw, err := api.Document("1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		OpenAPI string
		Info    struct{ Version string }
		Paths   map[string]map[string]struct {
			OperationID string
			Summary     string
			Responses   map[string]any
		}
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Info.Version != "1.2.3" {
		t.Fatalf("openapi %q version %q", doc.OpenAPI, doc.Info.Version)
	}
	n := 0
	for path, methods := range doc.Paths {
		for method, op := range methods {
			n++
			if op.OperationID == "" || op.Summary == "" || len(op.Responses) < 2 {
				t.Errorf("%s %s is not described", method, path)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d operations", n)
	}
	if strings.Contains(string(raw), "$schema") {
		t.Error("the document carries $schema links")
	}
}
