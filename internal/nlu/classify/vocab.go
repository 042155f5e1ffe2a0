package classify

// vocab finds the column of a key: open addressing, at most half full, so that a miss is soon known.
type vocab struct {
	mask uint32
	slot []slot
}

type slot struct {
	key uint32
	col int32 // column plus one; 0 is free
}

func newVocab(keys []uint32) vocab {
	size := uint32(16)
	for int(size) < 2*len(keys) {
		size *= 2
	}
	v := vocab{mask: size - 1, slot: make([]slot, size)}
	for j, k := range keys {
		i := k >> 3 & v.mask
		for v.slot[i].col != 0 {
			i = (i + 1) & v.mask
		}
		v.slot[i] = slot{k, int32(j) + 1}
	}
	return v
}

func (v vocab) find(k uint32) (int32, bool) {
	for i := k >> 3 & v.mask; ; i = (i + 1) & v.mask {
		s := v.slot[i]
		if s.col == 0 {
			return 0, false
		}
		if s.key == k {
			return s.col - 1, true
		}
	}
}

// keys are the keys in the order of their columns.
func (v vocab) keys(n int) []uint32 {
	out := make([]uint32, n)
	for _, s := range v.slot {
		if s.col > 0 {
			out[s.col-1] = s.key
		}
	}
	return out
}
