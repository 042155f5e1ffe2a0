package seed_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/seed"
)

func TestEveryProductIsDrawn(t *testing.T) {
	s, seen := seed.Load(now), map[string]string{}
	names := []string{}
	for _, p := range s.Products {
		names = append(names, string(p.ID))
	}
	for _, c := range s.Categories {
		names = append(names, "category-"+c.ID)
	}
	for _, n := range names {
		svg, ok := seed.Picture(n)
		if !ok || len(svg) < 650 {
			t.Errorf("%s: no drawing (%d bytes)", n, len(svg))
			continue
		}
		if err := wellFormed(string(svg)); err != nil {
			t.Errorf("%s: %v", n, err)
		}
		if strings.Contains(string(svg), "<script") || strings.Contains(string(svg), "href") {
			t.Errorf("%s: a picture must not reach out", n)
		}
		if other, twice := seen[string(svg)]; twice {
			t.Errorf("%s looks like %s", n, other)
		}
		seen[string(svg)] = n
	}
	if _, ok := seed.Picture("../policies"); ok {
		t.Error("a picture of nothing")
	}
}

func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
