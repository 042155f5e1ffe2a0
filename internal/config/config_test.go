package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

func write(t *testing.T, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "xiaoer.yaml")
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDefaultsStand(t *testing.T) {
	c, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Agent.Settle.Std() != 300*time.Millisecond {
		t.Fatalf("defaults: %+v", c)
	}
}

func TestFileThenEnvironment(t *testing.T) {
	p := write(t, "listen: 0.0.0.0:1\nagent:\n  settle: 1s\nwebchat:\n  allowed_origins: [https://a.example]\n")
	c, err := config.Load(p, []string{"XIAOER_LISTEN=0.0.0.0:2", "XIAOER_DATABASE__URL=postgres://x", "OTHER=1"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "0.0.0.0:2" || c.Database.URL != "postgres://x" || c.Agent.Settle.Std() != time.Second || len(c.Webchat.AllowedOrigins) != 1 {
		t.Fatalf("%+v", c)
	}
}

func TestWrongSettingsNameTheirKey(t *testing.T) {
	for name, tc := range map[string]struct{ file, key string }{
		"unknown key":   {"listenn: x\n", "listenn"},
		"wrong type":    {"jobs:\n  workers: many\n", "workers"},
		"wrong nesting": {"jobs: 3\n", "jobs"},
		"bad address":   {"listen: nowhere\n", "listen"},
		"bad level":     {"log:\n  level: loud\n", "log.level"},
		"bad zone":      {"shop:\n  timezone: Mars/Base\n", "shop.timezone"},
		"bad proxy":     {"http:\n  proxies: [10.0.0.1]\n", "http.proxies"},
		"bad origin":    {"webchat:\n  allowed_origins: [example.com]\n", "webchat.allowed_origins"},
		"bad duration":  {"agent:\n  settle: soon\n", "settle"},
		"not yaml":      {"listen: [\n", "xiaoer.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Load(write(t, tc.file), nil)
			if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), tc.key) {
				t.Fatalf("err = %v", err)
			}
		})
	}
	if _, err := config.Load("/nowhere.yaml", nil); !errs.Is(err, errs.Invalid) {
		t.Fatalf("missing file: %v", err)
	}
}

func TestPrintedDefaultLoadsAsTheDefault(t *testing.T) {
	var b bytes.Buffer
	if err := config.WriteDefault(&b); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(write(t, b.String()), nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	c.Webchat.AllowedOrigins = nil
	if want := config.Default(); c.Listen != want.Listen || c.Shutdown != want.Shutdown || c.Tracing != want.Tracing {
		t.Fatalf("%+v", c)
	}
}

func TestReferenceTellsEveryKey(t *testing.T) {
	var b bytes.Buffer
	if err := config.WriteReference(&b); err != nil {
		t.Fatal(err)
	}
	for _, k := range config.Keys() {
		if k.Doc == "" || !strings.Contains(b.String(), k.Name) {
			t.Errorf("key %q is not explained", k.Name)
		}
	}
}
