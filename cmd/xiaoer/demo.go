package main

import (
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// demoCmd runs the demo shop: seed data, storefront, console, all on one port.
type demoCmd struct {
	configFlag
	Listen string `default:"127.0.0.1:8080" help:"Address to listen on."`
	Data   string `default:"data/demo" help:"Folder of the demo's data."`
	Fresh  bool   `help:"Begin anew: remove the demo's data first."`
}

// Run starts the demo and prints where to look.
func (c *demoCmd) Run() error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	cfg.Listen, cfg.Data, cfg.Shop.Demo = c.Listen, c.Data, true
	if c.Fresh {
		if err := os.RemoveAll(c.Data); err != nil {
			return err
		}
	}
	return serve(cfg, app.Options{Seed: true, Version: version, Log: newLog(cfg.Log), Ready: func(at net.Addr, logins []staff.DemoLogin) { welcome("http://"+at.String(), logins) }})
}

func welcome(base string, logins []staff.DemoLogin) {
	fmt.Printf(`
  Xiaoer 小二 is ready.

  Storefront, act as Li Na, Wang Wei or Emma   %[1]s/shop/
  Staff console                                %[1]s/console/
  Help centre                                  %[1]s/help/
  Staff API                                    %[1]s/api/v1/docs

  Demo logins for the console:
%[2]s
  Stop with Ctrl+C. Begin anew with --fresh.

`, base, loginLines(logins))
}

func loginLines(logins []staff.DemoLogin) string {
	var b strings.Builder
	for _, l := range logins {
		fmt.Fprintf(&b, "    %-8s %s  (%s)\n", l.Login, l.Password, l.Role)
	}
	return b.String()
}
