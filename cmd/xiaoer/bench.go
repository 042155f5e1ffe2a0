package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/app/bench"
)

// benchCmd groups the benchmarks.
type benchCmd struct {
	Start benchStartCmd `cmd:"" help:"Time until a new server is ready, on an empty folder with and without the demo shop, and its memory when idle."`
	Turn  benchTurnCmd  `cmd:"" help:"Messages accepted, turns completed, time to reply, memory; beside the raw durable-commit rate."`
}

type benchTurnCmd struct {
	URL           string  `help:"PostgreSQL to measure on; empty means SQLite in a temporary folder. The database must be empty."`
	Conversations int     `default:"2000" help:"Open conversations."`
	Seconds       float64 `default:"4" help:"Length of each part."`
	Senders       int     `default:"64" help:"Senders at a time while accepting."`
	JSON          bool    `name:"json" help:"Print one JSON object."`
}

// Run measures and prints.
func (c *benchTurnCmd) Run() error {
	r, err := bench.Turn(context.Background(), bench.Options{URL: c.URL, Conversations: c.Conversations, Seconds: c.Seconds, Senders: c.Senders})
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	fmt.Printf("accepted %.0f/s, raw durable commits %.0f/s, ratio %.2f\nturns %.0f/s, reply p50 %.1f ms, p99 %.1f ms at %.0f/s\nmemory %.0f MB with %d conversations\n",
		r.AcceptedPerSec, r.CommitsPerSec, r.AcceptRatio, r.TurnsPerSec, r.ReplyP50, r.ReplyP99, r.HalfLoadPerSec, float64(r.RSS)/1e6, r.Conversations)
	return nil
}

type benchStartCmd struct {
	Runs int  `default:"3" help:"How often; the medians are shown."`
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run measures this very binary as a child.
func (c *benchStartCmd) Run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r, err := bench.Start(context.Background(), self, max(c.Runs, 1))
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	fmt.Printf("ready in %.0f ms on an empty folder, in %.0f ms with the demo shop; idle memory %.0f MB\n", r.EmptyMS, r.SeededMS, float64(r.IdleRSS)/1e6)
	return nil
}
