// Package learning is the verb of getting better from every conversation: what was not answered well becomes a gap, what
// staff said to it becomes a draft, and only what is proved and accepted by a person becomes knowledge.
//
// # States
//
//	signal -> gap                             read from stored conversations, grouped by likeness, ranked by people x pain
//	gap: open -> drafted -> closed            dismissed, or open again when its draft is rejected or rolled back
//	draft -> proved | failed                  an edit makes it a draft again
//	proved -> published -> kept | rolled_back a person accepts; it is watched against a hold-out, and withdrawn when it hurts
//	draft, proved, failed -> rejected         with a reason
//	draft (flow) -> accepted                  a proposal about a flow; a person changes the flow
//
// # Promise
//
// Nothing is published that was not proved in the words in which it is published: an edit asks for a new proof. A proof
// has no side effect: past questions and the whole suite are asked of a copy of the index with the draft and without it.
// The words of a draft are staff's own, without what is personal; no model is needed. Reading the same conversation again
// changes nothing.
//
// # Failure
//
// A move that the state does not allow is a Conflict and changes nothing; a changed draft too. Store errors pass through;
// the collecting job then starts again where the last one ended.
package learning
