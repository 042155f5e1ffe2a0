package main

import (
	"context"
	"fmt"

	"github.com/xiaoer-cs/xiaoer/internal/app"
)

// modelsCmd switches language models while servers run.
type modelsCmd struct {
	Off modelsOff `cmd:"" help:"Switch all language models off; running servers follow within seconds."`
	On  modelsOn  `cmd:"" help:"Switch them on again."`
}

type modelsOff struct{ configFlag }

// Run switches off.
func (c *modelsOff) Run() error { return setModels(c.configFlag, "yes") }

type modelsOn struct{ configFlag }

// Run switches on.
func (c *modelsOn) Run() error { return setModels(c.configFlag, "no") }

// setModels writes the switch into the database that all servers look at.
func setModels(c configFlag, off string) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	ctx := context.Background()
	db, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.PutSetting(ctx, app.ModelsOff, off); err != nil {
		return err
	}
	fmt.Printf("Language models are off: %s. Running servers follow within seconds.\n", off)
	return nil
}
