package flow

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

//go:embed flows/*.yaml
var shipped embed.FS

// textsFile holds the shared texts; every other file holds one flow.
const textsFile = "texts.yaml"

// Book is a checked set of flows and the shared texts.
type Book struct {
	flows map[string]*Flow
	texts map[string]Say
	conds conds
}

// Shipped is the book that comes with the product.
func Shipped() (*Book, error) { return Load() }

// Load reads the shipped flows; files of the shop (a folder, later ones win) override them by id, shared texts by name.
func Load(shop ...fs.FS) (*Book, error) {
	b := &Book{flows: map[string]*Flow{}, texts: map[string]Say{}}
	sub, err := fs.Sub(shipped, "flows")
	if err != nil {
		return nil, err
	}
	var faults []errs.Detail
	for _, dir := range append([]fs.FS{sub}, shop...) {
		faults = append(faults, b.read(dir)...)
	}
	if len(faults) == 0 {
		faults = b.check()
	}
	if len(faults) > 0 {
		e := errs.New(errs.Invalid, "flows_invalid", "%d faults in the flows; the first: %s: %s", len(faults), faults[0].Location, faults[0].Message)
		e.Details = faults
		return nil, e
	}
	return b, nil
}

func (b *Book) read(dir fs.FS) []errs.Detail {
	files, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return []errs.Detail{{Location: "flows", Message: err.Error()}}
	}
	sort.Strings(files)
	var faults []errs.Detail
	for _, name := range files {
		raw, err := fs.ReadFile(dir, name)
		if err == nil {
			err = b.take(path.Base(name), raw)
		}
		if err != nil {
			faults = append(faults, errs.Detail{Location: name, Message: strings.TrimPrefix(err.Error(), "yaml: ")})
		}
	}
	return faults
}

func (b *Book) take(name string, raw []byte) error {
	if name == textsFile {
		var texts map[string]Say
		if err := decode(raw, &texts); err != nil {
			return err
		}
		for k, v := range texts {
			b.texts[k] = v
		}
		return nil
	}
	f, err := Parse(raw)
	if err != nil {
		return err
	}
	b.flows[f.ID] = f
	return nil
}

// Parse reads one flow; unknown fields are refused. It does not check what the flow refers to: Load and Check do.
func Parse(raw []byte) (*Flow, error) {
	var f Flow
	if err := decode(raw, &f); err != nil {
		return nil, err
	}
	if f.ID == "" {
		return nil, errors.New("the file has no id")
	}
	return &f, nil
}

func decode(raw []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return err
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return errors.New("the file holds more than one document")
	}
	return nil
}

// Flow is a flow by id, or nil.
func (b *Book) Flow(id string) *Flow { return b.flows[id] }

// Flows lists the flows by id.
func (b *Book) Flows() []*Flow {
	out := make([]*Flow, 0, len(b.flows))
	for _, f := range b.flows {
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// ByIntent is the flow an intent starts, or nil.
func (b *Book) ByIntent(intent string) *Flow {
	for _, f := range b.Flows() {
		for _, i := range f.Intents {
			if i == intent {
				return f
			}
		}
	}
	return nil
}

// Text is a shared text; the empty Say when there is none.
func (b *Book) Text(name string) Say { return b.texts[name] }
