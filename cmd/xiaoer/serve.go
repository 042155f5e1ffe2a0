package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// version is set by the build; a plain "go build" says dev and the commit.
var version = "dev"

// configFlag is shared by every command that needs settings.
type configFlag struct {
	Config string `short:"c" help:"YAML file with settings; environment variables XIAOER_... stand above it." type:"existingfile"`
}

func (f configFlag) load() (config.Config, error) { return config.Load(f.Config, os.Environ()) }

// serveCmd runs the server.
type serveCmd struct {
	configFlag
	Seed bool `help:"Fill an empty database with the demo shop."`
}

// Run serves until interrupted.
func (c *serveCmd) Run() error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	return serve(cfg, app.Options{Seed: c.Seed, Version: version, FirstAdmin: firstAdmin, Log: newLog(cfg.Log), Ready: func(at net.Addr, _ []staff.DemoLogin) { fmt.Printf("xiaoer %s listens on http://%s\n", version, at) }})
}

func firstAdmin(login, password string) {
	fmt.Printf("First administrator: %s, password %s (shown once; change it after signing in)\n", login, password)
}

func serve(cfg config.Config, o app.Options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o.Environ = os.Environ()
	a, err := app.New(ctx, cfg, o)
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

func newLog(c config.Log) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.Level)) // checked when loaded
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, o))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, o))
}

// versionCmd prints what this binary is.
type versionCmd struct{}

// Run prints one line.
func (versionCmd) Run() error {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = " " + s.Value
			}
		}
	}
	fmt.Printf("xiaoer %s%s\n", version, commit)
	return nil
}
