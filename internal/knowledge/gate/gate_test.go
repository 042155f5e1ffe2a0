package gate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/gate"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// sample makes examples whose answer is yes where the first number is large and the second is not; the third is noise.
func sample(n int) (out []gate.Example) {
	r := rand.New(rand.NewPCG(7, 8))
	for range n {
		x := []float64{r.Float64(), r.Float64(), r.Float64()}
		out = append(out, gate.Example{X: x, Yes: x[0] > 0.6 && x[1] < 0.5, Weight: 1})
	}
	return out
}

func TestFitLearnsWhatTogetherDecides(t *testing.T) {
	m, wrong := gate.Fit(sample(3000)), 0
	for _, e := range sample(4000)[3000:] {
		if (m.P(e.X) > 0.5) != e.Yes {
			wrong++
		}
	}
	if wrong > 50 {
		t.Fatalf("%d of 1000 are wrong", wrong)
	}
	again := gate.Fit(sample(3000))
	if again.P([]float64{.7, .4, .1}) != m.P([]float64{.7, .4, .1}) {
		t.Fatal("two fits on the same examples differ")
	}
}

func TestABrokenModelIsRefused(t *testing.T) {
	if _, err := gate.Read([]byte("{")); err == nil {
		t.Fatal("read")
	}
	m, err := gate.Read([]byte(`{"bias":2,"trees":[[{"f":0,"c":0.5,"l":1,"h":2},{"f":-1,"v":-4},{"f":-1,"v":4}]]}`))
	if err != nil || m.P([]float64{0.4}) > 0.2 || m.P([]float64{0.5}) < 0.9 {
		t.Fatalf("%v %v", m, err)
	}
}

func docs() []index.Doc {
	return []index.Doc{
		{ID: "1", Group: "1", Key: "park", Lang: "en", Title: "Is there parking?", Questions: []string{"parking fee", "where to park", "car park", "free parking", "leave the car"}, Text: "The mall has a car park. It is free for two hours."},
		{ID: "2", Group: "2", Key: "park", Lang: "zh", Title: "停车要钱吗", Questions: []string{"停车费", "停车场", "免费停车", "开车停哪", "车位"}, Text: "商场有停车场。两小时免费。"},
		{ID: "3", Group: "3", Key: "ship", Lang: "en", Title: "What does delivery cost?", Questions: []string{"postage", "delivery fee", "shipping price", "free delivery", "cost of sending"}, Text: "Delivery costs 8 yuan."},
	}
}

func search(t *testing.T, q string) []index.Result {
	x := index.New(nil)
	x.Put(t.Context(), docs()...)
	return x.Search(t.Context(), index.Query{Text: q, Limit: 10})
}

func TestFeaturesTellNearFromFar(t *testing.T) {
	near, far := search(t, "what is the parking fee"), search(t, "parking for elephants with a violin")
	n, f := gate.Features("what is the parking fee", near), gate.Features("parking for elephants with a violin", far)
	if len(n) != len(f) || n[0] <= f[0] || n[2] <= f[2] {
		t.Fatalf("near %v far %v", n, f)
	}
	for _, x := range append(n, f...) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("no number: %v %v", n, f)
		}
	}
	if gate.Shipped.P(n) <= gate.Shipped.P(f) {
		t.Fatalf("near %.2f far %.2f", gate.Shipped.P(n), gate.Shipped.P(f))
	}
}

func TestExamplesAskWithAndWithoutTheArticle(t *testing.T) {
	yes, no := 0, 0
	for _, e := range gate.Examples(t.Context(), docs(), []gate.Asked{{Text: "how much is parking", Keys: []string{"park"}}}) {
		if e.Yes {
			yes++
		} else {
			no++
		}
	}
	if yes < 5 || no < 3 {
		t.Fatalf("%d yes, %d no", yes, no)
	}
}
