package classify

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// magic opens a model file; the last byte is the version of the format and of the features, which must agree.
const magic = "XIAOER-C\x01"

// maxTable bounds what a file may claim, so that a broken one costs no memory.
const maxTable = 64 << 20

// head is the fixed part of a model file.
type head struct {
	Labels, Columns, Nets, Hidden       uint32
	Mix, Heat, LinearScale, HiddenScale float32
	Scope                               [dims]float64
}

// Write saves m: compressed, byte for byte the same for the same model.
func (m *Model) Write(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(z)
	if err := m.write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return z.Close()
}

func (m *Model) write(w *bufio.Writer) error {
	h := head{Labels: uint32(len(m.labels)), Columns: uint32(len(m.square)), Nets: uint32(m.nets), Hidden: uint32(m.net.hidden),
		Mix: m.mix, Heat: m.heat, LinearScale: m.linear.scale}
	if m.hidden != nil {
		h.HiddenScale = m.hidden.scale
	}
	h.Scope[0] = m.scope.bias
	copy(h.Scope[1:], m.scope.weight[:])
	parts := []any{h, m.vocab.keys(len(m.square)), m.square, m.bias, m.linear.words}
	if m.hidden != nil {
		parts = append(parts, m.net.inBias, m.net.outBias, m.net.out, m.hidden.words)
	}
	for _, p := range parts {
		if err := binary.Write(w, binary.LittleEndian, p); err != nil {
			return err
		}
	}
	for _, l := range m.labels {
		if _, err := w.Write(append(binary.AppendUvarint(nil, uint64(len(l))), l...)); err != nil {
			return err
		}
	}
	return nil
}

// Read loads what Write saved.
func Read(r io.Reader) (*Model, error) {
	got := make([]byte, len(magic))
	if _, err := io.ReadFull(r, got); err != nil || string(got) != magic {
		return nil, broken("this is no model file of this version; train again", err)
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, broken("the model file is damaged; restore it or train again", err)
	}
	m, err := read(bufio.NewReader(z))
	if err != nil {
		return nil, broken("the model file is damaged; restore it or train again", err)
	}
	if n, err := z.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return nil, broken("the model file has more than a model in it; restore it or train again", err)
	}
	return m, nil
}

func broken(what string, err error) error {
	return errs.Wrap(err, errs.Invalid, "model_unreadable", "%s", what)
}

func read(r *bufio.Reader) (*Model, error) {
	var h head
	if err := binary.Read(r, binary.LittleEndian, &h); err != nil {
		return nil, err
	}
	if !h.plausible() {
		return nil, errs.New(errs.Invalid, "model_head", "sizes make no sense")
	}
	m := &Model{oos: -1, nets: int(h.Nets), mix: h.Mix, heat: h.Heat, square: make([]float32, h.Columns),
		bias: make([]float32, h.Labels), linear: newGrid(int(h.Columns), int(h.Labels), h.LinearScale*127)}
	m.scope.bias = h.Scope[0]
	copy(m.scope.weight[:], h.Scope[1:])
	keys := make([]uint32, h.Columns)
	parts := []any{keys, m.square, m.bias, m.linear.words}
	if h.Hidden > 0 {
		m.hidden = newGrid(int(h.Nets), int(h.Hidden), h.HiddenScale*127)
		m.net = net{hidden: int(h.Hidden), labels: int(h.Labels), inBias: make([]float32, h.Hidden),
			outBias: make([]float32, h.Labels), out: make([]float32, h.Labels*h.Hidden)}
		parts = append(parts, m.net.inBias, m.net.outBias, m.net.out, m.hidden.words)
	}
	for _, p := range parts {
		if err := binary.Read(r, binary.LittleEndian, p); err != nil {
			return nil, err
		}
	}
	m.vocab = newVocab(keys)
	return m, m.readLabels(r, int(h.Labels))
}

func (m *Model) readLabels(r *bufio.Reader, n int) error {
	for i := range n {
		size, err := binary.ReadUvarint(r)
		if err != nil || size > 1<<16 {
			return errs.Wrap(err, errs.Invalid, "model_label", "label %d is damaged", i)
		}
		b := make([]byte, size)
		if _, err := io.ReadFull(r, b); err != nil {
			return err
		}
		if m.labels = append(m.labels, string(b)); string(b) == OOS {
			m.oos = i
		}
	}
	return nil
}

// plausible refuses heads that claim more than a model can have, or numbers that are none.
func (h head) plausible() bool {
	for _, v := range append([]float64{float64(h.Mix), float64(h.Heat), float64(h.LinearScale), float64(h.HiddenScale)}, h.Scope[:]...) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	c, l, u := uint64(h.Columns), uint64(h.Labels), uint64(h.Hidden)
	return l >= 2 && h.Heat > 0 && h.Nets <= h.Columns && c*(l+8) <= maxTable && uint64(h.Nets)*u <= maxTable && l*u <= maxTable
}
