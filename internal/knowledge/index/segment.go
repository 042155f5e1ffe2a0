package index

import (
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// segment is an immutable inverted index of up to segmentMax documents.
//
// A posting is a varint, twice the distance to the previous document, and one byte: occurrences in the head (title and
// questions) in the upper half, in the body in the lower half, each capped at 15. Most words stand once in a body and in no
// head: then the varint is odd and the byte is left out.
type segment struct {
	docs     []Doc
	headNorm []float32 // length normalisation, fixed when built
	bodyNorm []float32
	keys     []uint64 // sorted
	offsets  []uint32 // len(keys)+1 into postings
	dfs      []uint32
	postings []byte
	vocab    []string // words of four letters and more, sorted, for near spellings
	vectors  [][]float32
}

const segmentMax = 8192

// once is the byte of a word that stands once in the body and not in the head.
const once = 1

type builder struct {
	slots map[uint64]int32
	lists []list
	vocab map[string]struct{}
	seg   *segment
	one   map[uint64]uint8
}

type list struct {
	buf  []byte
	last uint32
	df   uint32
}

// build indexes docs into one segment.
func build(docs []Doc) *segment {
	b := &builder{slots: map[uint64]int32{}, vocab: map[string]struct{}{}, one: map[uint64]uint8{}}
	b.seg = &segment{docs: docs, headNorm: make([]float32, len(docs)), bodyNorm: make([]float32, len(docs))}
	for i := range docs {
		b.add(uint32(i), &docs[i])
	}
	return b.finish()
}

func (b *builder) add(n uint32, d *Doc) {
	clear(b.one)
	head := 0
	for _, h := range append([]string{d.Title}, d.Questions...) {
		head = max(head, b.text(Fold(h), 4))
	}
	body := b.text(Fold(d.Text), 0)
	b.seg.headNorm[n], b.seg.bodyNorm[n] = lengthNorm(head, headPivot, headSlope), lengthNorm(body, bodyPivot, bodySlope)
	if head == 0 {
		b.seg.headNorm[n] = 0 // no head: see score
	}
	for key, tf := range b.one {
		b.post(key, n, tf)
	}
}

// text counts the tokens of a folded text and gives its length.
func (b *builder) text(folded string, shift uint) int {
	eachConcept(folded, func(p phrase) { b.count(token{key: p.key, class: concept}, shift) })
	return eachToken(folded, func(t token) { b.count(t, shift) })
}

func (b *builder) count(t token, shift uint) {
	tf := b.one[t.key]
	if tf>>shift&15 < 15 {
		b.one[t.key] = tf + 1<<shift
	}
	if t.class == word && len(t.text) >= 4 {
		if _, ok := b.vocab[t.text]; !ok {
			b.vocab[strings.Clone(t.text)] = struct{}{}
		}
	}
}

func (b *builder) post(key uint64, n uint32, tf uint8) {
	slot, ok := b.slots[key]
	if !ok {
		slot = int32(len(b.lists))
		b.slots[key] = slot
		b.lists = append(b.lists, list{})
	}
	l := &b.lists[slot]
	distance := uint64(n-l.last) << 1
	l.last, l.df = n, l.df+1
	if tf == once {
		l.buf = binary.AppendUvarint(l.buf, distance|1)
		return
	}
	l.buf = append(binary.AppendUvarint(l.buf, distance), tf)
}

func (b *builder) finish() *segment {
	s := b.seg
	s.keys = make([]uint64, 0, len(b.slots))
	total := 0
	for k, slot := range b.slots {
		s.keys = append(s.keys, k)
		total += len(b.lists[slot].buf)
	}
	slices.Sort(s.keys)
	s.postings = make([]byte, 0, total)
	s.offsets, s.dfs = make([]uint32, len(s.keys)+1), make([]uint32, len(s.keys))
	for i, k := range s.keys {
		l := b.lists[b.slots[k]]
		s.postings, b.lists[b.slots[k]].buf = append(s.postings, l.buf...), nil
		s.offsets[i+1], s.dfs[i] = uint32(len(s.postings)), l.df
	}
	for w := range b.vocab {
		s.vocab = append(s.vocab, w)
	}
	sort.Strings(s.vocab)
	return s
}

// find gives the postings and document frequency of a token.
func (s *segment) find(key uint64) ([]byte, uint32) {
	i, ok := slices.BinarySearch(s.keys, key)
	if !ok {
		return nil, 0
	}
	return s.postings[s.offsets[i]:s.offsets[i+1]], s.dfs[i]
}

// bytes is the memory of the derived structures, texts left out.
func (s *segment) bytes() int64 {
	n := int64(len(s.keys))*16 + int64(len(s.postings)) + int64(len(s.docs))*8
	for _, w := range s.vocab {
		n += int64(len(w)) + 16
	}
	for _, v := range s.vectors {
		n += int64(len(v)) * 4
	}
	return n
}
