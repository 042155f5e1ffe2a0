package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

func openStore(ctx context.Context, c config.Config) (*store.DB, error) {
	return store.Open(ctx, store.Options{URL: c.Database.URL, Path: filepath.Join(c.Data, "xiaoer.db"), MaxConn: c.Database.Connections})
}

// backupCmd writes an archive of the whole database.
type backupCmd struct {
	configFlag
	File string `arg:"" help:"File to write; it must not exist."`
}

// Run writes to a temporary name first, so that a file of that name is always whole.
func (c *backupCmd) Run() error {
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
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("%s exists already; name a new file", c.File)
	}
	tmp, err := os.CreateTemp(filepath.Dir(c.File), ".xiaoer-backup-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	rows, err := db.Backup(ctx, tmp)
	if err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	fmt.Printf("%d rows written to %s\n", rows, c.File)
	return os.Rename(tmp.Name(), c.File)
}

// restoreCmd fills an empty database from an archive.
type restoreCmd struct {
	configFlag
	File string `arg:"" type:"existingfile" help:"Archive made by xiaoer backup, of either database."`
}

// Run restores all of it or nothing.
func (c *restoreCmd) Run() error {
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
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := db.Restore(ctx, f)
	if err != nil {
		return err
	}
	fmt.Printf("%d rows restored from %s\n", rows, c.File)
	return nil
}
