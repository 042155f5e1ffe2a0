package seed

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed shapes.yaml
var shapesYAML []byte

// catalogueOnce is read once: pictures are asked for often.
var catalogueOnce = sync.OnceValue(readCatalogue)

var shapes = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	mustDecode(shapesYAML, &m)
	return m
})

// frame is the card a drawing lies on. The field follows the reader's light or dark mode.
const frame = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="%s"><title>%s</title>` +
	`<style>.f{fill:%s}.g{fill:%s}.s{fill:#1c2b26;opacity:.1}@media(prefers-color-scheme:dark){.f{fill:%s}.g{fill:%s}.s{fill:#000;opacity:.35}}</style>` +
	`<rect class="f" width="400" height="400"/><circle class="g" cx="200" cy="196" r="152"/><ellipse class="s" cx="200" cy="322" rx="118" ry="12"/>%s</svg>`

// Picture draws a product, by its id, or a category, by "category-" and its id. ok tells whether there is one.
func Picture(name string) (svg []byte, ok bool) {
	f := catalogueOnce()
	if cat, found := strings.CutPrefix(name, "category-"); found {
		for _, c := range f.Categories {
			if c.ID == cat {
				return f.categoryPicture(cat, c.EN), true
			}
		}
		return nil, false
	}
	for _, it := range f.Products {
		if it.ID == name {
			return draw(it.EN, f.colour(it), shapes()[it.Draw]), true
		}
	}
	return nil, false
}

// categoryPicture is the picture of the category's first product.
func (f catalogueFile) categoryPicture(cat, name string) []byte {
	for _, it := range f.Products {
		if it.Cat == cat {
			return draw(name, f.colour(it), shapes()[it.Draw])
		}
	}
	return draw(name, "#4f9d7c", "")
}

// colour is that of the first variant; what has none is the house's green.
func (f catalogueFile) colour(it item) string {
	for _, list := range [][]string{it.Color, it.Scent} {
		if len(list) > 0 {
			if v, ok := f.Values[list[0]]; ok {
				return v.Hex
			}
		}
	}
	return "#4f9d7c"
}

func draw(title, colour, shape string) []byte {
	accent := "#e2905a"
	if strings.HasPrefix(colour, "#e2") || strings.HasPrefix(colour, "#d9") {
		accent = "#4f9d7c"
	}
	// Colours stand in quotes, so that a letter of a path is never taken for one.
	body := strings.NewReplacer(`"C"`, q(colour), `"D"`, q(shade(colour, -0.22)), `"L"`, q(shade(colour, 0.4)), `"A"`, q(accent), `"K"`, q("#37424a")).Replace(shape)
	t := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(title)
	field := colour
	if colour == "#eef1ee" || colour == "#f1e3c8" { // white and cream would be lost on a lighter field
		field = "#6fae93"
	}
	return fmt.Appendf(nil, frame, t, t, shade(field, 0.86), shade(field, 0.72), shade(field, -0.76), shade(field, -0.6), body)
}

func q(s string) string { return `"` + s + `"` }

// shade mixes a colour with white (by > 0) or black.
func shade(hex string, by float64) string {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		return hex
	}
	mix := func(v uint64) uint64 {
		if by >= 0 {
			return v + uint64(float64(255-v)*by)
		}
		return uint64(float64(v) * (1 + by))
	}
	return fmt.Sprintf("#%02x%02x%02x", mix(n>>16&255), mix(n>>8&255), mix(n&255))
}
