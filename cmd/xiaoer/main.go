// Command xiaoer is the whole product in one binary: server, demo, terminal chat, evaluations, import and backup.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// cli lists the commands; each lives in a file of its own name.
type cli struct {
	Demo      demoCmd      `cmd:"" help:"Run the demo shop on one port."`
	Chat      chatCmd      `cmd:"" help:"Talk to the agent in the terminal."`
	Serve     serveCmd     `cmd:"" help:"Run the server."`
	Import    importCmd    `cmd:"" help:"Take products, stock, stores, customers or orders in from CSV or JSON."`
	Backup    backupCmd    `cmd:"" help:"Write an archive of everything, while the server runs."`
	Restore   restoreCmd   `cmd:"" help:"Fill an empty database from an archive."`
	Config    configCmd    `cmd:"" help:"Check and explain the settings."`
	Models    modelsCmd    `cmd:"" help:"Switch language models off and on while servers run."`
	Version   versionCmd   `cmd:"" help:"Say what this binary is."`
	Bench     benchCmd     `cmd:"" help:"Measure speed on this machine."`
	Eval      evalCmd      `cmd:"" help:"Measure understanding, knowledge, dialogues and learning."`
	Knowledge knowledgeCmd `cmd:"" help:"Import, search, check and export the shop's articles."`

	OpenAPI openapiCmd `cmd:"" name:"openapi" help:"Print the OpenAPI description of the staff API."`
}

func main() {
	var c cli
	p := kong.Parse(&c, kong.Name("xiaoer"), kong.Description("AI-first customer service for retail, online and in stores."), kong.UsageOnError())
	if err := p.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "xiaoer: "+err.Error())
		os.Exit(1)
	}
}
