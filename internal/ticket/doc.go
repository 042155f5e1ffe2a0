// Package ticket is the noun of matters that need following: complaints, suggestions, repairs, questions.
//
// # States
//
//	new -> open -> pending -> open ...   pending waits for the customer and stops the clocks
//	new, open, pending -> solved -> closed
//	solved, closed -> open               the customer writes within [ReopenWithin], or staff reopens
//
// [Status.Next] is the table; every other move is a Conflict and changes nothing. A merged ticket is closed and points to
// the one it became part of.
//
// # Promise
//
// A ticket, its first timeline entry, its due times and the jobs that watch them are stored in one transaction. The same
// business key opens one ticket, however often it is asked. Due times count business hours only: several windows a day,
// holidays, and working days that make up for them. While a ticket is pending its clocks stand still. Each escalation
// step (80 % and 100 % of each clock) happens once. The timeline has gap-free numbers. What a shopper sees is a
// [ShopperView], which is built from public entries alone.
//
// # Failure
//
// Wrong input is Invalid with the places named; a move that the state does not allow is a Conflict; a ticket outside the
// asker's scope is NotFound, as if it did not exist. Store errors pass through.
package ticket
