// Package index is the embedded retrieval of knowledge: a derived index, held in memory, rebuilt from the database.
//
// States: an Index holds an immutable snapshot of segments. Put and Remove make a new snapshot; readers never wait for
// writers and see either the old or the new snapshot, whole. Small segments are merged as they pile up.
//
// Promise: what is expired, not yet valid or out of the asker's scope is never returned, since the filter runs inside the
// query. The same documents and the same query give the same answer in the same order. No model is needed: words, CJK
// characters and bigrams, and character n-grams are scored as BM25 with separate fields, synonyms and near spellings are
// expanded, and the best candidates are read again by a small linear reranker. With an Embedder, a dense ranking is fused.
//
// Failure: indexing and searching text cannot fail. An Embedder may; then its ranking is left out and Result.Dense is false.
package index
