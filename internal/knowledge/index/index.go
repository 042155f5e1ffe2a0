package index

import (
	"context"
	"maps"
	"runtime"
	"sync"
	"sync/atomic"
)

// Index is the embedded retrieval. It is safe for concurrent use; searches never wait.
type Index struct {
	mu   sync.Mutex // writers only
	cur  atomic.Pointer[snapshot]
	emb  Embedder
	refs map[string][2]int // document id to segment and place
}

// snapshot is what one search sees.
type snapshot struct {
	segs []*segment
	dead []bitset
	live int
}

type bitset []uint64

func (b bitset) has(i int) bool { return b != nil && b[i>>6]>>(i&63)&1 == 1 }

func (b bitset) with(i, size int) bitset {
	c := make(bitset, (size+63)/64)
	copy(c, b)
	c[i>>6] |= 1 << (i & 63)
	return c
}

// New makes an empty Index. emb may be nil.
func New(emb Embedder) *Index {
	x := &Index{emb: emb, refs: map[string][2]int{}}
	x.cur.Store(&snapshot{})
	return x
}

// Put adds documents, in place of those with the same ids. It is visible to every search that starts after it returns.
func (x *Index) Put(ctx context.Context, docs ...Doc) { x.Swap(ctx, nil, docs) }

// Remove takes documents out; unknown ids are no error.
func (x *Index) Remove(ids ...string) { x.Swap(context.Background(), ids, nil) }

// Swap removes and adds in one step: a search sees all of it or nothing.
func (x *Index) Swap(ctx context.Context, remove []string, add []Doc) {
	segs := x.buildAll(ctx, lastOfEach(add)) // outside the lock: the slow part
	x.mu.Lock()
	defer x.mu.Unlock()
	old := x.cur.Load()
	s := &snapshot{segs: append([]*segment(nil), old.segs...), dead: append([]bitset(nil), old.dead...), live: old.live}
	for _, id := range remove {
		x.kill(s, id)
	}
	for _, seg := range segs {
		for i := range seg.docs {
			x.kill(s, seg.docs[i].ID)
		}
	}
	for _, seg := range segs {
		x.append(s, seg)
	}
	x.merge(ctx, s)
	x.cur.Store(s)
}

// lastOfEach keeps the last document of each id. The usual list names every id once and is taken as it is: at 100,000
// passages a copy is worth sparing.
func lastOfEach(docs []Doc) []Doc {
	at := make(map[string]int, len(docs))
	for i := range docs {
		at[docs[i].ID] = i
	}
	if len(at) == len(docs) {
		return docs[:len(docs):len(docs)]
	}
	clear(at)
	var out []Doc
	for _, d := range docs {
		if i, ok := at[d.ID]; ok {
			out[i] = d
			continue
		}
		at[d.ID] = len(out)
		out = append(out, d)
	}
	return out
}

func (x *Index) kill(s *snapshot, id string) {
	if r, ok := x.refs[id]; ok {
		s.dead[r[0]] = s.dead[r[0]].with(r[1], len(s.segs[r[0]].docs))
		s.live--
		delete(x.refs, id)
	}
}

func (x *Index) append(s *snapshot, seg *segment) {
	n := len(s.segs)
	s.segs, s.dead = append(s.segs, seg), append(s.dead, nil)
	for i := range seg.docs {
		x.refs[seg.docs[i].ID] = [2]int{n, i}
	}
	s.live += len(seg.docs)
}

// buildAll indexes documents in segments, several at a time.
func (x *Index) buildAll(ctx context.Context, docs []Doc) []*segment {
	n := (len(docs) + segmentMax - 1) / segmentMax
	out := make([]*segment, n)
	work := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		work <- struct{}{}
		go func() {
			defer wg.Done()
			out[i] = build(docs[i*segmentMax : min(len(docs), (i+1)*segmentMax)])
			<-work
		}()
	}
	wg.Wait()
	for _, seg := range out {
		seg.embed(ctx, x.emb)
	}
	return out
}

// merge joins the small segments at the end when there are many, so that a search visits few, and drops the removed.
func (x *Index) merge(ctx context.Context, s *snapshot) {
	from, total := len(s.segs), 0
	for from > 0 && len(s.segs)-from < 16 {
		n := len(s.segs[from-1].docs)
		if total+n > segmentMax/2 || n > 4*total+256 {
			break
		}
		from, total = from-1, total+n
	}
	if len(s.segs)-from < 8 {
		return
	}
	var docs []Doc
	vectors := map[string][]float32{}
	for i, seg := range s.segs[from:] {
		for j := range seg.docs {
			if !s.dead[from+i].has(j) {
				docs = append(docs, seg.docs[j])
				if seg.vectors != nil {
					vectors[seg.docs[j].ID] = seg.vectors[j]
				}
			}
		}
	}
	s.segs, s.dead = s.segs[:from:from], s.dead[:from:from]
	seg := build(docs)
	seg.adopt(vectors)
	s.live -= len(docs) // append counts them again
	x.append(s, seg)
}

// Copy is an Index of its own with the same documents; snapshots are never changed, so it costs only the table of places.
func (x *Index) Copy() *Index {
	x.mu.Lock()
	defer x.mu.Unlock()
	c := &Index{emb: x.emb, refs: maps.Clone(x.refs)}
	c.cur.Store(x.cur.Load())
	return c
}

// Len is the number of documents.
func (x *Index) Len() int { return x.cur.Load().live }

// Bytes is the memory of the index without the documents' texts.
func (x *Index) Bytes() (n int64) {
	s := x.cur.Load()
	for i, seg := range s.segs {
		n += seg.bytes() + int64(len(s.dead[i]))*8
	}
	return n
}

// Get gives a document by id, when the asker of q may see it.
func (x *Index) Get(id string, q Query) (*Doc, bool) {
	x.mu.Lock()
	r, ok := x.refs[id]
	s := x.cur.Load()
	x.mu.Unlock()
	if !ok {
		return nil, false
	}
	d := &s.segs[r[0]].docs[r[1]]
	return d, d.Scope.visible(&q)
}
