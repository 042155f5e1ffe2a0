package gate

import (
	"context"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// Asked is a development question with the keys of the articles that answer it.
type Asked struct {
	Text string
	Keys []string
}

const (
	folds       = 5
	askedWeight = 4.0 // real questions are few and count more
)

// Examples asks every way to ask of the documents with itself, and a fifth of the others, taken out, and once more with its
// article taken out, where only no is right. The development questions are asked with and without their articles.
// Answerable questions whose first document is wrong are left out: both answers would be wrong.
func Examples(ctx context.Context, docs []index.Doc, asked []Asked) (out []Example) {
	for fold := range folds {
		ix := index.New(nil)
		ix.Put(ctx, thinned(docs, fold)...)
		eachWay(docs, func(key, q string, n int) {
			if n%folds == fold {
				out = add(out, ix, q, []string{key}, true, 1)
			}
		})
	}
	out = append(out, removed(ctx, docs, nil)...)
	out = append(out, plain(ctx, docs)...)
	return append(out, AskedExamples(ctx, docs, asked)...)
}

// AskedExamples asks the development questions with and without their articles.
func AskedExamples(ctx context.Context, docs []index.Doc, asked []Asked) (out []Example) {
	full := index.New(nil)
	full.Put(ctx, slices.Clone(docs)...)
	for _, a := range asked {
		out = add(out, full, a.Text, a.Keys, true, askedWeight)
	}
	return append(out, removed(ctx, docs, asked)...)
}

// removed asks with the articles gone.
func removed(ctx context.Context, docs []index.Doc, asked []Asked) (out []Example) {
	gone := map[string]*index.Index{}
	without := func(keys []string) *index.Index {
		name := strings.Join(keys, "\n")
		if gone[name] == nil {
			gone[name] = index.New(nil)
			gone[name].Put(ctx, slices.DeleteFunc(slices.Clone(docs), func(d index.Doc) bool { return slices.Contains(keys, d.Key) })...)
		}
		return gone[name]
	}
	if asked == nil {
		eachWay(docs, func(key, q string, _ int) { out = add(out, without([]string{key}), q, nil, false, 1) })
	}
	for _, a := range asked {
		out = add(out, without(a.Keys), a.Text, nil, false, askedWeight)
	}
	return out
}

func add(out []Example, ix *index.Index, q string, keys []string, yes bool, weight float64) []Example {
	found := ix.Search(context.Background(), index.Query{Text: q, Limit: 10})
	if len(found) == 0 || yes && !slices.Contains(keys, found[0].Doc.Key) {
		return out
	}
	return append(out, Example{Features(q, found), yes, weight})
}

// plain asks documents that have only their title, as most collections do, so that the gate does not lean on many ways to ask.
func plain(ctx context.Context, docs []index.Doc) (out []Example) {
	bare := slices.Clone(docs)
	for i := range bare {
		bare[i].Questions = nil
	}
	full, gone := index.New(nil), map[string]*index.Index{}
	full.Put(ctx, slices.Clone(bare)...)
	eachWay(docs, func(key, q string, n int) {
		if n%3 != 0 {
			return
		}
		if gone[key] == nil {
			gone[key] = index.New(nil)
			gone[key].Put(ctx, slices.DeleteFunc(slices.Clone(bare), func(d index.Doc) bool { return d.Key == key })...)
		}
		out = add(out, full, q, []string{key}, true, 1)
		out = add(out, gone[key], q, nil, false, 1)
	})
	return out
}

// eachWay gives every way to ask once, numbered within its article.
func eachWay(docs []index.Doc, f func(key, question string, n int)) {
	seen := map[string]bool{}
	for _, d := range docs {
		if seen[d.Group] {
			continue
		}
		seen[d.Group] = true
		for n, q := range d.Questions {
			f(d.Key, q, n)
		}
	}
}

// thinned takes every fifth way to ask out.
func thinned(docs []index.Doc, fold int) []index.Doc {
	out := slices.Clone(docs)
	for i := range out {
		var keep []string
		for n, q := range out[i].Questions {
			if n%folds != fold {
				keep = append(keep, q)
			}
		}
		out[i].Questions = keep
	}
	return out
}
