package classify

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"pgregory.net/rapid"
)

func TestWrittenModelsPredictTheSame(t *testing.T) {
	for _, o := range []Options{quick, {Hidden: -1}, {Hidden: 8, Nets: 3}} {
		m, _ := train(t, shop(300, true), o)
		var b bytes.Buffer
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
		n, err := Read(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range shop(100, true) {
			if x, y := m.Predict(e.Text), n.Predict(e.Text); !reflect.DeepEqual(x, y) {
				t.Fatalf("%q: %+v, read back %+v", e.Text, x, y)
			}
		}
		var again bytes.Buffer
		if err := n.Write(&again); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
			t.Errorf("written again it differs (%v)", err)
		}
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	m, _ := train(t, shop(100, false), quick)
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for name, bad := range map[string][]byte{
		"empty": nil, "other": []byte("PK\x03\x04 something"), "magic only": whole[:len(magic)],
		"cut": whole[:len(whole)/2], "no end": whole[:len(whole)-4], "version": append([]byte("XIAOER-C\x09"), whole[9:]...),
	} {
		if _, err := Read(bytes.NewReader(bad)); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)/2] ^= 0x40
	if _, err := Read(bytes.NewReader(flipped)); err == nil {
		t.Error("a flipped bit went unseen")
	}
}

func TestManyPredictAtOnce(t *testing.T) {
	m, _ := train(t, shop(200, true), quick)
	texts := shop(100, true)
	want := make([]Prediction, len(texts))
	for i, e := range texts {
		want[i] = m.Predict(e.Text)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, e := range texts {
				if p := m.Predict(e.Text); !reflect.DeepEqual(p, want[i]) {
					t.Errorf("%q differs under load", e.Text)
				}
			}
		})
	}
	wg.Wait()
}

func TestGridSumsLikePlainNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 40).Draw(t, "width")
		rows := rapid.IntRange(1, 20).Draw(t, "rows")
		g := newGrid(rows, width, 1)
		plain := make([][]float32, rows)
		for r := range plain {
			for c := range width {
				v := rapid.Float32Range(-1, 1).Draw(t, "v")
				g.set(r, c, v)
				plain[r] = append(plain[r], v)
			}
		}
		cols := rapid.SliceOfN(rapid.Int32Range(0, int32(rows-1)), 0, 700).Draw(t, "cols")
		got := make([]float32, width)
		g.sum(&scratch{}, cols, got)
		for c := range width {
			var want float32
			for _, j := range cols {
				want += plain[j][c]
			}
			if d := want - got[c]; d*d > 1e-4*float32(len(cols)*len(cols)+1) {
				t.Fatalf("output %d: %v, want %v", c, got[c], want)
			}
		}
	})
}

func TestVocabularyFindsWhatItHoldsAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.Uint32(), rapid.ID[uint32]).Draw(t, "keys")
		v := newVocab(keys)
		for j, k := range keys {
			if got, ok := v.find(k); !ok || int(got) != j {
				t.Fatalf("key %d: %d %v", k, got, ok)
			}
		}
		other := rapid.Uint32().Draw(t, "other")
		if _, ok := v.find(other); ok != contains(keys, other) {
			t.Fatalf("key %d: found %v", other, ok)
		}
		if got := v.keys(len(keys)); len(keys) > 0 && !reflect.DeepEqual(got, keys) {
			t.Fatal("keys come back in another order")
		}
	})
}

func contains(keys []uint32, k uint32) bool {
	for _, x := range keys {
		if x == k {
			return true
		}
	}
	return false
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Don't panic!":    "don't|panic|!",
		"iPhone15有货吗":     "iphone15|有|货|吗",
		"order 66012345":  "order|00000000",
		"24小时":            "24|小|时",
		"ＡＢＣ　１２":          "abc|12",
		"re\u200bturn":    "return",
		"naïve café":      "naïve|café",
		"\xff\xfe broken": "broken",
		"''":              "'|'",
		"👍好":              "👍|好",
	} {
		var s scratch
		s.read(text)
		var got []string
		for _, tok := range s.tokens {
			got = append(got, string(s.runes[tok.start:tok.end]))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}

func TestLongTextsKeepHeadAndTail(t *testing.T) {
	var s scratch
	s.read("begin " + strings.Repeat("哈", 5000) + " end")
	if len(s.runes) != maxRunes || !strings.HasPrefix(string(s.runes), "begin") || !strings.HasSuffix(string(s.runes), "end") {
		t.Errorf("%d runes", len(s.runes))
	}
	s.read(strings.Repeat("x", 1<<20))
	if len(s.runes) != maxRunes || len(s.tokens) != 1 {
		t.Errorf("%d runes, %d tokens", len(s.runes), len(s.tokens))
	}
}

// FuzzPredict holds that any bytes give a valid answer.
func FuzzPredict(f *testing.F) {
	m, _ := train(f, shop(200, true), quick)
	for _, s := range []string{"", "退货", "where is my lamp", "\xff\x00", "😡😡", strings.Repeat("a ", 3000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := m.Predict(text)
		if p.Label == "" || !(p.P >= 0 && p.P <= 1) || !(p.InScope >= 0 && p.InScope <= 1) || len(p.Others) > 4 || !utf8.ValidString(p.Label) {
			t.Errorf("%q: %+v", text, p)
		}
	})
}

// FuzzRead holds that any bytes are read or refused, and that what is read can predict.
func FuzzRead(f *testing.F) {
	m, _ := train(f, shop(60, true), Options{Hidden: 4, Nets: 1})
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:40])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Read(bytes.NewReader(data)); err == nil {
			m.Predict("我要退货 the lamp")
		}
	})
}

func BenchmarkPredict(b *testing.B) {
	m, _ := train(b, shop(2000, true), Options{})
	for _, text := range []string{"我昨天买的那个保温杯想退货，怎么操作呀，麻烦你了谢谢", "I would like to know where my parcel is, I ordered it last week"} {
		b.Run(fmt.Sprintf("%d runes", utf8.RuneCountInString(text)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Predict(text)
			}
		})
	}
}
