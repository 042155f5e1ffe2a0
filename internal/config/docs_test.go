package config_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/config"
)

func TestTheSettingsPageIsTheReference(t *testing.T) {
	page, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := config.WriteReference(&want); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), want.String()) {
		t.Error("docs/settings.md is not what xiaoer config doc prints; print it again")
	}
}
