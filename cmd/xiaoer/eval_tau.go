package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/xiaoer-cs/xiaoer/internal/app/tau"
)

// evalTauCmd replays the public retail benchmark on our own tools.
type evalTauCmd struct {
	Dir   string `required:"" type:"existingdir" help:"Folder with users.json, orders.json, products.json, tasks_*.json and expected_final_*.json."`
	Agent string `enum:",embedded" default:"" help:"Let the agent play the tasks against a scripted user instead of replaying the reference: embedded is the agent without a model."`
	JSON  bool   `name:"json" help:"Print one JSON object as the last line."`
}

// Run implements the command.
func (c *evalTauCmd) Run() error {
	if c.Agent != "" {
		return c.play()
	}
	r, err := tau.Replay(context.Background(), c.Dir)
	if err != nil {
		return err
	}
	if c.JSON {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		fmt.Println(string(b))
		return nil
	}
	for _, d := range r.Wrong {
		fmt.Printf("%s: %s\n", d.Task, d.Where)
	}
	fmt.Printf("%d of %d tasks end as expected; %d actions done, %d refused, %.1f s\n", r.Equal, r.Tasks, r.Actions, r.Refused, r.Seconds)
	return nil
}

// play lets the agent serve scripted users.
func (c *evalTauCmd) play() error {
	r, err := tau.Play(context.Background(), c.Dir)
	if err != nil {
		return err
	}
	if c.JSON {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		fmt.Println(string(b))
		return nil
	}
	for _, d := range r.Wrong {
		fmt.Printf("%s: %s\n", d.Task, d.Where)
	}
	fmt.Printf("%d of %d tasks end as expected; %d writes, %d against policy, %d handed to a person, %.1f s\n", r.Equal, r.Tasks, r.Writes, r.Breaking, r.Handed, r.Seconds)
	return nil
}
