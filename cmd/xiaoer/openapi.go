package main

import (
	"os"

	"github.com/xiaoer-cs/xiaoer/internal/api"
)

// openapiCmd prints the description of the staff API; the console's typed client is generated from it.
type openapiCmd struct{}

// Run prints the document.
func (openapiCmd) Run() error {
	doc, err := api.Document("")
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(append(doc, '\n'))
	return err
}
