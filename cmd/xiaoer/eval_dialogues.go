package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/app/dialogue"
)

// evalDialoguesCmd plays dialogue suites, each on a fresh demo shop.
type evalDialoguesCmd struct {
	Dir  string `arg:"" type:"existingdir" help:"Folder with suites (*.yaml)."`
	Only string `help:"Play only files whose path contains this."`
	JSON bool   `help:"Print one JSON object as the last line."`
}

// Run plays and prints; a failed dialogue is told, and does not fail the command.
func (c *evalDialoguesCmd) Run() error {
	suites, err := dialogue.Read(os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	var chosen []dialogue.Suite
	for _, s := range suites {
		if strings.Contains(s.File, c.Only) {
			chosen = append(chosen, s)
		}
	}
	r, err := dialogue.Play(context.Background(), chosen, dialogue.DemoShop, tellFailure)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Printf("%d dialogues, %d passed, %d failed\n", r.Total, r.Passed, r.Failed)
		return nil
	}
	line, err := json.Marshal(r)
	fmt.Println(string(line))
	return err
}

func tellFailure(f dialogue.Failure) {
	fmt.Printf("FAIL %s turn %d %q\n  %s: want %s\n  got %s\n", f.File, f.Turn, f.Said, f.What, f.Want, strings.ReplaceAll(strings.TrimSpace(f.Got), "\n", "\n      "))
}
