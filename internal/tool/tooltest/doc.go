// Package tooltest helps tests: a store in memory with real transactions, and a small shop whose tools know their owner.
//
// Memory keeps the promises of tool.Store (one live row per business key, moves compare the state, a rolled back
// transaction leaves nothing, the audit chain is gap-free). Shop is two tools over a set of orders that each belong to one
// customer; it counts every effect, so that a rig can tell what happened to whom.
package tooltest
