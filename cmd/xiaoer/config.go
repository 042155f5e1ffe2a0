package main

import (
	"fmt"
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/config"
)

// configCmd checks and explains settings.
type configCmd struct {
	Check   configCheck   `cmd:"" help:"Load the settings as the server would and say what is wrong."`
	Default configDefault `cmd:"" help:"Print a file with every key at its default."`
	Doc     configDoc     `cmd:"" help:"Print the reference of every key."`
}

type configCheck struct{ configFlag }

// Run loads and tells.
func (c *configCheck) Run() error {
	if _, err := c.load(); err != nil {
		return err
	}
	fmt.Println("The settings are good.")
	return nil
}

type configDefault struct{}

// Run prints the defaults.
func (configDefault) Run() error { return config.WriteDefault(os.Stdout) }

type configDoc struct{}

// Run prints the reference.
func (configDoc) Run() error { return config.WriteReference(os.Stdout) }
