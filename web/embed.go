// Package web carries the built front ends inside the binary.
//
// Promise: Dist serves the files of one front end (widget, shop, console) as they were built; Built tells whether it
// was built at all. Failure: an unbuilt front end is an empty file system, never a panic; the caller says how to build it.
package web

import (
	"embed"
	"io/fs"
)

// The folder holds at least .keep, so that the package compiles before the first front-end build.
//
//go:embed all:dist
var dist embed.FS

// Names are the front ends that a complete binary carries.
var Names = []string{"widget", "shop", "console"}

// Dist is the built tree of one front end, rooted at its own folder.
func Dist(name string) fs.FS {
	sub, err := fs.Sub(dist, "dist/"+name)
	if err != nil { // only for a name that is no path; such a tree is empty
		return embed.FS{}
	}
	return sub
}

// Built tells whether the front end was there when the binary was made.
func Built(name string) bool {
	page := "index.html"
	if name == "widget" {
		page = "frame.html"
	}
	_, err := fs.Stat(Dist(name), page)
	return err == nil
}
