package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// importCmd takes a shop's data in.
type importCmd struct {
	configFlag
	What string `arg:"" enum:"products,stock,stores,customers,orders" help:"products, stock, stores, customers or orders (in this order for a new shop)."`
	File string `arg:"" type:"existingfile" help:"A .csv or .json file; docs/import.md lists the columns."`
}

// Run imports the whole file or nothing.
func (c *importCmd) Run() error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	ctx := context.Background()
	db, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := app.ImportShop(ctx, db, c.What, strings.TrimPrefix(strings.ToLower(filepath.Ext(c.File)), "."), f, time.Now())
	var e *errs.Error
	if errors.As(err, &e) {
		for _, d := range e.Details {
			fmt.Fprintf(os.Stderr, "%s: %s\n", d.Location, d.Message)
		}
	}
	if err != nil {
		return err
	}
	fmt.Printf("%d %s imported\n", n, c.What)
	return nil
}
