// Package flow is the noun of multi-turn processes: flows as data, and the deterministic engine that carries them out.
//
// # States
//
// A [State] is a stack of frames, the top one active, and a queue of wishes that wait their turn. A frame is a flow in
// progress: the step it is at, its slots, the tool results it has seen, and what it waits for: nothing (it can run), the
// answer to a slot, a confirmation, or a result that [Engine.Advance] asked for.
//
//	start -> collect slots -> call tools -> propose an effect -> wait for the confirmation -> tell -> end
//	anywhere: cancel, correct (rewinds to the slot), digress (another frame on top) and return, give up to a person
//
// # Promise
//
// Advance is a pure function of state, commands and facts: no clock, no random, no I/O; the same input gives the same
// output. It yields at every call of a tool and is given the result. At most [MaxSteps] steps run per turn. Flow files
// are checked whole before they are used, and every fault says how to mend it. Texts of flows hold no figures of their own:
// prices, dates and limits come from tool results.
//
// # Failure
//
// Load answers Invalid with one detail per fault. A state of an older version, or of a flow that is gone, starts empty.
// A flow that cannot go on (too many steps, a condition that fails) hands over to a person.
package flow
