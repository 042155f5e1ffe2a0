package gate

import (
	_ "embed"
	"encoding/json"
	"math"
)

//go:embed gate.json
var shipped []byte

// Node is one question of a tree: is the feature below Cut? Leaves have no feature (-1) and a Value.
type Node struct {
	Feature int     `json:"f"`
	Cut     float64 `json:"c,omitempty"`
	Low     int     `json:"l,omitempty"`
	High    int     `json:"h,omitempty"`
	Value   float64 `json:"v,omitempty"`
}

// Model is a forest whose sum is the log odds.
type Model struct {
	Bias  float64  `json:"bias"`
	Trees [][]Node `json:"trees"`
}

// Shipped is the model in the binary.
var Shipped = must(Read(shipped))

// Read reads a model.
func Read(data []byte) (m Model, err error) {
	err = json.Unmarshal(data, &m)
	return m, err
}

func must(m Model, err error) Model {
	if err != nil {
		panic("gate.json: " + err.Error())
	}
	return m
}

// P is the probability that the question is answered.
func (m *Model) P(x []float64) float64 { return sigmoid(m.odds(x)) }

func (m *Model) odds(x []float64) float64 {
	z := m.Bias
	for _, t := range m.Trees {
		n := &t[0]
		for n.Feature >= 0 {
			if x[n.Feature] < n.Cut {
				n = &t[n.Low]
			} else {
				n = &t[n.High]
			}
		}
		z += n.Value
	}
	return z
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
