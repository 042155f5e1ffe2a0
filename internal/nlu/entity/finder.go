package entity

import (
	"sync/atomic"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// Finder finds entities.
type Finder struct {
	catalogue atomic.Pointer[catalogue]
}

type catalogue struct{ products, stores []Item }

// NewFinder makes a Finder without a catalogue.
func NewFinder() *Finder { return &Finder{} }

// SetCatalogue swaps the names of products and stores.
func (f *Finder) SetCatalogue(products, stores []Item) {
	f.catalogue.Store(&catalogue{products, stores})
}

// Find lists the entities of a message by place.
func (f *Finder) Find(t *fold.Text, c Context) []Entity { return nil }
