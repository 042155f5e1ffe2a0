package index_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// sentence makes words of two characters each, some characters far more common than others.
func sentence(r *rand.Rand, words int) string {
	var b strings.Builder
	for range 2 * words {
		f := r.Float64()
		b.WriteRune('\u4e00' + rune(4000*f*f*f))
	}
	return b.String()
}

func library(n int) []index.Doc {
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]index.Doc, n)
	for i := range docs {
		docs[i] = index.Doc{ID: fmt.Sprint(i), Title: fmt.Sprintf("%s k%d", sentence(r, 4), i), Text: sentence(r, 60)}
	}
	return docs
}

// TestLarge holds a library of 3,000 passages; with XIAOER_LONG=1 of 100,000, and then also to its times: indexed within
// 120 s, the slowest of a hundred searches in a hundred within 20 ms, an added passage found within 2 s.
func TestLarge(t *testing.T) {
	n, long := 3000, os.Getenv("XIAOER_LONG") != ""
	if long {
		n = 100_000
	}
	x, begin := index.New(nil), time.Now()
	x.Put(t.Context(), library(n)...)
	built := time.Since(begin)
	begin = time.Now()
	x.Put(t.Context(), index.Doc{ID: "new", Title: "zebra crossing"})
	first(t, x, "zebra crossing", "new")
	added := time.Since(begin)
	r := rand.New(rand.NewPCG(3, 4))
	var times []time.Duration
	for range 200 {
		i := r.IntN(n)
		begin = time.Now()
		if got := search(x, fmt.Sprintf("%s k%d", sentence(r, 6), i)); len(got) == 0 {
			t.Error("nothing was found")
		}
		times = append(times, time.Since(begin))
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	p99 := times[len(times)*99/100]
	t.Logf("%d passages: built in %s, one added and found in %s, p50 %s, p99 %s, %d bytes", n, built, added, times[len(times)/2], p99, x.Bytes())
	if long && (built > 2*time.Minute || added > 2*time.Second || p99 > 20*time.Millisecond) {
		t.Error("too slow")
	}
}
